"""The 24 terms of a year from the table, as the libraries and the fixtures have them (domain 6.2, 6.7)."""

import datetime as dt
from itertools import pairwise

import pytest

from workbench.base.solar_terms import TERMS, term_day


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("qingming", ("2026-04-05", "2027-04-05")), ("lichun", ("2026-02-04", "2027-02-04")),
        ("mangzhong", ("2026-06-05", "2027-06-06")), ("qiufen", ("2026-09-23", "2027-09-23")),
        ("lidong", ("2026-11-07", "2027-11-07")), ("dongzhi", ("2026-12-22", "2027-12-22")),
    ],
)  # fmt: skip
def test_golden_9_terms(code: str, days: tuple[str, str]) -> None:
    assert tuple(term_day(year, code).isoformat() for year in (2026, 2027)) == days


def test_every_year_has_24_terms_in_their_order_about_a_fortnight_apart() -> None:
    terms = [term_day(year, code) for year in range(1901, 2101) for code in TERMS]
    assert len(terms) == 24 * 200
    steps = {(later - one).days for one, later in pairwise(terms)}
    assert steps == {14, 15, 16}


def test_beyond_the_table_there_is_no_term() -> None:
    with pytest.raises(ValueError, match="2101"):
        term_day(2101, "qingming")


@pytest.mark.parametrize("year", [1901, 1950, 1979, 2008, 2026, 2051, 2084, 2100])
def test_a_second_library_tells_the_same_terms(year: int) -> None:
    sxtwl = pytest.importorskip("sxtwl")
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    told = [one for one in days if one.year == year and sxtwl.fromSolar(year, one.month, one.day).hasJieQi()]
    assert told == [term_day(year, code) for code in TERMS]
