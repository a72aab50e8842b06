"""The day on which a birthday is kept: solar or lunar, leap months, the 29th of February, the last of the year (6.6)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.birthdays import converted_way, registered_way, solar_birthday, written_way
from workbench.base.lunar import LunarDate, from_lunar, last_of_year, leap_month, month_length, to_lunar

BORN = st.dates(dt.date(1930, 1, 1), dt.date(2010, 12, 31))
YEARS = st.integers(2020, 2060)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def lunar_birthday(born: dt.date, year: int, *, prefer_leap: bool = False) -> dt.date:
    return converted_way(born, prefer_leap=prefer_leap).in_lunar_year(year)


def next_lunar_birthday(born: dt.date, seen: dt.date, *, prefer_leap: bool = False) -> dt.date:
    return converted_way(born, prefer_leap=prefer_leap).coming(seen)


def test_a_lunar_birthday_in_every_year() -> None:
    ordinary, leap = from_lunar(1957, 8, 6), from_lunar(1957, 8, 6, leap=True)
    assert lunar_birthday(ordinary, 2026) == lunar_birthday(leap, 2026) == from_lunar(2026, 8, 6)
    born = from_lunar(2025, 6, 12, leap=True)
    assert lunar_birthday(born, 2036) == from_lunar(2036, 6, 12)
    assert lunar_birthday(born, 2036, prefer_leap=True) == from_lunar(2036, 6, 12, leap=True)
    assert lunar_birthday(born, 2037, prefer_leap=True) == from_lunar(2037, 6, 12)


def test_the_thirtieth_and_the_last_of_the_year() -> None:
    thirtieth = from_lunar(1980, 1, 30)
    short = next(year for year in range(2020, 2060) if month_length(year, 1) == 29)
    assert to_lunar(lunar_birthday(thirtieth, short)) == LunarDate(short, 1, 29)
    eve_of_29, eve_of_30 = last_of_year(2025), last_of_year(2029)
    assert to_lunar(lunar_birthday(eve_of_30, 2026)).day == 29
    assert lunar_birthday(eve_of_29, 2029) == day("2030-02-02")
    assert next_lunar_birthday(eve_of_29, day("2027-02-06")) == day("2028-01-25")


def test_the_29th_of_february_is_kept_on_the_28th() -> None:
    assert solar_birthday("02-29", 2027) == day("2027-02-28")
    assert solar_birthday("02-29", 2028) == day("2028-02-29")
    assert solar_birthday("11-04", 2026) == day("2026-11-04")


@pytest.mark.parametrize(
    ("month_day", "year"), [("02-30", 2026), ("13-01", 2026), ("00-10", 2026), ("11-04", 0)]
)
def test_a_day_that_no_year_has_is_no_birthday(month_day: str, year: int) -> None:
    with pytest.raises(ValueError, match=r".+"):
        solar_birthday(month_day, year)


@pytest.mark.parametrize("year", [1900, 2100])
def test_a_century_without_a_leap_day_keeps_it_on_the_28th(year: int) -> None:
    assert solar_birthday("02-29", year) == dt.date(year, 2, 28)
    assert solar_birthday("02-28", year) == dt.date(year, 2, 28)


@given(BORN, YEARS)
def test_an_ordinary_lunar_birthday_keeps_month_and_day(born: dt.date, year: int) -> None:
    at, kept = to_lunar(born), to_lunar(lunar_birthday(born, year))
    if born == last_of_year(at.year):
        assert lunar_birthday(born, year) == last_of_year(year)
    else:
        assert (kept.year, kept.month, kept.leap) == (year, at.month, False)
        assert kept.day == min(at.day, month_length(year, at.month, False))


@given(BORN, YEARS)
def test_with_the_leap_month_preferred_it_is_taken_only_by_who_was_born_in_it(
    born: dt.date, year: int
) -> None:
    at = to_lunar(born)
    kept = to_lunar(lunar_birthday(born, year, prefer_leap=True))
    assert kept.leap == (at.leap and leap_month(year) == at.month)


@given(BORN, st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31)), st.booleans())
def test_the_next_lunar_birthday_is_the_first_that_is_not_past(
    born: dt.date, seen: dt.date, leap: bool
) -> None:
    found = next_lunar_birthday(born, seen, prefer_leap=leap)
    assert found >= seen
    year = to_lunar(seen).year
    coming = [lunar_birthday(born, n, prefer_leap=leap) for n in (year, year + 1)]
    assert found == min(one for one in coming if one >= seen)


def test_on_the_day_itself_it_is_today_and_on_the_morrow_next_year() -> None:
    born = from_lunar(1950, 8, 15)
    festival = from_lunar(2026, 8, 15)
    assert festival == day("2026-09-25")
    assert next_lunar_birthday(born, festival) == festival
    assert next_lunar_birthday(born, festival + dt.timedelta(days=1)) == from_lunar(2027, 8, 15)


def test_before_the_spring_festival_the_birthday_is_one_of_the_lunar_year_that_ends() -> None:
    born = from_lunar(1950, 12, 8)
    assert next_lunar_birthday(born, day("2027-01-10")) == day("2027-01-15")
    assert next_lunar_birthday(born, day("2027-01-16")) == from_lunar(2027, 12, 8)


def test_the_leap_month_is_preferred_for_the_next_birthday_only_where_it_is_asked_for() -> None:
    born = from_lunar(2025, 6, 12, leap=True)
    ordinary, leap = from_lunar(2036, 6, 12), from_lunar(2036, 6, 12, leap=True)
    assert ordinary < leap
    # seen from the year itself and, once the birthday is past, from the year before
    for seen in (day("2036-03-01"), day("2035-12-31")):
        assert next_lunar_birthday(born, seen) == ordinary
        assert next_lunar_birthday(born, seen, prefer_leap=True) == leap
    assert next_lunar_birthday(born, ordinary + dt.timedelta(days=1), prefer_leap=True) == leap
    assert next_lunar_birthday(born, ordinary + dt.timedelta(days=1)) == from_lunar(2037, 6, 12)


def test_the_thirtieth_of_a_leap_month_is_measured_by_the_leap_month() -> None:
    leaps = {year: leap_month(year) for year in range(1930, 2060) if leap_month(year)}
    thirtieths = {
        m: from_lunar(y, m, 30, leap=True) for y, m in leaps.items() if month_length(y, m, True) == 30
    }
    tried = 0
    for year, month in leaps.items():
        if month in thirtieths and month_length(year, month, True) != month_length(year, month):
            kept = to_lunar(lunar_birthday(thirtieths[month], year, prefer_leap=True))
            if not kept.leap:  # a thirtieth that ends a lunar year is kept on its last day
                continue
            assert (kept.month, kept.day) == (month, month_length(year, month, True))
            tried += 1
    assert tried > 5


def test_a_registered_date_is_read_as_solar_as_lunar_and_turned_into_a_lunar_one() -> None:
    born = day("1960-02-29")
    assert registered_way(born).in_year(2027) == (day("2027-02-28"),)
    written = written_way(born)
    assert written is not None
    assert written.in_year(2027) == (from_lunar(2027, 2, 29),)
    assert converted_way(born).in_year(2027) == (from_lunar(2027, 2, 3),)
    assert written_way(day("1950-08-31")) is None
    # the 29th of the twelfth month is the last day of the year in some years
    years = {month_length(year, 12): year for year in range(1940, 1960)}
    days = [written_way(dt.date(years[length], 12, 29)) for length in (29, 30)]
    assert [way and (way.month, way.day) for way in days] == [(12, 30), (12, 29)]


def test_beyond_the_table_only_solar_birthdays_are_known() -> None:
    assert registered_way(day("1960-05-01")).in_year(2150) == (day("2150-05-01"),)
    assert converted_way(day("1960-05-01")).in_year(2150) == ()
