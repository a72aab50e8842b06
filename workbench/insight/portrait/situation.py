"""The situation of one customer that advice is based on, and helpers to read it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from workbench.base.workdays import Workdays, shipped
from workbench.insight.churn.causes import Cause
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.topup import TopUp
from workbench.insight.values.values import Values
from workbench.people.consent import Consent
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a customer on `day` (ISO) by data of `as_of`. `values`: the tag layers (fen, ISO, 0/1, codes; None:
    cannot tell).

    `offers`: (product, reason), suitable, the best first; `stage`: (name, days in it) of the journey; `tasks`: (task, due
    day or None) of the stage, `task_is_call`: any contact does the first of them; `asks`: questions that would settle a
    无法判断; `quadrant`: its name, with the moves it forbids `at_first` and always (`forbidden`); `family`: number of
    registered relatives; `keep`, `upgrade`: the deposit for the own and the next line.
    """

    values: Values
    day: str
    as_of: str | None
    risk: CustomerRisk | None = None
    #: whether he may be marketed to; None: nothing known against it
    consent: Consent | None = None
    offers: tuple[tuple[str, str], ...] = ()
    stage: tuple[str, int | None] | None = None
    tasks: tuple[tuple[str, str | None], ...] = ()
    task_is_call: bool = False
    asks: tuple[str, ...] = ()
    quadrant: str = ""
    at_first: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    #: days within which he wants to be contacted, where he said so
    own_interval: int | None = None
    family: int = 0
    keep: TopUp | None = None
    #: the month (YYYY-MM) from which the level falls
    falls_from: str | None = None
    upgrade: TopUp | None = None
    #: why he may be leaving, the likeliest first; the confirmed cause alone once there is one
    causes: tuple[Cause, ...] = ()
    #: calendar of the book: nothing falls due on a day off
    workdays: Workdays = field(default_factory=shipped)


class Reading:
    """Base of the parts that give advice: reads values and texts, and moves due days to workdays."""

    def __init__(self, situation: Situation, rules: Rules) -> None:
        self.situation = situation
        self.values = situation.values
        self.rules = rules
        self.day = dt.date.fromisoformat(situation.day)
        self.fresh = freshness(situation.as_of, rules, situation.day)

    def count(self, figure: float | None) -> int:
        """A count or flag as int; an unknown one is 0."""
        return int(figure or 0)

    def fen(self, figure: float | None) -> int:
        """An amount rounded to whole fen; an unknown one is 0."""
        return round(figure or 0)

    def text(self, key: str, **figures: Any) -> str:
        """A text of the rules filled with figures; its `.old` form where the data are too old for clocks."""
        return self.rules.text(self.fresh.key(self.rules, key)).format(**figures)

    def within(self, days: int) -> str:
        """The last workday (ISO) within `days` from today; the next workday if all of them are days off."""
        return self.by(self.day + dt.timedelta(days=days))

    def by(self, deadline: dt.date) -> str:
        """The last workday (ISO) up to a deadline, never before today."""
        return self.situation.workdays.by(deadline, self.day).isoformat()
