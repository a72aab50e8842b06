"""What a row of the three needs is asked for, granted or refused, and taken back (domain 5: the resource slip)."""

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from workbench.base.errors import WorkbenchError
from workbench.outreach.requests import ResourceRequest
from workbench.outreach.room import Outreach


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def outreach(book: Book) -> Outreach:
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


def test_each_of_the_three_has_a_request_that_nobody_made_yet(outreach: Outreach) -> None:
    ids = [item.id for item in outreach.plan(WEEK).needs_resources]
    requests = outreach.requests.of(WEEK)
    assert list(requests) == ids
    assert {one.state for one in requests.values()} == {"未申请"}


def test_a_request_is_made_answered_and_taken_back(outreach: Outreach) -> None:
    first = outreach.plan(WEEK).needs_resources[0].id
    assert first is not None
    before = outreach.book.fingerprint()
    made = outreach.requests.apply(first, " 找计财部 ")
    assert outreach.requests.of(WEEK)[first] == ResourceRequest(first, "2026-11-16", note="找计财部")
    answered = outreach.requests.answer(first, granted=False, day="2026-11-17")
    asked = outreach.requests.of(WEEK)[first]
    assert (asked.state, asked.answered, asked.note) == ("不批", "2026-11-17", "找计财部")
    for change in (answered, made):
        assert change.undo_id is not None
        outreach.book.reverse(change.undo_id)
    assert outreach.book.fingerprint() == before


def test_a_plan_that_something_was_asked_for_is_not_drafted_anew_and_a_new_draft_keeps_the_request(
    outreach: Outreach,
) -> None:
    plan = outreach.plan(WEEK)
    first = plan.needs_resources[0].id
    assert first is not None
    outreach.requests.apply(first)
    fewer = room(outreach.book, many({"red": 1}), {"calls": 10})
    assert fewer.plan(WEEK).needs_resources == plan.needs_resources
    again = outreach.redraft(WEEK)
    assert outreach.requests.of(WEEK)[first].applied
    assert again.needs_resources[0].id == first
    # a draft that lacks the row takes the request with it
    assert {one.applied for one in (fewer.redraft(WEEK) and fewer.requests.of(WEEK)).values()} == {""}


def test_only_rows_of_the_three_are_asked_for(outreach: Outreach) -> None:
    quick = outreach.plan(WEEK).quick_wins[0].id
    for item in (quick, 999):
        with pytest.raises(WorkbenchError) as caught:
            outreach.requests.apply(item or 0)
        assert caught.value.code == "no_such_row"
