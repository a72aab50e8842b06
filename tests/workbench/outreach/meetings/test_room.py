"""A meeting is recorded with the contact that it was and the promises that were made: one change, one undo."""

import pytest

from tests.books import new_workbench
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.contacts import NewContact
from workbench.outreach.meetings.meeting import MeetingTask, NewMeeting

NUMBER = "900000000001"


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    made = new_workbench(tmp_path_factory.mktemp("meetings") / "面谈.book")
    put_customers(made.book, [1])
    return made


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")


def visits(workbench: Workbench) -> int:
    with workbench.book.read() as conn:
        return int(conn.exec_driver_sql("select count(*) from touches where channel = 'visit'").scalar() or 0)


def test_a_meeting_with_contact_and_promises_is_one_change_and_one_undo(workbench: Workbench) -> None:
    room, promises = workbench.outreach.meetings, workbench.outreach.promises
    tasks = [
        MeetingTask("manager", "送对账单", "2026-11-27"), MeetingTask("customer", "带证件来", "2026-12-01"),
        MeetingTask("customer", "问家人"), MeetingTask("manager", " ", ""),
    ]  # fmt: skip
    contact = NewContact(NUMBER, "visit", "met", "2026-11-20")
    new = NewMeeting("2026-11-20", ["学费", " "], [("先留出学费", "明年九月要用")], tasks, contact)
    change = room.record(NUMBER, new)
    (held,) = room.of(NUMBER)
    assert (held.date, held.topics, held.advice) == (
        "2026-11-20",
        ("学费",),
        (("先留出学费", "明年九月要用"),),
    )
    assert [(one.who, one.text, one.by) for one in held.tasks] == [
        ("manager", "送对账单", "2026-11-27"), ("customer", "带证件来", "2026-12-01"), ("customer", "问家人", ""),
    ]  # fmt: skip
    assert [(one.text, one.due) for one in promises.open()] == [("送对账单", "2026-11-27")]
    assert visits(workbench) == 1
    assert change.undo_id is not None
    workbench.book.reverse(change.undo_id)
    assert (room.of(NUMBER), promises.open()) == ((), ())
    assert visits(workbench) == 0
    workbench.book.reverse(change.undo_id, forward=True)
    assert len(room.of(NUMBER)) == 1


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        (NewMeeting(), "nothing_agreed"), (NewMeeting("2026-11-24", ["学费"]), "date_in_future"),
        (NewMeeting(None, [], [("买基金", "")]), "no_reason"), (NewMeeting(None, [], [("稳赚不赔", "好")]), "red_line"),
        (NewMeeting(None, [], [], [MeetingTask("manager", "送对账单")]), "no_promise_date"),
        (NewMeeting(None, [], [], [MeetingTask("customer", "来", "2026-11-01")]), "past_date"),
        (NewMeeting(None, ["学" * 201]), "too_long"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(workbench: Workbench, new: NewMeeting, fault: str) -> None:
    before = len(workbench.outreach.meetings.of(NUMBER))
    with pytest.raises(WorkbenchError) as caught:
        workbench.outreach.meetings.record(NUMBER, new)
    assert caught.value.code == fault
    assert caught.value.sentence()
    assert len(workbench.outreach.meetings.of(NUMBER)) == before
