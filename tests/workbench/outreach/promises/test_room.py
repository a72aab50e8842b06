"""我答应过的事: made, kept, dropped, put off, due on a workday, undone (issue 13)."""

from collections.abc import Callable

import pytest

from db.engine import Book
from tests.workbench.outreach.made import put_customers
from workbench.base.errors import WorkbenchError
from workbench.outreach.promises.room import Promises

NUMBER = "900000000001"


@pytest.fixture
def promises(book: Book, monkeypatch: pytest.MonkeyPatch) -> Promises:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-21")
    put_customers(book, [1, 2])
    return Promises(book)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(WorkbenchError) as caught:
        call()
    assert caught.value.sentence()
    return caught.value.code


def test_a_promise_is_open_until_it_is_kept_or_dropped(promises: Promises) -> None:
    promises.make(NUMBER, " 送对账单 ", "2026-09-23")
    promises.make("900000000002", "问利率", "2026-09-22")
    assert [one.text for one in promises.open()] == ["问利率", "送对账单"]
    first, second = promises.open()
    promises.end(first.id, kept=True)
    assert promises.open() == (second,)
    promises.end(second.id, kept=False)
    assert promises.open() == ()
    assert code(lambda: promises.end(second.id, kept=True)) == "no_such_promise"


def test_every_write_is_undone(promises: Promises, book: Book) -> None:
    made = promises.make(NUMBER, "送对账单", "2026-09-23")
    (before,) = promises.open()
    for change in (promises.put_off(before.id, "2026-09-24"), promises.end(before.id, kept=True)):
        assert change.undo_id is not None
    for number in (change.undo_id, change.undo_id - 1):
        book.reverse(number, forward=False)
    assert promises.open() == (before,)
    assert made.undo_id is not None
    book.reverse(made.undo_id, forward=False)
    assert promises.open() == ()


@pytest.mark.parametrize(
    ("due", "workday"),
    [
        ("2026-09-24", "2026-09-24"),
        ("2026-09-26", "2026-09-24"),  # mid-autumn, from Friday to Sunday
        ("2026-10-05", "2026-09-30"),
        ("2026-10-10", "2026-10-10"),  # a Saturday that is worked
    ],
)
def test_a_day_off_means_the_last_workday_before(promises: Promises, due: str, workday: str) -> None:
    promises.make(NUMBER, "送对账单", due)
    (one,) = promises.open()
    assert (one.due, one.workday, one.reason.due) == (due, workday, workday)
    assert f"{due} 前兑现" in one.reason.sentence
    assert promises.open(workday) == (one,)


def test_one_made_on_a_day_off_for_the_same_day_waits_for_the_next_workday(
    promises: Promises, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-26")
    promises.make(NUMBER, "送对账单", "2026-09-27")
    assert promises.open()[0].workday == "2026-09-28"


def test_what_cannot_be_a_promise_is_refused_and_leaves_nothing(promises: Promises) -> None:
    assert code(lambda: promises.make(NUMBER, "  ", "2026-09-23")) == "no_text"
    assert code(lambda: promises.make(NUMBER, "送对账单", "2026-09-20")) == "past_date"
    assert code(lambda: promises.make(NUMBER, "送对账单", "周五")) == "bad_date"
    assert code(lambda: promises.make("没有", "送对账单", "2026-09-23")) == "no_such_customer"
    assert promises.open() == ()


def test_a_promise_tells_whose_it_is_and_what_he_has(promises: Promises) -> None:
    promises.make(NUMBER, "送对账单", "2026-09-23")
    person = promises.open()[0].person
    assert (person.customer_no, person.aum_fen) == (NUMBER, 499_000_000)
    assert promises.open()[0].as_json() == {
        "promise": 1, "customer_no": NUMBER, "name": person.name, "text": "送对账单", "made": "2026-09-21",
        "due": "2026-09-23", "workday": "2026-09-23",
    }  # fmt: skip
