"""The strip that says what was just written, with the way back beside it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.parts import button, label
from workbench.base.change import Change
from workbench.base.i18n import _

#: milliseconds the strip stays
STAYS = 8_000


class Notice(QFrame):
    """`undo_asked(change)` for the last change that can be taken back, also once its words have faded."""

    undo_asked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "notice")
        self._window = window
        self._change: Change | None = None
        self.words = label("")
        self.undo = button(_("撤销"), self.ask_undo, tip="Ctrl+Z")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.addWidget(self.words)
        line.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, change: Change, words: str) -> None:
        if change.tables:  # a file that was saved is no change of the book
            self._change = change
        self.words.setText(words)
        self.undo.setVisible(change.undo_id is not None)
        self.show()
        self.settle()
        self._timer.start(STAYS)

    def ask_undo(self) -> None:
        """Take the last write back, once."""
        change, self._change = self._change, None
        if change is not None and change.undo_id is not None:
            self.hide()
            self.undo_asked.emit(change)

    def keep(self, change: Change) -> None:
        """It could not be taken back: it can be asked for again, unless something else was written meanwhile."""
        self._change = self._change or change

    def settle(self) -> None:
        """Sit at the bottom of the window, in the middle."""
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 16)
        self.raise_()
