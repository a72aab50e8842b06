"""The standing of one customer: reasons with numbers, the deposit of today, the bank's level and its cause."""

import json
from typing import Any

import pytest

from workbench.insight.towers.tier_position import INPUTS, TierPosition, standing
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

WAN = 1_000_000
RULES = Rules.load()


def stands(
    day: str = "2026-11-16", as_of: str = "2026-10-31", rules: Rules = RULES, **values: Any
) -> TierPosition:
    return standing(Values(values), rules, month=as_of[:7], as_of=as_of, day=day)


def watched(**more: Any) -> dict[str, Any]:
    return {
        "average": round(4.6 * WAN), "balance": round(4.5 * WAN), "tier": "L3", "tier_reached": "L2", "tower": "waist",
        "watch": 3, "attention": 1, "falls_in": 1, "line_own": 5 * WAN, "line_next": 20 * WAN, **more,
    }  # fmt: skip


def steady(wan: float, tier: str, own: float, above: float | None, **more: Any) -> dict[str, Any]:
    fen = round(wan * WAN)
    return {
        "average": fen, "balance": fen, "tier": tier, "tier_reached": tier, "tower": "waist", "watch": 0,
        "attention": 0, "falls_in": 4, "line_own": round(own * WAN),
        "line_next": None if above is None else round(above * WAN), **more,
    }  # fmt: skip


def test_a_watched_customer_is_told_the_months_the_gap_and_the_deposit_of_today() -> None:
    found = stands(**watched())
    assert found.reason == (
        "截至2026-10-31,月日均4.6万;已连续3个月低于优质门槛5.0万,还差4,000,2026-11起降级;从下月1日起补5,000,按推算下月可达标"
    )
    # of October's list nobody can tell what a deposit of today does for November
    assert (found.margin_fen, found.keep_today_fen) == (-400_000, None)
    assert found.critical == ("C2",)
    assert found.advice == "从下月1日起补5,000,按推算下月可达标"


def test_barely_above_the_line_it_says_how_little_may_be_lost() -> None:
    found = stands(**steady(5.3, "L3", 5, 20))
    assert found.advice == "月日均再少3,000就不达标"
    assert stands(**steady(8, "L3", 5, 20)).advice == ""


def test_a_fall_that_is_not_yet_decided_can_be_held_up_this_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-10-21")
    second = stands(**watched(watch=2, falls_in=2))
    assert "再不达标,2026-12起降级;从下月1日起补5,000,按推算下月可达标" in second.reason
    running = stands("2026-10-21", "2026-10-20", **watched())
    # 31 days, 20 gone at 4.6万, 11 left at 4.5万: (5·31 − 4.6·20 − 4.5·11) / 11
    assert running.reason.endswith("今天(10-21)补1.2万,本月即可保级")


def test_golden_2_in_the_month_of_the_data_its_daily_average_is_the_running_one() -> None:
    found = stands(
        "2026-11-21", "2026-11-20", average=48 * WAN, balance=47 * WAN, tier="L5", tier_reached="L4", watch=1,
        falls_in=3, line_own=50 * WAN, line_next=100 * WAN,
    )  # fmt: skip
    assert found.keep_today_fen == 7 * WAN
    assert found.today_note is not None
    assert "日均为48.0万" in found.today_note


def test_days_since_the_data_run_on_at_its_balance() -> None:
    found = stands(
        "2026-11-21", "2026-11-10", average=49 * WAN, balance=47 * WAN, tier="L5", line_own=50 * WAN
    )
    # ten days at 49, ten at 47: the same 48 over twenty days
    assert found.keep_today_fen == 7 * WAN


def test_data_a_whole_month_old_stand_in_with_their_balance_and_say_so() -> None:
    found = stands(**watched())
    assert found.today_note == "数据截至2026-10-31,本月至今的日均暂按当日余额4.5万估算"
    within = stands("2026-10-31", "2026-10-31", by_balance=1, **watched())
    assert within.today_note == "数据截至2026-10-31,本月至今的日均暂按当日余额4.5万估算"


def test_golden_6_near_the_next_line_near_the_own_line_or_neither() -> None:
    assert stands(**steady(4.6, "L2", 1, 5)).critical == ("C1",)
    assert stands(**steady(5.3, "L3", 5, 20)).critical == ("C2",)
    assert stands(**steady(4.4, "L2", 1, 5)).critical == ()
    assert stands(**steady(19, "L3", 5, 20)).critical == ("C1",)


def test_near_the_next_line_the_sentence_says_what_to_deposit_today() -> None:
    reason = stands(**steady(4.6, "L2", 1, 5)).reason
    assert reason.endswith(
        "比潜力门槛1.0万高3.6万;距优质门槛5.0万还差4,000;从下月1日起补4,000,按推算下月可达标"
    )


def test_a_line_reached_is_announced_for_the_next_month() -> None:
    found = stands(**steady(21, "L2", 1, 50, tier_reached="L4"))
    assert "已达到财富,2026-11起由潜力升为财富" in found.reason


def test_a_top_customer_has_no_line_above_and_a_lowest_one_none_to_keep() -> None:
    top = stands(**steady(700, "L8", 600, None))
    assert (top.gap_fen, top.upgrade_today_fen, top.next_tier) == (None, None, None)
    lowest = stands(**steady(0.5, "L1", 0, 1))
    assert (lowest.keep_today_fen, lowest.tower_name) == (None, "塔基")
    assert "现为大众" in lowest.reason


def test_without_figures_it_cannot_be_told_and_says_what_is_missing() -> None:
    found = stands(bank_level="优质")
    assert found.reason == "没有本月的资产数据,无法判断层级"
    assert (found.tier, found.keep_today_fen, found.bank_differs) == (None, None, None)
    assert found.missing == ("average", "balance", "tier")


def test_a_balance_that_suffices_need_only_stay() -> None:
    second = stands(**watched(watch=2, falls_in=2, balance=6 * WAN))
    assert (second.keep_today_fen, second.advice) == (0, "现有余额留到月底,本月即可保级")
    assert stands(**watched(balance=6 * WAN)).advice == "现有余额留到月底即重新达标,2026-12恢复"
    near = stands(**steady(4.6, "L2", 1, 5) | {"balance": 6 * WAN})
    assert near.advice == "现有余额留到月底,本月即可达到优质"


def test_without_a_balance_there_is_no_deposit_of_today() -> None:
    found = stands(**watched(balance=None))
    assert (found.keep_today_fen, found.today_note, found.missing) == (None, None, ("balance", "bank_level"))
    assert "今天补" not in found.reason


@pytest.mark.parametrize(
    ("word", "more", "cause"),
    [
        ("财富客户", {"tier_reached": "L4"}, "reached"),
        ("贵宾", {"balance": 60 * WAN}, "balance"),
        ("贵宾", {"aum_quarter_average": 55 * WAN}, "season"),
        ("L9", {}, "unexplained"),
        ("钻石", {}, "other"),
    ],
)
def test_a_different_level_of_the_bank_is_told_with_its_likeliest_cause(
    word: str, more: dict[str, Any], cause: str
) -> None:
    found = stands(**steady(8, "L3", 5, 20, bank_level=word, **more))
    assert found.bank_cause == cause
    assert found.bank_note
    assert found.bank_differs is (None if cause == "unexplained" else True)


def test_a_sheet_in_the_wrong_unit_is_suspected_where_ten_thousand_times_agrees() -> None:
    found = stands(**steady(0.006, "L1", 0, 1, bank_level="贵宾"))
    assert found.bank_cause == "unit"


def test_the_lowest_level_of_the_bank_says_nothing_of_the_unit() -> None:
    found = stands(**steady(24, "L4", 20, 50, bank_level="普通"))
    assert (found.bank_differs, found.bank_cause) == (True, "other")


def test_the_same_level_raises_no_disagreement() -> None:
    assert stands(**steady(8, "L3", 5, 20, bank_level="金卡")).bank_differs is False


def test_months_without_data_are_said_to_count_neither_way() -> None:
    assert "中间有2个月没有数据" in stands(**steady(8, "L3", 5, 20, months_missing=2)).reason


def test_the_option_r2_names_the_attention() -> None:
    rules = Rules.load("general", {"tiers.option": "R2"})
    assert "已列为关注" in stands(rules=rules, **watched(falls_in=3)).reason
    assert "已列为关注" not in stands(**watched(falls_in=3)).reason


def test_every_figure_names_what_it_was_computed_from_and_json_speaks_yuan() -> None:
    body = json.loads(json.dumps(stands(**watched()).as_json(), ensure_ascii=False))
    assert (body["code"], body["average"], body["keep_today"]) == ("L3", 46_000, None)
    assert body["keep_topup"] == {
        "kind": "next",
        "amount": 5_000,
        "text": "从下月1日起补5,000,按推算下月可达标",
    }
    assert body["inputs"]["keep_today_fen"] == ["line_own", "average", "balance"]
    assert set(INPUTS) <= set(TierPosition.__dataclass_fields__)


def test_who_may_be_asleep_is_told_so() -> None:
    rules = Rules.load()
    values = {"tier": "L1", "average": 8_000, "balance": 8_000, "bank_level": "x"}
    said = standing(Values(values), rules, month="2026-10", as_of="2026-10-31", day="2026-11-16")
    assert "看不出是不是睡眠户" in said.reason
    assert said.missing == ("active_days",)
    told = standing(
        Values(values | {"active_days": 3}), rules, month="2026-10", as_of="2026-10-31", day="2026-11-16"
    )
    assert "睡眠" not in told.reason
    assert told.missing == ()
