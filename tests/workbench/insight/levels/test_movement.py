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


def test_who_never_moved_has_no_month_of_movement() -> None:
    calm = trail(6, 6, 6)
    assert (calm.upgraded, calm.downgraded, calm.fell_from, calm.following) == (None, None, None, None)
    assert (calm.tier, calm.before, calm.since, calm.first_month) == ("L3", "L3", "2026-08", "2026-08")
    assert (calm.months_told, calm.peak, calm.peak_month) == (3, 6_000_000, "2026-08")


def test_a_rise_decided_in_the_last_month_has_not_yet_taken_place() -> None:
    rising = trail(6, 6, 25)
    assert (rising.tier, rising.following, rising.upgraded, rising.since) == ("L3", "L4", None, "2026-08")
    risen = trail(6, 25, 25)
    assert (risen.tier, risen.following, risen.upgraded, risen.since) == ("L4", None, MONTH, MONTH)
    assert (risen.downgraded, risen.fell_from) == (None, None)


def test_a_fall_from_the_first_level_but_one_names_where_from() -> None:
    fallen = trail(2, 0.5, 0.5, 0.5, 0.5)
    assert (fallen.tier, fallen.fell_from, fallen.downgraded, fallen.falls_in) == ("L1", "L2", MONTH, None)
    assert fallen.upgraded is None


def test_nothing_at_all_is_a_level_and_a_peak_of_nothing() -> None:
    empty = trail(0)
    assert (empty.tier, empty.reached, empty.peak, empty.peak_month) == ("L1", "L1", 0, MONTH)
    assert trail(0, 0, 0).peak_month == "2026-08"


def test_months_before_the_first_one_told_count_for_nothing() -> None:
    found = trail(None, None, 6, 4)
    assert (found.first_month, found.since, found.before) == ("2026-09", "2026-09", "L3")
    assert (found.months_told, found.watch) == (2, 1)
    assert trail(None, 6).before is None


@pytest.mark.parametrize(
    ("run", "level"),
    [
        # six failing months by R2: the level of the best of them, wherever it stands
        ((25, 6, 2, 2, 2, 2, 2, 2), "L3"),
        ((25, 2, 2, 2, 2, 2, 6, 2), "L3"),
        ((25, 2, 2, 2, 2, 2, 2, 2), "L2"),
        ((25, 0.5, 0.5, 0.5, 0.5, 0.5, 2, 6), "L2"),
        # a month back above the line begins the count and the search for the best anew
        ((25, 19, 25, 2, 2, 2, 2, 2, 2, 2), "L2"),
    ],
)
def test_by_r2_the_best_of_the_failing_months_counts_and_no_other(run: tuple[float, ...], level: str) -> None:
    fallen = trail(*run, option="R2")
    assert (fallen.tier, fallen.fell_from) == (level, "L4")


@pytest.mark.parametrize(
    ("option", "entered", "watch", "under"),
    [
        ("R1", 0, 1, True), ("R1", 2, 3, True), ("R1", 3, 0, False), ("R1", 0, 0, False),
        ("R2", 2, 3, False), ("R2", 3, 4, True), ("R2", 5, 6, True), ("R2", 5, 0, False),
    ],
)  # fmt: skip
def test_attention_by_r1_from_the_first_failing_month_by_r2_after_the_third(
    option: str, entered: int, watch: int, under: bool
) -> None:
    assert Policy.of(Rules.load("general", {"tiers.option": option})).attention(entered, watch) is under


def test_how_long_each_level_may_fail() -> None:
    r1, r2 = (Policy.of(Rules.load("general", {"tiers.option": option})).limits for option in ("R1", "R2"))
    assert r1 == (3, 3, 3, 3, 3, 3, 3, 6)
    assert r2 == (6,) * 8


@given(st.lists(st.one_of(st.none(), st.floats(0, 900, allow_nan=False)), min_size=1, max_size=16))
def test_a_trail_of_more_months_is_the_trail_of_fewer_carried_on(wan: list[float | None]) -> None:
    whole = trail(*wan)
    told = [round(one * 1_000_000) for one in wan if one is not None]
    assert whole.months_told == len(told)
    assert whole.peak == (max(told) if told else None)
    if told:
        assert whole.falls_in is None if whole.tier == "L1" else 1 <= (whole.falls_in or 0) <= 7
        assert (whole.upgraded is None and whole.downgraded is None) == (whole.since == whole.first_month)
