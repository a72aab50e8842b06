"""The movement of levels over the months: golden 1, the private bank, months that are not told."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.dates import shift_month
from workbench.base.errors import WorkbenchError
from workbench.insight.levels.movement import Policy, Trail, fold
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

MONTH = "2026-10"


def trail(*wan: float | None, option: str = "R1", **overrides: object) -> Trail:
    """After averages in 万元, oldest first, the last one of 2026-10."""
    rules = Rules.load("general", {"tiers.option": option, **overrides})
    months = [shift_month(MONTH, place - len(wan) + 1) for place in range(len(wan))]
    fen = [None if one is None else round(one * 1_000_000) for one in wan]
    return fold(fen, Ladder.of(rules), Policy.of(rules), months)


def test_golden_1_three_failing_months_and_the_level_falls_in_the_fourth_to_that_of_the_third() -> None:
    months = [5.2, 4.8, 4.7, 4.6, 4.6]
    course = [trail(*months[: n + 1]) for n in range(5)]
    assert [one.tier for one in course] == ["L3", "L3", "L3", "L3", "L2"]
    assert [one.watch for one in course] == [0, 1, 2, 3, 0]
    assert [one.attention for one in course] == [False, True, True, True, False]
    assert [one.falls_in for one in course] == [4, 3, 2, 1, 4]
    assert course[3].following == "L2"
    assert (course[4].fell_from, course[4].downgraded, course[4].before) == ("L3", MONTH, "L3")


def test_golden_1_by_r2_attention_in_month_4_and_down_in_month_7_to_the_best_of_the_six() -> None:
    months = [5.2, 4.8, 4.7, 4.6, 0.9, 0.8, 0.7, 0.6]
    course = [trail(*months[: n + 1], option="R2") for n in range(8)]
    assert [one.tier for one in course] == ["L3"] * 7 + ["L2"]
    assert [one.watch for one in course] == [0, 1, 2, 3, 4, 5, 6, 1]
    assert [one.attention for one in course] == [False] * 4 + [True] * 3 + [False]
    assert course[6].following == "L2"  # the best of the six, although the sixth reaches only L1
    assert course[3].falls_in == 4


def test_r1_falls_to_the_level_of_the_last_failing_month_not_the_best() -> None:
    assert trail(25, 19, 4, 6, 6).tier == "L3"
    assert trail(25, 19, 6, 4, 6).tier == "L2"


def test_a_line_reached_is_in_force_from_the_next_month() -> None:
    reached, enjoyed = trail(4, 21), trail(4, 21, 21)
    assert (reached.tier, reached.reached, reached.following) == ("L2", "L4", "L4")
    assert (enjoyed.tier, enjoyed.before, enjoyed.upgraded, enjoyed.since) == ("L4", "L2", MONTH, MONTH)


def test_a_month_back_above_the_line_clears_the_watch() -> None:
    assert [trail(5.2, 4.8, 4.7, 5.0).watch, trail(5.2, 4.8, 4.7, 5.0, 4.9, 4.9).watch] == [0, 2]
    assert trail(5.2, 4.8, 4.7, 5.0, 4.9, 4.9).tier == "L3"


def test_the_private_bank_falls_after_six_months_in_the_seventh() -> None:
    course = [trail(700, *[500] * n) for n in range(8)]
    assert [one.tier for one in course] == ["L8"] * 7 + ["L7"]
    assert [one.watch for one in course] == [0, 1, 2, 3, 4, 5, 6, 0]


def test_a_month_without_an_average_neither_fails_nor_clears() -> None:
    waiting = trail(5.2, 4.8, None, 4.7)
    assert (waiting.tier, waiting.watch, waiting.months_told) == ("L3", 2, 3)
    silent = trail(5.2, 4.8, 4.7, 4.6, None)
    assert (silent.tier, silent.reached) == ("L2", None)  # the movement had been decided before
    assert trail(None, None) == Trail()
    assert trail(None, 4.0).first_month == MONTH


def test_the_first_month_with_an_average_gives_its_own_level() -> None:
    first = trail(60)
    assert (first.tier, first.reached, first.before, first.since) == ("L5", "L5", None, MONTH)


def test_the_lowest_level_cannot_fall() -> None:
    assert trail(0.2, 0.1).falls_in is None
    assert trail(0.2, 0.1).watch == 0


def test_the_peak_is_the_highest_month_and_the_first_of_equals() -> None:
    found = trail(3, 9, 9, 2)
    assert (found.peak, found.peak_month) == (9_000_000, "2026-08")


def test_a_rule_that_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(WorkbenchError, match=r"tiers\.option") as refused:
        trail(5, option="R3")
    assert refused.value.code == "rule_range"


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 900, allow_nan=False)), min_size=1, max_size=20),
    st.sampled_from(["R1", "R2"]),
)
def test_a_level_never_falls_before_its_failing_months_are_full(wan: list[float | None], option: str) -> None:
    course = [trail(*wan[: n + 1], option=option) for n in range(len(wan))]
    codes = [None, *Ladder.of(Rules.load()).codes]
    limits = Policy.of(Rules.load("general", {"tiers.option": option})).limits
    for before, after in pairwise(course):
        if codes.index(after.tier) < codes.index(before.tier):
            assert before.watch == limits[codes.index(before.tier) - 1]
        if before.following is not None:
            assert after.tier == before.following
        elif before.tier is not None:
            assert after.tier == before.tier
