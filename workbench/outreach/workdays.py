"""Workdays of a week by the official calendar (domain 6.7): due dates never fall on a day off when one can be met."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.dates import week_days


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Monday to Sunday with its workdays. `announced` is False while the year's holidays are not official (未官宣)."""

    week: str
    days: tuple[dt.date, ...]
    workdays: tuple[dt.date, ...]
    announced: bool

    def nth(self, number: int, *, today: dt.date | None = None) -> dt.date:
        """The n-th workday (1-based; the last when the week is shorter), but not before `today` inside the week."""
        return self._not_past(self.workdays[min(number, len(self.workdays)) - 1], today)

    def milestones(self, *, today: dt.date | None = None) -> tuple[dt.date, dt.date, dt.date]:
        """Monday, Wednesday and Friday, each moved to the nearest workday of the week, not before `today`."""

        def near(day: dt.date) -> dt.date:
            return self._not_past(min(self.workdays, key=lambda d: (abs((d - day).days), d)), today)

        return near(self.days[0]), near(self.days[2]), near(self.days[4])

    def _not_past(self, day: dt.date, today: dt.date | None) -> dt.date:
        left = [d for d in self.workdays if today is None or d >= today]
        return max(day, left[0]) if left else day


def work_week(week: str) -> WorkWeek:
    """The workdays of 'YYYY-Www'. A week that is all holiday counts Monday to Friday, so that a plan has its dates.

    Raises ValueError for a week that does not exist.
    """
    import chinese_calendar

    days = week_days(week)
    try:
        work = tuple(day for day in days if chinese_calendar.is_workday(day))
        announced = True
    except NotImplementedError:
        work, announced = (), False
    return WorkWeek(week, days, work or days[:5], announced)
