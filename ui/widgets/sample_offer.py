"""The offer of a first start: to look at the sample branch, which is made here in the background."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.tasks import Task, Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import Card, button, label, row
from ui.widgets.waiting import Waiting
from workbench.base.change import Cancelled, Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

#: share of the work that making the lists and the book takes; the rest computes what the pages show
_MAKING = 0.6


class SampleOffer(Card):
    """Words and a button; while the branch is made, how far it is and the way out. `opened(workbench)` with its book,
    `turned(busy)` when the making begins and when it ends without one."""

    opened = Signal(object)
    turned = Signal(bool)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__(_("还没有名单?先看看样本支行"))
        self._tasks = tasks
        self._task: Task | None = None
        self.words = label(
            _(
                "1,000 位虚构客户、14 个月的名单,各页都能试;单独一本,不碰您的账本。第一次打开要准备一两分钟,随时可以取消。"
            ),
            "second",
            wrap=True,
        )
        self.look = button(_("打开样本支行"), self.begin)
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self._stop)
        self.waiting.hide()
        self.fault = FaultLine()
        self._line = row(self.look, None)
        inside = QVBoxLayout()
        for part in (self.words, self.waiting, self.fault):
            inside.addWidget(part)
        inside.addLayout(self._line)
        self.body.addLayout(inside)

    @property
    def busy(self) -> bool:
        """Whether the branch is being opened or made."""
        return self._task is not None

    def begin(self) -> None:
        """Open the sample branch that was made before, else make it."""
        self.fault.setText("")
        self._turn(busy=True)
        self.waiting.start(_("正在打开…"))
        self._task = self._tasks.follow(
            _sample, self.waiting.tell, self._done, failed=self._failed, owner=self
        )

    def cancel(self) -> None:
        """Stop making it; nothing of it stays."""
        self.waiting.cancel()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _turn(self, *, busy: bool) -> None:
        self.words.setVisible(not busy)
        self.look.setVisible(not busy)
        self.waiting.setVisible(busy)
        self.turned.emit(busy)

    def _done(self, workbench: "Workbench") -> None:
        self._task = None
        self.opened.emit(workbench)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._turn(busy=False)
        self.look.setFocus()
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
        elif not isinstance(error, Cancelled):
            self._tasks.failed.emit(error)


def _sample(progress: Progress) -> "Workbench":
    """On the worker: the sample's book, open, with what its pages show computed."""
    from workbench.sample.making import make_sample, open_sample

    if (made := open_sample()) is not None:
        return made
    workbench = make_sample(progress=lambda share, words: progress(_MAKING * share, words)).workbench
    try:
        workbench.insight.check(progress=lambda share, words: progress(_MAKING + 0.1 * share, words))
        workbench.insight.engine.ensure(lambda share, words: progress(_MAKING + 0.1 + 0.3 * share, words))
    except BaseException:
        workbench.close()
        raise
    return workbench
