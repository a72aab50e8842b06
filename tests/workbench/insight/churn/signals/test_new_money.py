"""S8, money that was not here half a year ago (domain 4.3, 22-3): hit, not hit, cannot tell."""

import pytest

from tests.workbench.conftest import SmallBook


def grown(small: SmallBook, no: str, before: float | None, now: float = 1e6) -> None:
    """Assets of `before` yuan four to six months ago, of `now` since."""
    run = [before] * 3 + [now] * 4
    small.months(no, {"aum_balance": run, "aum_daily_average": run})


def test_s8_the_grade_stands_exactly_at_each_share_of_new_money(small: SmallBook) -> None:
    severities = {1e6: 0, 5.1e5: 0, 5e5: 1, 2.5e5: 2, 1e5: 3, 0.0: 3}
    for before in severities:
        grown(small, str(before), before)
    assert {before: small.severity(str(before), "S8") for before in severities} == severities
    for before, grade in {5e5: 0.34, 2.5e5: 0.67, 1e5: 1.0, 0.0: 1.0}.items():
        found = small.verdict(str(before), "S8")
        assert found is not None
        assert found.grade == pytest.approx(grade, abs=1e-12)
        assert "100.0万" in found.reason
        assert f"{1 - before / 1e6:.0%}" in found.reason


def test_s8_new_money_alone_lights_nobody(small: SmallBook) -> None:
    grown(small, "1", 0.0)
    assert 15 <= small.risk("1").risk < 25
    assert small.risk("1").light is None


def test_s8_a_short_history_is_no_new_money(small: SmallBook) -> None:
    small.flat("five months", 1e6, months=5)
    small.flat("six months", 1e6, months=6)
    assert small.unknown("five months", "S8")
    assert not small.unknown("six months", "S8")
    assert small.severity("six months", "S8") == 0


def test_s8_needs_daily_averages_and_ranks_small_customers_without_a_hit(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [1e3] * 3 + [1e6] * 4})
    assert small.unknown("1", "S8")
    grown(small, "small", 0.0, 4e4)
    small.flat("steady", 4e4, months=7)
    assert small.severity("small", "S8") == 0
    assert small.risk("small").risk > small.risk("steady").risk
