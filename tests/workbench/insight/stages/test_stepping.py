"""The fold over whole columns is that of each customer; nobody stands in two stages, and no forbidden flap happens."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.insight.stages.stages_of_one import Month, OneCustomer
from workbench.insight.levels.folding import Flags, Wholes
from workbench.insight.measures.month_averages import MISSING
from workbench.insight.stages.lines import GROUNDS, STAGES, UNKNOWN, StageLines
from workbench.insight.stages.stepping import MonthFacts, Moves, StageState, advanced
from workbench.rules.parameters import Rules

BY = StageLines.of(Rules.load())
FIRST = dt.date(2024, 1, 31).toordinal()
DAYS = [FIRST + round(30.4 * place) for place in range(30)]
W = 1_000_000  # 万 in fen


@dataclass(frozen=True)
class Told:
    """A customer: his months and dates."""

    months: tuple[Month, ...]
    opened: int = 0
    closed: int = 0
    referred: int = 0


def folded(customers: Sequence[Told]) -> tuple[StageState, list[Moves]]:
    """All customers month by month."""
    ids = np.arange(1, len(customers) + 1)
    state, moves = StageState.unseen(ids), []
    for place in range(len(customers[0].months)):
        state, moved = advanced(state, facts(customers, place), BY)
        moves.append(moved)
    return state, moves


def facts(customers: Sequence[Told], place: int) -> MonthFacts:
    here = [one.months[place] for one in customers]

    def ripe(places: Wholes) -> Flags:
        return np.array([here[one].ripe for one in places], dtype=np.bool_)

    def column(name: str, missing: int) -> Wholes:
        values = [getattr(one, name) for one in here]
        return np.array([missing if value is None else value for value in values], dtype=np.int64)

    def dates(name: str) -> Wholes:
        return np.array([getattr(one, name) for one in customers], dtype=np.int64)

    averages = [[month.average for month in one.months[max(place - 11, 0) : place + 1]] for one in customers]
    peaks = [max((a for a in run if a is not None), default=MISSING) for run in averages]
    listed = [one.average is not None or one.light is not None for one in here]
    return MonthFacts(
        f"{place:03d}", here[0].day, np.array(listed), column("average", MISSING), column("balance", MISSING),
        column("high", MISSING), np.array(peaks), column("light", UNKNOWN), dates("opened"), dates("closed"),
        dates("referred"), ripe,
    )  # fmt: skip


def moves_of(customer: int, moves: Sequence[Moves]) -> list[tuple[int, str, int, str]]:
    return [
        (int(one.month), STAGES[one.stage[n]], int(one.since[n]), GROUNDS[one.ground[n]])
        for one in moves
        for n in np.flatnonzero(one.customers == customer)
    ]


_MONEY = st.one_of(
    st.none(), st.sampled_from([line + step for line in BY.ladder.lines for step in (-1, 0)]),
    st.sampled_from([0, 1 * W, 4 * W, 5 * W, 6 * W, 30 * W]),
)  # fmt: skip


@st.composite
def told(draw: st.DrawFn, number: int) -> Told:
    months = []
    for day in DAYS[:number]:
        if draw(st.integers(0, 9)) == 0:
            months.append(Month(day))
            continue
        light = draw(st.sampled_from([0, 0, 0, 0, None, 1, 2, 3]))
        months.append(Month(day, draw(_MONEY), draw(_MONEY), draw(_MONEY), light, draw(st.booleans())))
    date = st.one_of(st.just(0), st.integers(FIRST - 200, DAYS[number - 1] + 40))
    return Told(tuple(months), draw(date), draw(st.one_of(st.just(0), date)), draw(date))


_CUSTOMERS = st.integers(1, 26).flatmap(lambda number: st.lists(told(number), min_size=1, max_size=4))


@law(examples=500, few=60)
@given(_CUSTOMERS)
def test_the_fold_over_columns_is_the_fold_of_each_customer(customers: list[Told]) -> None:
    state, moves = folded(customers)
    for n, customer in enumerate(customers):
        alone = OneCustomer(BY, customer.opened, customer.closed, customer.referred)
        for month in customer.months:
            alone.step(month)
        assert moves_of(n + 1, moves) == alone.moves
        stage = int(state.stage[n])
        assert (None if stage < 0 else STAGES[stage]) == alone.stage


@law(examples=300, few=40)
@given(_CUSTOMERS)
def test_nobody_moves_twice_in_a_month_and_no_forbidden_flap_happens(customers: list[Told]) -> None:
    _state, moves = folded(customers)
    for n, customer in enumerate(customers):
        own = moves_of(n + 1, moves)
        assert len({place for place, *_rest in own}) == len(own)
        for (entered, stage, since, _ground), (left, to, _since, ground) in pairwise(own):
            assert stage != to
            between = customer.months[entered + 1 : left + 1]
            if stage == "J4" and to != "J5":
                told = [one for one in between if one.light is not None]
                assert len(told) >= 2
                assert all((one.light or 0) < 2 for one in told[-2:])
            if stage == "J5":
                back = to == "J2" and len([one for one in between if one.average is not None]) >= 2
                due = between[-1].day - since >= 365
                over = ground == "lapsed" and due
                # the call to who is red and not gone comes first, and to who would leave under a light
                leaves = due or len([one for one in between if one.average is not None]) >= 2
                lit = between[-1].light == 3 or (between[-1].light == 2 and leaves)
                assert back or over or (to == "J4" and lit)


# -- one rule each -----------------------------------------------------------------------------------------------------


def story(
    *figures: tuple[float | None, int | None], balance: float | None = None, opened: int = 0, closed: int = 0,
    referred: int = 0, ripe: bool = False,
) -> list[tuple[int, str, str]]:  # fmt: skip
    """The moves (place, stage, ground) of a customer by months of (average in 万, light); the last balance may be another."""
    months: list[Month] = []
    for place, (average, light) in enumerate(figures):
        fen = None if average is None else round(average * W)
        high = max([*(one.average or 0 for one in months[-3:]), fen or 0])
        last = place == len(figures) - 1 and balance is not None
        months.append(
            Month(
                DAYS[place],
                fen,
                round(balance * W) if last and balance is not None else fen,
                high,
                light,
                ripe,
            )
        )
    _state, moves = folded([Told(tuple(months), opened, closed, referred)])
    return [(place, stage, ground) for place, stage, _since, ground in moves_of(1, moves)]


def test_the_first_month_counts_as_no_first_time() -> None:
    assert story((6, 0), (6, 0)) == [(0, "J3", "steady")]
    assert story((4, 0), (6, 0)) == [(0, "J0", "pool"), (1, "J2", "qualified")]
    assert story((6, 0), (25, 0)) == [(0, "J3", "steady"), (1, "J2", "qualified")]


@pytest.mark.parametrize(("days", "stage"), [(180, "J2"), (181, "J3")])
def test_who_opened_lately_with_assets_is_of_new_value(days: int, stage: str) -> None:
    assert story((6, 0), opened=DAYS[0] - days)[0][1] == stage


@pytest.mark.parametrize(("days", "stage"), [(100, "J1"), (101, "J0")])
def test_below_the_line_a_hundred_days_from_opening_or_referral_are_the_honeymoon(
    days: int, stage: str
) -> None:
    assert story((1, 0), opened=DAYS[0] - days)[0][1] == stage
    assert story((1, 0), referred=DAYS[0] - days)[0][1] == stage


def test_the_honeymoon_ends_after_its_days() -> None:
    assert story(*[(1, 0)] * 5, opened=DAYS[0]) == [(0, "J1", "opened"), (4, "J0", "expired")]


def test_new_value_ends_when_products_and_kyc_are_there_or_after_its_longest_time() -> None:
    assert story((4, 0), *[(6, 0)] * 12, ripe=True)[1:] == [(1, "J2", "qualified"), (7, "J3", "ripe")]
    assert story((4, 0), *[(6, 0)] * 12)[1:] == [(1, "J2", "qualified"), (10, "J3", "immature")]


def test_a_month_just_under_the_line_moves_nobody_and_a_level_lost_does() -> None:
    assert story((6, 0), (4.9, 0), (6, 0)) == [(0, "J3", "steady")]
    assert story((6, 0), *[(4.9, 0)] * 5) == [(0, "J3", "steady"), (4, "J0", "below")]


def test_a_light_holds_until_two_months_in_a_row_are_clean() -> None:
    assert story((6, 0), (6, 2), (6, 0), (6, 2), (6, 0), (6, 0)) == [
        (0, "J3", "steady"), (1, "J4", "light"), (5, "J3", "cleared"),
    ]  # fmt: skip
    assert story((6, 0), (6, 2), (6, 0), (6, None), (6, 1))[-1] == (4, "J3", "cleared")
    assert story((6, 0), (4, 2), (4, 0), (4, 0))[-1] == (3, "J0", "cleared")


@pytest.mark.parametrize(("balance", "stage"), [(0.59, "J5"), (0.6, "J3")])
def test_more_than_nine_tenths_lost_is_to_be_won_back(balance: float, stage: str) -> None:
    assert story((6, 0), (6, 0), balance=balance)[-1][1] == stage


def test_who_is_red_and_not_gone_stands_where_the_call_is_made() -> None:
    assert story((6, 0), (6, 3), balance=0.6)[-1] == (1, "J4", "light")
    assert story((6, 0), (6, 3), balance=0.5)[-1] == (1, "J5", "lost")


def test_a_level_lost_with_half_of_the_peak_is_to_be_won_back() -> None:
    fell = [(60, 0), *[(40, 0)] * 4]
    assert story(*fell)[-1] == (0, "J3", "steady")
    assert story(*fell, (30, 0))[-1] == (5, "J5", "fallen")
    assert story(*fell, (30, 3))[-1] == (5, "J4", "light")


def test_two_months_in_a_row_near_the_former_line_are_a_return() -> None:
    gone = [(60, 0), (0, 0)]
    assert story(*gone, (40, 0), (30, 0), (40, 0))[-1] == (1, "J5", "lost")
    assert story(*gone, (40, 0), (40, 0))[-1] == (3, "J2", "returned")


def test_who_is_lost_again_or_under_a_light_does_not_come_back_as_new() -> None:
    """Averages near the old line are no return while the balance is gone, and a light calls first."""
    gone = [(60, 0), (0, 0), (40, 0)]
    assert story(*gone, (40, 0), balance=1)[-1] == (1, "J5", "lost")
    assert story(*gone, (40, 2))[-1] == (3, "J4", "light")


def test_after_a_year_nobody_is_won_back_any_more() -> None:
    assert story((60, 0), *[(0, 0)] * 12)[-1] == (1, "J5", "lost")
    assert story((60, 0), *[(0, 0)] * 13)[-1] == (13, "J0", "lapsed")


def test_a_closed_account_is_to_be_won_back_once_if_it_ever_had_assets() -> None:
    assert story((6, 0), (None, None), closed=DAYS[0] + 9) == [(0, "J3", "steady"), (1, "J5", "closed")]
    assert story((1, 0), (None, None), closed=DAYS[0] + 9) == [(0, "J0", "pool")]
    assert story((6, 0), *[(6, 0)] * 13, closed=DAYS[0] + 9)[-1] == (13, "J3", "lapsed")


def test_who_never_had_an_average_has_no_stage() -> None:
    assert story((None, 0), (None, 0)) == []
