"""What is proposed (domain 8.2): flows first, never more than flows, never into a band that the class bars."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.insight.allocation.test_slots import SHELF
from workbench.insight.allocation.bands import BANDS, BOLD, CASH, GROWTH, STABLE, package_of
from workbench.insight.allocation.flows import Flow
from workbench.insight.allocation.gaps import gaps_of
from workbench.insight.allocation.moves import Move, ProposedMoves, moves_of, plain_moves
from workbench.insight.allocation.present import Present
from workbench.insight.allocation.slots import SlotSeller
from workbench.insight.products.verdict import Buyer, Offered
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 30)
WAN = 10_000_00
#: beside a dear product of R3 one that begins small
WITH_FUND = {
    **SHELF,
    "fund": [*SHELF["fund"], (Offered("稳健混合", "fund", seller_risk=3, product_code="f3"), 10_000)],
}
TOTAL = 100 * WAN


def buyer(level: int) -> Buyer:
    return Buyer(
        risk_class=level, valid_days=200, age=40, aum=TOTAL, liquid=60 * WAN, held_risk=0, liquidity_days=1095
    )


def moved(
    level: int,
    shares: dict[str, int],
    flows: tuple[Flow, ...] = (),
    shelf: Any = None,
    *,
    age: int = 40,
    liquid: int = 60 * WAN,
    held: dict[str, int] | None = None,
    **loose: int,
) -> ProposedMoves:
    """The moves of a customer whose bands hold so many 万 of one hundred."""
    placed = {band: shares.get(band, 0) * WAN for band in BANDS}
    present = Present("2026-10-31", TOTAL, 0, TOTAL, placed, (), 0)
    goods = SHELF if shelf is None else shelf
    seller = SlotSeller(goods, replace(buyer(level), age=age, liquid=liquid), DAY, RULES, held or {})
    gaps = gaps_of(present, package_of(level, RULES, goods), RULES)
    return moves_of(seller, gaps, TOTAL, flows, placed[CASH], {key: fen * WAN for key, fen in loose.items()})


def maturing(fen: int, day: str = "2026-12-16", band: str = STABLE) -> Flow:
    return Flow("maturity", fen, day, band)


def test_money_that_matures_goes_first_and_the_sentence_says_how_much_of_it() -> None:
    made = moved(3, {CASH: 15, STABLE: 85}, (maturing(30 * WAN),))
    first = made.rows[0]
    # 增值 lacks 22.5 of a hundred; the stable part can give 35 before it falls below its range
    assert (first.kind, first.band, first.fen) == ("maturity", GROWTH, 22_500_000)
    for words in ("12 月 16 日到期 30.0万", "拿出 22.5万", "现在 0%", "区间 15–30%", "进取"):
        assert words in first.sentence


def test_the_stable_part_never_falls_below_its_range_by_a_proposal() -> None:
    made = moved(3, {CASH: 15, STABLE: 55, BOLD: 30}, (maturing(40 * WAN),))
    assert sum(one.fen for one in made.rows if one.kind == "maturity") <= 5 * WAN


def test_idle_money_comes_after_flows_and_a_switch_last() -> None:
    flows = (maturing(2 * WAN), Flow("salary", WAN, "", ""))
    made = moved(3, {CASH: 40, STABLE: 55, "gold": 5}, flows, WITH_FUND, gold=5)
    assert [one.kind for one in made.rows][:2] == ["maturity", "salary"]
    assert made.rows[-1].kind == "idle"
    switched = moved(3, {CASH: 15, STABLE: 55, BOLD: 30}, bold=30)
    assert [one.kind for one in switched.rows] == ["switch"]
    assert "不劝卖出" in switched.rows[0].sentence


def test_a_switch_takes_only_what_has_no_fixed_term() -> None:
    assert moved(3, {CASH: 15, STABLE: 55, BOLD: 30}, bold=0).rows == ()
    assert moved(3, {CASH: 15, STABLE: 55, BOLD: 30}, bold=3).rows[0].fen == 3 * WAN


def test_of_a_salary_at_most_a_share_a_month_is_proposed() -> None:
    made = moved(3, {CASH: 15, STABLE: 65, "gold": 20}, (Flow("salary", 1_234_567, "", ""),), WITH_FUND)
    salary = next(one for one in made.rows if one.kind == "salary")
    assert salary.fen == 240_000  # 20 % of 12,345.67 in whole hundreds
    assert "随时能停" in salary.sentence


def test_nothing_is_proposed_within_five_points() -> None:
    made = moved(3, {CASH: 19, STABLE: 69, GROWTH: 12}, (maturing(30 * WAN),))
    assert made.rows == ()
    assert any("不用调" in note for note in made.notes)


def test_a_band_that_nothing_suitable_fills_stays_empty_and_says_why() -> None:
    made = moved(3, {CASH: 15, STABLE: 85}, (maturing(30 * WAN),), {"time": SHELF["time"]})
    assert made.rows == ()
    assert any("增值" in note and "没有现在能买的" in note for note in made.notes)


def test_without_money_that_moves_it_says_to_wait() -> None:
    made = moved(3, {CASH: 10, STABLE: 90})
    assert made.rows == ()
    assert any("先不动" in note for note in made.notes)


def test_without_a_valid_class_maturing_money_is_for_deposits_and_bonds_alone() -> None:
    flows = (maturing(30 * WAN), Flow("salary", WAN, "", ""))
    made = plain_moves(SlotSeller(SHELF, Buyer(aum=TOTAL), DAY, RULES), flows)
    assert [(one.kind, one.fen, one.slot.product) for one in made.rows] == [("plain", 30 * WAN, "一年")]
    assert "只谈存款和国债" in made.rows[0].sentence


_PARTS = st.lists(st.integers(0, 100), min_size=5, max_size=5).filter(lambda parts: sum(parts) > 0)
_FLOWS = st.lists(
    st.builds(
        Flow,
        st.sampled_from(["maturity", "salary"]),
        st.integers(1, 2 * TOTAL),
        st.just("2026-12-16"),
        st.sampled_from(BANDS),
    ),
    max_size=4,
)


@law(examples=300, few=60)
@given(
    level=st.integers(1, 5),
    parts=_PARTS,
    flows=_FLOWS,
    loose=st.integers(0, 100),
    demand=st.none() | st.integers(0, 100),
)
def test_proposals_never_exceed_what_moves_nor_enter_a_barred_band(
    level: int, parts: list[int], flows: list[Flow], loose: int, demand: int | None
) -> None:
    whole = sum(parts)
    placed = {band: TOTAL * part // whole for band, part in zip(BANDS, parts, strict=True)}
    base = sum(placed.values())
    package = package_of(level, RULES, SHELF)
    gaps = gaps_of(Present("2026-10-31", base, 0, base, placed, (), 0), package, RULES)
    at_hand = None if demand is None else placed[CASH] * demand // 100
    free = {band: fen * loose // 100 for band, fen in placed.items()}
    made = moves_of(SlotSeller(SHELF, buyer(level), DAY, RULES), gaps, base, flows, at_hand, free)
    verdicts = {one.band: one.verdict for one in gaps}
    for move in made.rows:
        assert package.ranges[move.band].high > 0
        assert 0 < move.fen <= move.flow
        assert move.slot.filled
        assert move.slot.verdict is not None
        assert move.slot.verdict.may_offer
        assert move.band != move.from_band
        assert move.kind != "switch" or verdicts[move.from_band] == "above"
    _within(made.rows, "maturity", sum(one.fen for one in flows if one.kind == "maturity"))
    _within(made.rows, "salary", sum(round(one.fen * 0.2) for one in flows if one.kind == "salary"))
    _within(made.rows, "idle", at_hand or 0)
    for band in BANDS:
        _within([one for one in made.rows if one.from_band == band], "switch", free[band])
        gone = sum(one.fen for one in made.rows if one.from_band == band and one.kind in ("maturity", "idle"))
        # what leaves a band never takes it below its own range
        assert gone == 0 or placed[band] - gone >= package.ranges[band].low * base - 1
        into = sum(one.fen for one in made.rows if one.band == band)
        assert into == 0 or placed[band] + into <= package.ranges[band].high * base + 1


def _within(rows: list[Move] | tuple[Move, ...], kind: str, most: int) -> None:
    assert sum(one.fen for one in rows if one.kind == kind) <= most


@pytest.mark.parametrize("level", [1, 2])
def test_golden_14_no_r3_is_ever_proposed_to_a_c2_customer(level: int) -> None:
    made = moved(level, {CASH: 100}, (maturing(30 * WAN, band=CASH),))
    assert made.rows
    assert all((one.slot.risk or 0) <= level for one in made.rows)


def test_more_than_a_share_of_one_risky_product_is_not_proposed() -> None:
    made = moved(5, {CASH: 60, STABLE: 40})
    bold = sum(one.fen for one in made.rows if one.band == BOLD)
    assert 0 < bold <= RULES.number("suit.risky_share") * TOTAL
    assert not any("超过" in words for one in made.rows for words in one.slot.cautions)


def test_one_product_is_not_bought_in_parts_beyond_its_share() -> None:
    # it matures, it is idle, and he has some of it: together still no more than the share
    for has in (0, 5 * WAN, 25 * WAN):
        made = moved(5, {CASH: 40, STABLE: 60}, (maturing(12 * WAN),), held={"f5": has})
        bold = sum(one.fen for one in made.rows if one.slot.product_code == "f5")
        assert bold <= max(0, RULES.number("suit.risky_share") * TOTAL - has)
        assert not any("超过" in words for one in made.rows for words in one.slot.cautions)
    alone = {"time": SHELF["time"], "fund": SHELF["fund"]}
    full = moved(5, {CASH: 40, STABLE: 60}, shelf=alone, held={"f5": 25 * WAN})
    assert any("过于集中" in note for note in full.notes)


@pytest.mark.parametrize("age", [70, 88])
def test_from_seventy_on_nothing_that_a_supervisor_must_allow_is_proposed(age: int) -> None:
    made = moved(5, {CASH: 60, STABLE: 40}, (maturing(30 * WAN),), age=age)
    assert all((one.slot.risk or 0) < 3 for one in made.rows)
    assert any(f"{age} 岁" in note and "不主动提" in note for note in made.notes)


def test_money_that_only_comes_is_not_measured_by_what_is_at_hand() -> None:
    flows = (maturing(40 * WAN, "2027-02-16"), Flow("salary", WAN, "", ""))
    made = moved(3, {CASH: 15, STABLE: 85}, flows, WITH_FUND, liquid=1_000_00)
    assert made.rows
    assert not any("流动资产" in words for one in made.rows for words in one.slot.cautions)


def test_where_no_column_tells_of_maturities_there_is_no_word_of_none() -> None:
    seller = SlotSeller(SHELF, Buyer(aum=TOTAL), DAY, RULES)
    assert plain_moves(seller, (), "没有列").notes == ("没有列",)
    assert "没有到期的钱" in plain_moves(seller, ()).notes[0]


def test_a_holder_above_his_class_is_not_urged_to_sell() -> None:
    seller = replace(buyer(2), held_risk=5)
    assert seller.held_risk == 5
    made = moved(2, {CASH: 20, STABLE: 50, BOLD: 30}, bold=30)
    assert all("不劝卖出" in one.sentence for one in made.rows if one.kind == "switch")
