"""Trades, loans and cards of the sample customers agree with their balances and flows."""

from typing import Any

import pytest

from tests.workbench.sample.conftest import read_branch
from workbench.sample import make_branch

OWNERS = {"企业主", "企业法人", "私营业主"}


def percent(text: str) -> float:
    return float(text.rstrip("%")) / 100


def test_the_loans_by_kind_are_the_loans(small: Any) -> None:
    kinds = ("mortgage_balance", "business_loan_balance", "consumer_loan_balance")
    for month in small.months:
        for row in month.values():
            assert row["loan_balance"] == pytest.approx(sum(row[kind] for kind in kinds), abs=0.01)
    newest = small.months[-1].values()
    assert all(any(row[kind] > 0 for row in newest) for kind in kinds)


def test_deposits_are_money_on_demand_time_deposits_and_large_certificates(small: Any) -> None:
    parts = ("demand_balance", "time_deposit_balance", "large_cd_balance")
    for row in small.months[-1].values():
        assert row["deposit_balance"] == pytest.approx(sum(row[part] for part in parts), abs=0.02)


def test_a_shop_takes_in_a_part_of_what_comes_in_and_nobody_else_takes_anything(small: Any) -> None:
    for month in small.months:
        shops = [row for row in month.values() if row["is_merchant"]]
        assert len(shops) >= 5
        for row in shops:
            assert row["merchant_type"]
            assert row["merchant_amount"] <= row["inflow"] - row["payroll_amount"]
            assert (row["merchant_txn_count"] > 0) == (row["merchant_amount"] > 0)
        for row in month.values():
            if not row["is_merchant"]:
                assert (row["merchant_amount"], row["merchant_txn_count"]) == (0, 0)


def test_who_is_paid_here_works_for_somebody_else(small: Any) -> None:
    for row in small.months[-1].values():
        if row["is_payroll"]:
            assert not row["is_merchant"]
            assert row["occupation"] not in OWNERS


def test_owners_have_a_company_and_lend_for_it(small: Any) -> None:
    owners = [row for row in small.months[-1].values() if row["occupation"] in OWNERS]
    assert len(owners) >= 4
    assert all("有限公司" in row["employer"] for row in owners if row["residence_city"] == "云澜市")
    assert any(row["business_loan_balance"] > 0 for row in owners)


def test_a_manager_is_assigned_after_the_opening_and_knows_some_of_the_customer(small: Any) -> None:
    for row in small.months[-1].values():
        assert row["open_date"] <= row["assigned_date"] < small.branch.last_date
        assert 0.3 <= percent(row["kyc_completeness"]) <= 0.98


def test_owners_shops_and_mortgages_are_as_many_as_in_a_branch(tmp_path: Any) -> None:
    newest = read_branch(make_branch(tmp_path, customers=600, months=6)).months[-1].values()
    share = {
        "owners": sum(row["occupation"] in OWNERS for row in newest) / len(newest),
        "shops": sum(row["is_merchant"] for row in newest) / len(newest),
        "mortgages": sum(row["mortgage_balance"] > 0 for row in newest) / len(newest),
        "business": sum(row["business_loan_balance"] > 0 for row in newest) / len(newest),
    }
    bounds = {
        "owners": (0.05, 0.09),
        "shops": (0.06, 0.1),
        "mortgages": (0.08, 0.13),
        "business": (0.04, 0.1),
    }
    assert all(low <= share[name] <= high for name, (low, high) in bounds.items()), share
