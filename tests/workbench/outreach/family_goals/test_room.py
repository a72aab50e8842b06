"""Goals in a book: written down, brought up to date, ended, undone; nonsense is refused."""

from collections.abc import Callable

import pytest

from db.engine import Book
from tests.books import new_book
from tests.workbench.outreach.made import put_customers
from workbench.base.errors import WorkbenchError
from workbench.outreach.family_goals.room import FamilyGoals, NewFamilyGoal
from workbench.rules.parameters import Rules

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    made = new_book(tmp_path_factory.mktemp("goals") / "目标.book")
    put_customers(made, [1])
    return made


@pytest.fixture
def goals(book: Book, monkeypatch: pytest.MonkeyPatch) -> FamilyGoals:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    return FamilyGoals(book, Rules.load())


def test_a_goal_is_kept_changed_ended_and_undone(goals: FamilyGoals, book: Book) -> None:
    goals.record(NUMBER, NewFamilyGoal("school", "", "30万", "2029-09-01", "12万"))
    goals.record(NUMBER, NewFamilyGoal("travel", "冰岛"))
    first, second = goals.of(NUMBER)
    assert (first.goal.name, first.goal.set_aside_on, first.state) == ("子女教育", "2026-11-23", "unknown")
    assert (second.goal.amount, second.state) == (None, "unknown")
    goals.change(
        first.goal.id, NewFamilyGoal("school", "", "30万", "2029-09-01", "12万", "2026-11-01", "6000")
    )
    assert goals.of(NUMBER)[0].state == "on"
    change = goals.end(first.goal.id, reached=True)
    assert [one.goal.kind for one in goals.of(NUMBER)] == ["travel"]
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert len(goals.of(NUMBER)) == 2


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (NewFamilyGoal("school", amount="0"), "bad_amount"), (NewFamilyGoal("school", amount="-5"), "bad_amount"),
        (NewFamilyGoal("school", amount="很多"), "bad_amount"), (NewFamilyGoal("school", set_aside="-1"), "bad_amount"),
        (NewFamilyGoal("school", due="2026-11-22"), "past_date"), (NewFamilyGoal("school", due="2099-01-01"), "far_date"),
        (NewFamilyGoal("school", set_aside="1", set_aside_on="2026-11-24"), "date_in_future"),
        (NewFamilyGoal("yacht"), "bad_choice"), (NewFamilyGoal(""), "bad_choice"), (NewFamilyGoal("own"), "no_text"),
    ],
)  # fmt: skip
def test_nonsense_is_refused(goals: FamilyGoals, new: NewFamilyGoal, fault: str) -> None:
    def record() -> object:
        return goals.record(NUMBER, new)

    call: Callable[[], object] = record
    with pytest.raises(WorkbenchError) as caught:
        call()
    assert caught.value.code == fault
    assert caught.value.sentence()
