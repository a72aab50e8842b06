"""The week's list in a book: a contact or a promise shows at once, and undo takes it back (issue 13)."""

import json

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, many, put_customers, room
from workbench.outreach.room import Outreach


@pytest.fixture
def outreach(book: Book, monkeypatch: pytest.MonkeyPatch) -> Outreach:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


def test_a_contact_ticks_the_entry_and_undo_unticks_it(book: Book, outreach: Outreach) -> None:
    first = outreach.weeks.of().entries[0].person
    change = outreach.log_touch(first.customer_no, channel="call", result="reached")
    entry = outreach.weeks.of().find(first.customer_id)
    assert entry is not None
    assert entry.settled
    assert change.undo_id is not None
    book.reverse(change.undo_id, forward=False)
    entry = outreach.weeks.of().find(first.customer_id)
    assert entry is not None
    assert entry.contact is None


def test_a_contact_of_another_week_ticks_nobody(outreach: Outreach) -> None:
    first = outreach.weeks.of().entries[0].person
    outreach.log_touch(first.customer_no, channel="call", result="reached", date="2026-11-13")
    entry = outreach.weeks.of().find(first.customer_id)
    assert entry is None or not entry.reached


def test_a_promise_stands_first_until_it_is_kept(outreach: Outreach) -> None:
    before = [one.person.customer_no for one in outreach.weeks.of().entries]
    outreach.promises.make("900000000092", "送对账单", "2026-11-19")
    first = outreach.weeks.of().entries[0]
    assert first.person.customer_no == "900000000092"
    assert "送对账单" in first.first.sentence
    (open_one,) = outreach.promises.open()
    outreach.promises.end(open_one.id, kept=True)
    assert [one.person.customer_no for one in outreach.weeks.of().entries] == before


def test_a_promise_for_the_week_after_stands_on_that_week(outreach: Outreach) -> None:
    outreach.promises.make("900000000092", "送对账单", "2026-11-24")
    assert "900000000092" not in {one.person.customer_no for one in outreach.weeks.of("2026-W47").entries}


def test_the_ranks_of_the_plan_document_are_those_of_the_list(outreach: Outreach) -> None:
    plan = outreach.plan()
    last = plan.needs_resources[0].customers[-1] if plan.needs_resources else plan.quick_wins[0].customers[-1]
    outreach.promises.make(last.customer_no, "回电话", "2026-11-18")
    week = outreach.weeks.of()
    body = plan.as_json(week.ranks)
    ranks = {
        one["customer_no"]: one["rank"]
        for rows in (body["quick_wins"], body["needs_resources"], body["this_week"])
        for row in rows
        for one in row["customers"]
    }
    assert ranks[last.customer_no] == 1
    assert ranks == {
        one.person.customer_no: one.rank for one in week.entries if one.person.customer_no in ranks
    }
    assert json.dumps(body)
