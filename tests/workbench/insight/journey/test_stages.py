"""The five journey cards: first match from the last stage up, with reason, end, cadence and tasks (domain 3)."""

import datetime as dt
from typing import Any

import pytest

from workbench.base.workdays import shipped
from workbench.insight.journey.stages import STAGES, TAG, JourneyStage, stage
from workbench.insight.journey.tasks import card_tasks
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

DAY = "2026-11-05"
#: A settled customer: 300,000 yuan for years, level L4, nothing wrong.
SETTLED: dict[str, Any] = {
    "average": 30_000_000, "average_1": 30_000_000, "balance": 30_000_000, "peak": 31_000_000, "peak_6": 31_000_000,
    "of_peak_6": 0.97, "line_own": 20_000_000, "watch": 0, "light": "none", "risk": 3.0, "opened_days": 2_000,
    "tower": "waist", "tier": "L4",
}  # fmt: skip
#: A small one: 20,000 yuan.
SMALL = SETTLED | {
    "average": 2_000_000, "average_1": 2_000_000, "balance": 2_000_000, "peak": 2_000_000, "peak_6": 2_000_000,
    "of_peak_6": 1.0, "line_own": 1_000_000, "tower": "base", "tier": "L2",
}  # fmt: skip


def of(values: dict[str, Any], **changed: Any) -> JourneyStage:
    return stage(Values(values | changed), Rules.load(), day=DAY, as_of="2026-10-31")


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({}, "J3", "30.0万"),
        ({"qualified_days": 180}, "J2", "180天前首次达标"),
        ({"qualified_days": 181}, "J3", "没有橙灯以上"),
        ({"opened_days": 180}, "J2", "开户180天"),
        ({"light": "yellow"}, "J3", "30.0万"),
        ({"light": "orange", "risk": 48.9}, "J4", "橙灯,风险分49"),
        ({"watch": 2}, "J4", "连续2个月"),
        ({"watch": 1}, "J3", "30.0万"),
        ({"balance": 19_000_000}, "J4", "轻度流失"),
        ({"average": 19_000_000, "balance": 18_000_000}, "J5", "重度流失"),
        ({"average": 15_000_000, "of_peak_6": 0.48}, "J5", "48%"),
        ({"downgraded_days": 365, "fell_from": "L6"}, "J5", "365天前由L6 钻石降级"),
        ({"downgraded_days": 366, "fell_from": "L6"}, "J3", "30.0万"),
        ({"light": "red", "downgraded_days": 20, "fell_from": "L6", "qualified_days": 90}, "J5", "20天前"),
        ({"light": "red", "qualified_days": 90}, "J4", "红灯"),
    ],
)
def test_the_first_stage_that_matches_from_the_last_up(
    changed: dict[str, Any], code: str, words: str
) -> None:
    found = of(SETTLED, **changed)
    assert (found.code, found.state) == (code, "card")
    assert words in found.reason
    assert found.reason.startswith("截至2026-10-31:")


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({"opened_days": 100}, "J1", "开户100天"),
        ({"opened_days": 101}, "J0", "2.0万"),
        ({"v_longtail_hidden_m0": 1}, "J1", "伪长尾"),
        ({"average": 5_000, "peak": 6_000_000}, "J5", "接近清零"),
        ({"average": 5_000, "peak": 4_000_000}, "J0", "50"),
        ({"watch": 3}, "J0", "2.0万"),
    ],
)
def test_small_customers_are_newcomers_hidden_wealth_or_the_pool(
    changed: dict[str, Any], code: str, words: str
) -> None:
    found = of(SMALL, **changed)
    assert found.code == code
    assert words in found.reason


def test_one_who_is_back_at_most_of_the_lost_line_for_two_months_starts_anew() -> None:
    fell = {"downgraded_days": 120, "fell_from": "L5"}  # the line of L5 is 500,000
    assert of(SETTLED, **fell).code == "J5"
    assert of(SETTLED, **fell, average=41_000_000).code == "J5"
    back = of(SETTLED, **fell, average=41_000_000, average_1=40_000_000)
    assert back.code == "J2"
    assert "80%" in back.reason
    assert "30天前升回" in of(SETTLED, **fell, upgraded_days=30).reason
    assert of(SETTLED, **fell, upgraded_days=30).code == "J2"
    assert of(SETTLED, downgraded_days=300, fell_from="L5", upgraded_days=181).code == "J3"
    assert of(SETTLED, **fell, upgraded_days=150).code == "J5"  # rose first, and fell after that


def test_a_newcomer_who_is_not_ripe_stays_to_the_last_day_and_then_moves_on_marked() -> None:
    lacking = {"families": 2, "kyc": 0.9}
    assert of(SETTLED, qualified_days=200, **lacking).code == "J2"
    assert of(SETTLED, qualified_days=200, families=3, kyc=0.8).code == "J3"
    assert of(SETTLED, qualified_days=200, families=2).code == "J2"
    # an unknown figure counts against nobody
    assert of(SETTLED, qualified_days=200, families=3).code == "J3"
    late = of(SETTLED, qualified_days=271, **lacking)
    assert late.code == "J3"
    assert "未成熟" in late.reason


def test_the_tag_decides_where_it_was_computed_and_the_figures_still_give_the_reason() -> None:
    assert of(SETTLED, **{TAG: "J4"}, balance=19_000_000, downgraded_days=5).code == "J4"
    by_hand = of(SETTLED, **{TAG: "J1"})
    assert by_hand.code == "J1"
    assert "按标签认定" in by_hand.reason


def test_without_assets_the_stage_is_unknown() -> None:
    found = stage(Values({}), Rules.load())
    assert (found.code, found.state, found.missing) == (None, "unknown", ("资产月日均",))
    assert found.tasks == ()


def test_an_unchecked_customer_is_not_called_safe() -> None:
    found = of(SETTLED, light=None)
    assert found.code == "J3"
    assert "还没有流失检查" in found.reason
    assert found.missing == ("流失检查结果",)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"lifecycle": "已身故"}, "身故"),
        ({"close_date": "2026-05-01", "peak": 100}, "2026-05-01销户"),
        ({"occupation": "本行员工"}, "本行员工"),
        ({"refused": 1}, "勿扰"),
    ],
)
def test_some_customers_get_no_card(values: dict[str, Any], words: str) -> None:
    found = of(SETTLED, **values)
    assert (found.code, found.state, found.tasks) == (None, "out", ())
    assert words in found.reason


def test_one_who_closed_after_having_had_much_is_to_be_won_back() -> None:
    found = of({"peak": 31_000_000, "close_date": "2026-09-01"})
    assert found.code == "J5"
    assert "2026-09-01" in found.reason


def test_the_first_day_is_counted_back_and_tasks_fall_due_from_it() -> None:
    card = of(SETTLED, qualified_days=20, families=2, risk_valid_days=-3)
    assert (card.since, card.days) == ("2026-10-16", 20)
    tasks = {task.code: task for task in card.tasks}
    assert tasks["benefits"].due == "2026-10-23"
    assert (tasks["pack"].done, tasks["third"].done, tasks["kyc28"].done) == (True, False, None)
    assert tasks["risk_test"].done is False
    assert [task.code for task in card.due][:2] == ["benefits", "risk_test"]
    assert "pack" not in {task.code for task in card.due}


@pytest.mark.parametrize("day", ["2026-09-28", "2026-10-01", "2026-10-03", "2026-02-13", "2026-02-16"])
@pytest.mark.parametrize(
    "changed", [{"light": "red"}, {"light": "orange"}, {"qualified_days": 1, "light": None}]
)
def test_no_task_is_due_on_a_day_off_nor_on_one_that_has_passed_already(
    day: str, changed: dict[str, Any]
) -> None:
    found = stage(Values(SETTLED | {"tower": "top"} | changed), Rules.load(), day=day, as_of=day)
    due = [dt.date.fromisoformat(task.due) for task in found.tasks if task.due]
    assert due
    assert [date for date in due if not shipped().is_workday(date)] == []
    if changed["light"]:
        assert min(due).isoformat() >= day


def test_a_light_asks_for_its_own_call_counted_from_today() -> None:
    red = {task.code: task.due for task in of(SETTLED, light="red", tower="top").tasks}
    assert red["call_red"] == "2026-11-06"
    assert "supervisor" in red
    assert "call_orange" not in red
    orange = {task.code for task in of(SETTLED, light="orange").tasks}
    assert "call_orange" in orange
    assert not orange & {"call_red", "supervisor"}


def test_hidden_wealth_is_not_thanked_for_an_account_opened_long_ago() -> None:
    new = {task.code for task in of(SMALL, opened_days=10).tasks}
    hidden = {task.code for task in of(SMALL, v_longtail_hidden_m0=1).tasks}
    assert new - hidden == {"thanks", "safety", "bind", "settle", "review30"}
    assert "hook" in hidden


def test_how_often_to_get_in_touch_goes_by_stage_and_tower() -> None:
    assert of(SETTLED, tower="top").cadence == "每15至30天一次"
    assert of(SETTLED).cadence == "每45至60天一次"
    assert of(SETTLED, tower=None).cadence == ""
    assert of(SETTLED, light="red").cadence == "每周一次,直到解除"


def test_every_stage_has_its_end_and_every_card_its_tasks() -> None:
    ends = {code: stage(Values({TAG: code}), Rules.load()) for code in STAGES}
    assert all(found.exit and found.name for found in ends.values())
    assert {one.stage for one in card_tasks()} == {"J1", "J2", "J3", "J4", "J5"}
    body = of(SETTLED).as_json()
    assert body["stage"] == "J3"
    assert {"since", "reason", "exit", "cadence", "tasks", "missing", "as_of"} <= set(body)
