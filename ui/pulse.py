"""Where the book stands, read behind the pages: its date and counts, the check, the tags once nobody writes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.memory import keep_still
from ui.tasks import Reader, Tasks
from workbench.insight.churn.verdict import CheckSummary
from workbench.insight.summary import BookSummary

if TYPE_CHECKING:
    from workbench.app import Workbench

#: milliseconds of rest after a write before the tags follow it: who logs one contact after the other does not wait for them
_REST = 1_500
#: digits looked for once, so that those of all customers are read before somebody calls
_WARM = "0000"


class _Part(QObject, Reader):
    """A part whose reads are noted by themselves."""


class BookPulse(QObject, Reader):
    """`summed(summary)` with the book in figures, `lit(count)` with how many warnings there are, `rested()` once when all that
    a start computes is there."""

    summed = Signal(object)
    lit = Signal(int)
    rested = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._tasks = tasks
        self._still = False
        #: the book in figures, and who reads them: a contact changes the check alone
        self._summary: BookSummary | None = None
        self._summed = _Part(self)
        #: runs while nothing was written for a while, before the tags follow
        self.resting = QTimer(self)
        self.resting.setSingleShot(True)
        self.resting.setInterval(_REST)
        self.resting.timeout.connect(self._bring_tags_up)

    def tables_written(self, tables: frozenset[str]) -> None:
        """Read again what rests on them."""
        if self._summary is None or self._summed.touched_by(tables):
            self.resting.stop()
            self.read()
        elif self.touched_by(tables):
            self.resting.stop()
            self._take(self._summary)

    def read(self) -> None:
        """The book's date and counts, then the check, then the tags."""
        self._tasks.run(
            lambda: self._workbench.insight.summary(),
            self._take,
            owner=self._summed,
            key=(self, "summary"),
        )

    def _take(self, summary: BookSummary) -> None:
        self._summary = summary
        self.summed.emit(summary)
        if not summary.customers:
            self.lit.emit(0)
            return
        insight = self._workbench.insight
        # followed, so that the pages that wait behind it can say how far it is
        self._tasks.follow(
            lambda progress: insight.check(progress=progress),
            _unshown,
            self._checked,
            owner=self,
            key=(self, "check"),
        )

    def _checked(self, check: CheckSummary) -> None:
        self.lit.emit(sum(check.lights.values()))
        if self._still:
            self.resting.start()
        else:
            self._bring_tags_up()

    def _bring_tags_up(self) -> None:
        """Bring the tags up to date behind the pages, so that the portrait and the picker need not wait for them; a page that
        needs them at once does it by itself."""
        self._tasks.follow(
            self._workbench.insight.engine.ensure,
            _unshown,
            lambda _run: self._at_rest(),
            owner=self,
            key=(self, "tags"),
        )

    def _at_rest(self) -> None:
        """Freeze what is loaded, once, when all that a start computes is there."""
        if not self._still:
            self._still = True
            keep_still()
            self.rested.emit()
            # whoever calls is found at once
            self._tasks.run(lambda: self._workbench.insight.search(_WARM, 1))


def _unshown(_share: float, _words: str) -> None:
    """Ignore progress that nothing here shows."""
