"""The log of a week or a month: counted by three values, corrected and taken back with what was promised."""

import pytest

from db.engine import Book
from tests.workbench.outreach.made import put_customers, room
from workbench.base.errors import WorkbenchError
from workbench.outreach.contacts import NewContact
from workbench.outreach.log.logged import LogFilter
from workbench.outreach.room import Outreach

ONE, TWO = "900000000001", "900000000002"


@pytest.fixture
def outreach(book: Book, monkeypatch: pytest.MonkeyPatch) -> Outreach:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-18")
    put_customers(book, range(1, 4))
    made = room(book, [])
    made.log_touch(ONE, channel="call", result="no_answer", date="2026-11-16")
    made.log_touch(ONE, channel="call", result="appointment", date="2026-11-17", next_date="2026-11-19")
    made.log_touch(
        TWO, channel="visit", result="done", amount="5万", promise="复印件", promise_by="2026-11-20"
    )
    made.log_touch(TWO, channel="wecom", result="other", initiated_by="customer", date="2026-11-09")
    return made


def test_a_week_is_counted_by_channel_result_and_week(outreach: Outreach) -> None:
    log = outreach.log
    week = log.statistics(log.of_week())
    every = week.everything
    assert (every.contacts, every.reached, every.invited, every.met, every.done) == (3, 2, 1, 1, 1)
    assert every.rate == pytest.approx(2 / 3)
    assert [(one.code, one.contacts, one.reached) for one in week.channels] == [
        ("call", 2, 1),
        ("visit", 1, 1),
    ]
    assert [one.code for one in week.results] == ["no_answer", "appointment", "done"]
    month = log.statistics(log.of_month("2026-11"))
    assert [(one.code, one.contacts, one.reached) for one in month.weeks] == [
        ("2026-W46", 1, 1),
        ("2026-W47", 3, 2),
    ]


def test_of_what_was_not_logged_there_is_no_rate(outreach: Outreach) -> None:
    log = outreach.log
    before = log.statistics(log.of_month("2026-10"))
    assert (before.everything.contacts, before.everything.rate, before.channels) == (0, None, ())
    assert before.began == "2026-11-09"


def test_the_contacts_are_filtered_and_stand_newest_first(outreach: Outreach) -> None:
    log = outreach.log
    week = log.of_week()
    assert [one.date for one in log.contacts(week)] == ["2026-11-18", "2026-11-17", "2026-11-16"]
    calls = LogFilter(week.since, week.until, channel="call")
    assert [one.result for one in log.contacts(calls)] == ["appointment", "no_answer"]
    his = LogFilter("2026-11-01", "2026-11-30", customer=TWO)
    first = log.contacts(his)[0]
    assert (log.count(his), first.amount, first.promise, first.reached) == (2, 50_000_00, "复印件", True)


def test_a_contact_is_corrected_with_its_promise_and_undo_brings_it_back(outreach: Outreach) -> None:
    log, before = outreach.log, outreach.book.fingerprint()
    wanted = NewContact(TWO, "visit", "met", "2026-11-17", promise="户口本", promise_by="2026-11-23")
    change = log.correct(3, wanted)
    (mended,) = log.contacts(LogFilter("2026-11-17", "2026-11-18", customer=TWO))
    assert (mended.date, mended.result, mended.amount, mended.promise) == (
        "2026-11-17",
        "met",
        None,
        "户口本",
    )
    assert [(one.text, one.due) for one in outreach.promises.open()] == [("户口本", "2026-11-23")]
    assert change.undo_id is not None
    outreach.book.reverse(change.undo_id)
    assert outreach.book.fingerprint() == before


def test_a_contact_is_taken_back_with_what_was_promised_in_it(outreach: Outreach) -> None:
    log = outreach.log
    change = log.take_back(3)
    assert log.count(log.of_week()) == 2
    assert outreach.promises.open() == ()
    assert change.undo_id is not None
    outreach.book.reverse(change.undo_id)
    assert len(outreach.promises.open()) == 1
    with pytest.raises(WorkbenchError) as caught:
        log.take_back(99)
    assert caught.value.code == "no_such_contact"


@pytest.mark.parametrize(("read", "word"), [("of_week", "47周"), ("of_month", "十一月")])
def test_a_week_or_month_that_is_none_is_refused(outreach: Outreach, read: str, word: str) -> None:
    with pytest.raises(WorkbenchError):
        getattr(outreach.log, read)(word)
