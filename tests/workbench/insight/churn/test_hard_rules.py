"""Hard rules lift a light whatever the score; fragile profiles need what they are told by (domain 4.2, 4.4)."""

from typing import Any

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.churn.verdict import CustomerRisk

CALM: dict[str, Any] = {"aum_balance": 3e5, "aum_daily_average": 3e5}


def months(
    small: SmallBook, no: str, *, averages: list[float], balances: list[float], **told: Any
) -> CustomerRisk:
    small.months(no, {"aum_daily_average": averages, "aum_balance": balances}, **told)
    return small.risk(no)


@pytest.mark.parametrize(
    ("averages", "balances", "light", "fact"),
    [
        # 轻度: the average keeps the line of 20万, the balance at the month's end does not
        ([2.2e5] * 4, [2.2e5, 2.2e5, 2.2e5, 1.1e5], "orange", None),
        ([2.2e5] * 4, [2.2e5, 2.2e5, 2.2e5, 1.99e5], None, "轻度流失"),
        ([2.2e5] * 4, [2.2e5, 2.2e5, 2.2e5, 2.0e5], None, None),
        # 重度: the average left the line that last month kept, and so did the balance
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 5.5e4], "red", None),
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 5.6e4], "orange", None),
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 1.9e5], None, "重度流失"),
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 2.1e5], None, None),
        ([1.9e5, 1.9e5, 1.9e5, 1.9e5], [1.9e5, 1.9e5, 1.9e5, 1.9e5], None, None),
    ],
)
def test_golden_3_crossing_a_line_lights_from_a_fall_of_half_and_is_a_fact_below(
    small: SmallBook, averages: list[float], balances: list[float], light: str | None, fact: str | None
) -> None:
    found = months(small, "1", averages=averages, balances=balances)
    assert found.light == light
    assert (found.hard_rule is not None) == (light is not None)
    assert fact is None or [sentence[:4] for sentence in found.facts] == [fact]


def test_a_month_end_is_never_compared_with_another_month_end(small: SmallBook) -> None:
    """A list without daily averages: the balances put up at a quarter's end are no level from which one falls."""
    small.months("1", {"aum_balance": [2e5, 2e5, 9e5, 2e5]})
    small.months("2", {"aum_balance": [2e5, 2e5, 9e5, 2e5], "aum_daily_average": [2e5] * 4})
    assert small.unknown("1", "S3")
    assert small.risk("1").light is None
    assert small.risk("1").facts == ()
    assert small.risk("2").light is None
    assert small.severity("2", "S3") == 0


def test_money_that_still_comes_in_leaves_the_light_to_the_score(small: SmallBook) -> None:
    run = {"aum_daily_average": [2.2e5] * 4, "aum_balance": [2.2e5, 2.2e5, 2.2e5, 1.0e5]}
    small.months("1", run, inflow=40_000, outflow=40_000)
    small.months("2", run, inflow=50_000, outflow=50_000)
    assert small.risk("1").light == "orange"
    assert small.risk("2").light == "yellow"
    assert "仍有资金转入:近两个月合计10.0万" in small.risk("2").facts[-1]
    assert any("轻度流失" in sentence for sentence in small.risk("2").facts)


def test_a_customer_below_the_line_of_lights_is_lifted_by_no_rule(small: SmallBook) -> None:
    # 1万 is the line of L2: left, but the customer never had 5万
    found = months(small, "1", averages=[1.2e4, 1.2e4, 8e3], balances=[1.2e4, 1.2e4, 7e3])
    assert (found.light, found.hard_rule) == (None, None)


@pytest.mark.parametrize(
    ("outflow", "inflow", "balance", "light"),
    [
        (4.8e5, 0.2e5, 1.5e5, "red"),  # net 46万 of 60万, and the balance bears it out by three quarters
        (3.2e5, 0.2e5, 3.0e5, "orange"),  # net 30万 of 60万, half is gone
        (3.2e5, 0.2e5, 3.1e5, None),  # not quite half of the balance is gone
        (2.8e5, 0.2e5, 3.0e5, None),  # 26万: less than half
        (3.2e5, 0.2e5, 6.0e5, None),  # claimed, but the balance never fell
        (3.2e5, None, 3.0e5, None),  # inflow not told: nobody knows what was net
    ],
)
def test_half_of_the_assets_and_ten_wan_gone_in_a_month_light_by_how_far_the_balance_fell(
    small: SmallBook, outflow: float, inflow: float | None, balance: float, light: str | None
) -> None:
    small.month("1", 1, aum_balance=6e5, aum_daily_average=6e5)
    small.month("1", 0, aum_balance=balance, aum_daily_average=6e5, outflow=outflow, inflow=inflow)
    found = small.risk("1")
    assert ("净流出" in (found.hard_rule or "")) == (light is not None), found
    assert light is None or found.light == light


def test_less_than_ten_wan_is_no_rule_however_large_the_share(small: SmallBook) -> None:
    small.month("1", 1, aum_balance=1.2e5, aum_daily_average=1.2e5)
    small.month("1", 0, aum_balance=3.2e4, aum_daily_average=1.0e5, outflow=9e4, inflow=0)
    assert "净流出" not in (small.risk("1").hard_rule or "")


PROFILED: dict[str, tuple[dict[str, Any], str, bool]] = {
    "young": ({"age": 18}, "P1", True),
    "the oldest of the young": ({"age": 35}, "P1", True),
    "no longer young": ({"age": 36}, "P1", False),
    "a minor": ({"age": 17}, "P1", False),
    "age not told": ({}, "P1", False),
    "pays by wallet often": ({"third_party_outflow_count": 20}, "P2", True),
    "pays by wallet sometimes": ({"third_party_outflow_count": 19}, "P2", False),
    "half of the outflow by wallet": ({"third_party_outflow": 5e4, "outflow": 1e5}, "P2", True),
    "less than half by wallet": ({"third_party_outflow": 4.9e4, "outflow": 1e5}, "P2", False),
    "two products": ({"product_count": 2}, "P3", True),
    "three products": ({"product_count": 3}, "P3", False),
    "products not told": ({}, "P3", False),
    "nothing settles here": ({"payroll_amount": 0, "txn_count_1m": 5}, "P4", True),
    "six transactions a month": ({"payroll_amount": 0, "txn_count_1m": 6}, "P4", False),
    "payroll not told": ({"txn_count_1m": 1}, "P4", False),
    "paid here": ({"payroll_amount": 8e3, "txn_count_1m": 1}, "P4", False),
    "utilities paid here": ({"payroll_amount": 0, "txn_count_1m": 1, "utility_autopay": 1}, "P4", False),
    "a loan repaid here": ({"payroll_amount": 0, "txn_count_1m": 1, "loan_balance": 1e5}, "P4", False),
    "money only passes through": ({"is_pass_through": 1, "payroll_amount": 8e3}, "P4", True),
}


def test_each_profile_applies_where_it_is_told_and_never_where_it_is_not(small: SmallBook) -> None:
    for name, (told, _code, _applies) in PROFILED.items():
        small.month(name, **CALM, **told)
    ranked = {one.customer_no: one for one in small.insight.ranking()}
    wrong = {
        name: ranked[name].profiles
        for name, (_told, code, applies) in PROFILED.items()
        if (code in ranked[name].profiles) != applies
    }
    assert wrong == {}
