"""Fusion and lights: the worked values of domain 4.4, exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select, union_all

from tests.laws import law
from workbench.insight.churn.fusion import (
    fuse,
    fused,
    height,
    height_of,
    lifted,
    light_at,
    light_of,
    multiplier,
    severity,
    severity_of,
    weights,
)
from workbench.insight.churn.signals.registry import CODES
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

RULES = Rules.load()
ANCHORS = dict(zip((1, 2, 3), RULES.numbers("grade.anchors"), strict=True))
SEVEN = ("S1", "S2", "S3", "S4", "S5", "S6", "S7")
LINES = RULES.numbers("lights")


@pytest.mark.parametrize(
    ("levels", "risk", "light"),
    [
        ({"S2": 1, "S4": 2}, 25.2, "yellow"),
        ({"S2": 2, "S4": 2, "S5": 1}, 38.0, "yellow"),
        ({"S3": 3}, 45.0, "orange"),
        ({"S3": 2, "S7": 2}, 48.9, "orange"),
        ({"S1": 3, "S3": 2}, 51.1, "orange"),
        ({"S3": 3, "S7": 2}, 59.7, "orange"),
        ({"S3": 3, "S7": 3, "S4": 3}, 75.2, "red"),
        (dict.fromkeys(SEVEN, 3), 93.2, "red"),
    ],
)
def test_golden_4_the_worked_values_of_fusion_hold(levels: dict[str, int], risk: float, light: str) -> None:
    fused = fuse({code: ANCHORS[level] for code, level in levels.items()}, weights(RULES))
    assert math.isclose(fused, risk, abs_tol=0.051)
    assert light_of(fused, LINES) == light


def test_fragile_profiles_multiply_nothing_until_a_step_is_set_and_then_up_to_the_cap() -> None:
    assert [multiplier(n, RULES) for n in range(5)] == [1, 1, 1, 1, 1]
    stepped = Rules.load(overrides={"profile.step": 0.08})
    assert [multiplier(n, stepped) for n in range(5)] == pytest.approx([1, 1.08, 1.16, 1.24, 1.3])


def test_relief_makes_a_loss_weigh_less_and_touches_no_other_signal() -> None:
    by_weight, eased = weights(RULES), weights(RULES, relieved=True)
    assert eased["S3"] == pytest.approx(0.45 * 0.8)
    assert {code: weight for code, weight in eased.items() if code != "S3"} == {
        code: weight for code, weight in by_weight.items() if code != "S3"
    }
    assert fuse({"S3": 1.9}, eased) == pytest.approx(68.4)
    assert fuse({"S3": 1.9}, by_weight) == pytest.approx(85.5)


def test_a_weight_set_so_high_that_one_signal_is_everything_ends_at_a_hundred() -> None:
    heavy = weights(Rules.load(overrides={"weight.S3": 0.8}))
    assert fuse({"S3": 1.9}, heavy) == fuse({"S3": 1.9, "S7": 1.0}, heavy) == 100


@given(st.dictionaries(st.sampled_from(CODES), st.floats(0, 1)), st.floats(1, 1.3))
def test_risk_stays_within_0_and_100_and_no_signal_lowers_it(
    grades: dict[str, float], profile: float
) -> None:
    by_weight = weights(RULES)
    risk = fuse(grades, by_weight, profile)
    assert 0 <= risk <= 100
    for code in grades:
        fewer = {other: grade for other, grade in grades.items() if other != code}
        assert fuse(fewer, by_weight, profile) <= risk + 1e-9


def test_hard_rules_only_lift() -> None:
    assert lifted("yellow", "orange") == "orange"
    assert lifted("red", "orange") == "red"
    assert lifted(None, None) is None


def test_severity_counts_the_anchors_reached() -> None:
    anchors = RULES.numbers("grade.anchors")
    assert [severity(grade, anchors) for grade in (0, 0.33, 0.34, 0.66, 0.67, 0.99, 1.0, 1.2)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("risk", "light"),
    [
        (0, None),
        (24.999, None),
        (25, "yellow"),
        (44.999, "yellow"),
        (45, "orange"),
        (64.999, "orange"),
        (65, "red"),
        (100, "red"),
    ],
)
def test_a_light_begins_exactly_at_its_line(risk: float, light: str | None) -> None:
    assert light_of(risk, LINES) == light


ORDER = (None, "yellow", "orange", "red")


@pytest.mark.parametrize("light", ORDER)
@pytest.mark.parametrize("least", ORDER)
def test_the_higher_of_two_lights_in_either_order(light: Light | None, least: Light | None) -> None:
    assert lifted(light, least) == max(light, least, key=ORDER.index) == lifted(least, light)


def test_nothing_graded_is_no_risk_and_a_profile_multiplies_what_there_is() -> None:
    by_weight = weights(RULES)
    assert fuse({}, by_weight) == 0
    assert fuse(dict.fromkeys(CODES, 0.0), by_weight, 1.3) == 0
    assert fuse({"S3": 1.0}, by_weight) == pytest.approx(45)
    assert fuse({"S3": 1.0}, by_weight, 1.08) == pytest.approx(48.6)
    assert fuse(dict.fromkeys(CODES, 1.2), by_weight, 1.3) == 100


def test_two_weak_signals_weigh_less_than_their_sum() -> None:
    by_weight = weights(RULES)
    one, other = fuse({"S2": 0.34}, by_weight), fuse({"S4": 0.34}, by_weight)
    assert max(one, other) < fuse({"S2": 0.34, "S4": 0.34}, by_weight) < one + other


def test_each_signal_has_the_weight_of_the_table() -> None:
    told = {
        "S1": 0.30,
        "S2": 0.30,
        "S3": 0.45,
        "S4": 0.25,
        "S5": 0.20,
        "S6": 0.30,
        "S7": 0.40,
        "S8": 0.15,
        "S9": 0.05,
    }
    assert weights(RULES) == told
    assert weights(Rules.load(overrides={"weight.S5": 0.5}))["S5"] == 0.5


def test_a_grade_a_hair_below_its_anchor_by_rounding_still_reaches_it() -> None:
    anchors = RULES.numbers("grade.anchors")
    assert severity(0.67 - 1e-12, anchors) == 2
    assert severity(0.67 - 1e-6, anchors) == 1


grade = st.sampled_from([0.0, 0.33, *ANCHORS.values(), 1.2]) | st.floats(0, 1.2)


@law(examples=200, few=10)
@given(st.lists(st.tuples(*[grade] * len(CODES), st.floats(1, 1.3)), min_size=1, max_size=5))
def test_sql_fuses_as_arithmetic_does(rows: list[tuple[float, ...]]) -> None:
    by_weight = weights(RULES)
    names = ("place", *CODES, "profile")
    told = (zip(names, (place, *row), strict=True) for place, row in enumerate(rows))
    table = union_all(
        *(select(*(literal(value).label(name) for name, value in row)) for row in told)
    ).subquery()
    risk = fused({code: table.c[code] for code in CODES}, by_weight, table.c.profile)
    with create_engine("sqlite://").connect() as conn:
        answers = conn.execute(select(risk, light_at(height(risk, LINES))).order_by(table.c.place)).all()
    for row, (by_sql, light) in zip(rows, answers, strict=True):
        grades = dict(zip(CODES, row[:-1], strict=True))
        assert by_sql == pytest.approx(fuse(grades, by_weight, row[-1]), abs=2e-9)
        assert light == light_of(by_sql, LINES)


@law(examples=200)
@given(grade.filter(lambda one: one >= ANCHORS[1]))
def test_sql_counts_the_anchors_as_arithmetic_does(one: float) -> None:
    anchors = RULES.numbers("grade.anchors")
    with create_engine("sqlite://").connect() as conn:
        assert conn.execute(select(severity_of(literal(one), anchors))).scalar() == severity(one, anchors)


def test_lights_have_a_height() -> None:
    heights = [height_of(light) for light in ("yellow", "orange", "red")]
    assert heights == sorted(set(heights))
    with create_engine("sqlite://").connect() as conn:
        assert [conn.execute(select(light_at(literal(n)))).scalar() for n in (0, *heights)] == list(ORDER)
