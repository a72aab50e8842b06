"""When a row falls: each form of the text, in years that are out of the ordinary (domain 6.1, 6.6)."""

import datetime as dt

import pytest

from workbench.outreach.dates.when import check_when, end_of, occurrences


def days(at: str, year: int) -> list[str]:
    return [one.day.isoformat() for one in occurrences(at, year)]


@pytest.mark.parametrize(
    ("at", "year", "found"),
    [
        ("05-01", 2027, ["2027-05-01"]), ("02-29", 2027, ["2027-02-28"]), ("02-29", 2028, ["2028-02-29"]),
        ("02 last", 2027, ["2027-02-28"]), ("02 last", 2028, ["2028-02-29"]),
        ("05 sun 2", 2027, ["2027-05-09"]), ("06 sun 3", 2026, ["2026-06-21"]), ("11 thu 4", 2026, ["2026-11-26"]),
        ("05 sun 2", 2022, ["2022-05-08"]),  # the month begins on a Sunday
        ("lunar 01-15", 2027, ["2027-02-20"]), ("lunar last", 2027, ["2027-02-05"]),
        ("lunar last", 2028, ["2028-01-25"]), ("lunar 08-15", 2026, ["2026-09-25"]),
        ("lunar 12-30", 2027, ["2027-02-05"]), ("lunar 12-30", 2030, ["2030-02-02"]),
        ("term mangzhong", 2027, ["2027-06-06"]),
        ("lunar last -1", 2027, ["2027-02-04"]), ("lunar 01-01 +14", 2027, ["2027-02-20"]),
        ("monthly 31 02,04,05", 2027, ["2027-02-28", "2027-04-30", "2027-05-31"]),
    ],
)  # fmt: skip
def test_a_text_means_days_of_a_year(at: str, year: int, found: list[str]) -> None:
    assert days(at, year) == found


def test_a_lunar_day_may_fall_into_a_year_twice_or_not_at_all() -> None:
    twice = [year for year in range(2000, 2100) if len(days("lunar 12-08", year)) == 2]
    never = [year for year in range(2000, 2100) if not days("lunar 12-08", year)]
    assert twice
    assert never
    assert sum(len(days("lunar 12-08", year)) for year in range(2000, 2100)) in (99, 100)
    numbers = [one.number for one in occurrences("lunar 12-08", twice[0])]
    assert numbers == [1, 2]


def test_every_month_and_some_months() -> None:
    assert len(days("monthly 15", 2027)) == 12
    assert [day[5:] for day in days("monthly 10 03-05", 2027)] == ["03-10", "04-10", "05-10"]


@pytest.mark.parametrize(
    ("until", "first", "last"),
    [
        ("", "2027-06-07", "2027-06-07"), ("+2", "2027-06-07", "2027-06-09"), ("month end", "2027-02-21", "2027-02-28"),
        ("02 last", "2027-12-01", "2028-02-29"), ("06-30", "2027-03-01", "2027-06-30"),
        ("lunar last -1", "2027-12-21", "2028-01-24"), ("lunar 12-01", "2100-12-31", "2100-12-31"),
    ],
)  # fmt: skip
def test_a_span_ends(until: str, first: str, last: str) -> None:
    assert end_of(until, dt.date.fromisoformat(first)).isoformat() == last


def test_only_what_falls_into_a_disputed_month_is_doubtful() -> None:
    for year, month, day in ((2057, "lunar 09-09", "2057-10-07"), (2089, "lunar 08-15", "2089-09-19")):
        (found,) = occurrences(month, year)
        assert found.doubtful, day
    assert not any(one.doubtful for year in range(1901, 2101) for one in occurrences("lunar 05-05", year))


@pytest.mark.parametrize(
    "text",
    ["", "13-01", "02-30", "lunar", "lunar 13-01", "term spring", "05 sun 5", "monthly", "monthly 32", "soon", "00 last"],
)  # fmt: skip
def test_a_text_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        check_when(text)
