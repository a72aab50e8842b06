"""The day on which a birthday is kept in a year, by the solar or by the lunar calendar (domain 6.6)."""

import calendar
import datetime as dt

from workbench.base.lunar import from_lunar, last_of_year, leap_month, month_length, to_lunar

#: a birthday that three years of four do not have, and the day that stands in for it then
LEAP_DAY, BEFORE_IT = "02-29", "02-28"


def solar_birthday(month_day: str, year: int) -> dt.date:
    """The day of 'MM-DD' in a solar year; the 29th of February is kept on the 28th in common years.

    Raises ValueError where there is no such day.
    """
    kept = BEFORE_IT if month_day == LEAP_DAY and not calendar.isleap(year) else month_day
    return dt.date.fromisoformat(f"{year:04d}-{kept}")


def lunar_birthday(born: dt.date, year: int, *, prefer_leap: bool = False) -> dt.date:
    """The solar day on which somebody born on the solar day `born` has the lunar birthday of a lunar year.

    Born in a leap month: the ordinary month, or with `prefer_leap` the leap month where the year has it. Born on the
    last day of a lunar year: its last day. The 30th of a month that has 29 days: the 29th. Raises ValueError outside
    the table (see `to_lunar`).
    """
    at = to_lunar(born)
    if born == last_of_year(at.year):
        return last_of_year(year)
    leap = at.leap and prefer_leap and leap_month(year) == at.month
    return from_lunar(year, at.month, min(at.day, month_length(year, at.month, leap)), leap)


def next_lunar_birthday(born: dt.date, day: dt.date, *, prefer_leap: bool = False) -> dt.date:
    """The first lunar birthday on or after `day`. Raises ValueError outside the table (see `to_lunar`)."""
    year = to_lunar(day).year
    birthday = lunar_birthday(born, year, prefer_leap=prefer_leap)
    return birthday if birthday >= day else lunar_birthday(born, year + 1, prefer_leap=prefer_leap)
