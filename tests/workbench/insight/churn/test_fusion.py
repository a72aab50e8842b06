"""Fusion and lights: the worked values of domain 4.4, exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.insight.churn.fusion import fuse, lifted, light_of, multiplier, severity, weights
from workbench.insight.churn.signals.registry import CODES
from workbench.rules.parameters import Rules

RULES = Rules.load()
ANCHORS = dict(zip((1, 2, 3), RULES.numbers("grade.anchors"), strict=True))
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
        (dict.fromkeys(CODES, 3), 93.2, "red"),
    ],
)
def test_golden_4_the_worked_values_of_fusion_hold(levels: dict[str, int], risk: float, light: str) -> None:
    fused = fuse({code: ANCHORS[level] for code, level in levels.items()}, weights(RULES))
    assert math.isclose(fused, risk, abs_tol=0.051)
    assert light_of(fused, LINES) == light


def test_each_fragile_profile_adds_eight_percent_up_to_thirty() -> None:
    assert [multiplier(n, RULES) for n in range(5)] == pytest.approx([1, 1.08, 1.16, 1.24, 1.3])


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
