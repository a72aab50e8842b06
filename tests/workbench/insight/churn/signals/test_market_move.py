"""S3 net of the market: what prices took is no outflow; where no value is told the sentence says so (domain 4.3)."""

import pytest

from tests.workbench.conftest import SmallBook


def fund(
    small: SmallBook, no: str, before: tuple[float, float], now: tuple[float, float], **line: object
) -> None:
    """Units and net asset value of one fund at the end of the month before and of this one."""
    for back, (units, nav) in ((1, before), (0, now)):
        told = {"units": units, "nav": nav, "amount": units * nav, "product_code": "F1", "category": "基金"}
        small.hold(no, back, **{**told, **line})


def fell(small: SmallBook, no: str, to: float) -> None:
    """From 280万, without crossing the line of a level."""
    small.months(
        no, {"aum_balance": [2.8e6, 2.8e6, to], "aum_daily_average": [2.8e6, 2.8e6, (2.8e6 + to) / 2]}
    )


@pytest.mark.parametrize(
    ("before", "now", "to", "severity"),
    [
        # 150万 units lost 0.4 each: the whole fall is the market's
        ((1.5e6, 1.0), (1.5e6, 0.6), 2.2e6, 0),
        # a part of the fall only, and none of it
        ((1.5e6, 1.0), (1.5e6, 0.6), 1.3e6, 2), ((1.5e6, 1.0), (1.5e6, 1.0), 2.2e6, 1),
        # the market hid what left: 60万 gained, 90万 gone
        ((1.5e6, 1.0), (1.5e6, 1.4), 2.5e6, 2),
        # what was sold did not fall afterwards: 4万 are the market's, 126万 left
        ((1.5e6, 1.0), (1e5, 0.6), 1.5e6, 2),
    ],
)  # fmt: skip
def test_what_the_market_took_is_no_outflow(
    small: SmallBook, before: tuple[float, float], now: tuple[float, float], to: float, severity: int
) -> None:
    fell(small, "1", to)
    fund(small, "1", before, now)
    assert small.severity("1", "S3") == severity


def test_the_sentence_says_what_was_taken_out(small: SmallBook) -> None:
    fell(small, "1", 1_300_000)
    fund(small, "1", (1.5e6, 1.0), (1.5e6, 0.6))
    found = small.verdict("1", "S3")
    assert found.evidence["causes"] == ["recent", "market_out"]
    assert found.reason == (
        "截至2026-10-31:最新时点余额130.0万,比近四个月最高月日均280.0万低32%;已剔除当月净值变动-60.0万。"
    )


def test_without_a_value_of_both_months_the_sentence_is_marked(small: SmallBook) -> None:
    for no, category in (("fund", "基金"), ("deposit", "定期存款")):
        fell(small, no, 1_300_000)
        fund(small, no, (1.5e6, 1.0), (1.5e6, 0.6), nav=None, category=category, product_code=category)
    assert small.severity("fund", "S3") == small.severity("deposit", "S3") == 3
    assert small.verdict("fund", "S3").reason.endswith(
        "持有随市值波动的产品,没有两个月的净值可剔除,降幅含市值波动。"
    )
    assert small.verdict("deposit", "S3").evidence["causes"] == ["recent", "month"]


def test_by_the_balances_where_no_holdings_are_listed_and_only_beside_a_fall(small: SmallBook) -> None:
    for no, to in (("1", 5e5), ("2", 1e6), ("3", 5e5)):
        balances = {"aum_balance": [1e6, 1e6, to], "aum_daily_average": [1e6, 1e6, to]}
        small.months(no, balances, fund_balance=0 if no == "3" else 300_000)
    assert "market_in" in small.verdict("1", "S3").evidence["causes"]
    assert small.severity("2", "S3") == 0
    assert "market_in" not in small.verdict("3", "S3").evidence["causes"]
    assert not small.unknown("2", "S3")
