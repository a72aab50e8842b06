"""A tick by hand holds for one stay, gives way to figures, and stays whatever the figures say later (domain 3)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.base.workdays import shipped
from workbench.insight.journey.marked import TaskMark, with_hook, with_marks
from workbench.insight.journey.stages import stage
from workbench.insight.journey.tasks import JourneyFacts, StageTask, tasks
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

DAY = "2026-11-05"
MARK = TaskMark(1, "hook", "J1", "2026-10-20", "done", "2026-10-28")


def hook(*marks: TaskMark, since: str | None = "2026-10-20", stage: str = "J1", **values: Any) -> StageTask:
    facts = JourneyFacts(Values(values), DAY, shipped(), False)
    found = {one.code: one for one in with_marks(tuple(tasks(stage, "opened", since, facts)), marks)}
    return found["hook" if stage == "J1" else "risk_test"]


def test_a_tick_does_a_task_and_says_by_whom_and_when() -> None:
    done = hook(MARK)
    assert (done.done, done.done_by, done.done_on, done.is_open) == (True, "hand", "2026-10-28", False)
    assert hook(replace(MARK, touch=7)).done_by == "contact"


def test_what_is_left_out_is_neither_done_nor_asked_for() -> None:
    left = hook(replace(MARK, state="left_out", reason="declined"))
    assert (left.done, left.left_out, left.due, left.is_open) == (None, "declined", None, False)


@pytest.mark.parametrize(
    ("since", "holds"),
    [
        ("2026-10-20", True),  # that very stay
        ("2026-10-01", True),  # history was computed back further
        ("2026-10-29", False),  # he came back into the stage later
        (None, True),
    ],
)
def test_a_tick_holds_for_one_stay(since: str | None, holds: bool) -> None:
    assert hook(MARK, since=since).done is (True if holds else None)


def test_a_tick_is_of_its_stage() -> None:
    assert hook(replace(MARK, task="risk_test"), stage="J2").done is None
    assert hook(replace(MARK, task="risk_test", stage="J2"), stage="J2").done is True


def test_figures_go_before_a_tick() -> None:
    assert hook(replace(MARK, state="left_out", reason="other"), families=2).done_by == "figures"
    assert hook(MARK, families=1).done_by == "hand"


def test_the_newest_mark_counts() -> None:
    assert hook(replace(MARK, state="left_out", reason="other", date="2026-11-01"), MARK).left_out == "other"


def test_a_tick_of_what_comes_again_holds_for_its_turn() -> None:
    def quarter(day: str) -> bool | None:
        facts = JourneyFacts(Values({"tower": "top"}), day, shipped(), False)
        mark = TaskMark(1, "quarter", "J3", "2026-01-01", "done", "2026-02-10")
        found = with_marks(tuple(tasks("J3", "steady", "2026-01-01", facts)), [mark])
        return next(one.done for one in found if one.code == "quarter")

    assert quarter("2026-03-31") is True
    assert quarter("2026-04-01") is None


@law(examples=200)
@given(st.dictionaries(st.sampled_from(["families", "average", "kyc", "wecom"]), st.integers(0, 10_000_000)))
def test_done_stays_done_when_more_data_come(values: dict[str, int]) -> None:
    assert hook(MARK, **values).done is True


def test_the_open_task_of_a_hook_says_which_product() -> None:
    card = stage(Values({"s_journey_stage_m0": "J1"}), Rules.load(), day=DAY, as_of="2026-10-31")
    named = {one.code: one for one in with_hook(card, "天天盈").tasks}
    assert named["hook"].words == "介绍一款钩子产品:天天盈"
    assert [one.detail for one in with_hook(card, "").tasks] == [""] * len(card.tasks)
