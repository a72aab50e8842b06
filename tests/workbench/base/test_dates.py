"""Months, weeks and the clock: what day it is has one answer, and arithmetic of months knows no days."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base import dates
from workbench.base.dates import (
    month_end,
    month_of,
    now,
    shift_month,
    today,
    week_days,
    week_of,
)

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
MONTHS = DAYS.map(lambda day: day.isoformat()[:7])


@pytest.mark.parametrize(
    ("month", "by", "found"),
    [
        ("2026-10", 0, "2026-10"),
        ("2026-10", 1, "2026-11"),
        ("2026-10", 2, "2026-12"),
        ("2026-10", 3, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-12", 1, "2027-01"),
        ("2026-12", -12, "2025-12"),
        ("2026-02", 25, "2028-03"),
        ("0999-12", 1, "1000-01"),
        ("2026-10-31", 1, "2026-11"),
    ],
)
def test_a_month_some_months_later_or_earlier(month: str, by: int, found: str) -> None:
    assert shift_month(month, by) == found


@given(MONTHS, st.integers(-900, 900))
def test_there_and_back_is_the_same_month(month: str, by: int) -> None:
    there = shift_month(month, by)
    assert shift_month(there, -by) == month
    assert len(there) == 7
    assert 1 <= int(there[5:]) <= 12


@given(MONTHS, st.integers(0, 900), st.integers(1, 900))
def test_more_months_are_later_months(month: str, by: int, more: int) -> None:
    assert shift_month(month, by + more) > shift_month(month, by)


@given(DAYS)
def test_the_last_day_of_a_month_is_in_it_and_the_next_is_not(day: dt.date) -> None:
    month = month_of(day.isoformat())
    last = month_end(month)
    assert last.isoformat().startswith(month)
    assert last.day == calendar.monthrange(day.year, day.month)[1]
    assert month_of((last + dt.timedelta(days=1)).isoformat()) == shift_month(month, 1)


def test_february_has_the_days_of_its_year() -> None:
    ends = [month_end(f"{year}-02").day for year in (1900, 2000, 2024, 2026)]
    assert ends == [28, 29, 29, 28]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-01-01", "2026-W01"),
        ("2027-01-01", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2024-12-30", "2025-W01"),
        ("2026-11-16", "2026-W47"),
        ("2026-11-22", "2026-W47"),
    ],
)
def test_weeks_are_those_of_iso(day: str, week: str) -> None:
    assert week_of(dt.date.fromisoformat(day)) == week


@given(DAYS)
def test_a_week_is_seven_days_from_monday_and_holds_the_day(day: dt.date) -> None:
    days = week_days(week_of(day))
    assert day in days
    assert [one.isoweekday() for one in days] == [1, 2, 3, 4, 5, 6, 7]
    assert {week_of(one) for one in days} == {week_of(day)}


@pytest.mark.parametrize("week", ["2026-W54", "2025-W53", "2026-W00", "2026W10", "W10", "", "2026-W1x"])
def test_a_week_that_does_not_exist_is_refused(week: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        week_days(week)


def test_the_day_may_be_set_for_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    assert today() == dt.date(2026, 11, 16)
    monkeypatch.setenv("WORKBENCH_TODAY", "")
    assert today().isoformat() == now()[:10]


def test_history_tells_local_time_to_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Clock":
            assert tz is None
            return cls(2026, 11, 2, 9, 5, 7, 654_321)

    monkeypatch.setattr(dates.dt, "datetime", Clock)
    assert now() == "2026-11-02 09:05:07"
