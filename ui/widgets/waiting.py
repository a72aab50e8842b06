"""Where a page waits for long work: what is being done, how far it is, how long it still takes, and the way out."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _

#: seconds and share of the work before an estimate of the time left is shown
_SOONEST, _LEAST = 1.0, 0.02
#: milliseconds a usually quick read may take before anything is shown
_PATIENCE = 150


class Waiting(QWidget):
    """Shows what is being done, how far it is and how long it still takes; `cancelled()`."""

    cancelled = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._began = self._from = 0.0
        self._stopping = False
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setFixedWidth(420)
        self.doing = label("", "second")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.left = label("", "second")
        self.left.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel_button = button(_("取消"), self.cancel, tip="Esc")
        self._inside = QWidget()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PATIENCE)
        self._soon.timeout.connect(self._reveal)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._inside)
        layout = QVBoxLayout(self._inside)
        layout.addStretch(1)
        layout.addWidget(self.doing)
        layout.addLayout(row(None, self.progress, None))
        layout.addWidget(self.left)
        layout.addLayout(row(None, self.cancel_button, None))
        layout.addStretch(2)

    def start(self, words: str, *, patience: bool = False) -> None:
        """Begin to wait for something new; with patience nothing is shown for the first 150 ms."""
        self._began, self._from, self._stopping = self._clock(), -1.0, False
        self._inside.setVisible(not patience)
        if patience:
            self._soon.start()
        self.progress.setRange(0, 0)  # an endless bar until there is progress
        self.doing.setText(words)
        self.left.setText("")
        self.cancel_button.setEnabled(True)
        if not patience:
            self.cancel_button.setFocus()

    def _reveal(self) -> None:
        self._inside.show()
        focused = self.window().focusWidget()
        if self.isVisible() and (focused is None or not focused.isVisible()):
            self.cancel_button.setFocus()

    def tell(self, share: float, words: str) -> None:
        """Show how far it is: a share 0..1 and what is being done ('' keeps the words)."""
        if self._from < 0:
            self._began, self._from = self._clock(), share
        self.progress.setRange(0, 100)
        self.progress.setValue(round(share * 100))
        if self._stopping:
            return
        if words:
            self.doing.setText(words)
        self.left.setText(left_words(self._clock() - self._began, share - self._from, 1 - share))

    def cancel(self) -> None:
        """Show that the work is being cancelled and emit `cancelled`."""
        self._stopping = True
        self.cancel_button.setEnabled(False)
        self.doing.setText(_("正在取消…"))
        self.left.setText("")
        self.cancelled.emit()


def left_words(elapsed: float, done: float, rest: float) -> str:
    """'还要约 12 秒' from the seconds elapsed and the shares done in them and left; '' while it is too early to say."""
    if elapsed < _SOONEST or done < _LEAST:
        return ""
    seconds = elapsed / done * rest
    if seconds < 90:
        return _("还要约 {n} 秒").format(n=max(1, round(seconds)))
    return _("还要约 {n} 分钟").format(n=round(seconds / 60))
