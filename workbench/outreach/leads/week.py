"""The week that leads are found for: its workdays, the day it is seen from, and whom it greets."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.base.dates import today
from workbench.base.workdays import Workdays, WorkWeek


@dataclass(frozen=True, slots=True)
class LeadWeek:
    """The week asked about, and the month of data that it is judged by."""

    work: WorkWeek
    month: str
    as_of: str
    workdays: Workdays

    @classmethod
    def of(cls, week: str, month: str, as_of: str, workdays: Workdays) -> "LeadWeek":
        """Raises ValueError for a week that does not exist."""
        return cls(workdays.week(week), month, as_of, workdays)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Monday to Sunday."""
        return self.work.days

    def day(self, weekday: int) -> str:
        """The last workday (ISO) by which something is done that is due on a weekday; Monday is 1."""
        return self.by(self.days[weekday - 1])

    def by(self, deadline: dt.date) -> str:
        """The last workday (ISO) of the week not after a deadline, never in the past while the week runs."""
        return self.work.by(deadline, today=today()).isoformat()

    def greeted(self) -> Iterator[tuple[dt.date, str]]:
        """The days whose festivals and birthdays this week greets, with the workday (ISO) on which: a day off on the last
        workday before it (domain 6.7)."""
        day = self.days[0]
        while (eve := self.workdays.last_workday(day)) <= self.days[-1]:
            if eve >= self.days[0]:
                yield day, self.work.by(eve, today=today()).isoformat()
            day += dt.timedelta(days=1)

    @property
    def seen(self) -> str:
        """The day (ISO) that the week is seen from: today in the week or the weekend before it, else its Monday; never
        before the data."""
        near = self.days[0] - dt.timedelta(days=2) <= today() <= self.days[-1]
        return max((today() if near else self.days[0]).isoformat(), self.as_of)
