"""Why somebody may be leaving: points of evidence for nature, our fault and competition; nothing told says nothing (4.1)."""

from typing import Any

import pytest

from workbench.insight.churn.causes import cadence, causes
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
TIERS = {"L0": 180, "L1": 180, "L2": 180, "L3": 90, "L4": 60, "L5": 45, "L6": 30, "L7": 30, "L8": 15}


def shares(**values: Any) -> dict[str, float]:
    return {one.code: round(one.share, 3) for one in causes(Values(values), RULES)}


@pytest.mark.parametrize(
    ("values", "code", "evidence"),
    [
        ({"S1": 1}, "natural", "工作或住所有变动"),
        ({"out_house": 1}, "natural", "有购房或学费支出"),
        ({"out_school": 1}, "natural", "有购房或学费支出"),
        ({"age": 80}, "natural", "年龄80岁"),
        ({"complaint_days": 180}, "fault", "180天前有过投诉"),
        ({"complaint_days": 0}, "fault", "0天前有过投诉"),
        ({"days_since_touch": 121, "tier": "L4"}, "fault", "已121天没有联系,应每60天一次"),
        (
            {"same_name_regular": 1, "same_name_mean": 5_000_000},
            "competition",
            "每月向他行同名账户转出约5.0万",
        ),
        ({"third_share": 0.5}, "competition", "转出的50%走第三方支付"),
        ({"S7": 1}, "competition", "主结算迁出或到期未续"),
    ],
)
def test_one_piece_of_evidence_is_one_reason_in_words(
    values: dict[str, Any], code: str, evidence: str
) -> None:
    (found,) = causes(Values(values), RULES)
    assert (found.code, found.share, found.evidence) == (code, 1.0, (evidence,))
    assert found.name == RULES.text(f"cause.{code}")


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"S1": 0, "S7": 0, "out_house": 0, "out_school": 0, "same_name_regular": 0},
        {"S1": None, "S7": None, "age": None, "third_share": None, "complaint_days": None},
        {"age": 79},
        {"complaint_days": 181},
        # twice the cadence is not yet more than twice
        {"days_since_touch": 120, "tier": "L4"},
        {"days_since_touch": 400},
        {"days_since_touch": 400, "tier": "private"},
        {"third_share": 0.49},
    ],
)
def test_what_is_not_told_or_below_its_line_speaks_for_nothing(values: dict[str, Any]) -> None:
    assert causes(Values(values), RULES) == ()


def test_matured_money_nobody_called_about_is_our_fault_beside_the_competitions_pull() -> None:
    silent = {"S7": 1, "days_since_touch": 31, "tier": "L4"}
    assert shares(**silent) == {"competition": 0.5, "fault": 0.5}
    assert shares(S7=1, days_since_touch=30, tier="L4") == {"competition": 1.0}
    assert shares(S7=1, tier="L4") == {"competition": 1.0}
    # a maturity still to come is no maturity passed
    assert shares(**silent, next_maturity="2026-12-01") == {"competition": 1.0}


def test_the_likeliest_reason_stands_first_and_its_evidence_is_kept_together() -> None:
    found = causes(
        Values({"S1": 1, "age": 82, "complaint_days": 20, "third_share": 0.7, "same_name_regular": 1}), RULES
    )
    # competition 3 + 2, natural 3 + 1, fault 3
    assert [one.code for one in found] == ["competition", "natural", "fault"]
    assert [round(one.share * 12) for one in found] == [5, 4, 3]
    assert [len(one.evidence) for one in found] == [2, 2, 1]
    assert sum(one.share for one in found) == pytest.approx(1)


def test_of_reasons_with_as_many_points_the_order_is_always_the_same() -> None:
    assert list(shares(S1=1, complaint_days=5, same_name_regular=1)) == ["competition", "fault", "natural"]


def test_points_of_nothing_leave_a_reason_out() -> None:
    rules = Rules.load(overrides={"cause.aged": 0})
    assert causes(Values({"age": 90}), rules) == ()
    assert [one.code for one in causes(Values({"age": 90, "S1": 1}), rules)] == ["natural"]


def test_json_rounds_the_share_and_lists_the_evidence() -> None:
    (first, *_rest) = causes(Values({"S1": 1, "complaint_days": 5, "S7": 1}), RULES)
    assert first.as_json() == {
        "code": "fault", "name": "过失", "share": 0.38, "evidence": ["5天前有过投诉"],
    }  # fmt: skip


@pytest.mark.parametrize(("tier", "days"), TIERS.items())
def test_each_level_has_its_cadence(tier: str, days: int) -> None:
    assert cadence(Values({"tier": tier}), RULES) == days


@pytest.mark.parametrize("tier", [None, "", "L", "L9", "L99", "私行", "x3x"])
def test_an_unknown_level_has_none(tier: str | None) -> None:
    assert cadence(Values({"tier": tier}), RULES) is None
