"""The lunar calendar from a table of month starts (resources/calendar/lunar_months.csv), lunar years 1899 to 2100.

The table is made by `resources/calendar/build.py`; three months of it are disputed between sources (domain 22-10).
"""

import csv
import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: the lunar years of the table
FIRST, LAST = 1899, 2100


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the lunar calendar: `year` is the lunar one, which begins at the Spring Festival; months from 1 to 12,
    `leap` for the second of two months with the same number."""

    year: int
    month: int
    day: int
    leap: bool = False


@dataclass(frozen=True, slots=True)
class _Month:
    """One month of the table: its first day (solar), its length in days, whether sources differ about its first day."""

    year: int
    month: int
    leap: bool
    first: dt.date
    length: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """All months in order, by their first days and by number, and the days of the 24 terms in their months by solar year."""

    months: tuple[_Month, ...]
    starts: tuple[dt.date, ...]
    by_number: dict[tuple[int, int, bool], _Month]
    terms: dict[int, tuple[int, ...]]


@cache
def _table() -> _Table:
    text = (files("resources") / "calendar" / "lunar_months.csv").read_text("utf-8")
    months: list[_Month] = []
    terms: dict[int, tuple[int, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        year, doubled, first = int(row["year"]), int(row["leap"]), dt.date.fromisoformat(row["first"])
        disputed = {int(month) for month in row["disputed"].split()}
        numbers = [(month, False) for month in range(1, 13)]
        if doubled:
            numbers.insert(doubled, (doubled, True))
        for (month, leap), days in zip(numbers, map(int, row["lengths"].split()), strict=True):
            months.append(_Month(year, month, leap, first, days, month in disputed and not leap))
            first += dt.timedelta(days=days)
        terms[year] = tuple(map(int, row["terms"].split()))
    by_number = {(one.year, one.month, one.leap): one for one in months}
    return _Table(tuple(months), tuple(one.first for one in months), by_number, terms)


def to_lunar(day: dt.date) -> LunarDate:
    """The lunar date of a solar day. Raises ValueError outside 1899-02-10 to 2101-01-28."""
    table = _table()
    place = bisect_right(table.starts, day) - 1
    month_start = table.months[max(place, 0)]
    number = (day - month_start.first).days + 1
    if not 1 <= number <= month_start.length:
        raise ValueError(day)
    return LunarDate(month_start.year, month_start.month, number, month_start.leap)


def from_lunar(year: int, month: int, day: int, leap: bool = False) -> dt.date:
    """The solar day of a lunar date. Raises ValueError where the year has no such month or the month no such day."""
    month_start = _month(year, month, leap)
    if not 1 <= day <= month_start.length:
        raise ValueError((year, month, day, leap))
    return month_start.first + dt.timedelta(days=day - 1)


def month_length(year: int, month: int, leap: bool = False) -> int:
    """29 or 30 days. Raises ValueError where the year has no such month."""
    return _month(year, month, leap).length


def leap_month(year: int) -> int | None:
    """The month that a lunar year has twice, None in a common year. Raises ValueError outside 1899 to 2100."""
    _month(year, 1, False)
    by_number = _table().by_number
    return next((month for month in range(1, 13) if (year, month, True) in by_number), None)


def spring_festival(year: int) -> dt.date:
    """The first day of a lunar year (春节). Raises ValueError outside 1899 to 2100."""
    return from_lunar(year, 1, 1)


def last_of_year(year: int) -> dt.date:
    """The last day of a lunar year (除夕), the 29th or 30th of its twelfth month; ends the year that begins in `year`.

    Raises ValueError outside 1899 to 2100.
    """
    last = _month(year, 12, False)
    return last.first + dt.timedelta(days=last.length - 1)


def term_days(year: int) -> tuple[int, ...]:
    """The day of the month of each of the 24 solar terms of a solar year, two a month, 小寒 first (see `solar_terms`).

    Raises ValueError outside 1899 to 2100.
    """
    days = _table().terms.get(year)
    if days is None:
        raise ValueError(year)
    return days


def disputed(year: int, month: int, leap: bool = False) -> bool:
    """Whether sources differ by a day about when this month begins: what falls into it is said with 或差一天.

    Raises ValueError where the year has no such month.
    """
    return _month(year, month, leap).disputed


def _month(year: int, month: int, leap: bool) -> _Month:
    month_start = _table().by_number.get((year, month, leap))
    if month_start is None:
        raise ValueError((year, month, leap))
    return month_start
