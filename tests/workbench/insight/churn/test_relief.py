"""Relief: money that still comes in makes a fall weigh less (domain 4.4, 22-3): it holds, does not, cannot be told."""

import pytest

from tests.workbench.conftest import SmallBook

LOST = {"aum_balance": [1e6, 1e6, 1e6, 2e5], "aum_daily_average": [1e6] * 4}


def risk(small: SmallBook, no: str, last: float | None, now: float | None) -> float:
    """The risk of somebody who lost four fifths, with the inflow of the last two months in yuan."""
    small.months(no, {**LOST, "inflow": [None, None, last, now]})
    return small.risk(no).risk


def test_two_months_together_reach_the_share_or_not(small: SmallBook) -> None:
    whole = 100 * 0.45 * (1 + 0.9 * 0.3 / 0.5)
    assert risk(small, "less", 199_000, 200_000) == pytest.approx(whole, abs=0.4)
    assert risk(small, "enough", 200_000, 200_000) == pytest.approx(whole * 0.8, abs=0.6)
    assert "仍有资金转入:近两个月合计40.0万,相当于近期最高月日均的40%" in small.risk("enough").facts[-1]
    assert small.risk("less").facts == ()


def test_a_month_that_is_not_told_is_no_month_without_inflow(small: SmallBook) -> None:
    whole = risk(small, "nothing told", None, None)
    assert risk(small, "half told", None, 100_000) == pytest.approx(whole, abs=0.1)
    assert risk(small, "one is enough", None, 400_000) == pytest.approx(whole * 0.8, abs=0.6)
    assert small.risk("half told").facts == ()


def test_who_has_not_fallen_is_neither_eased_nor_said_to_be(small: SmallBook) -> None:
    small.flat("1", 1e6, months=4, inflow=500_000)
    assert not any("仍有资金转入" in sentence for sentence in small.risk("1").facts)
