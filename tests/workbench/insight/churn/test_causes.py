"""The probable cause of leaving (domain 4.1): each piece of evidence on its line and beside it."""

from typing import Any

import pytest

from workbench.insight.churn.causes import cadence, causes
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def evidence(**values: Any) -> dict[str, tuple[str, ...]]:
    return {cause.code: cause.evidence for cause in causes(Values(values), RULES)}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"S1": 1}, "natural"),
        ({"out_house": 1}, "natural"),
        ({"out_school": 1}, "natural"),
        ({"age": 80}, "natural"),
        ({"complaint_days": 180}, "fault"),
        ({"tier": "L4", "days_since_touch": 121}, "fault"),
        ({"same_name_regular": 1, "same_name_mean": 100_000}, "competition"),
        ({"third_share": 0.5}, "competition"),
        ({"S7": 1}, "competition"),
    ],
)
def test_one_piece_of_evidence_is_enough_for_a_cause(values: dict[str, Any], code: str) -> None:
    assert list(evidence(**values)) == [code]


@pytest.mark.parametrize(
    "values",
    [
        {"S1": 0},
        {"out_house": 0},
        {"age": 79},
        {"complaint_days": 181},
        {"tier": "L4", "days_since_touch": 120},
        {"days_since_touch": 1_000},
        {"same_name_regular": 0},
        {"third_share": 0.49},
        {"S7": 0},
        {},
    ],
)
def test_beside_the_line_and_without_figures_there_is_no_cause(values: dict[str, Any]) -> None:
    assert evidence(**values) == {}


def test_matured_money_not_renewed_is_our_fault_when_nobody_called() -> None:
    assert "fault" in evidence(S7=1, days_since_touch=31)
    assert "fault" not in evidence(S7=1, days_since_touch=30)
    assert "fault" not in evidence(S7=1, days_since_touch=31, next_maturity="2026-12-01")


def test_the_shares_add_up_and_the_likeliest_comes_first() -> None:
    found = causes(Values({"S1": 1, "third_share": 0.9, "S7": 2}), RULES)
    assert [(cause.code, cause.name) for cause in found] == [("competition", "竞争"), ("natural", "自然")]
    assert [round(cause.share, 3) for cause in found] == [0.571, 0.429]
    assert sum(cause.share for cause in found) == pytest.approx(1)


def test_causes_with_equal_points_stand_in_a_fixed_order() -> None:
    assert list(evidence(S1=1, complaint_days=1)) == ["fault", "natural"]


def test_the_evidence_names_its_figures() -> None:
    assert evidence(age=83)["natural"] == ("年龄83岁",)
    assert evidence(complaint_days=12)["fault"] == ("12天前有过投诉",)
    assert "60天" in evidence(tier="L4", days_since_touch=200)["fault"][0]


def test_a_cause_weighs_nothing_when_the_rules_say_so() -> None:
    rules = Rules.load("general", {"cause.aged": 0})
    assert causes(Values({"age": 90}), rules) == ()
    assert [cause.code for cause in causes(Values({"age": 90, "S7": 1}), rules)] == ["competition"]


@pytest.mark.parametrize(
    ("tier", "days"), [("L0", 180), ("L3", 90), ("L8", 15), ("L9", None), ("金卡", None), (None, None)]
)
def test_the_cadence_follows_the_level(tier: str | None, days: int | None) -> None:
    assert cadence(Values({"tier": tier}), RULES) == days
