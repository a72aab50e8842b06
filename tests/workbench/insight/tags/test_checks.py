"""The eight checks of a tag (domain 11.3): each line, the value on it, and when nothing can be said."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.insight.tags.checks import (
    GRAVITY,
    Lift,
    State,
    TagCheck,
    accuracy,
    consistency,
    coverage,
    freshness,
    lift,
    noted,
    state_word,
    usage,
    value_word,
    worst,
)
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.reviews import Accuracy
from workbench.insight.tags.spread import Spread
from workbench.rules.parameters import Rules

RULES = Rules.load()
TAG = Tag(
    code="V.TIER.WATCH.M0", name="价值_层级_关注_当月", label="关注客户", group="20", layer=2, element="人", kind="flag",
    values=(), ordered=False, definition="一", principle="二", rule="watch >= 1", cases=(), pass_unknown=False,
    eligible="", missing="unknown", valid_days=35, sensitivity="C2", pipl=False, use=("show", "filter"), mark="P",
    version=1, status="live", ask="", unit="", owner="", by="rule", origin="shipped", file="20.toml", line=1,
)  # fmt: skip
FACT, MODEL, BY_HAND = TAG, replace(TAG, layer=3), replace(TAG, by="hand")


# -- coverage: fact >= 85 %, model >= 70 %, observed >= 30 % -------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "with_value", "state"),
    [(FACT, 85, "pass"), (FACT, 84, "watch"), (MODEL, 70, "pass"), (MODEL, 69, "watch"), (BY_HAND, 30, "pass"),
     (BY_HAND, 29, "watch")],
)  # fmt: skip
def test_coverage_is_measured_by_the_kind_of_tag(tag: Tag, with_value: int, state: str) -> None:
    check = coverage(tag, Spread(100, {"1": with_value}), (), RULES)
    assert (check.state, check.value) == (state, with_value / 100)


def test_below_half_the_sentence_asks_for_data_first() -> None:
    low, middle = (coverage(FACT, Spread(100, {"1": n}), (), RULES).reason for n in (49, 50))
    assert "先补数据再用" in low
    assert "先补数据再用" not in middle


def test_coverage_names_at_most_five_missing_inputs() -> None:
    reason = coverage(FACT, Spread(100, {"1": 10}), ("甲", "乙", "丙", "丁", "戊", "己"), RULES).reason
    assert "戊" in reason
    assert "己" not in reason


def test_coverage_is_unknown_without_eligible_customers_or_without_any_value() -> None:
    nobody = coverage(replace(FACT, eligible="wecom"), Spread(0, {}), (), RULES)
    assert (nobody.state, nobody.value) == ("unknown", None)
    assert "wecom" in nobody.reason
    no_value = coverage(FACT, Spread(7, {}), ("月日均",), RULES)
    assert (no_value.state, no_value.value) == ("unknown", 0.0)
    assert "月日均" in no_value.reason


# -- accuracy: fact >= 98 %, model >= 80 %, by the interval ---------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "right", "checked", "wanted", "state"),
    [
        (FACT, 50, 50, 50, "pass"),
        (FACT, 48, 50, 50, "watch"),
        (FACT, 30, 50, 50, "stop"),
        (MODEL, 40, 50, 50, "pass"),
        (MODEL, 36, 50, 50, "watch"),
        (MODEL, 20, 50, 50, "stop"),
        (BY_HAND, 45, 50, 50, "pass"),
        (MODEL, 40, 40, 50, "watch"),
    ],
)
def test_accuracy_stops_a_tag_only_when_the_whole_interval_is_below_the_line(
    tag: Tag, right: int, checked: int, wanted: int, state: str
) -> None:
    assert accuracy(tag, Accuracy(right, checked, wanted), RULES).state == state


def test_without_an_answer_accuracy_is_unknown_and_says_how_many_to_ask() -> None:
    check = accuracy(FACT, Accuracy(0, 0, 30), RULES)
    assert (check.state, check.value) == ("unknown", None)
    assert "30" in check.reason


# -- freshness: one validity -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-12-05", "pass"), ("2026-12-06", "watch"), ("2027-01-09", "watch"), ("2027-01-10", "stop")],
)
def test_data_are_fresh_for_one_validity_and_to_be_watched_for_a_second(day: str, state: str) -> None:
    """35 days from 2026-10-31 end on 2026-12-05, 70 days on 2027-01-09."""
    check = freshness(TAG, "2026-10-31", day, RULES)
    assert check.state == state
    assert ("请导入新的名单" in check.reason) == (state != "pass")


# -- lift, contradictions, use -----------------------------------------------------------------------------------------


def of(rate: float, value: str = "1", target: str = "lost") -> Lift:
    return Lift(target, value, 40, rate, 0.1)


def test_lift_judges_the_strongest_value_and_1_3_is_enough() -> None:
    check = lift(TAG, [of(0.05, "0"), of(0.13)], "近 3 个月", RULES)
    assert (check.state, round(check.value or 0, 2)) == ("pass", 1.3)
    weak = lift(TAG, [of(0.129)], "近 3 个月", RULES)
    assert weak.state == "show"
    assert "只展示" in weak.reason
    assert "新达标" in lift(TAG, [of(0.2, target="met")], "近 3 个月", RULES).reason


def test_lift_is_unknown_without_cases_and_does_not_apply_to_dates() -> None:
    assert lift(TAG, [], "近 3 个月", RULES).state == "unknown"
    assert lift(replace(TAG, kind="date"), [of(0.5)], "近 3 个月", RULES).state == "none"
    assert Lift("lost", "1", 40, 0.0, 0.0).times == 0.0


def test_contradictions_must_be_none() -> None:
    assert consistency([("退休而有代发", 0)], 0).state == "pass"
    check = consistency([("退休而有代发", 0), ("有贷款而余额为零", 1_200)], 0)
    assert (check.state, check.value) == ("watch", 1_200.0)
    assert "有贷款而余额为零(1,200 户)" in check.reason
    assert "退休而有代发" not in check.reason


def test_without_a_contradiction_to_look_for_there_is_nothing_to_say() -> None:
    assert consistency([], 0).state == "none"
    assert consistency([], 2).state == "unknown"


def test_a_tag_that_nobody_uses_for_90_days_is_a_zombie_unless_another_rests_on_it() -> None:
    assert usage(3, (), True, RULES).state == "pass"
    zombie = usage(0, (), True, RULES)
    assert zombie.state == "watch"
    assert "90 天" in zombie.reason
    assert "僵尸" in zombie.reason
    assert usage(0, ("需要照看",), True, RULES).state == "pass"
    assert usage(0, (), False, RULES).state == "unknown"


# -- over all of them ----------------------------------------------------------------------------------------------------


def checks(*states: State, first: str = "accuracy") -> list[TagCheck]:
    return [TagCheck(first if n == 0 else f"c{n}", state, None, "") for n, state in enumerate(states)]


def test_the_gravest_check_is_the_state_of_the_tag() -> None:
    assert worst(checks("pass", "stop", "watch")) == "stop"
    assert worst(checks("show", "pass")) == "show"
    assert worst(checks("none", "unknown", "pass")) == "pass"
    assert worst([]) == "unknown"


def test_a_tag_that_nobody_has_a_value_of_is_unknown_whatever_else_holds() -> None:
    assert worst(checks("unknown", "stop", first="coverage")) == "unknown"
    assert worst(checks("unknown", "stop")) == "stop"


def test_a_check_up_lists_what_needs_attention_the_gravest_first() -> None:
    listed = noted(checks("pass", "show", "stop", "none", "unknown", "rare", "watch"))
    assert [check.state for check in listed] == ["stop", "watch", "rare", "show"]


def test_every_state_has_a_word() -> None:
    assert len({state_word(state) for state in GRAVITY}) == len(GRAVITY)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("flag", "1", "是"), ("flag", "0", "否"), ("enum", "high", "高档"), ("date", "told", "有值"),
        ("money", "b0", "0 以下"), ("money", "b4", "5万 到 20万"), ("money", "b9", "600万 以上"),
        ("ratio", "b0", "-50% 以下"), ("ratio", "b4", "5% 到 20%"), ("count", "b9", "90 以上"),
    ],
)  # fmt: skip
def test_values_and_bins_read_in_words(kind: Any, value: str, words: str) -> None:
    tag = replace(TAG, kind=kind, values=(("low", "低档"), ("high", "高档")) if kind == "enum" else ())
    assert value_word(tag, value, RULES) == words
