"""A contact with what he needs, what was promised and the next date is one change; many of a sheet take the same way."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import select

from db.engine import Book
from db.journey import journey_marks
from db.tables import touches
from db.week import promises
from tests.workbench.outreach.made import put_customers
from workbench.base.errors import WorkbenchError
from workbench.insight.journey.marks import TaskOfStay
from workbench.outreach.contacts import NewContact, log_touch, put_contacts
from workbench.outreach.log.room import ContactLog
from workbench.rules.parameters import Rules

RULES = Rules.load()
NO = "900000000001"
Rows = Callable[[], list[tuple[object, ...]]]


@pytest.fixture(autouse=True)
def _people(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    put_customers(book, range(1, 4))


def test_need_amount_and_promise_are_one_change_and_undo_takes_all_of_it_back(book: Book) -> None:
    before = book.fingerprint()
    contact = NewContact(
        NO, "电话", "接通有意向", next_date="2026-11-20", need=" 养老金 ", amount="5万", promise="送对账单"
    )
    change = log_touch(book, RULES, contact)
    with book.read() as conn:
        t = touches.c
        row = conn.execute(select(t.channel, t.result, t.need, t.amount)).one()
        promised = conn.execute(select(promises.c.text, promises.c.due, promises.c.touch_id)).one()
    assert tuple(row) == ("call", "interested", "养老金", 50_000_00)
    assert tuple(promised) == ("送对账单", "2026-11-20", 1)
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert book.fingerprint() == before


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"note": "字" * 201}, "too_long"),
        ({"need": "字" * 41}, "too_long"),
        ({"amount": "很多"}, "bad_amount"),
        ({"amount": Decimal(-5)}, "bad_amount"),
        ({"promise": "送对账单"}, "no_promise_date"),
        ({"promise_by": "2026-11-20"}, "no_promise"),
        ({"promise": "送对账单", "promise_by": "2026-11-15"}, "past_date"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(book: Book, wrong: dict[str, str], code: str) -> None:
    before = book.fingerprint()
    with pytest.raises(WorkbenchError) as caught:
        log_touch(book, RULES, NewContact(NO, "call", "reached", **wrong))
    assert (caught.value.code, bool(caught.value.sentence())) == (code, True)
    assert book.fingerprint() == before


def test_a_note_of_two_hundred_characters_is_kept_whole(book: Book) -> None:
    log_touch(book, RULES, NewContact(NO, "call", "reached", note="字" * 200))
    with book.read() as conn:
        assert conn.execute(select(touches.c.note)).scalar_one() == "字" * 200


def test_many_contacts_are_written_in_one_change_and_the_wrong_ones_come_back_with_their_reason(
    book: Book,
) -> None:
    before = book.fingerprint()
    rows = [
        NewContact(NO, "call", "no_answer"),
        NewContact("123", "call", "reached"),
        NewContact("900000000002", "call", "great"),
        NewContact("900000000003", "visit", "已到", promise="复印件", promise_by="2026-11-18"),
    ]
    with book.write("results", "sheet") as writer:
        put = put_contacts(writer, rows, RULES)
    assert put.ids == (1, None, None, 2)
    assert {place: error.code for place, error in put.refused.items()} == {
        1: "no_such_customer",
        2: "no_such_result",
    }
    with book.read() as conn:
        assert conn.execute(select(touches.c.result).order_by(touches.c.id)).scalars().all() == [
            "no_answer", "met",
        ]  # fmt: skip
        assert conn.execute(select(promises.c.touch_id)).scalar_one() == 2
    book.reverse(writer.change_id)
    assert book.fingerprint() == before


@pytest.mark.parametrize(
    ("day", "code"),
    [("1999-01-01", "date_too_old"), ("2023-10-01", "date_too_old"), ("2027-01-01", "date_in_future")],
)
def test_a_day_that_no_contact_of_this_book_can_have_is_refused(book: Book, day: str, code: str) -> None:
    before = book.fingerprint()
    with pytest.raises(WorkbenchError) as caught:
        log_touch(book, RULES, NewContact(NO, "call", "reached", day))
    assert caught.value.code == code
    assert book.fingerprint() == before


def test_a_contact_some_time_before_the_first_list_is_kept(book: Book) -> None:
    # the list is of 2026-10
    log_touch(book, RULES, NewContact(NO, "call", "reached", "2023-10-02"))
    with book.read() as conn:
        assert conn.execute(select(touches.c.date)).scalar_one() == "2023-10-02"


# -- the task that a contact does ---------------------------------------------------------------------------------


def done_by(book: Book) -> list[tuple[object, ...]]:
    m = journey_marks.c
    with book.read() as conn:
        return [tuple(row) for row in conn.execute(select(m.task, m.stage, m.state, m.date, m.touch_id))]


def test_a_contact_that_reached_him_does_the_task_it_carries_in_one_change(book: Book) -> None:
    before = book.fingerprint()
    task = TaskOfStay("hook", "J1", "2026-11-01")
    change = log_touch(book, RULES, NewContact(NO, "call", "reached", date="2026-11-13", task=task))
    assert done_by(book) == [("hook", "J1", "done", "2026-11-13", 1)]
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert book.fingerprint() == before


def test_one_that_did_not_reach_him_does_none(book: Book) -> None:
    log_touch(book, RULES, NewContact(NO, "call", "no_answer", task=TaskOfStay("hook", "J1", None)))
    assert done_by(book) == []


def test_a_task_goes_with_its_contact_and_with_its_success(book: Book) -> None:
    log, task = ContactLog(book, RULES), TaskOfStay("hook", "J1", None)
    log_touch(book, RULES, NewContact(NO, "call", "reached", task=task))
    log.correct(1, NewContact(NO, "call", "no_answer"))
    assert done_by(book) == []
    log_touch(book, RULES, NewContact(NO, "call", "reached", task=task))
    log.take_back(2)
    assert done_by(book) == []
