"""Many days shifted at once are shifted as one is."""

import datetime as dt

import numpy as np

from workbench.base.workday_line import WorkdayLine
from workbench.base.workdays import shipped


def test_a_column_of_days_is_shifted_as_each_day_alone() -> None:
    work, first, last = shipped(), dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    line = WorkdayLine.of(work, first, last)
    each = [first + dt.timedelta(days=n) for n in range(365)]
    days = np.array([day.toordinal() for day in each])
    assert line.on_or_after(days).tolist() == [work.next_workday(day).toordinal() for day in each]
    assert line.on_or_before(days).tolist() == [work.last_workday(day).toordinal() for day in each]
    for count in (-7, -1, 0, 1, 3):
        assert line.shifted(days, count).tolist() == [work.add(day, count).toordinal() for day in each]
