"""The week that leads are found for: its workdays, the day it is seen from, and the birthdays it greets."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workbench.base.dates import today
from workbench.base.workdays import Workdays, WorkWeek


@dataclass(frozen=True)
class LeadWeek:
    """A week, and the month of data (with its date, ISO) that its leads are judged by. Days are worked out once: a book has
    thousands of leads with the same deadlines."""

    work: WorkWeek
    month: str
    as_of: str
    workdays: Workdays

    @classmethod
    def of(cls, week: str, month: str, as_of: str, workdays: Workdays) -> "LeadWeek":
        """The week 'YYYY-Www' with its workdays. Raises ValueError if it does not exist."""
        return cls(workdays.week(week), month, as_of, workdays)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Monday to Sunday."""
        return self.work.days

    def day(self, weekday: int) -> str:
        """The workday (ISO) by which something due on a weekday (Monday is 1) has to be done."""
        return self.by(self.days[weekday - 1])

    def by(self, deadline: dt.date) -> str:
        """The last workday (ISO) of the week up to a deadline, never in the past while the week runs."""
        if (day := self._last_days.get(deadline)) is None:
            day = self._last_days[deadline] = self.work.by(deadline, today=today()).isoformat()
        return day

    def clock(self, deadline: dt.date) -> str:
        """The last workday (ISO) up to a deadline of any week, never before the day that this week is seen from."""
        if (day := self._clocks.get(deadline)) is None:
            day = self.workdays.by(deadline, dt.date.fromisoformat(self.seen)).isoformat()
            self._clocks[deadline] = day
        return day

    def greeted(self) -> Iterator[tuple[dt.date, str]]:
        """(day, workday as ISO) of the festivals and birthdays that this week greets: those on a day off are greeted on
        the last workday before (domain 6.7)."""
        day = self.days[0]
        while (eve := self.workdays.last_workday(day)) <= self.days[-1]:
            if eve >= self.days[0]:
                yield day, self.work.by(eve, today=today()).isoformat()
            day += dt.timedelta(days=1)

    @cached_property
    def _last_days(self) -> dict[dt.date, str]:
        return {}

    @cached_property
    def _clocks(self) -> dict[dt.date, str]:
        return {}

    @cached_property
    def seen(self) -> str:
        """The day (ISO) that the week is judged on: today during the week or on the days off before it, else its Monday; never
        before the data date."""
        return self.work.judged_on(self.as_of)
