"""The ladder (domain 8.3): every fen is placed, on real workdays, and something comes back each quarter."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.base.workdays import shipped
from workbench.insight.allocation.ladder import AHEAD, ladder, matures, quarters_of, split
from workbench.insight.allocation.slots import SlotSeller
from workbench.insight.products.verdict import Buyer, Offered
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = dt.date(2026, 11, 30)
DEPOSITS = {
    "time": [
        (Offered(f"{days}天", "deposit", term_days=days, product_code=f"d{days}"), 5_000)
        for days in (90, 180, 365)
    ]
}
SELLER = SlotSeller(DEPOSITS, Buyer(), DAY, RULES)
WAN = 10_000_00


@law(examples=300, few=60)
@given(
    fen=st.integers(0, 10**11), terms=st.lists(st.integers(1, 60), min_size=2, max_size=6, unique=True),
    rung=st.integers(1, 10**8), step=st.integers(1, 10**6),
)  # fmt: skip
def test_every_fen_is_placed_and_no_part_is_too_small(
    fen: int, terms: list[int], rung: int, step: int
) -> None:
    parts = split(fen, tuple(terms), rung, step)
    if fen < rung:
        assert parts == ()
        return
    assert sum(part for _months, part in parts) == fen
    assert all(part >= rung for _months, part in parts)
    months = [one for one, _part in parts]
    assert months == sorted(set(months))
    assert months[0] == min(terms)
    # all but the shortest are whole and equal; what is left over stays with the shortest
    assert len({part for _months, part in parts[1:]}) <= 1
    assert all(part % step == 0 for _months, part in parts[1:])


def test_an_odd_remainder_lies_in_the_shortest_part() -> None:
    parts = split(100_123_45, (3, 6, 12), 10_000_00, 1_000_00)
    assert parts == ((3, 34_123_45), (6, 33_000_00), (12, 33_000_00))


@pytest.mark.parametrize(
    ("fen", "months"), [(3 * WAN, [3, 6, 12]), (2 * WAN, [3, 12]), (WAN, [3]), (WAN - 1, [])]
)
def test_there_are_as_many_parts_as_the_smallest_purchase_allows(fen: int, months: list[int]) -> None:
    made = ladder(SELLER, fen, shipped())
    assert [one.months for one in made.rungs] == months
    assert bool(made.why) is not bool(months)


@law(examples=300, few=40)
@given(day=st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)), months=st.integers(1, 60))
def test_money_comes_back_on_a_workday_not_before_its_term(day: dt.date, months: int) -> None:
    back = matures(day, months, shipped())
    assert shipped().is_workday(back)
    assert 28 * months <= (back - day).days <= 31 * months + 12


@given(terms=st.lists(st.sampled_from([3, 6, 9, 12, 24]), max_size=4, unique=True))
def test_something_comes_back_each_quarter_of_a_ladder_that_begins_with_three_months(
    terms: list[int],
) -> None:
    assert all(quarters_of(sorted({3, *terms})))
    assert len(quarters_of([3])) == AHEAD


def test_the_days_are_those_of_the_calendar() -> None:
    made = ladder(SELLER, 12 * WAN, shipped())
    # 2027-02-28 is a Sunday, 2027-05-30 too; 2027-11-30 is a Tuesday
    assert [one.matures for one in made.rungs] == ["2027-03-01", "2027-05-31", "2027-11-30"]
    assert made.quarters == ((0,), (0, 1), (0,), (0, 1, 2))
    assert "未官宣" in made.notice


def test_each_part_is_filled_by_a_term_that_is_near_it() -> None:
    made = ladder(SELLER, 12 * WAN, shipped())
    assert [one.slot.product for one in made.rungs] == ["90天", "180天", "365天"]
    lacking = replace(SELLER, shelf={"time": DEPOSITS["time"][:1]})
    why = [one.slot.why for one in ladder(lacking, 12 * WAN, shipped()).rungs]
    assert why[0] == ""
    assert "6 个月" in why[1]


def test_without_a_valid_test_no_wealth_product_is_a_part() -> None:
    wealth = {"wealth_low": [(Offered("稳享", "wealth", seller_risk=2, term_days=91, product_code="w"), WAN)]}
    tested = Buyer(risk_class=2, valid_days=10)
    free = ladder(replace(SELLER, shelf=wealth, buyer=tested), 3 * WAN, shipped())
    assert free.rungs[0].slot.product == "稳享"
    held = ladder(replace(SELLER, shelf=wealth, buyer=tested), 3 * WAN, shipped(), tested=False)
    assert all(one.slot.product != "稳享" for one in held.rungs)
