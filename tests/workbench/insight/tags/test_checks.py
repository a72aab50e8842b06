"""The eight checks of a tag on both sides of their lines; what nothing tells is unknown, never a pass (domain 11.3)."""

from dataclasses import replace

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.tags.checks import (
    Lift,
    State,
    accuracy,
    concentration,
    consistency,
    coverage,
    freshness,
    lift,
    stability,
    state_word,
    usage,
    value_word,
)
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.reviews import Accuracy, wilson
from workbench.insight.tags.spread import Spread
from workbench.rules.parameters import Rules

RULES = Rules.load()


def spread(eligible: int | None = None, **values: int) -> Spread:
    return Spread(sum(values.values()) if eligible is None else eligible, values)


@pytest.fixture
def tag(small: SmallBook) -> Tag:
    """A flag of the library, computed from figures: a fact."""
    found = next(one for one in small.insight.tags.library.live if one.kind == "flag")
    return replace(found, layer=2, by="rule", valid_days=30, eligible="")


@pytest.mark.parametrize(
    ("layer", "by", "told", "state"),
    [
        (2, "rule", 85, "pass"), (2, "rule", 84, "watch"), (3, "rule", 70, "pass"), (3, "rule", 69, "watch"),
        (4, "rule", 70, "pass"), (2, "hand", 30, "pass"), (2, "hand", 29, "watch"), (2, "rule", 0, "unknown"),
    ],
)  # fmt: skip
def test_coverage_of_a_fact_a_model_and_what_was_observed(
    tag: Tag, layer: int, by: str, told: int, state: State
) -> None:
    found = coverage(replace(tag, layer=layer, by=by), spread(100, **{"1": told}), [], RULES)
    assert (found.code, found.state) == ("coverage", state)
    assert found.value == told / 100


def test_coverage_says_what_to_fill_first_and_what_nobody_has(tag: Tag) -> None:
    low = coverage(tag, spread(100, **{"1": 49}), ["工作单位", "学历"], RULES)
    assert "不到 50%" in low.reason
    assert "没有这些数据:工作单位、学历" in low.reason
    assert "不到" not in coverage(tag, spread(100, **{"1": 50}), [], RULES).reason
    named = coverage(tag, spread(100), [f"列{n}" for n in range(9)], RULES)
    assert "列4" in named.reason
    assert "列5" not in named.reason


def test_where_nobody_can_have_the_tag_its_coverage_is_unknown(tag: Tag) -> None:
    nobody = coverage(replace(tag, eligible="age >= 18"), spread(0), [], RULES)
    assert (nobody.state, nobody.value) == ("unknown", None)
    assert "age >= 18" in nobody.reason
    assert coverage(tag, spread(0), [], RULES).reason == "账本里没有客户。"


@pytest.mark.parametrize(
    ("layer", "right", "checked", "wanted", "state"),
    [
        # a fact: 98 in 100
        (2, 30, 30, 30, "pass"), (2, 98, 100, 30, "pass"), (2, 97, 100, 30, "watch"), (2, 90, 100, 30, "stop"),
        # too few to pass, and too few to stop
        (2, 29, 29, 30, "watch"), (2, 0, 0, 30, "unknown"), (2, 1, 2, 30, "stop"), (2, 3, 3, 30, "watch"),
        # a model: 80 in 100
        (3, 80, 100, 30, "pass"), (3, 79, 100, 30, "watch"), (3, 60, 100, 30, "stop"),
    ],
)  # fmt: skip
def test_accuracy_stops_only_where_the_whole_interval_lies_below_the_line(
    tag: Tag, layer: int, right: int, checked: int, wanted: int, state: State
) -> None:
    found = accuracy(replace(tag, layer=layer), Accuracy(right, checked, wanted), RULES)
    assert found.state == state
    if checked:
        line = 0.98 if layer == 2 else 0.8
        assert (wilson(right, checked)[1] < line) == (state == "stop")


def test_what_was_given_by_hand_is_measured_as_a_model(tag: Tag) -> None:
    assert accuracy(replace(tag, by="hand"), Accuracy(27, 30, 30), RULES).state == "pass"
    assert accuracy(tag, Accuracy(27, 30, 30), RULES).state != "pass"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-10-31", "pass"),
        ("2026-11-30", "pass"),
        ("2026-12-01", "watch"),
        ("2026-12-30", "watch"),
        ("2026-12-31", "stop"),
    ],
)
def test_a_tag_is_fresh_for_one_cycle_and_looked_at_for_another(tag: Tag, day: str, state: State) -> None:
    found = freshness(tag, "2026-10-31", day, RULES)
    assert found.state == state
    assert ("导入" in found.reason) == (state != "pass")


def test_stability_needs_two_months(tag: Tag) -> None:
    now = spread(**{"1": 50, "0": 50})
    for before in (None, spread(), spread(100)):
        assert stability(now, before, "2026-09", RULES).state == "unknown"
    assert stability(spread(100), now, "2026-09", RULES).state == "unknown"
    assert stability(now, now, "2026-09", RULES).value == 0


@pytest.mark.parametrize(
    ("kind", "found", "state"),
    [
        ("flag", [("lost", 0.13, 0.10)], "pass"),
        ("flag", [("lost", 0.129, 0.10)], "show"),
        ("flag", [("lost", 0.10, 0.10), ("new", 0.30, 0.20)], "pass"),
        ("flag", [("lost", 0.0, 0.0)], "show"),
        ("flag", [], "unknown"),
        ("date", [("lost", 0.9, 0.1)], "none"),
        ("text", [], "none"),
    ],
)
def test_a_tag_that_tells_nobody_apart_is_only_shown(
    tag: Tag, kind: str, found: list[tuple[str, float, float]], state: State
) -> None:
    lifts = [Lift(target, "1", 40, rate, overall) for target, rate, overall in found]
    assert lift(replace(tag, kind=kind), lifts, "近三个月", RULES).state == state  # type: ignore[arg-type]


def test_the_strongest_value_is_named_with_its_target(tag: Tag) -> None:
    said = lift(tag, [Lift("lost", "0", 900, 0.1, 0.1), Lift("new", "1", 40, 0.3, 0.1)], "近三个月", RULES)
    assert "“是”40 户" in said.reason
    assert "新达标 30%" in said.reason
    assert said.value == pytest.approx(3.0)


def test_contradictions_are_counted_and_nothing_to_compare_is_not_told() -> None:
    pairs = [("退休却在代发", 3), ("有贷款却没有余额", 0)]
    assert (consistency(pairs, 0).state, consistency(pairs, 0).value) == ("watch", 3.0)
    assert "有贷款" not in consistency(pairs, 0).reason
    assert consistency([("退休却在代发", 0)], 0).state == "pass"
    assert consistency([], 2).state == "unknown"
    assert consistency([], 0).state == "none"


@pytest.mark.parametrize(
    ("kind", "values", "state"),
    [
        ("enum", {"a": 95, "b": 5}, "pass"),
        ("enum", {"a": 96, "b": 4}, "watch"),
        ("flag", {"0": 96, "1": 4}, "rare"),
        ("flag", {"0": 4, "1": 96}, "watch"),
        ("flag", {"0": 100}, "watch"),
        ("flag", {}, "unknown"),
        ("date", {"told": 100}, "none"),
        ("text", {}, "none"),
    ],
)
def test_a_value_that_nearly_everybody_has_tells_nobody_apart(
    tag: Tag, kind: str, values: dict[str, int], state: State
) -> None:
    assert concentration(replace(tag, kind=kind), Spread(100, values), RULES).state == state  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("times", "users", "ever", "state", "value"),
    [
        (3, [], True, "pass", 3), (0, ["本周应联系"], True, "pass", 0), (0, ["本周应联系"], False, "pass", 0),
        (0, [], True, "watch", 0), (0, [], False, "unknown", None), (1, [], False, "pass", 1),
    ],
)  # fmt: skip
def test_a_tag_is_used_by_people_or_by_other_tags(
    times: int, users: list[str], ever: bool, state: State, value: float | None
) -> None:
    found = usage(times, users, ever, RULES)
    assert (found.state, found.value) == (state, value)
    assert ("本周应联系" in found.reason) == bool(users)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("flag", "1", "是"), ("flag", "0", "否"), ("money", "b0", "0 以下"), ("money", "b1", "0 到 1000"),
        ("money", "b2", "1000 到 1万"),
        ("money", "b9", "600万 以上"), ("count", "b1", "1 到 2"), ("count", "b9", "90 以上"), ("text", "told", "有值"),
        ("date", "told", "有值"),
    ],
)  # fmt: skip
def test_a_bin_reads_as_a_person_would_say_it(tag: Tag, kind: str, value: str, words: str) -> None:
    assert value_word(replace(tag, kind=kind), value, RULES) == words  # type: ignore[arg-type]


def test_every_verdict_has_its_word() -> None:
    words = [state_word(state) for state in ("pass", "show", "rare", "watch", "stop", "unknown", "none")]
    assert len(set(words)) == 7
    assert state_word("unheard") == "unheard"


def test_a_spread_counts_who_is_told_who_is_not_and_who_has_the_tag() -> None:
    flag, bins = Spread(100, {"1": 20, "0": 50}), Spread(100, {"b0": 5, "b3": 15})
    assert (flag.told, flag.unknown, flag.hit, flag.share("1")) == (70, 30, 20, pytest.approx(20 / 70))
    assert (bins.told, bins.hit, bins.share("b9")) == (20, 20, 0)
    assert Spread(10, {}).share("1") == 0
    assert flag.less(Spread(10, {"1": 5}), Spread(5, {"0": 2})) == Spread(85, {"1": 15, "0": 48})
    assert Spread.of_text(flag.as_text()) == flag
