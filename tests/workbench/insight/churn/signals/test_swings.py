"""S9, money that swings or just came in (domain 4.3, 22-5): hit, not hit, cannot tell."""

import pytest

from tests.workbench.conftest import SmallBook


def ended(small: SmallBook, no: str, *ends: float | None, **told: object) -> None:
    """The month-end balances in 万; the daily average never moved."""
    run = [None if end is None else end * 1e4 for end in ends]
    small.months(no, {"aum_balance": run, "aum_daily_average": [1e6] * len(run)}, **told)


def test_s9_the_lowest_month_end_of_the_six_before_against_the_highest(small: SmallBook) -> None:
    severities = {51: 0, 50: 1, 25: 2, 10: 3}
    for lowest in severities:
        ended(small, str(lowest), 100, 100, lowest, 100, 100, 100, 100)
    assert {lowest: small.severity(str(lowest), "S9") for lowest in severities} == severities
    for lowest, grade in {50: 0.34, 25: 0.67, 10: 1.0}.items():
        found = small.verdict(str(lowest), "S9")
        assert found is not None
        assert found.grade == pytest.approx(grade, abs=1e-12)
        assert found.evidence["causes"] == ["swing"]
        assert f"最高100.0万、最低{lowest:.1f}万" in found.reason


def test_s9_the_newest_month_end_is_no_swing(small: SmallBook) -> None:
    ended(small, "1", *[100] * 6, 10)
    assert small.severity("1", "S9") == 0
    assert small.severity("1", "S3") == 3


def test_s9_the_months_inflow_against_what_is_here(small: SmallBook) -> None:
    severities = {79: 0, 80: 1, 90: 2, 100: 3, 300: 3}
    for inflow in severities:
        ended(small, str(inflow), *[100] * 7, inflow=inflow * 1e4, outflow=inflow * 1e4)
    assert {inflow: small.severity(str(inflow), "S9") for inflow in severities} == severities
    for inflow, grade in {80: 0.34, 90: 0.67, 100: 1.0, 300: 1.0}.items():
        found = small.verdict(str(inflow), "S9")
        assert found is not None
        assert found.grade == pytest.approx(grade, abs=1e-12)
        assert f"当月转入{inflow:.1f}万" in found.reason


def test_s9_little_that_is_left_makes_no_inflow_large(small: SmallBook) -> None:
    ended(small, "1", *[100] * 6, 10, inflow=200_000)
    assert small.severity("1", "S9") == 0


def test_s9_cannot_be_told_without_inflow_and_with_less_than_four_months_of_the_six(small: SmallBook) -> None:
    ended(small, "three", 10, 100, 100, 100)
    ended(small, "four", 10, 100, 100, 100, 100)
    ended(small, "gaps", 10, None, 100, None, None, 100, 100)
    assert small.unknown("three", "S9")
    assert small.severity("four", "S9") == 3
    assert small.unknown("gaps", "S9")


def test_s9_ranks_small_customers_without_a_hit(small: SmallBook) -> None:
    run = [4e4, 4e4, 1e3, 4e4, 4e4]
    small.months("1", {"aum_balance": run, "aum_daily_average": [4e4] * 5})
    small.flat("2", 4e4, months=5)
    assert small.severity("1", "S9") == 0
    assert small.risk("1").risk > small.risk("2").risk
