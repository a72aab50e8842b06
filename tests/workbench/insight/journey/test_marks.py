"""Ticking a task of the card by hand: one change each, that is undone; refused where there is nothing to tick (domain 3)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError


@pytest.fixture
def newcomer(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> SmallBook:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")
    small.customer("1", open_date="2026-10-20")
    small.month("1", aum_balance=2e4, aum_daily_average=2e4)
    small.insight.engine.ensure()
    return small


def state(small: SmallBook, task: str) -> tuple[bool | None, str, str]:
    found = next(one for one in small.insight.marks.tasks("1") if one.code == task)
    return found.done, found.done_by, found.left_out


def test_a_tick_stands_on_the_portrait_and_goes_with_its_change(newcomer: SmallBook) -> None:
    change = newcomer.insight.marks.tick("1", "hook")
    assert state(newcomer, "hook") == (True, "hand", "")
    card = newcomer.insight.portrait("1").stage
    assert card is not None
    assert "hook" not in {one.code for one in card.due}
    assert change.undo_id is not None
    newcomer.book.reverse(change.undo_id, forward=False)
    assert state(newcomer, "hook") == (None, "", "")


def test_a_portrait_of_before_does_not_know_of_a_later_tick(newcomer: SmallBook) -> None:
    newcomer.insight.marks.tick("1", "hook")
    card = newcomer.insight.portrait("1", "2026-11-01").stage
    assert card is not None
    assert {one.code: one.done for one in card.tasks}["hook"] is None


def test_a_task_is_left_out_with_a_reason_and_taken_back(newcomer: SmallBook) -> None:
    marks = newcomer.insight.marks
    marks.leave_out("1", "介绍一款钩子产品", "客户不愿意")
    assert state(newcomer, "hook") == (None, "", "declined")
    marks.take_back("1", "hook")
    assert state(newcomer, "hook") == (None, "", "")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda m: m.tick("1", "call_red"), "no_such_task"),
        (lambda m: m.tick("9", "hook"), "no_such_customer"),
        (lambda m: m.leave_out("1", "hook", "没空"), "no_such_reason"),
        (lambda m: m.take_back("1", "hook"), "not_ticked"),
        (lambda m: (m.tick("1", "hook"), m.tick("1", "hook")), "already_done"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing_more(
    newcomer: SmallBook, act: object, code: str
) -> None:
    assert callable(act)
    with pytest.raises(WorkbenchError) as refused:
        act(newcomer.insight.marks)
    assert refused.value.code == code
