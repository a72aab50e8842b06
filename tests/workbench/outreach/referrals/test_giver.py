"""What kind of giver somebody is, and how well he may be asked: few cases are no certainty, the unknown counts for nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.insight.values.values import Values
from workbench.outreach.referrals.giver import (
    PastReferrals,
    average_of,
    giver_of,
    score_of,
    shrunk,
)
from workbench.rules.parameters import Rules

RULES = Rules.load()
P = 0.15
NONE = PastReferrals()


def score(
    past: PastReferrals = NONE,
    *,
    recency: float | None = 50.0,
    events: int | None = 0,
    **facts: Any,
) -> Any:
    return score_of(Values(facts), recency, events, past, P, RULES)


def test_one_of_one_is_not_a_hundred() -> None:
    assert shrunk(PastReferrals(1, 1), P, 8) == pytest.approx((1 + 8 * P) / 9)
    assert shrunk(PastReferrals(), P, 8) == P
    one, many = score(PastReferrals(1, 1)), score(PastReferrals(20, 16))
    assert one.parts["network"] == pytest.approx(40 * 2.2 / 9)
    assert many.parts["network"] > 2 * one.parts["network"]
    assert one.past == "过往转介 1 位,成 1 位,按 24% 计"


@law(examples=200, few=30)
@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.01, 0.99))
def test_the_share_lies_between_his_own_and_the_average(n: int, k: int, p: float) -> None:
    k = min(k, n)
    own = k / n if n else p
    low, high = sorted((own, p))
    assert low - 1e-9 <= shrunk(PastReferrals(n, k), p, 8) <= high + 1e-9


def test_the_average_is_the_books_own_after_thirty_cases() -> None:
    assert average_of(PastReferrals(29, 29), RULES) == pytest.approx(0.15)
    assert average_of(PastReferrals(30, 12), RULES) == pytest.approx(0.4)


def test_the_weights_of_what_is_known_are_scaled() -> None:
    whole = score(familiarity=80, complaints_year=0, occupation="教师", recency=50.0)
    assert whole.known == 4
    network = 20 + 40 * P
    assert whole.score == round(0.35 * 80 + 0.25 * 60 + 0.25 * network + 0.15 * 50)
    part = score(familiarity=80, recency=50.0, events=None)
    assert (part.known, part.parts["satisfaction"], part.parts["network"]) == (2, None, None)
    assert part.score == round((0.35 * 80 + 0.15 * 50) / 0.5)
    assert part.words == "71 分(熟悉度 80、良机新近 50;4 项里知道 2 项)"


@pytest.mark.parametrize(
    ("facts", "events", "kind"),
    [
        ({"familiarity": 60, "families": 4}, 0, "loyal"),
        ({"familiarity": 60, "product_count": 4, "g_style_speak_d0": "I"}, 0, "loyal"),
        ({"familiarity": 59, "families": 4, "g_style_speak_d0": "I"}, 0, "social"),
        ({"familiarity": 60, "families": 3}, 2, "social"),
        ({"cover_group": 2}, 0, "social"),
        ({"cover_group": 1}, 0, None),
        ({"g_seg_owner_m0": 1}, 1, "circle"),
        ({"g_style_speak_d0": "C"}, None, "circle"),
        ({"occupation": "小学教师"}, 0, "circle"),
        ({"g_style_speak_d0": "neutral"}, 0, None),
    ],
)
def test_the_kind_follows_the_first_that_fits(
    facts: dict[str, Any], events: int | None, kind: str | None
) -> None:
    assert giver_of(Values(facts), events, RULES).kind == kind


def test_who_cannot_be_told_is_asked_gently_and_what_is_missing_is_said() -> None:
    unknown = giver_of(Values({"familiarity": 20, "families": 1}), 0, RULES)
    assert (unknown.kind, unknown.name, unknown.why) == (None, "类型不明", "还判断不了:缺观察卡、职业")
    assert "轻轻提一句" in unknown.how
    none = giver_of(Values({"familiarity": 20, "families": 1, "cues": 3, "occupation": "工人"}), 0, RULES)
    assert none.why == "三类都看不出来"
