"""The day on which a birthday is kept in a year, by the solar or by the lunar calendar (domain 6.6)."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from workbench.base.lunar import FIRST, LAST, from_lunar, last_of_year, leap_month, month_length, to_lunar

#: a birthday that three years of four do not have, and the day that stands in for it then
LEAP_DAY, BEFORE_IT = "02-29", "02-28"
#: the last day of the lunar year, whether its last month has 29 or 30 days
EVE = (12, 30)
#: what is added to month and day (MMDD) in `BirthdayWay.number`
LUNAR, IN_LEAP, LEAP_PREFERRED = 10_000, 20_000, 30_000


@dataclass(frozen=True, slots=True)
class BirthdayWay:
    """The birthday that somebody keeps: by which calendar, its month and day there.

    `leap`: born in the leap month of that number; `prefer_leap`: kept in the leap month where a year has it. The 30th of a
    lunar month that has 29 days is kept on the 29th, so that 12-30 is always the last day of the year (除夕).
    """

    calendar: Literal["solar", "lunar"]
    month: int
    day: int
    leap: bool = False
    prefer_leap: bool = False

    @property
    def number(self) -> int:
        """Month and day as MMDD, lunar ones counted from 10,000, 20,000 for a leap month and 30,000 where that is preferred."""
        if self.calendar == "solar":
            kind = 0
        elif self.leap:
            kind = LEAP_PREFERRED if self.prefer_leap else IN_LEAP
        else:
            kind = LUNAR
        return kind + self.month * 100 + self.day

    def in_year(self, year: int) -> tuple[dt.date, ...]:
        """The days of a solar year on which it is kept: one, but for a lunar birthday about the turn of the year, of which a
        year may have none or two; of years beyond the table (see `to_lunar`) only the solar ones are known. Raises ValueError
        for a solar day that no year has."""
        if self.calendar == "solar":
            return (solar_birthday(f"{self.month:02d}-{self.day:02d}", year),)
        days = (self.in_lunar_year(one) for one in (year - 1, year) if FIRST <= one <= LAST)
        return tuple(day for day in days if day.year == year)

    def in_lunar_year(self, year: int) -> dt.date:
        """The day on which a lunar birthday is kept in a lunar year. Raises ValueError as above."""
        leap = self.leap and self.prefer_leap and leap_month(year) == self.month
        return from_lunar(year, self.month, min(self.day, month_length(year, self.month, leap)), leap)

    def coming(self, day: dt.date) -> dt.date:
        """The first birthday on or after a day. Raises ValueError as above."""
        if self.calendar == "solar":
            first, last = day.year, day.year + 1
            return next(one for year in (first, last) for one in self.in_year(year) if one >= day)
        year = to_lunar(day).year
        birthday = self.in_lunar_year(year)
        return birthday if birthday >= day else self.in_lunar_year(year + 1)


def registered_way(born: dt.date) -> BirthdayWay:
    """The birthday as it is registered, by the solar calendar."""
    return BirthdayWay("solar", born.month, born.day)


def converted_way(born: dt.date, *, prefer_leap: bool = False) -> BirthdayWay:
    """The lunar birthday of somebody born on a solar day; the last day of a lunar year is 除夕 in every year.

    Raises ValueError outside the table (see `to_lunar`).
    """
    at = to_lunar(born)
    month, day = EVE if born == last_of_year(at.year) else (at.month, at.day)
    return BirthdayWay("lunar", month, day, at.leap, prefer_leap)


def written_way(born: dt.date) -> BirthdayWay | None:
    """The lunar birthday of somebody whose registered date is the lunar one written as solar; None for a 31st, which no lunar
    month has."""
    if born.day > EVE[1]:
        return None
    try:
        eve = (born.month, born.day) == (EVE[0], month_length(born.year, EVE[0]))
    except ValueError:  # before the table
        eve = False
    return BirthdayWay("lunar", *(EVE if eve else (born.month, born.day)))


def numbers_kept_on(day: dt.date) -> frozenset[int]:
    """The numbers (`BirthdayWay.number`) of all birthdays that are kept on a day; of the solar ones beyond the table."""
    numbers = {day.month * 100 + day.day}
    if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
        numbers.add(229)
    try:
        at = to_lunar(day)
    except ValueError:
        return frozenset(numbers)
    days = [at.day]
    if at.day == month_length(at.year, at.month, at.leap) == EVE[1] - 1:
        days.append(EVE[1])
    doubled = leap_month(at.year) == at.month
    kinds = [LEAP_PREFERRED] if at.leap else [LUNAR, IN_LEAP] + ([] if doubled else [LEAP_PREFERRED])
    return frozenset(numbers.union(kind + at.month * 100 + one for kind in kinds for one in days))


def solar_birthday(month_day: str, year: int) -> dt.date:
    """The day of 'MM-DD' in a solar year; the 29th of February is kept on the 28th in common years.

    Raises ValueError where there is no such day.
    """
    kept = BEFORE_IT if month_day == LEAP_DAY and not calendar.isleap(year) else month_day
    return dt.date.fromisoformat(f"{year:04d}-{kept}")
