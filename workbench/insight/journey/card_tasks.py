"""The tasks that the journey cards ask for, as the rule file defines them (resources/rules/insight_journey.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import tomli as tomllib

from db.values import Value

#: what the days of a task are counted from: the stage, today, the day by which a light wants its call (without one today), the
#: last talk in the stage, the next birthday
Start = Literal["stage", "today", "light", "talk", "birthday"]


@dataclass(frozen=True, slots=True)
class CardTask:
    """A task of a stage, and of these grounds where there are any.

    `day`: days from `start`; `every`: it comes again so often instead; `within`: asked for so many days ahead only, from
    `talk`: of one so lately; `when`: the values that columns must have; `done`: ways in which figures show it done, each
    with their least values; `talk`: 'within' so many last days, or 'after' so many days of the stage, a contact that reached
    the customer does it; `service`: no marketing, so that it does not rest with it; `wave`: of the honeymoon.
    """

    code: str
    stage: str
    name: str
    name_old: str
    day: int | None = None
    start: Start = "stage"
    every: int | None = None
    within: int | None = None
    ground: tuple[str, ...] = ()
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    done: tuple[dict[str, float], ...] = ()
    talk: Mapping[str, int] = field(default_factory=dict)
    service: bool = False
    wave: str = ""

    @property
    def from_today(self) -> bool:
        """Whether its days are counted from today or from a day to come, not from a day of the stage."""
        return self.start in ("today", "light", "birthday")


@cache
def card_tasks() -> tuple[CardTask, ...]:
    """The tasks of all cards, from the rule file."""
    body = tomllib.loads((files("resources") / "rules" / "insight_journey.toml").read_text("utf-8"))
    return tuple(_read(raw) for raw in body["tasks"])


def _read(raw: dict[str, Any]) -> CardTask:
    done = raw.get("done", ())
    return CardTask(
        raw["code"], raw["stage"], raw["name"], raw.get("name_old", raw["name"]), raw.get("day"), raw.get("from", "stage"),
        raw.get("every"), raw.get("within"), tuple(raw.get("ground", ())),
        {name: tuple(values) if isinstance(values, list) else (values,) for name, values in raw.get("when", {}).items()},
        (done,) if isinstance(done, dict) else tuple(done), raw.get("talk", {}), raw.get("service", False),
        raw.get("wave", ""),
    )  # fmt: skip
