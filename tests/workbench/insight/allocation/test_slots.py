"""A slot is filled by what is on sale and may be sold to this customer, else it says why not (domain 8.1, 8.3; golden 14)."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.insight.allocation.slots import SlotSeller, fill
from workbench.insight.products.suitability import assess
from workbench.insight.products.verdict import Buyer, Offered
from workbench.insight.shelf.regimes import is_free
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 30)
WAN = 10_000_00
SHELF = {
    "time": [(Offered("一年", "deposit", seller_risk=1, term_days=365, product_code="d365"), 5_000)],
    "cash": [(Offered("天天盈", "wealth", seller_risk=1, product_code="c1"), 100)],
    "wealth_low": [(Offered("稳享", "wealth", seller_risk=2, term_days=91, product_code="w2"), WAN)],
    "wealth_mid": [
        (Offered("进取", "wealth", issuer_risk=3, term_days=546, product_code="w3"), WAN),
        (Offered("进取二号", "wealth", issuer_risk=2, seller_risk=4, product_code="w4"), WAN),
    ],
    "fund": [(Offered("全球", "fund", seller_risk=5, product_code="f5"), 10_000)],
    "gold": [(Offered("积存金", "gold", seller_risk=3, product_code="g3"), 50_000)],
}
FINE = Buyer(
    risk_class=5, valid_days=200, age=40, aum=100 * WAN, liquid=80 * WAN, held_risk=0, liquidity_days=1095
)
SELLER = SlotSeller(SHELF, FINE, DAY, RULES)
SLOTS = ("cash", "stable", "plain", "growth", "bold", "gold", "cover", "monthly", "card", "pension")


def test_each_band_names_a_product_of_its_own_level() -> None:
    names = {
        slot: fill(SELLER, slot, 2 * WAN).product for slot in ("cash", "stable", "growth", "bold", "gold")
    }
    assert names == {"cash": "天天盈", "stable": "一年", "growth": "进取", "bold": "全球", "gold": "积存金"}


def test_the_higher_of_two_ratings_decides_the_band() -> None:
    shelf = {"wealth_mid": SHELF["wealth_mid"][1:]}
    assert not fill(replace(SELLER, shelf=shelf), "growth", 2 * WAN).filled
    assert fill(replace(SELLER, shelf=shelf), "bold", 2 * WAN).product == "进取二号"


def test_a_c2_customer_is_named_no_r3_product_and_told_why() -> None:
    empty = fill(replace(SELLER, buyer=replace(FINE, risk_class=2)), "growth", 2 * WAN)
    assert not empty.filled
    assert "R3" in empty.why
    assert "C2" in empty.why


def test_an_amount_below_every_entry_says_the_entry() -> None:
    empty = fill(SELLER, "growth", WAN // 2)
    assert not empty.filled
    assert "起购" in empty.why


def test_what_is_not_on_sale_is_said() -> None:
    assert fill(SELLER, "cover", None).why == "产品清单里没有现在能买的保障保险"


def test_without_any_product_sheet_the_kind_is_named() -> None:
    bare = replace(SELLER, shelf={})
    assert fill(bare, "stable", WAN).product == "定期"
    assert fill(bare, "bold", WAN).risk == 4


def test_what_he_has_of_a_product_counts_for_its_concentration() -> None:
    full = replace(SELLER, held={"f5": 10 * WAN})
    assert fill(SELLER, "bold", 15 * WAN).product == "全球"
    # one without a warning goes before it
    assert fill(full, "bold", 15 * WAN).product == "进取二号"
    alone = fill(replace(full, shelf={"fund": SHELF["fund"]}), "bold", 15 * WAN)
    assert any("25%" in one for one in alone.cautions)


@law(examples=300, few=60)
@given(
    slot=st.sampled_from(SLOTS), amount=st.none() | st.integers(1, 10**10), risk=st.none() | st.integers(1, 5),
    days=st.none() | st.integers(-400, 400), lowest=st.booleans(), months=st.none() | st.sampled_from([3, 6, 12]),
    codes=st.sets(st.sampled_from(sorted(SHELF))),
)  # fmt: skip
def test_nothing_is_named_that_the_gate_forbids(
    slot: str,
    amount: int | None,
    risk: int | None,
    days: int | None,
    lowest: bool,
    months: int | None,
    codes: set[str],
) -> None:
    buyer = replace(FINE, risk_class=risk, valid_days=days, lowest_class=lowest)
    shelf = {code: SHELF[code] for code in codes}
    made = fill(SlotSeller(shelf, buyer, DAY, RULES), slot, amount, months)
    assert made.filled is not bool(made.why)
    if not made.filled:
        return
    assert made.verdict is not None
    assert made.verdict.may_offer
    assert made.least is None or amount is None or made.least <= amount
    if not buyer.tested and made.risk is not None:
        # without a valid test: plain deposits, bonds, cards, services
        regimes = [
            one.regime
            for code in shelf
            for one, _least in shelf[code]
            if one.product_code == made.product_code
        ]
        assert made.product_code == "" or all(is_free(one, made.risk, RULES) for one in regimes)
    if made.product_code and buyer.tested and made.risk is not None and buyer.risk_class is not None:
        product = next(
            one for code in shelf for one, _least in shelf[code] if one.product_code == made.product_code
        )
        assert assess(buyer, product, DAY, RULES).may_offer
        assert made.risk <= max(buyer.risk_class, RULES.whole("suit.free_risk"))
