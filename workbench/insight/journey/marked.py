"""Tasks that the manager ticked or left out by hand, as they stand, and a card's tasks with them (domain 3)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from sqlalchemy import Connection, or_, select

from db.journey import journey_marks
from db.tables import touches
from workbench.insight.churn.decisions import grounds_of_leaving
from workbench.insight.journey.stages import JourneyStage
from workbench.insight.journey.tasks import DoneBy, StageTask

MarkState = Literal["done", "left_out"]
#: code of the task that introduces a hook product
HOOK = "hook"
#: stage and code of the task that asks why money left
_GROUND = ("J4", "reason")
#: More customers than this are not named in the statement; the marks of all are read.
_NAMED = 500


@dataclass(frozen=True, slots=True)
class TaskMark:
    """A mark as it was made on `date` (ISO), for the stay in a stage that began on `since` (None: unknown then). `reason`:
    code of why it was left out; `touch`: the contact (id) that did it; `decided`: no mark, but a decision about his light."""

    id: int
    task: str
    stage: str
    since: str | None
    state: MarkState
    date: str
    reason: str = ""
    touch: int | None = None
    decided: bool = False

    def is_of(self, task: StageTask) -> bool:
        """Whether it was made for the span that the task is asked for in: of that very stay, or since the span began."""
        if (self.task, self.stage) != (task.code, task.stage):
            return False
        return task.begins is None or task.begins == self.since or self.date >= task.begins


def marks_of(
    conn: Connection, only: Collection[int] | None = None, until: str | None = None
) -> dict[int, tuple[TaskMark, ...]]:
    """Customer id -> marks, the newest first; of `only` some, None: of all; made `until` a day (ISO), None: ever. What a
    contact did goes with the contact."""
    m = journey_marks.c
    query = (
        select(journey_marks)
        .outerjoin(touches, touches.c.id == m.touch_id)
        .where(or_(m.touch_id.is_(None), touches.c.id.is_not(None)))
        .order_by(m.customer_id, m.date.desc(), m.id.desc())
    )
    if until is not None:
        query = query.where(m.date <= until)
    if only is not None and len(only) <= _NAMED:
        query = query.where(m.customer_id.in_(only))
    by_customer: dict[int, list[TaskMark]] = {}
    for row in conn.execute(query):
        if only is None or row.customer_id in only:
            left_out = row.state == "left_out"
            mark = TaskMark(
                row.id, row.task, row.stage, row.since, row.state, row.date, row.note or "" if left_out else "",
                row.touch_id,
            )  # fmt: skip
            by_customer.setdefault(row.customer_id, []).append(mark)
    return {customer: tuple(marks) for customer, marks in by_customer.items()}


def shown_done(
    conn: Connection, only: Collection[int], until: str | None = None
) -> dict[int, tuple[TaskMark, ...]]:
    """As `marks_of`, with what was decided about lights: a cause confirmed or an outflow explained needs no tick."""
    marks = marks_of(conn, only, until)
    stage, task = _GROUND
    for customer, decision, date in grounds_of_leaving(conn, only, until):
        one = TaskMark(decision, task, stage, None, "done", date, decided=True)
        marks[customer] = (*marks.get(customer, ()), one)
    return {
        customer: tuple(sorted(of, key=attrgetter("date"), reverse=True)) for customer, of in marks.items()
    }


def ticked(card: JourneyStage, marks: Sequence[TaskMark]) -> JourneyStage:
    """A card with what was ticked on it."""
    return replace(card, tasks=with_marks(card.tasks, marks)) if marks else card


def with_hook(card: JourneyStage, words: str) -> JourneyStage:
    """A card whose open task about a hook product says which one; '' leaves it as it is."""
    if not words or not any(task.code == HOOK for task in card.tasks):
        return card
    named = (
        replace(task, detail=words) if task.code == HOOK and task.is_open else task for task in card.tasks
    )
    return replace(card, tasks=tuple(named))


def with_marks(tasks: Iterable[StageTask], marks: Sequence[TaskMark]) -> tuple[StageTask, ...]:
    """The tasks of a card with what was ticked; what the figures show done needs no tick, and what they do not show is done
    where the manager says so."""
    return tuple(_marked(task, marks) for task in tasks)


def _marked(task: StageTask, marks: Sequence[TaskMark]) -> StageTask:
    mark = next((one for one in marks if one.is_of(task)), None)
    if mark is None or task.done:
        return task
    if mark.state == "left_out":
        return replace(task, left_out=mark.reason, due=None)
    by: DoneBy = "decision" if mark.decided else "hand" if mark.touch is None else "contact"
    return replace(task, done=True, done_by=by, done_on=mark.date, paused="")
