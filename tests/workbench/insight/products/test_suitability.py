"""The eleven checks (domain 8.1): each blocks, warns, passes or says that it cannot tell; golden test 14."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from workbench.insight.products.suitability import assess, liquidity_days, of_values
from workbench.insight.products.verdict import Buyer, Offered, SuitabilityVerdict
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

DAY = dt.date(2026, 10, 31)
RULES = Rules.load()
#: a customer about whom all is told and whom nothing hinders
FINE = Buyer(
    risk_class=3, valid_days=100, age=45, liquidity_days=365, aum=100_000_000, liquid=50_000_000,
    yearly_income=20_000_000, tests_today=0, tests_year=1, class_rise=0, held_risk=2,
)  # fmt: skip
WEALTH = Offered("稳健理财", "wealth", seller_risk=2, term_days=182, amount=10_000_000)


def verdict(buyer: Buyer = FINE, product: Offered = WEALTH, rules: Rules = RULES) -> SuitabilityVerdict:
    return assess(buyer, product, DAY, rules)


def outcome(number: int, buyer: Buyer = FINE, product: Offered = WEALTH, rules: Rules = RULES) -> str:
    return verdict(buyer, product, rules).checks[number - 1].outcome


def test_a_c2_customer_may_not_be_sold_an_r3_product() -> None:
    found = verdict(replace(FINE, risk_class=2), replace(WEALTH, seller_risk=3))
    assert found.outcome == "block"
    assert not found.may_offer
    assert "R3" in found.reason
    assert "C2" in found.reason
    assert found.mark.startswith("⛔")


def test_of_an_issuers_r2_and_a_sellers_r3_the_higher_counts() -> None:
    product = replace(WEALTH, issuer_risk=2, seller_risk=3)
    assert product.risk == 3
    assert verdict(replace(FINE, risk_class=2), product).outcome == "block"
    assert "较高" in verdict(replace(FINE, risk_class=2), product).reason
    assert verdict(replace(FINE, risk_class=3), product).may_offer


def test_all_eleven_checks_are_recorded_in_their_order() -> None:
    found = verdict()
    assert [check.number for check in found.checks] == list(range(1, 12))
    assert all(check.reason for check in found.checks)
    assert found.outcome == "ok"
    assert found.mark.startswith("✅")


@pytest.mark.parametrize(
    ("number", "buyer", "product", "expected"),
    [
        (1, {"valid_days": -1}, {}, "block"),
        (1, {"valid_days": None}, {}, "cannot_tell"),
        (1, {"risk_class": None}, {}, "block"),
        (1, {"circumstances_changed": True}, {}, "block"),
        (1, {"risk_class": None, "valid_days": None}, {"regime": "deposit", "seller_risk": None}, "ok"),
        (1, {"risk_class": None, "valid_days": None}, {"regime": "bond", "seller_risk": None}, "ok"),
        (2, {}, {"seller_risk": None}, "cannot_tell"),
        (2, {"risk_class": None}, {}, "cannot_tell"),
        (3, {"lowest_class": True, "risk_class": 1}, {"seller_risk": 1}, "ok"),
        (3, {"lowest_class": True, "risk_class": 1}, {"seller_risk": 2}, "block"),
        (4, {"age": 65}, {"seller_risk": 3}, "warn"),
        (4, {"age": 64}, {"seller_risk": 3}, "ok"),
        (4, {"age": 80}, {"seller_risk": 2}, "ok"),
        (4, {"age": None}, {"seller_risk": 3}, "cannot_tell"),
        (5, {"liquidity_days": 90}, {}, "warn"),
        (5, {"liquidity_days": None}, {}, "cannot_tell"),
        (5, {"liquidity_days": None}, {"term_days": None}, "ok"),
        (6, {}, {"amount": 50_000_001}, "warn"),
        (6, {}, {"amount": 50_000_000}, "ok"),
        (6, {}, {"amount": 20_000_001, "seller_risk": 4}, "warn"),
        (6, {}, {"amount": 10_000_000, "held_amount": 45_000_000}, "warn"),
        (6, {"aum": None}, {}, "cannot_tell"),
        (7, {}, {"amount": 35_000_001}, "warn"),
        (7, {"liquid": None}, {}, "cannot_tell"),
        (7, {}, {"regime": "insurance", "yearly_premium": 4_000_001}, "warn"),
        (7, {}, {"regime": "insurance", "yearly_premium": 4_000_000}, "ok"),
        (7, {"age": 60}, {"regime": "insurance", "yearly_premium": 1, "premium_years": 20}, "warn"),
        (7, {"yearly_income": None}, {"regime": "insurance", "yearly_premium": 1}, "cannot_tell"),
        (8, {}, {"private": True}, "block"),
        (8, {"investing_years": 2, "net_worth": 300_000_000}, {"private": True}, "ok"),
        (8, {"investing_years": 1, "net_worth": 300_000_000}, {"private": True}, "block"),
        (8, {"investing_years": 3, "financial_assets": 500_000_000}, {"private": True}, "ok"),
        (8, {"investing_years": 3, "mean_income": 40_000_000}, {"private": True}, "ok"),
        (9, {}, {"regime": "insurance"}, "warn"),
        (10, {"tests_today": 2}, {}, "warn"),
        (10, {"tests_year": 8}, {}, "warn"),
        (10, {"class_rise": 2}, {"seller_risk": 4}, "warn"),
        (10, {"class_rise": 2}, {"seller_risk": 3}, "ok"),
        (10, {"tests_today": None, "tests_year": None}, {}, "cannot_tell"),
        (11, {"held_risk": 4}, {}, "warn"),
        (11, {"held_risk": None}, {}, "cannot_tell"),
    ],
)  # fmt: skip
def test_each_check_has_its_outcomes(
    number: int, buyer: dict[str, Any], product: dict[str, Any], expected: str
) -> None:
    assert outcome(number, replace(FINE, **buyer), replace(WEALTH, **product)) == expected


def test_a_seventy_year_old_needs_the_supervisor_only_where_the_bank_asks_so() -> None:
    old, risky = replace(FINE, age=70), replace(WEALTH, seller_risk=3)
    assert "主管" in verdict(old, risky).checks[3].reason
    without = Rules.load("general", {"suit.very_old_supervisor": False})
    assert "主管" not in verdict(old, risky, without).checks[3].reason
    assert outcome(4, old, risky, without) == "warn"


def test_without_a_test_only_deposits_and_treasury_bonds_may_be_offered() -> None:
    nobody = Buyer()
    for regime, may in (
        ("deposit", True),
        ("bond", True),
        ("wealth", False),
        ("fund", False),
        ("insurance", False),
    ):
        product = Offered("产品", regime, seller_risk=None if may else 1)
        assert assess(nobody, product, DAY, RULES).may_offer is may, regime


def test_r1_information_without_a_test_is_no_recommendation() -> None:
    allowed = Rules.load("general", {"suit.r1_without_test": True})
    found = assess(Buyer(), Offered("活钱", "wealth", seller_risk=1), DAY, allowed)
    assert found.checks[0].outcome == "ok"
    assert not found.may_offer


def test_what_cannot_be_told_in_a_lesser_check_is_said_but_hinders_nothing() -> None:
    found = verdict(replace(FINE, liquidity_days=None, tests_today=None, tests_year=None))
    assert found.may_offer
    assert len(found.not_looked_at) == 2


def test_the_gravest_outcome_decides() -> None:
    found = verdict(replace(FINE, risk_class=2, age=80), replace(WEALTH, seller_risk=3))
    assert found.outcome == "block"
    assert len(found.reasons) >= 2


def test_a_buyer_is_read_out_of_the_values_of_the_layers() -> None:
    buyer = of_values(
        Values({"risk_level": "C3", "risk_class": 3, "risk_class_1": 1, "risk_valid_days": 10, "age": 50, "demand": 100,
                "matures_30": 50, "term_preference": "半年", "balance": 1000}), RULES,
    )  # fmt: skip
    assert (buyer.risk_class, buyer.class_rise, buyer.liquid, buyer.liquidity_days) == (3, 2, 150, 180)
    assert of_values(Values({}), RULES) == Buyer()
    assert of_values(Values({"risk_level": "C0"}), RULES).lowest_class


def test_an_unknown_wording_of_a_preference_is_not_told() -> None:
    assert liquidity_days("看情况", RULES) is None
    assert liquidity_days(None, RULES) is None
