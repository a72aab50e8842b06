"""The tasks of a journey card: when each is due on a workday, whether it is done and what shows it (domain 3, 10.3)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, headed
from workbench.base.workdays import Workdays
from workbench.insight.journey.card_tasks import CardTask, card_tasks
from workbench.insight.values.values import Values
from workbench.people.consent_rule import CODES

__all__ = ["CardTask", "DoneBy", "JourneyFacts", "StageTask", "card_tasks", "tasks"]

#: what shows a task done: figures of the lists, a contact that was logged, the manager's own hand, a decision about the light
DoneBy = Literal["", "figures", "contact", "hand", "decision"]


@dataclass(frozen=True, slots=True)
class StageTask:
    """A task of one customer's card.

    `due` ISO, None when the first day of the stage is unknown, the task has no deadline or rests; `done` True when something
    shows it done (`done_by`), False when a figure shows it not done, None when none can tell. `begins`: the first day (ISO)
    of the span that it is asked for in, None when unknown. `left_out`: code of the reason why the manager leaves it out;
    `paused`: code of what it rests for, of consent or of what bars products (`products.barring`); `detail`: what it is about
    for this customer; `is_call`: a contact that reaches him does it.
    """

    code: str
    name: str
    due: str | None
    done: bool | None
    stage: str = ""
    done_by: DoneBy = ""
    done_on: str | None = None
    begins: str | None = None
    wave: str = ""
    left_out: str = ""
    paused: str = ""
    detail: str = ""
    is_call: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still asked for now: neither done, nor left out, nor resting."""
        return not (self.done or self.left_out or self.paused)

    @property
    def words(self) -> str:
        """The name, with what it is about for this customer."""
        return headed(self.name, self.detail) if self.detail else self.name

    def as_json(self) -> dict[str, Any]:
        """For programs; `due` ISO or null, `done` a flag or null."""
        return {
            "code": self.code, "name": self.name, "due": self.due, "done": self.done, "done_by": self.done_by or None,
            "done_on": self.done_on, "left_out": self.left_out or None, "paused": self.paused or None,
            "detail": self.detail or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """The facts that tasks depend on: values as seen on `day` (ISO), the calendar, `stale`: data too old for clocks;
    `selling`: codes of the tasks that speak of products, `no_products`: why he is told of none now, '' where he may be.

    `call_by` (ISO): by when the customer's light wants its call, None without a light; `shown_on` (ISO): when the lists first
    showed the stage, which may be long after its first day.
    """

    values: Values
    day: str | None
    workdays: Workdays
    stale: bool
    call_by: str | None = None
    shown_on: str | None = None
    selling: frozenset[str] = frozenset()
    no_products: str = ""


#: the measures that tell whether a contact did a task
TALKS = ("talks_90", "days_since_talk")
#: days that `talks_90` looks back
_LOOKED_BACK = 90


def tasks(code: str, ground: str, since: str | None, facts: JourneyFacts) -> Iterator[StageTask]:
    """The tasks of a stage on a ground; `since`: the first day of the stage (ISO), None when unknown."""
    for task in card_tasks():
        if task.stage == code and (not task.ground or ground in task.ground):
            yield from _tasks(task, since, facts)


def _tasks(task: CardTask, since: str | None, facts: JourneyFacts) -> Iterator[StageTask]:
    """The task, where it is asked of the customer at all."""
    values = facts.values
    if not all(values.look_up(name) in wanted for name, wanted in task.when.items()):
        return
    ahead = values.figure("birthday_in") if task.start == "birthday" else None
    if task.start == "birthday" and (ahead is None or ahead > (task.within or 0) or facts.stale):
        return
    begins = _begins(task, since, facts)
    starts, days = _starts(task, begins, facts), task.every or task.day
    paused = "" if task.service or values.barred not in CODES else str(values.barred)
    if not paused and task.code in facts.selling:
        paused = facts.no_products
    due = None
    if starts is not None and days is not None and not facts.stale and not paused:
        due = _due(dt.date.fromisoformat(starts), round(ahead or 0) + days, facts)
        if task.start == "light" and facts.call_by is not None:
            due = facts.call_by
    done, by = _done(task, begins, facts)
    yield StageTask(
        task.code, _(task.name_old if facts.stale else task.name), due, done, task.stage, by if done else "",
        begins=begins, wave=task.wave, paused=paused if not done else "", is_call=bool(task.talk),
    )  # fmt: skip


def _begins(task: CardTask, since: str | None, facts: JourneyFacts) -> str | None:
    """The first day of the span that the task is asked for in: of the stage, of the present turn for what comes again."""
    if task.every is None or since is None or facts.day is None:
        return since
    start, day = dt.date.fromisoformat(since), dt.date.fromisoformat(facts.day)
    turns = max((day - start).days, 0) // task.every
    return (start + dt.timedelta(days=turns * task.every)).isoformat()


def _starts(task: CardTask, begins: str | None, facts: JourneyFacts) -> str | None:
    """The day (ISO) that the days of a task are counted from; None when unknown or still to come."""
    if task.from_today:
        return facts.day
    if task.start == "talk":
        return _last_talk(task, begins, facts)
    if task.stage == "J2" and task.every is None and begins is not None and facts.shown_on is not None:
        # who opened the account with the money was not known before the list came; the waves of J1 do count from the opening
        return max(begins, facts.shown_on)
    return begins


def _last_talk(task: CardTask, since: str | None, facts: JourneyFacts) -> str | None:
    """The day (ISO) of the last contact that reached the customer in the stage and lately; None without one, or where none can
    tell."""
    talks, ago = facts.values.figure("talks_90"), facts.values.figure("days_since_talk")
    if not talks or ago is None or facts.day is None or ago > (task.within or _LOOKED_BACK):
        return None
    talk = (dt.date.fromisoformat(facts.day) - dt.timedelta(days=round(ago))).isoformat()
    return talk if since is None or talk >= since else None


def _due(first: dt.date, days: int, facts: JourneyFacts) -> str:
    """The last workday (ISO) within so many days of the first; never before today unless the deadline has passed."""
    deadline, today = first + dt.timedelta(days=days), dt.date.fromisoformat(facts.day or first.isoformat())
    return facts.workdays.by(deadline, first if deadline < today else today).isoformat()


def _done(task: CardTask, begins: str | None, facts: JourneyFacts) -> tuple[bool | None, DoneBy]:
    """Whether something shows it done, and what: one of its ways that holds is enough; unknown while one might."""
    ways: list[tuple[bool | None, DoneBy]] = [(_shown(way, facts.values), "figures") for way in task.done]
    if task.talk:
        ways.append((_talked(task, begins, facts), "contact"))
    if not ways:
        return None, ""
    shown = next((way for way in ways if way[0]), None)
    return shown or (None if any(done is None for done, _by in ways) else False, "")


def _shown(way: dict[str, float], values: Values) -> bool | None:
    """Whether all figures of a way reach their least values; None where one is unknown and no other falls short."""
    reached = [
        None if figure is None else figure >= least
        for figure, least in ((values.figure(name), least) for name, least in way.items())
    ]
    return False if False in reached else None if None in reached else True


def _talked(task: CardTask, since: str | None, facts: JourneyFacts) -> bool | None:
    """Whether a contact that reached the customer did it; None where no log, or no first day of the stage, can tell."""
    talks, ago = facts.values.figure("talks_90"), facts.values.figure("days_since_talk")
    if talks is None or ago is None:
        return None
    days = task.talk.get("within")
    if days is None:
        if since is None or facts.day is None:
            return None
        days = (dt.date.fromisoformat(facts.day) - dt.date.fromisoformat(since)).days - task.talk["after"]
    # without a talk of 90 days `days_since_talk` is how far the log reaches back
    return ago <= days if talks >= 1 else (False if days <= _LOOKED_BACK else None)
