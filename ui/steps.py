"""What was written in this session, step by step: the way back and forth, longer-lived than a window."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.tasks import Tasks
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench

#: steps that are kept
_MOST = 100


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A write: its change, None where it cannot be undone, and what was said of it."""

    change_id: int | None
    words: str


class Steps(QObject):
    """The stack of the open book's writes. `undone(words)`, `redone(change, words)`, and `refused(words)` where there is no
    way."""

    undone = Signal(str)
    redone = Signal(object, str)
    refused = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._workbench: Workbench | None = None
        self._done: list[DoneStep] = []
        self._taken_back: list[DoneStep] = []
        tasks.wrote.connect(self._note)

    def begin(self, workbench: "Workbench | None") -> None:
        """Follow the book that was opened; steps of another one are forgotten, None forgets them all."""
        if workbench is not self._workbench:
            self._done.clear()
            self._taken_back.clear()
        self._workbench = workbench

    def _note(self, change: Change, words: str) -> None:
        if change.tables:  # saving a file does not change the book
            self._done.append(DoneStep(change.undo_id, words))
            del self._done[:-_MOST]
            self._taken_back.clear()

    def undo(self) -> None:
        """Take the last step back that is still in force; said is which."""
        if not self._done:
            self.refused.emit(_("没有可以撤销的操作:这次打开账本以后还没有改过,或者都已撤销。"))
            return
        step = self._done.pop()
        if step.change_id is None:
            words = _("不能撤销:{step} 再按一次 Ctrl+Z,撤销它之前的一步。")
            self.refused.emit(words.format(step=step.words))
            return
        self._reverse(step, self._done, self._taken_back, forward=False)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        if not self._taken_back:
            self.refused.emit(_("没有可以重做的操作。"))
            return
        self._reverse(self._taken_back.pop(), self._taken_back, self._done, forward=True)

    def _reverse(
        self, step: DoneStep, origin: list[DoneStep], onto: list[DoneStep], *, forward: bool
    ) -> None:
        workbench, number = self._workbench, step.change_id
        if workbench is None or number is None:
            return
        place = len(origin)
        words = ""

        def job() -> Change:
            """On the book's thread: the words are read while the change is in force."""
            nonlocal words
            if forward:
                change = workbench.redo(number)
                words = workbench.change_words(number)
                return change
            words = workbench.change_words(number)
            return workbench.undo(number)

        def done(_change: Change) -> None:
            onto.append(step)
            if forward:
                self.redone.emit(Change(_change.tables, 1, number), _("已重做:{step}。").format(step=words))
            else:
                self.undone.emit(_("已撤销:{step}。").format(step=words))

        def failed(error: Exception) -> None:
            """Reversed elsewhere already: the step goes. Anything else may work later: it stays."""
            if isinstance(error, WorkbenchError) and error.code == "state":
                self.refused.emit(error.sentence())
                return
            origin.insert(min(place, len(origin)), step)
            self._tasks.failed.emit(error)

        self._tasks.write(job, done, failed=failed, owner=self)
