"""The journey card of one customer: the kept stay in words, its end, its tasks, its history (domain 3)."""

import datetime as dt
from typing import Any

import pytest

from workbench.base.workdays import shipped
from workbench.insight.journey.stages import STAGES, TAG, JourneyStage, leaving, stage
from workbench.insight.journey.tasks import card_tasks
from workbench.insight.stages.lines import GROUNDS
from workbench.insight.stages.stays import MovedByHand, StageRecord, Stay
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

DAY = "2026-11-05"
#: A settled customer: 300,000 yuan, level L4, nothing wrong.
SETTLED: dict[str, Any] = {
    TAG: "J3", "journey_stage": "J3", "journey_out": "none", "average": 30_000_000, "light": "none", "tower": "waist",
    "tier": "L4",
}  # fmt: skip
STAY = Stay(
    "J3", "2026-07", "2026-07-31", None, None, "steady", 30_000_000, 30_000_000, 31_000_000, 5_000_000
)


def of(
    stay: Stay | None = STAY, *earlier: Stay, by_hand: MovedByHand | None = None, **changed: Any
) -> JourneyStage:
    values = SETTLED | ({"journey_stage": stay.stage, TAG: stay.stage} if stay else {}) | changed
    record = StageRecord((stay, *earlier) if stay else (), by_hand)
    return stage(Values(values), Rules.load(), day=DAY, as_of="2026-10-31", record=record)


def in_stage(code: str, ground: str, since: str = "2026-10-31", **figures: Any) -> Stay:
    money = {"average": 30_000_000, "balance": 2_000_000, "high": 31_000_000, "line": 5_000_000} | figures
    return Stay(code, "2026-10", since, None, None, ground, **money)


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        (STAY, "按2026-07名单:月日均30.0万,在达标线5.0万以上"),
        (in_stage("J5", "lost"), "余额2.0万比近期最高月日均31.0万少94%"),
        (in_stage("J5", "fallen", balance=15_000_000), "余额15.0万只有近12个月最高月日均31.0万的48%"),
        (in_stage("J5", "closed", since="2026-10-12"), "2026-10-12销户"),
        (in_stage("J4", "light", light="red"), "流失检查为红灯,余额2.0万,近期最高月日均31.0万。"),
        (in_stage("J4", "light", light="red", balance=26_350_000), "流失检查为红灯,余额26.4万"),
        # no fall worth telling
        (in_stage("J4", "light", light="red", balance=26_400_000), "流失检查为红灯。"),
        (in_stage("J2", "qualified", line=20_000_000), "首次达到20.0万这一级"),
        (in_stage("J2", "returned", line=20_000_000), "连续2个月回到原来的线20.0万的80%以上"),
        (in_stage("J3", "immature"), "标记未成熟"),
        (in_stage("J1", "opened", since="2026-10-01"), "2026-10-01开户"),
        (in_stage("J0", "lapsed"), "90天内"),
    ],
)
def test_the_reason_tells_the_figures_of_the_list_that_moved_him(stay: Stay, words: str) -> None:
    card = of(stay)
    assert words in card.reason
    assert (card.code, card.since, card.ground) == (stay.stage, stay.since, stay.ground)
    assert card.days == (dt.date.fromisoformat(DAY) - dt.date.fromisoformat(stay.since)).days


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_ground_has_its_sentence(ground: str) -> None:
    told = of(in_stage("J3", ground)).reason
    assert "{" not in told
    assert told.startswith("按2026-10名单:")


def test_the_history_tells_each_stay_with_its_days_the_newest_first() -> None:
    before = Stay(
        "J2", "2026-01", "2026-01-15", "2026-07", None, "opened_met", 6_000_000, 6_000_000, None, 5_000_000
    )
    past = of(STAY, before).history
    assert [(one.stage, one.name, one.since, one.until) for one in past] == [
        ("J3", "稳定经营期", "2026-07-31", None), ("J2", "价值新客期", "2026-01-15", "2026-07-31"),
    ]  # fmt: skip
    assert "按2026-01名单" in past[1].reason
    assert of(STAY, before).as_json()["history"][1]["until"] == "2026-07-31"


def test_a_move_by_hand_counts_from_its_day_and_keeps_what_the_lists_say_beside_it() -> None:
    by_hand = MovedByHand("J1", "客户已说明打算", "2026-11-02", "2026-12-02")
    card = of(by_hand=by_hand, **{TAG: "J1"})
    assert (card.code, card.machine, card.since, card.days, card.until) == (
        "J1",
        "J3",
        "2026-11-02",
        3,
        "2026-12-02",
    )
    assert "2026-11-02手工移到潜客蜜月期:客户已说明打算" in card.reason
    assert (of().machine, of().until) == (None, None)


def test_hidden_wealth_in_the_pool_is_a_card_without_a_first_day() -> None:
    card = of(in_stage("J0", "pool"), **{TAG: "J1"})
    assert (card.code, card.ground, card.since, card.days) == ("J1", "hidden", None, None)
    assert "伪长尾" in card.reason
    assert "thanks" not in {task.code for task in card.tasks}
    assert "hook" in {task.code for task in card.tasks}


def test_a_stage_without_a_kept_stay_says_by_what_it_is() -> None:
    card = of(None)
    assert (card.code, card.since) == ("J3", None)
    assert "按标签认定" in card.reason


def test_without_assets_the_stage_is_unknown() -> None:
    found = stage(Values({}), Rules.load())
    assert (found.code, found.state, found.missing, found.tasks) == (None, "unknown", ("资产月日均",), ())


def test_an_unchecked_customer_is_not_called_safe() -> None:
    assert of(light=None).missing == ("流失检查结果",)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"journey_out": "gone", "lifecycle": "已身故"}, "身故"),
        ({"journey_out": "closed", "close_date": "2026-05-01"}, "2026-05-01销户"),
        ({"journey_out": "staff"}, "本行员工"),
        ({"journey_out": "refused"}, "勿扰"),
    ],
)
def test_some_customers_get_no_card_but_keep_their_history(values: dict[str, Any], words: str) -> None:
    found = of(**{TAG: None}, **values)
    assert (found.code, found.state, found.tasks) == (None, "out", ())
    assert words in found.reason
    assert [one.stage for one in found.history] == ["J3"]


def test_tasks_fall_due_from_the_first_day_of_the_stay() -> None:
    card = of(in_stage("J2", "qualified", "2026-10-16"), families=2, risk_valid_days=-3)
    tasks = {task.code: task for task in card.tasks}
    assert tasks["benefits"].due == "2026-10-23"
    assert (tasks["pack"].done, tasks["third"].done, tasks["kyc28"].done) == (True, False, None)
    assert [task.code for task in card.due][:2] == ["benefits", "risk_test"]
    assert "pack" not in {task.code for task in card.due}


@pytest.mark.parametrize("day", ["2026-09-28", "2026-10-01", "2026-10-03", "2026-02-13", "2026-02-16"])
@pytest.mark.parametrize("light", ["red", "orange"])
def test_no_task_is_due_on_a_day_off_nor_on_one_that_has_passed_already(day: str, light: str) -> None:
    values = SETTLED | {"tower": "top", "light": light, TAG: "J4", "journey_stage": "J4"}
    found = stage(Values(values), Rules.load(), day=day, as_of=day)
    due = [dt.date.fromisoformat(task.due) for task in found.tasks if task.due]
    assert due
    assert [date for date in due if not shipped().is_workday(date)] == []
    assert min(due).isoformat() >= day


def test_a_light_asks_for_its_own_call_on_the_day_of_the_week_s_list() -> None:
    red = {task.code: task.due for task in of(in_stage("J4", "light"), light="red", tower="top").tasks}
    assert red["call_red"] == DAY
    assert "supervisor" in red
    assert "call_orange" not in red
    orange = {task.code for task in of(in_stage("J4", "light"), light="orange").tasks}
    assert "call_orange" in orange
    assert not orange & {"call_red", "supervisor"}


def test_hidden_wealth_is_not_thanked_for_an_account_opened_long_ago() -> None:
    new = {task.code for task in of(in_stage("J1", "opened"), opened_days=10).tasks}
    hidden = {task.code for task in of(in_stage("J0", "pool"), **{TAG: "J1"}, v_longtail_hidden_m0=1).tasks}
    assert new - hidden == {"thanks", "safety", "bind", "settle", "review30"}
    assert "hook" in hidden


def test_how_often_to_get_in_touch_goes_by_stage_and_tower() -> None:
    assert of(tower="top").cadence == "每15至30天一次"
    assert of().cadence == "每45至60天一次"
    assert of(tower=None).cadence == ""
    assert of(in_stage("J4", "light", light="red")).cadence == "每周一次,直到解除"


def test_every_stage_has_its_end_and_every_card_its_tasks() -> None:
    ends = {code: stage(Values({TAG: code}), Rules.load()) for code in STAGES}
    assert all(found.exit and found.name for found in ends.values())
    assert {one.stage for one in card_tasks()} == {"J1", "J2", "J3", "J4", "J5"}


@pytest.mark.parametrize(
    ("values", "leaves"),
    [({"light": "orange"}, True), ({TAG: "J5"}, True), ({"light": "yellow", TAG: "J4"}, False), ({}, False)],
)
def test_who_is_leaving(values: dict[str, Any], leaves: bool) -> None:
    assert leaving(Values(values)) is leaves
