"""What a journey card asks for: its tasks, each with the workday it is due on and whether figures show it done."""

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
    """Something the card asks for: `due` ISO, None when the stage's first day is not known or the task has none.
    `done` True when a figure shows it was done elsewhere, None when none can tell."""

    code: str
    name: str
    due: str | None
    done: bool | None

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "due": self.due, "done": self.done}


@dataclass(frozen=True, slots=True)
class CardTask:
    """A task as the rule file tells it: of which stage (and only for these grounds), counted from the stage's first day
    or from today, `when` asking values of columns, `done` naming figures and what shows the task done."""

    code: str
    stage: str
    name: str
    name_old: str
    day: int | None = None
    from_today: bool = False
    ground: tuple[str, ...] = ()
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    done: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """Whom the tasks are for: values as seen on `day` (ISO), the calendar of the book, data too old for clocks."""

    values: Values
    day: str | None
    workdays: Workdays
    stale: bool


@cache
def card_tasks() -> tuple[CardTask, ...]:
    """The tasks of all cards as they stand in the rule file."""
    body = tomllib.loads((files("resources") / "rules" / "insight_journey.toml").read_text("utf-8"))
    return tuple(
        CardTask(
            raw["code"], raw["stage"], raw["name"], raw.get("name_old", raw["name"]), raw.get("day"),
            raw.get("from") == "today", tuple(raw.get("ground", ())),
            {name: tuple(told) if isinstance(told, list) else (told,) for name, told in raw.get("when", {}).items()},
            raw.get("done", {}),
        )
        for raw in body["tasks"]
    )  # fmt: skip


def tasks(code: str, ground: str, since: str | None, seen: Seen) -> Iterator[StageTask]:
    """The tasks of a stage that holds for a ground; `since`: its first day (ISO) where it is known."""
    for one in card_tasks():
        if one.stage != code or (one.ground and ground not in one.ground) or not _wanted(one, seen.values):
            continue
        begins, due = seen.day if one.from_today else since, None
        if begins is not None and one.day is not None and not seen.stale:
            due = _due(dt.date.fromisoformat(begins), one.day, seen)
        yield StageTask(one.code, _(one.name_old if seen.stale else one.name), due, _done(one, seen.values))


def _due(first: dt.date, days: int, seen: Seen) -> str:
    """The last workday (ISO) of so many days from the first; in the past only where the deadline itself is."""
    deadline, today = first + dt.timedelta(days=days), dt.date.fromisoformat(seen.day or first.isoformat())
    return seen.workdays.by(deadline, first if deadline < today else today).isoformat()


def _wanted(one: CardTask, values: Values) -> bool:
    return all(values.look_up(name) in wanted for name, wanted in one.when.items())


def _done(one: CardTask, values: Values) -> bool | None:
    """Whether figures show that it was done elsewhere; None where one of them is not told, or none is named."""
    figures = [(values.figure(name), least) for name, least in one.done.items()]
    if not figures or any(figure is None for figure, _least in figures):
        return None
    return all(figure is not None and figure >= least for figure, least in figures)
