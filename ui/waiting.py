"""Where a page waits for long work: what is being done, how far it is, how long it still takes, and the way out."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.parts import button, label, row
from ui.tasks import Task, Tasks
from workbench.change import Progress
from workbench.i18n import _

T = TypeVar("T")
#: seconds and share of the work before a guess of the time left is worth showing
_SOONEST, _LEAST = 1.0, 0.02


class Waiting(QWidget):
    """What is being done, how far it is and how long it still takes; `cancelled()`."""

    cancelled = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._began = self._from = 0.0
        self._stopping = False
        #: the job that is followed, None once it is done or was stopped
        self.task: Task | None = None
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setFixedWidth(420)
        self.doing = label("", "second")
        self.doing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.left = label("", "second")
        self.left.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel_button = button(_("取消"), self.cancel, tip="Esc")
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(self.doing)
        layout.addLayout(row(None, self.progress, None))
        layout.addWidget(self.left)
        layout.addLayout(row(None, self.cancel_button, None))
        layout.addStretch(2)

    def start(self, words: str) -> None:
        """Something new is being waited for."""
        self._began, self._from, self._stopping = self._clock(), -1.0, False
        self.progress.setValue(0)
        self.doing.setText(words)
        self.left.setText("")
        self.cancel_button.setEnabled(True)
        self.cancel_button.setFocus()

    def tell(self, share: float, words: str) -> None:
        """How far it is: a share 0..1 and what is being done."""
        if self._from < 0:
            self._began, self._from = self._clock(), share
        self.progress.setValue(round(share * 100))
        if self._stopping:
            return
        if words:
            self.doing.setText(words)
        self.left.setText(left_words(self._clock() - self._began, share - self._from, 1 - share))

    def follow(
        self,
        tasks: Tasks,
        job: Callable[[Progress], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[Exception], object],
        owner: QObject,
    ) -> None:
        """Do a long job and show how far it is; it is stopped here, or by `drop`. What is stopped fails with `Cancelled`,
        with no `task` any more."""

        def ended(found: T) -> None:
            self.task = None
            done(found)

        self.task = tasks.follow(job, self.tell, ended, failed=failed, owner=owner)

    def drop(self) -> None:
        """Stop the job that is followed, if any."""
        if self.task is not None:
            self.task.cancel()
            self.task = None

    def cancel(self) -> None:
        """Ask for it to stop."""
        self._stopping = True
        self.cancel_button.setEnabled(False)
        self.doing.setText(_("正在取消…"))
        self.left.setText("")
        self.drop()
        self.cancelled.emit()


def left_words(elapsed: float, done: float, rest: float) -> str:
    """'还要约 12 秒' from seconds gone and the shares of the work done in them and left; '' while it cannot be told."""
    if elapsed < _SOONEST or done < _LEAST:
        return ""
    seconds = elapsed / done * rest
    if seconds < 90:
        return _("还要约 {n} 秒").format(n=max(1, round(seconds)))
    return _("还要约 {n} 分钟").format(n=round(seconds / 60))
