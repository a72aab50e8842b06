"""What advice about one customer is given on, and how it is read."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from workbench.base.workdays import Workdays, shipped
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.topup import TopUp
from workbench.insight.values.values import Values
from workbench.people.consent import Consent
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Situation:
    """What advice is given on. `values`: columns of the tag layers by name (fen, ISO, 0/1, codes; None or absent:
    cannot be told), as seen on `day` (ISO) by data of `as_of`.

    `offers`: (product, reason) that are suitable, the best first; `stage`: name and days of the journey; `tasks`:
    (what, due or None) of the journey; `asks`: questions whose answers would end a 无法判断; `quadrant` with the moves
    it forbids; `family`: how many relatives are registered; `keep`, `upgrade`: what a deposit does for the own and the
    next line.
    """

    values: Values
    day: str
    as_of: str | None
    risk: CustomerRisk | None = None
    #: whether he may be marketed to
    consent: Consent | None = None
    offers: tuple[tuple[str, str], ...] = ()
    stage: tuple[str, int | None] | None = None
    tasks: tuple[tuple[str, str | None], ...] = ()
    asks: tuple[str, ...] = ()
    quadrant: str = ""
    forbidden: tuple[str, ...] = ()
    family: int = 0
    keep: TopUp | None = None
    #: the month from which the level falls
    falls_from: str | None = None
    upgrade: TopUp | None = None
    #: the calendar of the book: nothing is due on a day off
    workdays: Workdays = field(default_factory=shipped)


class Reading:
    """Reads a situation for advice: values, texts, and days on which something can be due."""

    def __init__(self, situation: Situation, rules: Rules) -> None:
        self.given = situation
        self.values = situation.values
        self.rules = rules
        self.day = dt.date.fromisoformat(situation.day)
        self.fresh = freshness(situation.as_of, rules, situation.day)

    def count(self, told: float | None) -> int:
        """A count or flag; what cannot be told does not count."""
        return int(told or 0)

    def fen(self, told: float | None) -> int:
        return round(told or 0)

    def text(self, key: str, **figures: Any) -> str:
        return self.rules.text(self.fresh.key(self.rules, key)).format(**figures)

    def within(self, days: int) -> str:
        """The last workday (ISO) of the days from today to so many days later; the next one where all are off."""
        return self.by(self.day + dt.timedelta(days=days))

    def by(self, deadline: dt.date) -> str:
        """The last workday (ISO) not after a deadline, not before today."""
        return self.given.workdays.by(deadline, self.day).isoformat()
