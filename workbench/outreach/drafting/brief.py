"""What a draft is made for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.base.workdays import WorkWeek
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.leads.left_over import LeftOver


@dataclass(frozen=True, slots=True)
class Brief:
    """What a draft is made for: week, day, data date, names. `calls`, `visits`: customers that the week allows.

    `looked`: customers on the list that was looked at; `unseen`: kind of lead -> the column without which nobody can be
    told; `left_over`: what the week before left undone.
    """

    work: WorkWeek
    today: dt.date
    data_date: str | None
    manager: str
    branch: str
    calls: int
    visits: int
    #: age of the data
    fresh: Freshness | None = None
    looked: int = 0
    unseen: Mapping[str, str] = field(default_factory=dict)
    left_over: LeftOver = field(default_factory=LeftOver)
    #: days on which nobody is marketed to
    silent: frozenset[dt.date] = frozenset()

    @property
    def old(self) -> bool:
        """Whether the data are too old for days and deadlines."""
        return self.fresh is not None and self.fresh.stale

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The workdays that are left of the week, at least the one nearest to it; a week that is over keeps its days."""
        left = self.work.workdays
        if self.today <= self.work.days[-1]:
            left = tuple(day for day in left if day >= self.today)
        return left or (self.work.nth(1, today=self.today),)

    def to_sell(self, day: dt.date) -> dt.date:
        """The day for what markets: the day itself, or where that is silent the workday before it that is left of the week,
        else the one after it, at last the workday after the week."""
        if day not in self.silent:
            return day
        spoken = [one for one in self.days if one not in self.silent]
        before = [one for one in spoken if one < day]
        return before[-1] if before else next((one for one in spoken if one > day), self.work.after)
