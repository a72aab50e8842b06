"""Tick a task of a journey card by hand, or leave it out with a reason; each holds for one stay in the stage (domain 3)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from db.engine import Book
from db.journal import Writer
from db.journey import journey_marks
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.insight.journey.marked import MarkState, marks_of, shown_done, with_marks
from workbench.insight.journey.stages import JourneyStage
from workbench.insight.journey.tasks import StageTask
from workbench.people.find import customer_id
from workbench.rules.parameters import Rules

#: what tells the stage of a customer (id), as it stands now
StageOf = Callable[[Connection, int], JourneyStage]


@dataclass(frozen=True, slots=True)
class TaskOfStay:
    """A task as a contact may carry it: of which stage, and since when (ISO) it is asked for."""

    code: str
    stage: str
    since: str | None


class Marks:
    """Writes marks; each is one change that can be undone, and the newest for a task counts."""

    def __init__(self, book: Book, rules: Rules, stage_of: StageOf) -> None:
        self._book = book
        self._rules = rules
        self._stage_of = stage_of

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of why a task may be left out."""
        rules = self._rules
        return tuple((code, rules.text(f"journey.leave.{code}")) for code in rules.words("journey.leave"))

    def tick(self, customer_no: str, task: str) -> Change:
        """The task was done. Raises WorkbenchError no_such_task, already_done, no_such_customer."""
        return self._mark(customer_no, task, "done", None)

    def leave_out(self, customer_no: str, task: str, reason: str) -> Change:
        """The task is not asked for; `reason`: code or name. Raises WorkbenchError no_such_reason, no_such_task,
        already_done, no_such_customer."""
        known = self.reasons()
        code = next((code for code, name in known if reason in (code, name)), None)
        if code is None:
            raise WorkbenchError(
                "no_such_reason",
                _("没有「{value}」这种不做的原因。").format(value=reason),
                _("可选:{all}。").format(all=commas(name for _code, name in known)),
            )
        return self._mark(customer_no, task, "left_out", code)

    def take_back(self, customer_no: str, task: str) -> Change:
        """The tick, or the leaving out, was a mistake. Raises WorkbenchError no_such_task, not_ticked, no_such_customer."""
        with in_words(), self._book.write("journey", "take_back") as writer:
            person = customer_id(writer.conn, customer_no)
            of_task = self._task(writer.conn, person, task)
            made = [one.id for one in marks_of(writer.conn, [person]).get(person, ()) if one.is_of(of_task)]
            if not made:
                raise WorkbenchError("not_ticked", _("「{task}」没有手工勾选过。").format(task=of_task.name))
            writer.delete(journey_marks, made)
            return Change.by(writer, 1)

    def tasks(self, customer_no: str) -> tuple[StageTask, ...]:
        """All tasks of a customer's card, with what was ticked. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return with_marks(self._stage_of(conn, person).tasks, shown_done(conn, [person]).get(person, ()))

    def _mark(self, customer_no: str, task: str, state: MarkState, note: str | None) -> Change:
        with in_words(), self._book.write("journey", state) as writer:
            person = customer_id(writer.conn, customer_no)
            wanted = self._task(writer.conn, person, task)
            stands = with_marks([wanted], shown_done(writer.conn, [person]).get(person, ()))[0]
            if stands.done:
                raise WorkbenchError("already_done", _("「{task}」已经做过了。").format(task=wanted.name))
            put_mark(writer, person, TaskOfStay(wanted.code, wanted.stage, wanted.begins), state, note=note)
            return Change.by(writer, 1)

    def _task(self, conn: Connection, person: int, task: str) -> StageTask:
        every = self._stage_of(conn, person).tasks
        wanted = next((one for one in every if task in (one.code, one.name)), None)
        if wanted is None:
            raise WorkbenchError(
                "no_such_task",
                _("这位客户的旅程卡上没有「{task}」这项任务。").format(task=task),
                _("可选:{all}。").format(all=commas(one.name for one in every)) if every else "",
            )
        return wanted


def put_mark(
    writer: Writer,
    customer: int,
    task: TaskOfStay,
    state: MarkState = "done",
    *,
    note: str | None = None,
    touch: int | None = None,
    date: str | None = None,
) -> None:
    """Write a mark within a write; `date` ISO, today if None; `touch`: the contact (id) that did it."""
    row: dict[str, Value] = {
        "customer_id": customer, "task": task.code, "stage": task.stage, "since": task.since, "state": state,
        "date": date or today().isoformat(), "note": note, "touch_id": touch,
    }  # fmt: skip
    writer.insert(journey_marks, [row])
