"""The next products of one customer (domain 11.6): what fits, why, and never what may not be sold."""

import datetime as dt
from typing import Any

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.products import fit as fitting
from workbench.insight.products.fit import Alike, fit, fit_rules
from workbench.insight.products.offers import Offer, offers
from workbench.insight.products.verdict import Offered
from workbench.insight.shelf.families import families, family_of, read
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 10, 31)
FAMILIES = {family.code: family for family in families()}
#: 15万 in deposits of which 9万 idle, C3, 45 years old, holds demand and time deposits only
SAVER: dict[str, Any] = {
    **{family.column: 0 for family in families()}, "holds_demand": 1, "holds_time": 1,
    "demand": 12_000_000, "deposit": 15_000_000, "balance": 15_000_000, "deposit_share": 1.0, "demand_share": 0.8,
    "idle_demand": 9_000_000, "matures_30": 0, "age": 45, "risk_class": 3, "risk_level": "C3",
    "risk_valid_days": 200, "families": 2,
}  # fmt: skip


def found(**changed: Any) -> tuple[Offer, ...]:
    return offers(Values({**SAVER, **changed}), RULES, on=DAY)


def codes(**changed: Any) -> list[str]:
    return [offer.family for offer in found(**changed)]


def test_at_most_three_products_are_proposed_best_first() -> None:
    three = found()
    assert len(three) == 3
    assert [offer.score for offer in three] == sorted((offer.score for offer in three), reverse=True)
    assert three[0].family in ("wealth_low", "cash")


def test_every_offer_says_why_with_numbers_and_carries_its_eleven_checks() -> None:
    for offer in found():
        assert any(sign.isdigit() for sign in offer.reason)
        assert len(offer.verdict.checks) == 11
        assert offer.verdict.may_offer


def test_what_is_held_or_cannot_be_told_of_is_never_proposed() -> None:
    assert "wealth_low" not in codes(holds_wealth_low=1)
    assert "wealth_low" not in codes(holds_wealth_low=None)
    assert offers(Values({}), RULES, on=DAY) == ()


def test_an_expired_or_unknown_test_leaves_only_deposits_and_bonds() -> None:
    for changed in (
        {"risk_valid_days": -1},
        {"risk_class": None, "risk_level": None},
        {"risk_valid_days": None},
    ):
        regimes = {FAMILIES[code].regime for code in codes(**changed)}
        assert regimes <= {"deposit", "bond", "service", "loan"}, changed


def test_an_r3_family_never_reaches_a_c2_customer() -> None:
    eager = {"holds_fund": 0, "out_broker": 5_000_000, "payroll_3": 3, "age": 30}
    assert "fund" in codes(**eager)
    assert "fund" not in codes(**eager, risk_class=2, risk_level="C2")


def test_of_the_shelf_the_mildest_product_that_suits_is_named() -> None:
    shelf = {
        "wealth_low": (
            (Offered("稳享二号", "wealth", seller_risk=2, product_code="W2"), 1_000_000),
            (Offered("稳享一号", "wealth", seller_risk=1, product_code="W1"), 1_000_000),
            (Offered("大额专享", "wealth", seller_risk=1, product_code="W9"), 900_000_000),
        )
    }
    offer = next(o for o in offers(Values(SAVER), RULES, shelf=shelf, on=DAY) if o.family == "wealth_low")
    assert offer.product_code == "W1"
    assert offer.product == "稳享一号"


def test_a_family_whose_shelf_holds_nothing_suitable_is_not_proposed() -> None:
    shelf = {"wealth_low": ((Offered("进取", "wealth", issuer_risk=2, seller_risk=5), None),)}
    assert "wealth_low" not in [o.family for o in offers(Values(SAVER), RULES, shelf=shelf, on=DAY)]


def test_the_like_minded_who_hold_it_raise_the_fit() -> None:
    family = FAMILIES["wealth_low"]
    alike = Alike("segment", {"white": "白领"}, {"white": {"wealth_low": 0.25}})
    values = {**SAVER, "segment": "white"}
    without, with_them = fit(family, Values(values), RULES), fit(family, Values(values), RULES, alike)
    assert with_them.score == pytest.approx(without.score + 0.2 * 0.5)
    assert with_them.parts["alike"].why == "同为白领的客户有 25% 持有"
    assert without.parts["alike"].score is None
    assert "同类客户持有" in without.unknown


@pytest.mark.parametrize(("share", "why"), [(0.02, ""), (0.099, ""), (0.1, "同为农户的客户有 10% 持有")])
def test_a_few_like_minded_are_no_reason(share: float, why: str) -> None:
    family = FAMILIES["wealth_low"]
    alike = Alike("segment", {"farm": "农户"}, {"farm": {"wealth_low": share}})
    part = fit(family, Values({**SAVER, "segment": "farm"}), RULES, alike).parts["alike"]
    assert (part.why, part.score) == (why, pytest.approx(share / 0.5))


def test_a_fit_is_four_tenths_need_and_two_tenths_each_of_the_others() -> None:
    family = FAMILIES["wealth_low"]
    made = fit(family, Values(SAVER), RULES)
    parts = made.parts
    assert parts["need"].score == 1.0
    assert parts["stage"].score == 1.0
    assert parts["means"].score == 1.0
    assert made.score == pytest.approx(0.4 + 0.2 + 0.2)


def test_unknown_figures_give_no_points_and_are_named() -> None:
    made = fit(FAMILIES["cash"], Values({"age": 30}), RULES)
    assert made.parts["need"].score is None
    assert made.parts["means"].score is None
    assert made.unknown == ("需求", "同类客户持有", "资金条件")


def test_a_product_belongs_to_the_family_its_words_and_risk_say() -> None:
    told = [
        (("理财", "稳享90天", 2), "wealth_low"), (("理财", "天天盈日开", 1), "cash"), (("理财", "增强", 3), "wealth_mid"),
        (("基金", "现金添利货币", 1), "cash"), (("公募基金", "沪深300", 4), "fund"), (("基金", "纯债", 2), None),
        (("保险", "养老年金", 1), "annuity"), (("保险", "百万医疗", None), "protection"), (("保险", "某某", 1), None),
        (("大额存单", "一年期", 1), "cd"), (("储蓄国债", "三年", 1), "bond"), (("贵金属", "积存金", 3), "gold"),
        (("整存整取", "一年", 1), "time"), (("理财", "某某", None), None), ((None, "某某", 1), None),
    ]  # fmt: skip
    for (category, name, risk), code in told:
        family = family_of(category, name, risk, families())
        assert (family.code if family else None) == code, (category, name, risk)


def test_a_broken_file_of_families_or_needs_is_named_with_its_entry() -> None:
    with pytest.raises(WorkbenchError) as told:
        read('[[family]]\ncode = "x"')
    assert told.value.code == "families_broken"
    assert "第 1 个" in told.value.message
    words = vocabulary(RULES)
    bad = [
        '[[rule]]\nfamily = "cash"\npart = "need"\nscore = 1\nwhy = ""\nwhen = "no_such_field > 1"',
        '[[rule]]\nfamily = "cash"\npart = "need"\nscore = 2\nwhy = ""\nwhen = "age > 1"',
        '[[rule]]\nfamily = "cash"\npart = "need"\nscore = 1\nwhy = "{no_such}"\nwhen = "age > 1"',
        '[[rule]]\nfamily = "nothing"\npart = "need"\nscore = 1\nwhy = ""\nwhen = "age > 1"',
        "[[rule]",
    ]
    for text in bad:
        with pytest.raises(WorkbenchError) as failure:
            fitting.read(text, words)
        assert failure.value.code == "needs_broken"


def test_every_family_but_the_account_itself_can_be_needed() -> None:
    for family in families():
        if family.code != "demand":
            assert fitting.needed_words(fit_rules(), family, RULES), family.code
