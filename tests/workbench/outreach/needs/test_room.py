"""Needs in a book: recorded with evidence and promise as one change, judged from the contact log, ended, counted by class."""

from collections.abc import Callable

import pytest

from db.engine import Book
from tests.books import new_workbench
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.contacts import NewContact, log_touch
from workbench.outreach.needs.judged import JudgedNeed
from workbench.outreach.needs.need import NewNeed
from workbench.outreach.needs.proposing import NeedProposal
from workbench.outreach.needs.room import Needs
from workbench.rules.parameters import Rules

NUMBER = "900000000001"
RULES = Rules.load()


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return new_workbench(tmp_path_factory.mktemp("needs") / "需求.book")


@pytest.fixture(scope="module")
def book(workbench: Workbench) -> Book:
    put_customers(workbench.book, [1, 2])
    return workbench.book


@pytest.fixture
def room(book: Book, monkeypatch: pytest.MonkeyPatch) -> Needs:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")
    return Needs(book, RULES, lambda _conn, _people, _day: {})


def mine(room: Needs) -> list[JudgedNeed]:
    return [one for one in room.all() if one.customer_no == NUMBER]


def code(call: Callable[[], object]) -> str:
    with pytest.raises(WorkbenchError) as caught:
        call()
    assert caught.value.sentence()
    return caught.value.code


def test_a_need_with_evidence_and_promise_is_one_change_and_one_undo(
    workbench: Workbench, room: Needs, book: Book
) -> None:
    new = NewNeed(
        "还房贷", consequence="high", deadline="2026-12-20", next_step="算提前还款", next_by="2026-11-27"
    )
    change = room.record(NUMBER, new)
    (one,) = mine(room)
    assert (one.of.code, one.step.code, one.need.next_step) == ("rigid", "now", "算提前还款")
    assert [e.kind for e in one.need.evidence] == ["said"]
    assert [p.text for p in workbench.outreach.promises.open()] == ["算提前还款"]
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert mine(room) == []
    assert workbench.outreach.promises.open() == ()
    book.reverse(change.undo_id, forward=True)
    room.end(mine(room)[0].need.id, "met", "还了")
    (over,) = mine(room)
    assert (over.need.state, over.loop) == ("met", "2026-11-23 已满足、还了")
    assert code(lambda: room.end(over.need.id, "met")) == "no_such_need"
    told = {one.code: one for one in room.conversion(room.all())}
    assert (told["rigid"].met, told["rigid"].share, told["pseudo"].share) == (1, 1.0, None)
    assert "95% 区间 21%-100%" in told["rigid"].words


def test_the_text_of_a_contact_is_a_need_that_nobody_has_judged_yet(room: Needs, book: Book) -> None:
    log_touch(book, RULES, NewContact(NUMBER, "call", "interested", "2026-09-01", need="孩子留学"))
    log_touch(book, RULES, NewContact(NUMBER, "call", "interested", "2026-09-10"))
    (one,) = [one for one in mine(room) if one.need.open]
    assert (one.need.judged, one.of.code, one.of.question) == (False, "unsure", "judge")
    # judged, it stands once: with the day on which he spoke of it
    room.record(NUMBER, NewNeed("孩子留学", date="2026-09-01", touch_id=one.need.touch_id))
    (one,) = [one for one in mine(room) if one.need.open]
    assert (one.need.judged, one.of.code, one.contact is not None) == (True, "pseudo", True)
    room.add_evidence(one.need.id, "did", note="办了护照")
    (one,) = [one for one in mine(room) if one.need.open]
    assert one.of.code == "unsure"
    assert code(lambda: room.add_evidence(one.need.id, "did", "2026-11-24")) == "date_in_future"
    room.change(one.need.id, NewNeed("孩子留学", elastic=True))
    assert [one.of.code for one in mine(room) if one.need.open] == ["elastic"]
    room.end(one.need.id, "dropped")


def test_a_proposal_is_confirmed_as_hidden_or_dismissed(room: Needs) -> None:
    idle = NeedProposal("idle", "闲置活期的安排", "活期里约 12.0万", "?", "2026-10-31")
    room.confirm(NUMBER, idle)
    (one,) = [one for one in mine(room) if one.need.open]
    assert (one.of.code, one.scene) == ("hidden", "活期闲置")
    assert "(数据日期 2026-10-31)" in one.of.reason
    room.dismiss(NUMBER, NeedProposal("maturing", "到期", "30 天内到期", "?", "2026-10-31"))
    assert ("maturing", "dropped") in [(one.need.scene, one.need.state) for one in mine(room)]


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (NewNeed(" "), "no_text"), (NewNeed("一" * 61), "too_long"), (NewNeed("买房", deadline="2026-11-22"), "past_date"),
        (NewNeed("买房", deadline="明年"), "bad_date"), (NewNeed("买房", consequence="huge"), "bad_choice"),
        (NewNeed("买房", date="2026-11-24"), "date_in_future"), (NewNeed("买房", next_by="2026-12-01"), "no_step"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(room: Needs, new: NewNeed, fault: str) -> None:
    assert code(lambda: room.record(NUMBER, new)) == fault
