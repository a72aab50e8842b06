"""No words about a product that a customer may not be sold: golden 14, and draws of customer, product, script (domain 8.1)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from db.values import Value
from workbench.insight.portrait.unsaid import Never
from workbench.insight.products.fit import Fit
from workbench.insight.products.hooks import Hook
from workbench.insight.products.offers import Offer
from workbench.insight.products.verdict import Offered, SuitabilityCheck, SuitabilityVerdict
from workbench.insight.shelf.families import families
from workbench.insight.values.values import Values
from workbench.outreach.playbook.gate import OfProduct, Passed, Withheld, fits, gate, meant
from workbench.outreach.playbook.hearer import Hearer
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import Script
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-16"
OF_PRODUCT = tuple(one for one in library().scripts.values() if one.of_product)
#: regimes without a risk level of their own, sold to everybody
FREE = frozenset(RULES.words("suit.free"))


def script(**facts: object) -> Script:
    body: dict[str, object] = {"kind": "marketing", **facts}
    return Script("Z-1", "Z-1", "hook", "hook", str(body.pop("text", "您好。")), **body)  # type: ignore[arg-type]


def hearer(shelf: Sequence[Hook] = (), **told: Value) -> Hearer:
    return Hearer(1, DAY, Values(told), shelf=shelf)


def hook(regime: str, risk: int | None, entry: int | None = 100, name: str = "产品") -> Hook:
    family = next((one for one in families() if one.regime == regime), families()[0])
    offered = Offered(name, regime, seller_risk=risk, product_code=name)
    return Hook(family, offered, entry, None, None, None, None, {"liquidity": None}, 0.5, ())


def sold(verdict: Passed | Withheld) -> bool:
    return isinstance(verdict, Passed)


@pytest.mark.parametrize(
    ("risk_class", "days", "risk", "may"),
    [
        (2, 90, 3, False),
        (2, 90, 2, True),
        (3, 90, 3, True),
        (3, -1, 2, False),
        (None, None, 2, False),
        (1, 90, 1, True),
    ],
)
def test_golden_14_a_script_about_a_product_above_the_customer_is_withheld(
    risk_class: int | None, days: int | None, risk: int, may: bool
) -> None:
    told = {"risk_class": risk_class, "risk_valid_days": days}
    verdict = gate(script(regime="wealth", risk=risk), hearer(**told), RULES)
    assert sold(verdict) == may
    if isinstance(verdict, Withheld):
        assert verdict.sentence


def test_product_that_is_left_open_is_one_that_suits_or_the_text_is_withheld() -> None:
    text = script(text="{hello},{product}({terms})。")
    shelf = [hook("fund", 4, name="股票基金"), hook("wealth", 2, name="稳健理财")]
    passed = gate(text, hearer(shelf, risk_class=2, risk_valid_days=90), RULES)
    assert isinstance(passed, Passed)
    assert passed.product == "稳健理财"
    withheld = gate(text, hearer(shelf, risk_class=1, risk_valid_days=90), RULES)
    assert isinstance(withheld, Withheld)
    assert "R" in withheld.sentence
    assert not sold(gate(text, hearer(risk_class=5, risk_valid_days=90), RULES))


def test_what_the_portrait_forbids_is_not_said() -> None:
    barred = Hearer(1, DAY, limits=(Never("quadrant", "前两次不谈产品", "陌生", bars=("products",)),))
    assert not sold(gate(script(regime="deposit"), barred, RULES))
    assert sold(gate(script(kind="care"), barred, RULES))
    asked = Hearer(1, DAY, limits=(Never("loss", "不请转介", "浮亏", bars=("referral",)),))
    referral = Script("Z-2", "Z-2", "mgm", "referral", "您身边有朋友也在看吗?", "care")
    assert not sold(gate(referral, asked, RULES))


def test_condition_with_an_unknown_figure_fits_nothing() -> None:
    aged = script(at_least={"age": 65})
    assert fits(aged, Values({"age": 65}))
    assert not fits(aged, Values({"age": 64}))
    assert not fits(aged, Values())
    held = script(when={"holds_mortgage": (1,)})
    assert fits(held, Values({"holds_mortgage": 1}))
    assert not fits(held, Values())


# -- draws ---------------------------------------------------------------------------------------------------------

#: kinds of products that a shelf may have, with the levels that they are given
_KINDS = (
    ("deposit", None), ("deposit", 1), ("bond", None), ("wealth", None), ("structured", None), ("fund", None),
    *((regime, risk) for regime in ("structured", "wealth", "fund", "gold") for risk in range(1, 6)),
)  # fmt: skip


def _customer(draw: random.Random) -> Mapping[str, Value]:
    told: dict[str, Value] = {
        "risk_class": draw.choice((None, 1, 2, 3, 4, 5)), "risk_valid_days": draw.choice((None, -400, -1, 0, 1, 365)),
        "risk_level": draw.choice((None, None, *RULES.words("suit.lowest"))), "age": draw.choice((None, 17, 40, 64, 65, 71, 88)),
        "balance": draw.choice((None, 0, 10**6, 10**8)), "demand": draw.choice((None, 0, 10**5, 10**7)),
        "matures_30": draw.choice((None, 0, 10**7)), "risk_class_1": draw.choice((None, 1, 3)),
    }  # fmt: skip
    return told


def _suits(told: Mapping[str, Value], regime: str, risk: int | None) -> bool:
    """Whether a product may be offered, by the sentences of domain 8.1 alone."""
    if regime in FREE and (risk is None or risk <= RULES.whole("suit.free_risk")):
        return True
    if risk is None or told["risk_valid_days"] is None or int(told["risk_valid_days"]) < 0:
        return False
    lowest = told["risk_level"] in RULES.words("suit.lowest")
    held = told["risk_class"] if told["risk_class"] is not None else 1 if lowest else None
    if held is None or (lowest and risk > 1):
        return False
    return risk <= int(held)


def _draw(seed: int, times: int) -> tuple[int, int]:
    """(words that passed, words that are unsuitable) of so many draws of customer, product and script."""
    draw = random.Random(seed)
    passed = wrong = 0
    while times > 0:
        told = _customer(draw)
        shelf = [hook(*draw.choice(_KINDS), name=f"产品{n}") for n in range(3)]
        one = hearer(shelf, **told)
        kept: dict[OfProduct, Passed | Withheld] = {}
        for _n in range(min(times, 40)):
            times -= 1
            text = draw.choice(OF_PRODUCT)
            verdict = gate(text, one, RULES, verdicts=kept)
            if isinstance(verdict, Withheld):
                continue
            passed += 1
            if text.leaves_product:
                named = next(other for other in shelf if other.offered.name == verdict.product)
                wrong += not _suits(told, named.offered.regime, named.offered.risk)
            else:
                wrong += not _suits(told, text.regime, text.risk)
    return passed, wrong


def test_no_draw_of_customer_product_and_script_is_unsuitable() -> None:
    passed, wrong = _draw(18, 4_000)
    assert passed > 400
    assert wrong == 0


@pytest.mark.long
def test_a_million_draws_are_suitable() -> None:
    passed, wrong = _draw(531, 1_000_000)
    assert passed > 100_000
    assert wrong == 0


def test_words_about_what_the_portrait_offers_name_that_and_nothing_else() -> None:
    check = SuitabilityCheck(1, "测评", "ok", "风险测评还有 226 天有效")
    good = SuitabilityVerdict("三年国债", (check,), DAY)
    offer = Offer("bond", "国债", "三年国债", "三年国债", Fit(0.9, {}), (), good)
    told = hearer((hook("wealth", 1, name="货币"), hook("bond", None, name="三年国债")), risk_class=3)
    about = meant(offer, told.shelf)
    assert (about.name, about.regime) == ("三年国债", "bond")
    assert about.terms
    open_text, of_wealth = (
        script(text="可以看{product}:{terms}。"),
        script(text="看{product}。", regime="wealth"),
    )
    assert about.fits(open_text)
    assert not about.fits(of_wealth)
    assert about.fits(script(text="不谈产品。"))
    verdict = gate(open_text, told, RULES, about=about)
    assert isinstance(verdict, Passed)
    assert (verdict.product, verdict.terms) == ("三年国债", about.terms)
    assert sold(gate(script(text="{product}"), told, RULES))
    # consent is asked before
    assert not sold(gate(open_text, told, RULES, silent=True, about=about))
    # what the shelf does not have is named as the family is, and says no terms
    family = meant(replace(offer, product="", product_code=""), told.shelf)
    assert (family.name, family.terms) == ("国债", "")
