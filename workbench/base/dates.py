"""Months, weeks and the clock: the one place that asks what day it is."""

import datetime as dt
import os
from functools import lru_cache


def today() -> dt.date:
    """The day by the clock; `WORKBENCH_TODAY` (YYYY-MM-DD) stands in for it in demonstrations and tests."""
    fixed = os.environ.get("WORKBENCH_TODAY")
    return dt.date.fromisoformat(fixed) if fixed else dt.date.today()


def now() -> str:
    """Local time to the second, ISO text, for history and audit rows."""
    return dt.datetime.now().replace(microsecond=0).isoformat(sep=" ")


def time_of_day() -> dt.time:
    """The time by the clock; `WORKBENCH_TIME` (HH:MM) stands in for it, and on a day that `WORKBENCH_TODAY` names alone it is ten
    in the morning."""
    fixed = os.environ.get("WORKBENCH_TIME") or ("10:00" if os.environ.get("WORKBENCH_TODAY") else "")
    return dt.time.fromisoformat(fixed) if fixed else dt.datetime.now().time()


def utc_now() -> str:
    """The time in UTC to the second, 'YYYYMMDDTHHMMSSZ', for files that other programs read."""
    return dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def ordinal(day: str) -> int:
    """The number of a day (ISO), as `date.toordinal` gives it."""
    return dt.date.fromisoformat(day).toordinal()


def month_of(date: str) -> str:
    """'2026-10-31' -> '2026-10'."""
    return date[:7]


@lru_cache(maxsize=1024)
def shift_month(month: str, by: int) -> str:
    """The month `by` months later (earlier when negative): ('2026-01', -1) -> '2025-12'."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


@lru_cache(maxsize=256)
def month_end(month: str) -> dt.date:
    """The last day of a month 'YYYY-MM'."""
    return dt.date.fromisoformat(shift_month(month, 1) + "-01") - dt.timedelta(days=1)


def week_of(date: dt.date) -> str:
    """ISO week, 'YYYY-Www'."""
    year, week, _ = date.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_days(week: str) -> tuple[dt.date, ...]:
    """Monday to Sunday of 'YYYY-Www'. Raises ValueError for a week that does not exist."""
    monday = dt.datetime.strptime(week + "-1", "%G-W%V-%u").date()
    # Python 3.11 takes the 53rd week of a year of 52 for the first of the next one
    if week_of(monday)[:4] != week[:4]:
        raise ValueError(week)
    return tuple(monday + dt.timedelta(days=n) for n in range(7))


def days_after(day: str, count: int) -> str:
    """The day (ISO) some calendar days after another."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=count)).isoformat()
