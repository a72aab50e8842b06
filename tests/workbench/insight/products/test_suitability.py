"""The eleven checks (domain 8.1): each blocks, warns, passes or says that it cannot tell; golden test 14."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, null, select

from tests.laws import law
from workbench.insight.products.suitability import (
    assess,
    liquidity_days,
    may_hold,
    may_hold_words,
    names,
    of_values,
)
from workbench.insight.products.verdict import Buyer, Offered, SuitabilityVerdict
from workbench.insight.shelf.families import family_named
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


#: lines of the checks that had no case on both of their sides: check, buyer, product, outcome
LINES: list[tuple[int, dict[str, Any], dict[str, Any], str]] = [
    # valid on the last day, not on the day after
    (1, {"valid_days": 0}, {}, "ok"),
    (1, {"valid_days": 1, "circumstances_changed": False}, {}, "ok"),
    (1, {"valid_days": 1, "circumstances_changed": None}, {}, "ok"),
    # a loan needs no test; a wealth product of R1 does
    (1, {"risk_class": None}, {"regime": "loan", "seller_risk": None}, "ok"),
    (1, {"risk_class": None}, {"seller_risk": 1}, "block"),
    (1, {"risk_class": None}, {"regime": "deposit", "seller_risk": 2}, "block"),
    (2, {"risk_class": 2}, {"seller_risk": 2}, "ok"),
    (2, {"risk_class": 1}, {"seller_risk": 2}, "block"),
    (2, {"risk_class": 5}, {"seller_risk": 5}, "ok"),
    (2, {"risk_class": 2}, {"issuer_risk": 2, "seller_risk": 1}, "ok"),
    (2, {"risk_class": 2}, {"issuer_risk": 3, "seller_risk": None}, "block"),
    # a class that is no longer valid answers nothing, but R > C is said all the same
    (2, {"valid_days": -1}, {"seller_risk": 2}, "cannot_tell"),
    (2, {"valid_days": -1, "risk_class": 1}, {"seller_risk": 2}, "block"),
    (2, {"risk_class": None}, {"regime": "deposit", "seller_risk": None}, "ok"),
    (3, {"lowest_class": True, "risk_class": 1}, {"seller_risk": None}, "cannot_tell"),
    (3, {"lowest_class": True, "risk_class": 1}, {"regime": "deposit", "seller_risk": None}, "ok"),
    (3, {"lowest_class": False}, {"seller_risk": 5}, "ok"),
    (4, {"age": None}, {"seller_risk": 2}, "ok"),
    (4, {"age": 90}, {"seller_risk": None}, "cannot_tell"),
    (4, {"age": 90}, {"regime": "bond", "seller_risk": None}, "ok"),
    (4, {"age": 69}, {"seller_risk": 3}, "warn"),
    (4, {"age": 70}, {"seller_risk": 5}, "warn"),
    (5, {"liquidity_days": 182}, {}, "ok"),
    (5, {"liquidity_days": 181}, {}, "warn"),
    (5, {"liquidity_days": 1}, {"term_days": 0}, "ok"),
    (6, {}, {"regime": "deposit", "seller_risk": None, "amount": 100_000_000}, "ok"),
    (6, {}, {"amount": None}, "cannot_tell"),
    (6, {"aum": 0}, {}, "cannot_tell"),
    (6, {}, {"amount": 20_000_000, "seller_risk": 4}, "ok"),
    (6, {}, {"amount": 20_000_001, "seller_risk": 3}, "ok"),
    (6, {}, {"amount": 15_000_000, "held_amount": 5_000_001, "seller_risk": 4}, "warn"),
    # no level: whether the strict line of a fifth or that of a half counts cannot be told between the two
    (6, {}, {"amount": 20_000_000, "seller_risk": None}, "ok"),
    (6, {}, {"amount": 20_000_001, "seller_risk": None}, "cannot_tell"),
    (6, {}, {"amount": 50_000_001, "seller_risk": None}, "warn"),
    (7, {}, {"amount": 35_000_000}, "ok"),
    (7, {}, {"amount": None}, "cannot_tell"),
    (7, {}, {"regime": "loan", "seller_risk": None, "amount": 10**12}, "ok"),
    (7, {"age": 60}, {"regime": "insurance", "yearly_premium": 1, "premium_years": 15}, "ok"),
    (7, {"age": 60}, {"regime": "insurance", "yearly_premium": 1, "premium_years": 16}, "warn"),
    (7, {"age": None}, {"regime": "insurance", "yearly_premium": 1, "premium_years": 60}, "ok"),
    (7, {"yearly_income": 0}, {"regime": "insurance", "yearly_premium": 1}, "cannot_tell"),
    # an insurance without a yearly premium is measured by its amount
    (7, {}, {"regime": "insurance", "yearly_premium": None, "amount": 35_000_001}, "warn"),
    (8, {"investing_years": 2}, {"private": True}, "block"),
    (8, {"net_worth": 300_000_000}, {"private": True}, "block"),
    (8, {"investing_years": 2, "net_worth": 299_999_999}, {"private": True}, "block"),
    (8, {"investing_years": 2, "mean_income": 39_999_999}, {"private": True}, "block"),
    (8, {"investing_years": 1.9, "mean_income": 40_000_000}, {"private": True}, "block"),
    (8, {}, {"private": False}, "ok"),
    (9, {}, {"private": True}, "warn"),
    (9, {}, {"regime": "trust"}, "warn"),
    (9, {}, {}, "ok"),
    (10, {"tests_today": 1, "tests_year": 7}, {}, "ok"),
    (10, {"tests_today": 2, "tests_year": None}, {}, "warn"),
    (10, {"tests_today": None, "tests_year": 8}, {}, "warn"),
    (10, {"tests_today": None, "tests_year": 7}, {}, "ok"),
    (10, {"class_rise": 1}, {"seller_risk": 4}, "ok"),
    (10, {"class_rise": 2}, {"seller_risk": None}, "cannot_tell"),
    (10, {"class_rise": 2}, {"regime": "deposit", "seller_risk": None}, "ok"),
    (10, {"class_rise": None}, {"seller_risk": 4}, "cannot_tell"),
    (10, {"class_rise": None}, {"seller_risk": 3}, "ok"),
    (11, {"held_risk": 3}, {}, "ok"),
    (11, {"risk_class": None}, {}, "cannot_tell"),
]


@pytest.mark.parametrize(("number", "buyer", "product", "expected"), LINES)
def test_both_sides_of_each_line(
    number: int, buyer: dict[str, Any], product: dict[str, Any], expected: str
) -> None:
    assert outcome(number, replace(FINE, **buyer), replace(WEALTH, **product)) == expected


@pytest.mark.parametrize(
    ("number", "buyer", "product", "sentence"),
    [
        (1, {"valid_days": -12}, {}, "风险测评已过期 12 天,要重新测评"),
        (1, {"valid_days": 100}, {}, "风险测评还有 100 天有效"),
        (1, {"risk_class": None}, {}, "没有风险承受等级,只能介绍存款和国债,请先做风险测评"),
        (
            1,
            {"risk_class": None},
            {"regime": "deposit", "seller_risk": 3},
            "没有风险承受等级,产品是 R3,不能当存款介绍,请先做风险测评",
        ),
        (2, {"risk_class": 2}, {"seller_risk": 4}, "产品 R4 高于客户 C2,不得销售"),
        (
            3,
            {"lowest_class": True, "risk_class": 1},
            {"seller_risk": 2},
            "客户属风险承受能力最低类别,只能购买 R1,这个产品是 R2",
        ),
        (4, {"age": 66}, {"seller_risk": 3}, "客户 66 岁买 R3,要加强确认并双录"),
        (5, {"liquidity_days": 90}, {}, "产品期限 182 天,长于客户可接受的 90 天"),
        (6, {}, {"amount": 60_000_000}, "买 60.0万 后这一个产品占资产 60%,超过 50%"),
        (6, {}, {"amount": 30_000_000, "seller_risk": 5}, "买 30.0万 后这一个产品占资产 30%,超过 20%"),
        (7, {}, {"amount": 40_000_000}, "买 40.0万 超过流动资产 50.0万 的 70%"),
        (7, {}, {"regime": "insurance", "yearly_premium": 5_000_000}, "年保费 5.0万 占年收入 25%,超过 20%"),
        (
            7,
            {"age": 60},
            {"regime": "insurance", "yearly_premium": 1, "premium_years": 20},
            "缴费期满时客户 80 岁,超过 75 岁",
        ),
        (8, {"investing_years": 1.5}, {"private": True}, "投资经历 1.5 年,不足 2 年,不是合格投资者"),
        (
            8,
            {"investing_years": 2, "financial_assets": 500_000_000},
            {"private": True},
            "是合格投资者:家庭金融资产达到标准",
        ),
        (
            8,
            {"investing_years": 3, "net_worth": 1, "financial_assets": 1, "mean_income": 1},
            {"private": True},
            "净资产、金融资产和收入都不够合格投资者的线",
        ),
        (10, {"class_rise": 2}, {"seller_risk": 4}, "风险承受等级近一个月升了 2 级,又要买 R4,疑似刷分"),
        (11, {"held_risk": 4}, {}, "已持有 R4,高于客户 C3:要告知客户,不强制卖出"),
    ],
)
def test_each_sentence_carries_the_figures_it_rests_on(
    number: int, buyer: dict[str, Any], product: dict[str, Any], sentence: str
) -> None:
    assert verdict(replace(FINE, **buyer), replace(WEALTH, **product)).checks[number - 1].reason == sentence


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("随时", 30),
        ("T+0", 30),
        ("三个月", 90),
        ("半年", 180),
        (" 半年 ", 180),
        ("一年", 365),
        ("长期", 1095),
    ],
)
def test_a_preference_of_term_becomes_the_days_he_can_wait(told: str, days: int) -> None:
    assert liquidity_days(told, RULES) == days


@pytest.mark.parametrize("told", ["C0", "A0", " 最低 "])
def test_the_lowest_class_counts_as_c1_where_no_level_is_read(told: str) -> None:
    buyer = of_values(Values({"risk_level": told}), RULES)
    assert (buyer.lowest_class, buyer.risk_class) == (True, 1)
    ordinary = of_values(Values({"risk_level": "C3", "risk_class": 3}), RULES)
    assert (ordinary.lowest_class, ordinary.risk_class) == (False, 3)


def test_what_a_buyer_has_at_hand_and_in_all() -> None:
    at_hand = of_values(Values({"demand": 100, "average": 900}), RULES)
    assert (at_hand.liquid, at_hand.aum) == (100, 900)
    assert of_values(Values({"matures_30": 50, "balance": 0, "average": 900}), RULES).liquid is None
    assert of_values(Values({"balance": 0, "average": 900}), RULES).aum == 0
    assert of_values(Values({"risk_class": 3}), RULES).class_rise is None
    assert of_values(Values({"risk_class": 2, "risk_class_1": 4}), RULES).class_rise == -2


LEVELS = st.one_of(st.none(), st.integers(1, 5))
BUYERS = st.builds(
    Buyer, risk_class=LEVELS, valid_days=st.one_of(st.none(), st.integers(-400, 400)), lowest_class=st.booleans(),
    circumstances_changed=st.one_of(st.none(), st.booleans()), age=st.one_of(st.none(), st.integers(18, 95)),
    aum=st.one_of(st.none(), st.integers(0, 10**9)), liquid=st.one_of(st.none(), st.integers(0, 10**9)), held_risk=LEVELS,
)  # fmt: skip
PRODUCTS = st.builds(
    Offered, st.just("产品"), st.sampled_from(["deposit", "bond", "wealth", "fund", "insurance", "trust", "loan"]),
    issuer_risk=LEVELS, seller_risk=LEVELS, private=st.booleans(), amount=st.one_of(st.none(), st.integers(0, 10**9)),
)  # fmt: skip


@given(BUYERS, PRODUCTS)
@law(examples=500, few=60)
def test_nothing_riskier_than_the_customer_and_nothing_without_a_valid_test_is_ever_offered(
    buyer: Buyer, product: Offered
) -> None:
    found = assess(buyer, product, DAY, RULES)
    if not found.may_offer:
        return
    free = product.regime in ("deposit", "bond", "loan") and (product.risk or 0) <= 1
    assert free or (buyer.tested and product.risk is not None and product.risk <= (buyer.risk_class or 0))
    assert free or not buyer.lowest_class or product.risk == 1


@given(BUYERS, PRODUCTS, st.integers(1, 5))
@law(examples=300, few=40)
def test_a_riskier_rating_by_either_side_never_makes_a_product_sellable(
    buyer: Buyer, product: Offered, more: int
) -> None:
    if product.risk is None:
        return
    riskier = replace(product, issuer_risk=min(5, product.risk + more))
    if assess(buyer, riskier, DAY, RULES).may_offer:
        assert assess(buyer, product, DAY, RULES).may_offer


def test_every_value_that_the_checks_ask_for_reaches_the_buyer() -> None:
    told = {
        "risk_level": "C4", "risk_class": 4, "risk_class_1": 3, "risk_valid_days": 77, "age": 41, "term_preference": "一年",
        "balance": 900, "demand": 100, "matures_30": 20, "yearly_income": 30, "top_share": 0.4, "held_risk": 2,
    }  # fmt: skip
    assert of_values(Values(told), RULES) == Buyer(
        risk_class=4, valid_days=77, age=41, liquidity_days=365, aum=900, liquid=120, yearly_income=30, top_share=0.4,
        class_rise=1, held_risk=2,
    )  # fmt: skip


STRUCTURED_DEPOSIT = Offered("挂钩结构", "structured", term_days=90, amount=10_000_000)


@pytest.mark.parametrize(
    ("buyer", "risk", "assumed", "outcome_"),
    [
        # without a level it is no deposit, and whether it may be sold cannot be told
        ({}, None, 0, "cannot_tell"),
        ({"risk_class": None}, None, 0, "block"),
        ({}, 2, 0, "ok"),
        ({"risk_class": 1}, 2, 0, "block"),
        # a bank may say which level it counts as
        ({}, None, 2, "ok"),
        ({"risk_class": 1}, None, 2, "block"),
        # a level of its own goes before it
        ({"risk_class": 2}, 1, 3, "ok"),
    ],
)
def test_a_structured_deposit_by_its_level_or_the_one_the_bank_assumes(
    buyer: dict[str, Any], risk: int | None, assumed: int, outcome_: str
) -> None:
    rules = Rules.load(overrides={"suit.structured_risk": assumed})
    found = verdict(replace(FINE, **buyer), replace(STRUCTURED_DEPOSIT, seller_risk=risk), rules)
    assert found.outcome == outcome_
    # what is assumed of a structured deposit is assumed of nothing else
    assert verdict(FINE, replace(WEALTH, seller_risk=None), rules).outcome == "cannot_tell"
    assert (found.product, found.on) == ("挂钩结构", "2026-10-31")
    assert [check.name for check in found.checks] == list(names())


@pytest.mark.parametrize(
    ("issuer", "seller", "higher"),
    [(2, 3, True), (3, 2, True), (3, 3, False), (None, 3, False), (3, None, False)],
)
def test_that_the_higher_of_two_ratings_counts_is_said_only_where_they_differ(
    issuer: int | None, seller: int | None, higher: bool
) -> None:
    for level in (2, 4):
        product = replace(WEALTH, issuer_risk=issuer, seller_risk=seller)
        assert ("较高" in verdict(replace(FINE, risk_class=level), product).checks[1].reason) is higher


CLASSES, DAYS_LEFT = (None, 1, 2, 3, 4, 5), (None, -1, 0, 1)


@pytest.mark.parametrize(
    "code", ["time", "bond", "mortgage", "cash", "wealth_low", "wealth_mid", "fund", "gold"]
)
def test_all_customers_may_hold_what_each_may_be_sold(code: str) -> None:
    family = family_named(code)
    free = family.regime in ("deposit", "bond", "loan") and family.risk <= 1
    with create_engine("sqlite://").connect() as conn:
        for risk_class in CLASSES:
            for days in DAYS_LEFT:
                told = [null() if one is None else literal(one) for one in (risk_class, days)]
                found = conn.execute(select(may_hold(family, RULES, *told))).scalar()
                if free:
                    expected: int | None = 1
                elif (risk_class is not None and risk_class < family.risk) or (days is not None and days < 0):
                    expected = 0
                else:
                    expected = None if risk_class is None or days is None else 1
                assert found == expected, (code, risk_class, days)
    words = may_hold_words(family, RULES)
    assert words == ("" if free else f"risk_class >= {family.risk} and risk_valid_days >= 0")
