"""What became of one customer: each outcome, and when it cannot be told (domain 4.4, 4.6, 22-18)."""

from typing import Any

import numpy as np
import pytest

from workbench.insight.churn.losses import (
    FEW_MONTHS,
    HANDED_OVER,
    LEFT_LIST,
    SMALL,
    TOLD,
    UNTOLD,
    Course,
    Judgement,
    LaterMonth,
    LossRule,
)
from workbench.rules.parameters import Rules

WAN = 1_000_000
RULE = LossRule(Rules.load())


def course(after: list[float | None], *, base: float = 30, balance: float = 10, **more: Any) -> Course:
    """Three months at `base`, `balance` at the light, then averages equal to the balances; all in 万; None: not listed."""
    later = tuple(
        LaterMonth(f"2026-0{place}", one is not None, *([None, None] if one is None else [round(one * WAN)] * 2))
        for place, one in enumerate(after, start=2)
    )  # fmt: skip
    before = (round(base * WAN),) * 3
    return Course(before, round(balance * WAN), later, len(after) == 3, **more)


def judged(after: list[float | None], **more: Any) -> Judgement:
    return RULE.judge(course(after, **more))


def test_half_of_the_average_or_less_over_three_months_is_lost_and_more_is_kept() -> None:
    lost = judged([15, 15, 15])
    assert (lost.outcome, lost.lost, lost.why) == ("lost", True, "fell")
    kept = judged([15.1, 15.1, 15.1])
    assert (kept.outcome, kept.lost) == ("kept", False)


def test_closed_is_lost_at_once_and_also_after_a_hand_over() -> None:
    assert judged([], closed=True).outcome == "lost"
    assert judged([30, 30, 30], closed=True, handed_over=True).lost is True


@pytest.mark.parametrize(
    ("after", "more", "why"),
    [
        ([10, None, None], {}, "left_list"),
        ([10, 10, 10], {"handed_over": True}, "handed_over"),
        ([1, 1, 1], {"base": 4}, "small"),
        ([None], {}, "left_list"),
    ],
)
def test_handed_over_off_the_list_or_too_small_to_tell_is_censored(
    after: list[float | None], more: dict[str, Any], why: str
) -> None:
    one = judged(after, **more)
    assert (one.outcome, one.why, one.lost) == ("censored", why, None)


def test_who_is_on_the_list_again_at_the_end_is_judged_by_the_months_there_are() -> None:
    assert judged([12, None, 12]).outcome == "lost"
    one = RULE.judge(Course((30 * WAN,), 10 * WAN, (LaterMonth("2026-03", True, WAN, WAN),), True))
    assert (one.outcome, one.why) == ("censored", "few_months"), "one month of three is too few"


@pytest.mark.parametrize("after", [[], [29], [1, 1]])
def test_before_the_window_has_ended_it_is_too_early(after: list[float | None]) -> None:
    one = judged(after, balance=25)
    assert (one.outcome, one.lost, one.final) == ("too_early", None, False)
    assert (one.why == "low_so_far") == (after == [1, 1])


def test_back_over_the_own_line_is_won_back_with_what_came_since_the_light() -> None:
    """Level of 20万, fallen to 10万: the line is reached again, not the old balance."""
    back = judged([19, 20, 21])
    assert (back.outcome, back.won_back_fen, back.line_fen) == ("won_back", 11 * WAN, 20 * WAN)
    assert judged([20]).outcome == "won_back", "can be said after one month"
    assert judged([19.9, 19.9, 19.9]).outcome == "kept", "not back at the line"
    assert judged([21, 21, 21], balance=20).won_back_fen == 0, "never under the line"
    assert judged([22, 22, 19]).outcome == "kept", "what counts is the newest month"


def test_who_was_lost_by_the_label_and_is_back_is_won_back_and_the_light_was_right() -> None:
    one = judged([1, 1, 30], base=30)
    assert (one.outcome, one.lost) == ("won_back", True)


def test_no_line_below_the_lowest_that_counts_is_won_back() -> None:
    assert judged([4.5, 4.5, 4.5], base=4.9, balance=0.5).outcome == "censored"


def test_the_own_line_is_that_of_the_highest_month_before_the_light() -> None:
    before = (30 * WAN, 30 * WAN, 10 * WAN)
    one = RULE.judge(Course(before, 3 * WAN, (LaterMonth("2026-02", True, 6 * WAN, 6 * WAN),), False))
    assert one.outcome == "too_early", (
        "6万 is over the line that the month of the light reached, not over his own"
    )


def test_every_reason_is_a_sentence_with_its_numbers() -> None:
    rules = Rules.load()
    assert judged([15, 15, 15]).sentence(rules) == "之后 3 个月平均 15.0万,是之前 30.0万 的 50%"
    assert "低于本级门槛 20.0万;2026-04 月末回到 21.0万" in judged([19, 20, 21]).sentence(rules)
    assert "2026-03 起不在名单上" in judged([10, None, None]).sentence(rules)
    reasons = [key for key in ("waiting", "holding", "untold") if not rules.has_text(f"outcome.why.{key}")]
    assert reasons == []


def test_many_at_once_are_judged_as_one_is() -> None:
    random = np.random.default_rng(1)
    before = random.choice([np.nan, 40_000.0, 60_000.0, 300_000.0], (400, 3)) * 100
    after = random.choice([np.nan, 0.0, 25_000.0, 30_000.0, 150_000.0, 400_000.0], (400, 3)) * 100
    listed = random.random(400) < 0.8
    closed, handed = random.random(400) < 0.1, random.random(400) < 0.1
    after[~listed, 2] = np.nan
    labels = RULE.of_many(before, after, on_last=listed, closed=closed, handed_over=handed)
    whys = {
        "handed_over": HANDED_OVER, "left_list": LEFT_LIST, "few_months": FEW_MONTHS, "small": SMALL, "untold": UNTOLD,
    }  # fmt: skip
    for row in range(400):
        figures = [None if np.isnan(one) else round(one) for one in after[row]]
        later = tuple(
            LaterMonth(f"2026-0{place}", place < 4 or bool(listed[row]), one, one)
            for place, one in enumerate(figures, start=2)
        )
        figures_before = tuple(round(one) for one in before[row] if not np.isnan(one))
        one = RULE.judge(Course(figures_before, None, later, True, bool(closed[row]), bool(handed[row])))
        base = labels.before[row]
        if np.isnan(base) or base < 50_000 * 100:
            # who has too little, or nobody knows how much, is left out before anything else is asked
            assert labels.why[row] == (UNTOLD if np.isnan(base) else SMALL)
            continue
        assert labels.why[row] == whys.get(one.why, TOLD)
        assert bool(labels.lost[row]) is (one.lost is True)
