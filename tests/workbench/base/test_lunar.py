"""The lunar table answers as the libraries that it was made from and held against, and as the domain's dates tell."""

import csv
import datetime as dt
from itertools import pairwise

import pytest

from tests.conftest import SHARED_DATA
from workbench.base.lunar import (
    LunarDate,
    disputed,
    from_lunar,
    last_of_year,
    leap_month,
    month_length,
    spring_festival,
    to_lunar,
)

FIRST, LAST = 1899, 2100
DISPUTED = [(2057, 9), (2089, 8), (2097, 7)]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def starts() -> dict[tuple[int, int, bool], dt.date]:
    return {
        (year, month, leap): from_lunar(year, month, 1, leap)
        for year in range(FIRST, LAST + 1)
        for month in range(1, 13)
        for leap in (False, True)
        if not leap or leap_month(year) == month
    }


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        ((2026, 1, 1), "2026-02-17"), ((2027, 1, 1), "2027-02-06"), ((2026, 1, 15), "2026-03-03"),
        ((2027, 1, 15), "2027-02-20"), ((2026, 5, 5), "2026-06-19"), ((2027, 5, 5), "2027-06-09"),
        ((2026, 7, 7), "2026-08-19"), ((2027, 7, 7), "2027-08-08"), ((2026, 8, 15), "2026-09-25"),
        ((2027, 8, 15), "2027-09-15"), ((2026, 9, 9), "2026-10-18"), ((2027, 9, 9), "2027-10-08"),
        ((2026, 12, 8), "2027-01-15"), ((2026, 12, 23), "2027-01-30"), ((2026, 12, 24), "2027-01-31"),
        ((2029, 12, 30), "2030-02-02"),
    ],
)  # fmt: skip
def test_golden_9_festivals(lunar: tuple[int, int, int], solar: str) -> None:
    assert from_lunar(*lunar) == day(solar)
    assert to_lunar(day(solar)) == LunarDate(*lunar)


def test_golden_9_years_months_and_the_last_day() -> None:
    assert [last_of_year(year) for year in (2025, 2026, 2027)] == [
        day("2026-02-16"), day("2027-02-05"), day("2028-01-25")
    ]  # fmt: skip
    assert {year: leap_month(year) for year in (2025, 2026, 2028, 2031, 2033)} == {
        2025: 6, 2026: None, 2028: 5, 2031: 3, 2033: 11,
    }  # fmt: skip
    assert [month_length(year, 12) for year in range(2024, 2030)] == [29, 29, 29, 29, 29, 30]
    with pytest.raises(ValueError, match="2026"):
        from_lunar(2026, 12, 30)
    with pytest.raises(ValueError, match="2026"):
        month_length(2026, 6, leap=True)
    assert to_lunar(day("2034-01-01")) == LunarDate(2033, 11, 11, leap=True)


def test_the_table_begins_and_ends_where_it_says() -> None:
    assert to_lunar(day("1899-02-10")) == LunarDate(1899, 1, 1)
    assert to_lunar(day("2101-01-28")) == LunarDate(2100, 12, 29)
    for outside in ("1899-02-09", "2101-01-29"):
        with pytest.raises(ValueError, match=outside):
            to_lunar(day(outside))


def test_months_follow_one_another_without_a_gap() -> None:
    found = starts()
    for (one, begins), (_next, following) in pairwise(sorted(found.items(), key=lambda each: each[1])):
        assert (following - begins).days == month_length(*one)
    for year in range(FIRST, LAST + 1):
        assert to_lunar(spring_festival(year)) == LunarDate(year, 1, 1)


def test_three_months_are_disputed() -> None:
    assert [key[:2] for key in starts() if disputed(*key)] == DISPUTED


def test_every_month_begins_where_the_source_of_the_table_says() -> None:
    lunar_python = pytest.importorskip("lunar_python")
    told = {}
    for year in range(FIRST, LAST + 1):
        for month in lunar_python.LunarYear.fromYear(year).getMonthsInYear():
            at = lunar_python.Solar.fromJulianDay(month.getFirstJulianDay())
            key = (month.getYear(), abs(month.getMonth()), month.getMonth() < 0)
            told[key] = dt.date(at.getYear(), at.getMonth(), at.getDay())
    assert {key: told[key] for key in starts()} == starts()


def test_a_second_library_disagrees_in_a_disputed_month_only() -> None:
    sxtwl = pytest.importorskip("sxtwl")
    differs = set()
    for key, begins in starts().items():
        seen = sxtwl.fromSolar(begins.year, begins.month, begins.day)
        if (seen.getLunarYear(), seen.getLunarMonth(), bool(seen.isLunarLeap()), seen.getLunarDay()) != (
            *key,
            1,
        ):
            differs.add(key[:2])
    assert differs <= set(DISPUTED)


@pytest.mark.long
def test_every_day_of_two_centuries_is_told_as_by_both_libraries() -> None:
    lunar_python, sxtwl = pytest.importorskip("lunar_python"), pytest.importorskip("sxtwl")
    at = day("1900-01-01")
    while at <= day("2100-12-31"):
        found = to_lunar(at)
        made = lunar_python.Solar.fromYmd(at.year, at.month, at.day).getLunar()
        assert (made.getYear(), abs(made.getMonth()), made.getDay(), made.getMonth() < 0) == (
            found.year, found.month, found.day, found.leap,
        )  # fmt: skip
        seen = sxtwl.fromSolar(at.year, at.month, at.day)
        near = any(abs((from_lunar(*one, 1) - at).days) <= 31 for one in DISPUTED)
        assert near or (seen.getLunarYear(), seen.getLunarMonth(), seen.getLunarDay(), seen.isLunarLeap()) == (
            found.year, found.month, found.day, found.leap,
        )  # fmt: skip
        at += dt.timedelta(days=1)


def test_festivals_fall_where_the_observatory_says_but_in_disputed_months() -> None:
    file = SHARED_DATA / "lunar" / "festivals_1901_2100.csv"
    if not file.exists():
        pytest.skip("shared/data/lunar is not here")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            at = (int(row["lunar_year"]), int(row["lunar_month"]))
            if not disputed(*at):
                assert from_lunar(*at, int(row["lunar_day"])) == day(row["date"]), row
