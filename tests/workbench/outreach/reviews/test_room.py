"""当日复盘 and the week's report: counted from the log against the list, written words kept and undone (domain 13.4)."""

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, many, put_customers, room
from workbench.outreach.reviews.review import ReviewWords
from workbench.outreach.reviews.room import Reviews
from workbench.outreach.room import Outreach

FRIDAY = "2026-11-20"


@pytest.fixture
def outreach(book: Book, monkeypatch: pytest.MonkeyPatch) -> Outreach:
    monkeypatch.setenv("WORKBENCH_TODAY", FRIDAY)
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


@pytest.fixture
def reviews(outreach: Outreach) -> Reviews:
    return outreach.reviews


def log(outreach: Outreach, number: int, result: str, channel: str = "call", **more: str) -> None:
    outreach.log_touch(f"90000{number:07d}", channel=channel, result=result, **more)  # type: ignore[arg-type]


def test_a_customer_counts_once_in_every_stage_that_he_came_to(outreach: Outreach, reviews: Reviews) -> None:
    log(outreach, 1, "no_answer")
    log(outreach, 1, "reached")
    log(outreach, 2, "appointment")
    log(outreach, 3, "met", "visit")
    log(outreach, 4, "done", "lobby")
    log(outreach, 5, "no_answer")
    log(outreach, 6, "no_answer", "visit")
    log(outreach, 7, "reached", date="2026-11-19")
    counts = reviews.of().counts
    assert (counts.called, counts.reached, counts.invited, counts.met, counts.done) == (6, 4, 1, 2, 1)


def test_planned_is_what_the_day_began_with(outreach: Outreach, reviews: Reviews) -> None:
    before = reviews.of()
    assert before.counts.planned == before.left > 0
    first = outreach.weeks.of().entries[0].person.customer_no
    outreach.log_touch(first, channel="call", result="reached")
    after = reviews.of()
    assert (after.counts.planned, after.left) == (before.left, before.left - 1)


def test_notes_of_objections_are_proposed_the_most_frequent_first(
    outreach: Outreach, reviews: Reviews
) -> None:
    log(outreach, 1, "declined", note="利率太低")
    for number in (2, 3):
        log(outreach, number, "considering", note="要和家人商量")
    log(outreach, 4, "reached", note="很高兴")
    log(outreach, 5, "declined")
    assert reviews.of().suggested.objections == "要和家人商量\n利率太低"


def test_what_is_written_is_kept_changed_and_undone(reviews: Reviews, book: Book) -> None:
    reviews.keep(FRIDAY, ReviewWords("利率太低", "先打李总", "开场白", "不错"))
    changed = reviews.keep(FRIDAY, ReviewWords("利率太低", "先打王总", "开场白", "不错"))
    assert reviews.of(FRIDAY).words.tomorrow == "先打王总"
    assert changed.undo_id is not None
    book.reverse(changed.undo_id, forward=False)
    assert reviews.of(FRIDAY).words == ReviewWords("利率太低", "先打李总", "开场白", "不错")
    reviews.keep(FRIDAY, ReviewWords())
    assert reviews.of(FRIDAY).words.empty
    assert reviews.of("2026-11-19").words.empty


def test_nothing_is_written_for_empty_words(reviews: Reviews) -> None:
    assert reviews.keep(FRIDAY, ReviewWords()).count == 0


def test_tomorrow_names_who_waits_again(outreach: Outreach, reviews: Reviews) -> None:
    assert reviews.of().suggested.tomorrow == ""  # the last workday of the week
    thursday = reviews.of("2026-11-19")
    planned = reviews.of().counts.planned
    assert thursday.suggested.tomorrow.startswith(f"{FRIDAY} 清单 {planned} 位")


def test_the_report_of_the_week_is_drafted_from_the_log(outreach: Outreach, reviews: Reviews) -> None:
    log(outreach, 1, "reached", date="2026-11-17")
    log(outreach, 2, "declined", date="2026-11-18", note="利率太低")
    outreach.promises.make("900000000001", "送对账单", FRIDAY)
    outreach.promises.make("900000000002", "回电话", FRIDAY)
    outreach.promises.end(outreach.promises.open()[0].id, kept=True)
    reviews.keep("2026-11-18", ReviewWords("利率太低", "", "倾听"))
    report = reviews.report()
    assert report.total.called == 2
    assert (report.kept, report.open) == (1, 1)
    assert report.text.splitlines()[0] == "2026-W47 周小结(2026-11-16 至 2026-11-22,按联系记录)"
    assert "周二 11-17:计划" in report.text
    assert "拨打 1 位,接通 1 位" in report.text
    assert "主要异议:利率太低" in report.text
    assert "练习:倾听" in report.text
    assert "主管的话" not in report.text
    assert [one.date for one in report.days] == [f"2026-11-{day}" for day in range(16, 21)]


def test_days_to_come_are_not_reported(reviews: Reviews, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-17")
    assert [one.date for one in reviews.report().days] == ["2026-11-16", "2026-11-17"]
