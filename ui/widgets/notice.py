"""The strip that says what was just written, undone or done again, with the way back beside it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.steps import Steps
from ui.widgets.parts import button, label
from ui.zoom import measured
from workbench.base.change import Change
from workbench.base.i18n import _

#: milliseconds the strip stays
STAYS = 8_000


class Notice(QFrame):
    """The strip over the lower edge of the window; its two buttons ask the steps to go back or forth."""

    def __init__(self, window: QWidget, steps: Steps) -> None:
        super().__init__(window)
        self.setProperty("role", "notice")
        self._window = window
        self._steps = steps
        self.words = label("")
        self.undo = button(_("撤销"), self.ask_undo, tip="Ctrl+Z")
        self.redo = button(_("重做"), self.ask_redo, tip="Ctrl+Shift+Z")
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.addWidget(self.words)
        line.addWidget(self.undo)
        line.addWidget(self.redo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        steps.undone.connect(self._tell_undone)
        steps.redone.connect(self.tell)
        steps.refused.connect(self._tell_refused)
        self.hide()

    def tell(self, change: Change, words: str) -> None:
        """Show `words` for 8 s, with the undo if the change has one."""
        self._show(words, undo=change.undo_id is not None)

    def _tell_undone(self, words: str) -> None:
        self._show(words, redo=True)

    def _tell_refused(self, words: str) -> None:
        self._show(words)

    def _show(self, words: str, *, undo: bool = False, redo: bool = False) -> None:
        self.words.setText(words)
        self.undo.setVisible(undo)
        self.redo.setVisible(redo)
        self.show()
        self.settle()
        self._timer.start(STAYS)

    def ask_undo(self) -> None:
        """Take the last write back."""
        self.hide()
        self._steps.undo()

    def ask_redo(self) -> None:
        """Do again what was taken back last."""
        self.hide()
        self._steps.redo()

    def settle(self) -> None:
        """Move to the bottom of the window, in the middle; long words take several lines."""
        most = self._window.width() - 32
        self.words.setWordWrap(False)
        if self.sizeHint().width() > most:
            self.words.setWordWrap(True)
            self.setFixedWidth(most)
            self.resize(most, self.heightForWidth(most))
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(most)
            self.adjustSize()
        measured(self)
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 16)
        self.raise_()
