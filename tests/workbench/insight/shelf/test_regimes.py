"""A product is sold by its own regime and R level, whatever family it is filed in (domain 8.1, 22-13)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from itertools import product as every

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.tables import products
from tests.laws import law
from tests.workbench.conftest import MONTH, SmallBook
from tests.workbench.insight.conftest import Count
from tests.workbench.insight.products.conftest import TODAY
from workbench.insight.products.offers import Offer
from workbench.insight.products.suitability import assess
from workbench.insight.products.verdict import Buyer, Offered, Outcome, SuitabilityVerdict
from workbench.insight.shelf.families import families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.lines import kinds
from workbench.insight.shelf.regimes import STRUCTURED, is_free, regime_of
from workbench.rules.parameters import Rules

DAY = dt.date(2026, 10, 31)
RULES = Rules.load()
OLD = Buyer(age=70, aum=50_000_000, liquid=50_000_000)
GRAVITY: tuple[Outcome, ...] = ("ok", "warn", "cannot_tell", "block")


@pytest.fixture(autouse=True)
def of_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)


def verdict(buyer: Buyer, product: Offered, rules: Rules = RULES) -> SuitabilityVerdict:
    return assess(buyer, product, DAY, rules)


def structured(risk: int | None = 3, **more: int) -> Offered:
    return Offered("汇率挂钩", STRUCTURED, issuer_risk=risk, amount=10_000_000, **more)


def sell(small: SmallBook, *sheet: Mapping[str, str]) -> None:
    for row in sheet:
        with small.book.write("import", "products") as writer:
            writer.insert(products, [row])


def saver(small: SmallBook, no: str, **more: str | int | None) -> None:
    small.month(
        no, aum_balance=300_000, aum_daily_average=300_000, demand_balance=150_000, deposit_balance=300_000,
        time_deposit_balance=0, large_cd_balance=150_000, **more,
    )  # fmt: skip


def judged(small: SmallBook, no: str) -> tuple[dict[str, SuitabilityVerdict], tuple[Offer, ...]]:
    """The verdicts of the whole product sheet by name, and the offers."""
    insight = small.insight
    insight.engine.ensure()
    with small.book.read() as conn:
        values = insight.engine.of_customer(conn, small.ids[no]).values
        verdicts = {one.product: one for one in insight.matrix.suitability(conn, values)}
        return verdicts, insight.matrix.offers_of(conn, values)


# -- the 70-year-old without a test --------------------------------------------------------------------------------


def test_no_structured_deposit_for_a_70_year_old_without_a_test_but_a_plain_one(small: SmallBook) -> None:
    saver(small, "old", age=70)
    row = {
        "product_code": "S3",
        "product_name": "汇率挂钩结构性存款",
        "category": "结构性存款",
        "product_risk": "R3",
    }
    sell(small, row)
    verdicts, offers = judged(small, "old")
    found = verdicts["汇率挂钩结构性存款"]
    assert (found.outcome, found.may_offer) == ("block", False)
    assert "没有风险承受等级" in found.reason
    assert "R3" in found.reason
    assert any("70 岁" in one for one in found.reasons)
    assert not [one for one in offers if one.product_code]
    assert "time" in {one.family for one in offers}


def test_the_same_product_is_judged_by_its_level_with_a_valid_test(small: SmallBook) -> None:
    sell(
        small,
        {"product_code": "S3", "product_name": "汇率挂钩", "category": "结构性存款", "product_risk": "R3"},
        {"product_code": "T1", "product_name": "整存整取一年", "category": "定期", "product_risk": "R1"},
        {"product_code": "T4", "product_name": "一年定期增值", "category": "定期存款", "product_risk": "R4"},
        {"product_code": "P3", "product_name": "养老目标", "category": "个人养老金", "product_risk": "R3"},
        {"product_code": "G1", "product_name": "保本看涨", "category": "结构性存款", "product_risk": "R1"},
        {"product_code": "G2", "product_name": "保本看跌", "category": "结构性存款", "product_risk": "R1"},
    )
    told: dict[str, dict[str, str | int]] = {
        "none": {}, "c2": {"risk_level": "C2", "risk_expiry_date": "2027-06-30"},
        "late": {"risk_level": "C3", "risk_expiry_date": "2026-01-01"},
        "c3": {"risk_level": "C3", "risk_expiry_date": "2027-06-30"},
    }  # fmt: skip
    may = {}
    for no, more in told.items():
        saver(small, no, age=40, **more)
    # head office rates it higher than its issuer
    small.hold("c3", category="结构性存款", product_code="G2", product_risk="R3", amount=10_000)
    for no in told:
        verdicts, _offers = judged(small, no)
        may[no] = {name for name, one in verdicts.items() if one.may_offer}
    assert may["none"] == may["late"] == may["c2"] == {"整存整取一年", "保本看涨"}
    assert may["c3"] == {"整存整取一年", "保本看涨", "保本看跌", "汇率挂钩", "养老目标"}


# -- what a structured deposit is ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "name", "notice", "regime"),
    [
        ("结构性存款", "汇率挂钩", None, STRUCTURED), ("定期存款", "黄金挂钩结构性存款", None, STRUCTURED),
        ("结构性存款", "保本型", None, "deposit"), ("结构性存款", "看涨", "本金保证,收益浮动", "deposit"),
        ("结构性存款", "非保本型", None, STRUCTURED), ("结构性存款", "看涨", "本产品不保证本金", STRUCTURED),
        ("整存整取", "一年", None, "deposit"), ("定期", None, None, "deposit"),
    ],
)  # fmt: skip
def test_a_structured_deposit_is_a_deposit_only_when_it_is_told_to_be_guaranteed(
    category: str, name: str | None, notice: str | None, regime: str
) -> None:
    family = family_of(category, name, None, families())
    assert family is not None
    assert regime_of(family.regime, category, name, notice, RULES) == regime


def test_without_level_and_guarantee_it_cannot_be_told_and_the_reason_names_the_column() -> None:
    tested = Buyer(risk_class=5, valid_days=100, age=40)
    found = verdict(tested, structured(None))
    assert (found.outcome, found.may_offer) == ("cannot_tell", False)
    assert "产品风险等级" in found.reason
    untested = verdict(OLD, structured(None))
    assert untested.outcome == "block"
    assert "产品风险等级" in untested.reason
    assumed = Rules.load("general", {"suit.structured_risk": 3})
    assert verdict(tested, structured(None), assumed).may_offer
    assert verdict(replace(tested, risk_class=2), structured(None), assumed).outcome == "block"
    assert {one.mark for one in RULES.params() if one.key == "suit.structured_risk"} == {"P"}


def test_a_level_that_banks_write_on_plain_deposits_asks_no_test_a_higher_one_does() -> None:
    assert [is_free("deposit", risk, RULES) for risk in (None, 1, 2, 5)] == [True, True, False, False]
    strict = Rules.load("general", {"suit.free_risk": 0})
    assert not is_free("deposit", 1, strict)
    assert not is_free(STRUCTURED, None, RULES)
    assert verdict(OLD, Offered("存款", "deposit", seller_risk=1)).may_offer
    assert verdict(OLD, Offered("存款", "deposit", seller_risk=3)).outcome == "block"
    assert verdict(OLD, Offered("存款", "deposit", issuer_risk=1, seller_risk=2)).outcome == "block"


# -- families and the product sheet --------------------------------------------------------------------------------


def test_the_sheets_level_goes_before_the_familys(small: SmallBook, counted: Count) -> None:
    """An R2 money fund, an R4 固收+ and R2 gold lie outside their families' usual levels (R1, R3, R3)."""
    sheet = {
        "cash": ("货币基金", "天天货币", 2), "wealth_mid": ("理财", "固收+", 4), "gold": ("贵金属", "积存金", 2),
        "time": ("结构性存款", "看涨", 3),
    }  # fmt: skip
    for code, (category, name, risk) in sheet.items():
        row = {"product_code": code, "product_name": name, "category": category, "product_risk": f"R{risk}"}
        sell(small, row)
    for c in range(1, 6):
        saver(small, f"c{c}", age=40, risk_level=f"C{c}", risk_expiry_date="2027-06-30")
    verdicts = {c: judged(small, f"c{c}")[0] for c in range(1, 6)}
    insight = small.insight
    whole = insight.matrix.grid("tower").whole
    for code, (_category, name, risk) in sheet.items():
        allowed = [c for c in range(1, 6) if c >= risk]
        assert [c for c in verdicts if verdicts[c][name].may_offer] == allowed
        cell = whole.cell(code)
        # plain time deposits are for everybody, whatever else is filed with them
        assert cell.may == (5 if code == "time" else len(allowed))
        if cell.where["may"]:
            assert counted(insight, cell.where["may"]) == cell.may


# -- checks beyond the first three ---------------------------------------------------------------------------------


def test_concentration_counts_structured_and_rated_deposits_with_the_line_of_their_level() -> None:
    rich = Buyer(risk_class=5, valid_days=100, age=40, aum=100_000_000, liquid=100_000_000)

    def outcome(risk: int | None, amount: int, regime: str = STRUCTURED) -> str:
        product = Offered("甲", regime, issuer_risk=risk, amount=amount)
        return verdict(rich, product).checks[5].outcome

    assert [outcome(3, 50_000_001), outcome(3, 50_000_000)] == ["warn", "ok"]
    assert [outcome(4, 20_000_001), outcome(4, 20_000_000)] == ["warn", "ok"]
    assert [outcome(None, 30_000_000), outcome(None, 20_000_000)] == ["cannot_tell", "ok"]
    assert [outcome(3, 60_000_000, "deposit"), outcome(4, 30_000_000, "service")] == ["warn", "warn"]
    assert [outcome(None, 90_000_000, "deposit"), outcome(1, 90_000_000, "bond")] == ["ok", "ok"]


def test_a_product_without_a_level_is_not_below_the_line_of_old_age_or_of_retests() -> None:
    buyer = replace(OLD, risk_class=5, valid_days=100, class_rise=2)
    checks = verdict(buyer, Offered("理财", "wealth", amount=1)).checks
    assert (checks[3].outcome, checks[9].outcome) == ("cannot_tell", "cannot_tell")
    plain = verdict(buyer, Offered("定期", "deposit", amount=1)).checks
    assert plain[3].outcome == "ok"


def test_information_of_r1_is_no_recommendation_to_whom_has_an_expired_test() -> None:
    allowed = Rules.load("general", {"suit.r1_without_test": True})
    late = Buyer(risk_class=3, valid_days=-1)
    assert not verdict(late, Offered("活钱", "wealth", seller_risk=1), allowed).may_offer


LEVEL = st.one_of(st.none(), st.integers(1, 5))
FEN = st.one_of(st.none(), st.integers(1, 100_000_000))
BUYERS = st.builds(
    Buyer, risk_class=LEVEL, valid_days=st.one_of(st.none(), st.integers(-400, 400)), lowest_class=st.booleans(),
    age=st.one_of(st.none(), st.integers(18, 90)), aum=FEN, liquid=FEN,
    class_rise=st.one_of(st.none(), st.integers(-2, 4)), held_risk=LEVEL,
    tests_today=st.one_of(st.none(), st.integers(0, 3)),
)  # fmt: skip
PRODUCTS = st.builds(
    Offered, name=st.just("甲"),
    regime=st.sampled_from(["deposit", STRUCTURED, "bond", "wealth", "fund", "insurance", "gold", "service"]),
    issuer_risk=LEVEL, seller_risk=LEVEL, amount=FEN,
)  # fmt: skip


@given(buyer=BUYERS, product=PRODUCTS, more=st.integers(1, 4))
@law(examples=2_000, few=40)
def test_no_verdict_gets_milder_by_a_higher_level_or_a_test_that_is_missing(
    buyer: Buyer, product: Offered, more: int
) -> None:
    before = GRAVITY.index(verdict(buyer, product).outcome)
    if product.risk is not None and product.risk < 5:
        riskier = replace(product, seller_risk=min(5, product.risk + more))
        assert GRAVITY.index(verdict(buyer, riskier).outcome) >= before
    if not is_free(product.regime, product.risk, RULES):
        lacking = (
            replace(buyer, risk_class=None), replace(buyer, valid_days=None), replace(buyer, valid_days=-1),
        )  # fmt: skip
        for without in lacking:
            found = verdict(without, product)
            assert not found.may_offer
            # a day that is not told is "cannot tell", which is milder than a test known to have ended
            if without.valid_days is not None:
                assert GRAVITY.index(found.outcome) >= before


# -- what is held --------------------------------------------------------------------------------------------------


def test_an_r3_structured_deposit_of_a_c1_is_on_the_list_of_mismatches(
    small: SmallBook, counted: Count
) -> None:
    saver(small, "c1", age=70, risk_level="C1", risk_expiry_date="2027-06-30")
    saver(small, "c3", age=70, risk_level="C3", risk_expiry_date="2027-06-30")
    sell(
        small,
        {"product_code": "S3", "product_name": "汇率挂钩", "category": "结构性存款", "product_risk": "R3"},
    )
    for no in ("c1", "c3"):
        # the list of holdings tells no level: the product sheet does
        small.hold(no, category="结构性存款", product_code="S3", amount=200_000)
    insight = small.insight
    insight.engine.ensure()
    words = insight.matrix.mismatches()
    assert counted(insight, f"({words}) and customer_no = 'c1'") == 1
    assert counted(insight, f"({words}) and customer_no = 'c3'") == 0
    checks = judged(small, "c1")[0]["汇率挂钩"].checks
    assert checks[10].outcome == "warn"


def test_held_structured_deposits_count_for_concentration_and_an_unrated_one_is_not_safe(
    small: SmallBook,
) -> None:
    lines: dict[str, dict[str, str]] = {
        "structured": {"category": "结构性存款", "product_name": "看涨"},
        "named": {"category": "定期存款", "product_name": "看涨结构性存款"},
        "rated": {"category": "定期存款", "product_name": "一年", "product_risk": "R3"},
        "sheet": {"category": "定期存款", "product_name": "一年", "product_code": "S3"},
        "guaranteed": {"category": "结构性存款", "product_name": "保本看涨"},
        "plain": {"category": "定期存款", "product_name": "一年", "product_risk": "R1"},
    }
    sell(small, {"product_code": "S3", "product_risk": "R3"})
    for no, line in lines.items():
        small.flat(no, 300_000, 1, risk_level="C5", risk_expiry_date="2027-06-30")
        small.hold(no, amount=200_000, **line)
    insight = small.insight
    insight.engine.ensure()
    signals = {one.customer_no: {v.code: v.severity for v in one.signals} for one in insight.ranking()}
    found = {}
    with small.book.read() as conn:
        for no in lines:
            values = insight.engine.of_customer(conn, small.ids[no]).values
            found[no] = (values.held_risk, round(values.top_share, 2), signals[no].get("S5", 0))
    assert found == {
        "structured": (None, 0.67, 1), "named": (None, 0.67, 1), "rated": (3, 0.67, 1), "sheet": (3, 0.67, 1),
        "guaranteed": (0, 0.0, 0), "plain": (1, 0.0, 0),
    }  # fmt: skip


def test_lines_and_products_are_told_apart_alike(small: SmallBook) -> None:
    """What SQL says of a line of holdings, Python says of the product."""
    wordings = list(
        every(
            ("定期存款", "结构性存款", "国债"),
            ("一年", "结构性存款", "保本结构性存款", "非保本"),
            (None, "R1", "R3"),
        )
    )
    small.flat("1", 300_000, 1)
    for place, (category, name, risk) in enumerate(wordings):
        small.hold("1", category=category, product_name=name, product_risk=risk, amount=1, line=place + 2)
    with small.book.read() as conn:
        kind = kinds(MONTH, RULES, families())
        asked = select(kind.c.key, kind.c.deposit)
        found = {tuple(row.key.split("\x1f", 3)[1:]): row.deposit for row in conn.execute(asked)}
    assert len(found) == len(wordings)
    for category, name, told in wordings:
        risk = level(told, RULES)
        family = family_of(category, name, risk, families())
        assert family is not None
        free = is_free(regime_of(family.regime, category, name, None, RULES), risk, RULES)
        (said,) = [
            mark
            for key, mark in found.items()
            if key[:2] == (category, name) and key[2].endswith(told or "\x1f\x1f")
        ]
        assert bool(said) is free, (category, name, told)
