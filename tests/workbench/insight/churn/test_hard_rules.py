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
    ("averages", "balances", "light"),
    [
        # 轻度: the average keeps the line of 20万, the balance at the month's end does not
        ([2.2e5] * 4, [2.2e5, 2.2e5, 2.2e5, 1.99e5], "orange"),
        ([2.2e5] * 4, [2.2e5, 2.2e5, 2.2e5, 2.0e5], None),
        # 重度: the average left the line that last month kept, and so did the balance
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 1.9e5], "red"),
        ([2.2e5, 2.2e5, 2.2e5, 1.9e5], [2.2e5, 2.2e5, 2.2e5, 2.1e5], None),
        ([1.9e5, 1.9e5, 1.9e5, 1.9e5], [1.9e5, 1.9e5, 1.9e5, 1.9e5], None),
    ],
)
def test_golden_3_mild_and_severe_by_the_line_of_the_level(
    small: SmallBook, averages: list[float], balances: list[float], light: str | None
) -> None:
    assert months(small, "1", averages=averages, balances=balances).light == light


def test_a_customer_below_the_line_of_lights_is_lifted_by_no_rule(small: SmallBook) -> None:
    # 1万 is the line of L2: left, but the customer never had 5万
    found = months(small, "1", averages=[1.2e4, 1.2e4, 8e3], balances=[1.2e4, 1.2e4, 7e3])
    assert (found.light, found.hard_rule) == (None, None)


@pytest.mark.parametrize(
    ("outflow", "inflow", "balance", "light"),
    [
        (3.2e5, 0.2e5, 3.1e5, "red"),  # net 30万 of 60万, and the balance bears it out
        (2.8e5, 0.2e5, 3.4e5, None),  # 26万: less than half
        (3.2e5, 0.2e5, 6.0e5, None),  # claimed, but the balance never fell
        (3.2e5, None, 3.1e5, None),  # inflow not told: nobody knows what was net
    ],
)
def test_half_of_the_assets_and_ten_wan_gone_in_a_month_is_red(
    small: SmallBook, outflow: float, inflow: float | None, balance: float, light: str | None
) -> None:
    small.month("1", 1, aum_balance=6e5, aum_daily_average=6e5)
    # the average stays above the line of 50万, so that only the outflow can light
    small.month("1", 0, aum_balance=balance, aum_daily_average=6e5, outflow=outflow, inflow=inflow)
    rule = small.risk("1").hard_rule or ""
    assert ("净流出" in rule) == (light == "red"), rule


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
