"""`When`: on which days of a year a row of the calendar falls, from the short text that stands in `at` (domain 6.1-6.4).

    '05-01'            a day of the solar year; '02-29' is the 28th in common years
    '02 last'          the last day of a month
    '05 sun 2'         the second Sunday of a month
    'lunar 08-15'      a day of the lunar year; the 30th of a month of 29 days is the 29th; leap months are not meant
    'lunar last'       除夕
    'term qingming'    one of the 24 terms
    'monthly 15'       a day of every month; 'monthly 10 03-11' of these months, 'monthly 20 03,06,09,12' of those

A number of days may follow: 'lunar last -30'. The end of a span (`until`) may also be '+4' (days on) or 'month end'.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.base import lunar
from workbench.base.birthdays import solar_birthday
from workbench.base.solar_terms import TERMS, term_day

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: years that a calendar is made for
FIRST_YEAR, LAST_YEAR = 1901, 2100

_OFFSET = re.compile(r"^(.*\S)\s+([+-]\d{1,3})$")
_DAY = re.compile(r"(\d\d)-(\d\d)")
_NTH = re.compile(r"(\d\d) (mon|tue|wed|thu|fri|sat|sun) ([1-4])")
_MONTHLY = re.compile(r"monthly (\d\d)(?: (\d\d)-(\d\d)| (\d\d(?:,\d\d)*))?")
_ON = re.compile(r"\+(\d{1,3})")
#: a year that has every day
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day that a row falls on: `number` 1, 2, … among those of its year; `doubtful` where sources differ by a day."""

    day: dt.date
    number: int
    doubtful: bool = False


def occurrences(at: str, year: int) -> tuple[Occurrence, ...]:
    """The days of a solar year that a text means, in order; none where the year has none. Raises ValueError for a text that
    means nothing."""
    text, days = _parted(at)
    step = dt.timedelta(days=days)
    around = (year,) if not days and not text.startswith("lunar") else (year - 1, year, year + 1)
    doubts = {day + step: doubt for one in around for day, doubt in _days(text, one)}
    kept = sorted(day for day in doubts if day.year == year)
    return tuple(Occurrence(day, number, doubts[day]) for number, day in enumerate(kept, 1))


def end_of(until: str, first: dt.date) -> dt.date:
    """The last day of a span that begins on a day; the day itself without a text. Raises ValueError for a text that means
    nothing."""
    if not until:
        return first
    if on := _ON.fullmatch(until):
        return first + dt.timedelta(days=int(on[1]))
    if until == "month end":
        return _month_end(first.year, first.month)
    for year in (first.year, first.year + 1):
        for one in occurrences(until, year):
            if one.day >= first:
                return one.day
    return dt.date(first.year, 12, 31)


def is_monthly(at: str) -> bool:
    """Whether a text names a day of every month, or of some."""
    return at.startswith("monthly")


def check_when(at: str, until: str = "") -> None:
    """Raises ValueError where the texts mean no day of any year."""
    text, _days_on = _parted(at)
    if not any(True for _one in _days(text, _LEAP_YEAR)):
        raise ValueError(at)
    if until and not _ON.fullmatch(until) and until != "month end":
        check_when(until)


def _parted(at: str) -> tuple[str, int]:
    match = _OFFSET.match(at)
    return (match[1], int(match[2])) if match else (at, 0)


def _days(text: str, year: int) -> Iterator[tuple[dt.date, bool]]:
    """Days that a text without offset means by a year, whether sources differ; none beyond the tables."""
    word, _space, rest = text.partition(" ")
    if word == "lunar":
        yield from _lunar_days(rest, year)
    elif word == "term":
        if rest not in TERMS:
            raise ValueError(text)
        try:
            yield term_day(year, rest), False
        except ValueError:
            return
    elif monthly := _MONTHLY.fullmatch(text):
        for month in _months(monthly):
            yield dt.date(year, month, min(_whole(monthly[1], 31), _month_end(year, month).day)), False
    elif nth := _NTH.fullmatch(text):
        first = dt.date(year, _whole(nth[1], 12), 1)
        ahead = (WEEKDAYS.index(nth[2]) - first.weekday()) % 7
        yield first + dt.timedelta(days=ahead + 7 * (int(nth[3]) - 1)), False
    elif rest == "last":
        yield _month_end(year, _whole(word, 12)), False
    elif _DAY.fullmatch(text):
        yield solar_birthday(text, year), False
    else:
        raise ValueError(text)


def _lunar_days(text: str, year: int) -> Iterator[tuple[dt.date, bool]]:
    match = _DAY.fullmatch(text)
    if not match and text != "last":
        raise ValueError(text)
    month, day = (_whole(match[1], 12), _whole(match[2], 30)) if match else (12, 30)
    try:
        if not match:
            yield lunar.last_of_year(year), False
            return
        kept = min(day, lunar.month_length(year, month))
        yield lunar.from_lunar(year, month, kept), lunar.disputed(year, month)
    except ValueError:  # beyond the table
        return


def _months(match: re.Match[str]) -> Iterator[int]:
    if match[4]:
        yield from (_whole(month, 12) for month in match[4].split(","))
    else:
        first, last = _whole(match[2] or "01", 12), _whole(match[3] or "12", 12)
        yield from range(first, last + 1)


def _whole(digits: str, most: int) -> int:
    number = int(digits)
    if not 1 <= number <= most:
        raise ValueError(digits)
    return number


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
