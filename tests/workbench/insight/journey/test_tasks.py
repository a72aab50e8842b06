"""The tasks of a journey card: of the stage and the ground, due on workdays, done when figures show it (domain 3)."""

import datetime as dt
from typing import Any

import pytest

from workbench.base.workdays import shipped
from workbench.insight.journey.stages import STAGES
from workbench.insight.journey.tasks import JourneyFacts, StageTask, card_tasks, tasks
from workbench.insight.values.values import Values

DAY = "2026-11-05"


def of(
    code: str,
    since: str | None = None,
    ground: str = "",
    *,
    day: str | None = DAY,
    stale: bool = False,
    **values: Any,
) -> dict[str, StageTask]:
    facts = JourneyFacts(Values(values), day, shipped(), stale)
    return {task.code: task for task in tasks(code, ground, since, facts)}


def test_a_card_asks_only_for_the_tasks_of_its_stage() -> None:
    for stage in STAGES:
        codes = {task.code for task in card_tasks() if task.stage == stage}
        assert set(of(stage, light="red", tower="top")) <= codes
    assert of("J0") == {}


def test_some_tasks_belong_to_one_ground_of_the_stage() -> None:
    """Thanks for opening the account are due to those who opened it, not to hidden wealth found later."""
    assert "thanks" in of("J1", ground="opened")
    assert "thanks" not in of("J1", ground="hidden")
    assert "kyc5" in of("J1", ground="hidden")


def test_some_tasks_depend_on_values() -> None:
    assert {"quarter", "annual"} <= set(of("J3", tower="top"))
    assert "half_year" in of("J3", tower="waist")
    assert {"quarter", "half_year", "annual"} & set(of("J3", tower="base")) == set()
    assert [code for code in of("J4", light="red") if code.startswith("call")] == ["call_red"]
    assert [code for code in of("J4", light="none") if code.startswith("call")] == ["call"]
    assert [code for code in of("J4") if code.startswith("call")] == [], "an unknown light asks for no call"


def test_days_count_from_the_first_day_of_the_stage_and_end_on_a_workday() -> None:
    due = {code: task.due for code, task in of("J2", "2026-11-02").items()}
    assert due["benefits"] == "2026-11-09"
    assert due["risk_test"] == "2026-11-17"
    # 60 days later is Friday 2027-01-01, a holiday: the last workday before it
    assert due["third"] == "2026-12-31"


def test_calls_of_the_defence_count_from_today() -> None:
    due = {code: task.due for code, task in of("J4", "2026-10-01", light="red").items()}
    assert due["call_red"] == "2026-11-06"
    assert due["recheck7"] == "2026-11-19"


def test_a_deadline_on_the_coming_weekend_falls_on_the_workday_before_but_never_before_today() -> None:
    """2026-11-07 is a Saturday."""
    assert of("J4", light="red", day="2026-11-06")["call_red"].due == "2026-11-06"
    assert shipped().is_workday(dt.date(2026, 11, 7)) is False


def test_without_a_first_day_and_with_old_data_nothing_has_a_date() -> None:
    assert {task.due for task in of("J2").values()} == {None}
    assert {task.due for task in of("J4", light="red", stale=True).values()} == {None}
    assert of("J4", light="red", day=None)["call_red"].due is None


def test_old_data_speak_without_hours() -> None:
    assert of("J4", light="red")["call_red"].name == "24小时内致电问近况"
    assert of("J4", light="red", stale=True)["call_red"].name == "致电问近况"


@pytest.mark.parametrize(
    ("values", "done"),
    [({"families": 3}, True), ({"families": 4}, True), ({"families": 2}, False), ({}, None)],
)
def test_a_task_is_done_when_a_figure_shows_it_and_open_while_it_is_unknown(
    values: dict[str, Any], done: bool | None
) -> None:
    assert of("J2", **values)["third"].done is done


def test_a_task_without_a_figure_is_never_done_by_itself() -> None:
    assert of("J2", families=9, kyc=1.0)["review60"].done is None


def test_every_task_is_of_a_stage_and_codes_are_unique_within_it() -> None:
    places = [(task.stage, task.code) for task in card_tasks()]
    assert len(set(places)) == len(places)
    assert {stage for stage, _code in places} <= set(STAGES)
