"""The strip that says what was just written, with the undo beside it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.parts import button, label
from workbench.base.change import Change
from workbench.base.i18n import _

#: milliseconds the strip stays
STAYS = 8_000


class Notice(QFrame):
    """The strip; `undo_requested(change)` for the last change that can be undone, also once its words have faded."""

    undo_requested = Signal(object)

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
        """Show `words` for 8 s, with the undo if the change has one."""
        if change.tables:  # saving a file does not change the book
            self._change = change
        self.words.setText(words)
        self.undo.setVisible(change.undo_id is not None)
        self.show()
        self.settle()
        self._timer.start(STAYS)

    def ask_undo(self) -> None:
        """Request the undo of the last write, once."""
        change, self._change = self._change, None
        if change is not None and change.undo_id is not None:
            self.hide()
            self.undo_requested.emit(change)

    def keep(self, change: Change) -> None:
        """The undo failed: offer it again, unless something else was written meanwhile."""
        self._change = self._change or change

    def settle(self) -> None:
        """Move to the bottom of the window, in the middle."""
        self.adjustSize()
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 16)
        self.raise_()
