"""The tasks of a journey card, each with the workday it is due on and whether figures show it done (domain 3)."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from db.values import Value
from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.insight.values.values import Values


@dataclass(frozen=True, slots=True)
class StageTask:
    """A task of one customer's card.

    `due` ISO, None when the first day of the stage is unknown or the task has no deadline; `done` True when a figure
    shows it done, None when no figure can show it.
    """

    code: str
    name: str
    due: str | None
    done: bool | None

    def as_json(self) -> dict[str, Any]:
        """For programs; `due` ISO or null, `done` a flag or null."""
        return {"code": self.code, "name": self.name, "due": self.due, "done": self.done}


@dataclass(frozen=True, slots=True)
class CardTask:
    """A task as the rule file defines it: of a stage, and of these grounds where there are any.

    `day`: days from the first day of the stage, or from today; `when`: the values that columns must have; `done`: the
    figures that show it done, with their least values; `talk`: 'within' so many last days, or 'after' so many days of the
    stage, a contact that reached the customer does it.
    """

    code: str
    stage: str
    name: str
    name_old: str
    day: int | None = None
    from_today: bool = False
    ground: tuple[str, ...] = ()
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    done: Mapping[str, float] = field(default_factory=dict)
    talk: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """The facts that tasks depend on: values as seen on `day` (ISO), the calendar, `stale`: data too old for clocks."""

    values: Values
    day: str | None
    workdays: Workdays
    stale: bool


#: days that `talks_90` looks back
_LOOKED_BACK = 90


@cache
def card_tasks() -> tuple[CardTask, ...]:
    """The tasks of all cards, from the rule file."""
    body = tomllib.loads((files("resources") / "rules" / "insight_journey.toml").read_text("utf-8"))
    return tuple(
        CardTask(
            raw["code"], raw["stage"], raw["name"], raw.get("name_old", raw["name"]), raw.get("day"),
            raw.get("from") == "today", tuple(raw.get("ground", ())),
            {name: tuple(values) if isinstance(values, list) else (values,) for name, values in raw.get("when", {}).items()},
            raw.get("done", {}),
            raw.get("talk", {}),
        )
        for raw in body["tasks"]
    )  # fmt: skip


def tasks(code: str, ground: str, since: str | None, facts: JourneyFacts) -> Iterator[StageTask]:
    """The tasks of a stage on a ground; `since`: the first day of the stage (ISO), None when unknown."""
    for task in card_tasks():
        if (
            task.stage != code
            or (task.ground and ground not in task.ground)
            or not _wanted(task, facts.values)
        ):
            continue
        begins, due = facts.day if task.from_today else since, None
        if begins is not None and task.day is not None and not facts.stale:
            due = _due(dt.date.fromisoformat(begins), task.day, facts)
        yield StageTask(
            task.code,
            _(task.name_old if facts.stale else task.name),
            due,
            _talked(task, since, facts) if task.talk else _done(task, facts.values),
        )


def _due(first: dt.date, days: int, facts: JourneyFacts) -> str:
    """The last workday (ISO) within so many days of the first; never before today unless the deadline has passed."""
    deadline, today = first + dt.timedelta(days=days), dt.date.fromisoformat(facts.day or first.isoformat())
    return facts.workdays.by(deadline, first if deadline < today else today).isoformat()


def _wanted(task: CardTask, values: Values) -> bool:
    return all(values.look_up(name) in wanted for name, wanted in task.when.items())


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


def _done(task: CardTask, values: Values) -> bool | None:
    """Whether figures show it done; None where one of them is unknown or none is defined."""
    figures = [(values.figure(name), least) for name, least in task.done.items()]
    if not figures or any(figure is None for figure, _least in figures):
        return None
    return all(figure is not None and figure >= least for figure, least in figures)
