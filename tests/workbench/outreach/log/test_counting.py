"""One log gives one set of figures: the log's statistics, the evening review, the week's review and the goals (domain 12.4)."""

from collections.abc import Mapping

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from workbench.insight.churn.afterwards import reached as reached_after
from workbench.outreach.log.counting import CountingContacts
from workbench.outreach.review import review
from workbench.rules.parameters import Rules

NEXT = "2026-W48"


@pytest.mark.parametrize(
    ("channel", "result", "by", "counts"),
    [
        ("call", "no_answer", "manager", ""),
        ("visit", "no_answer", "manager", ""),
        ("call", "no_answer", "customer", "reached"),
        ("call", "declined", "manager", "reached"),
        ("call", "appointment", "manager", "reached invited"),
        ("lobby", "considering", "manager", "reached met"),
        ("call", "met", "manager", "reached met"),
        ("event", "reached", "manager", "reached"),
        ("visit", "done", "manager", "reached met deal"),
    ],
)
def test_what_a_contact_counts_as(channel: str, result: str, by: str, counts: str) -> None:
    counting = CountingContacts(Rules.load())
    answers: Mapping[str, bool] = {
        "reached": counting.reached(result, by), "invited": counting.invited(result),
        "met": counting.met(channel, result, by), "deal": counting.deal(result),
    }  # fmt: skip
    assert [name for name, true in answers.items() if true] == counts.split()


def test_the_same_log_gives_every_face_the_same_figures(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    listed = [one.person.customer_no for one in outreach.weeks.of(WEEK).entries]
    contacts = [
        ("call", "no_answer", "manager"), ("call", "no_answer", "customer"), ("visit", "no_answer", "manager"),
        ("call", "appointment", "manager"), ("lobby", "considering", "manager"), ("call", "met", "manager"),
        ("event", "reached", "manager"), ("visit", "done", "manager"), ("wecom", "other", "manager"),
    ]  # fmt: skip
    for no, (channel, result, by) in zip(listed, contacts, strict=False):
        outreach.log_touch(no, channel=channel, result=result, initiated_by=by)  # type: ignore[arg-type]
    log = outreach.log.statistics(outreach.log.of_week(WEEK)).everything
    evening = outreach.reviews.of("2026-11-20").counts
    week = review(book, NEXT, outreach.rules)
    with book.read() as conn:
        outcomes = reached_after(conn, outreach.rules, "2026-11-01")
    assert (log.contacts, log.reached, log.invited, log.met, log.done) == (9, 6, 1, 3, 1)
    assert (evening.called, evening.reached, evening.invited, evening.met, evening.done) == (9, 6, 1, 3, 1)
    assert week is not None
    assert (week.reached, week.appointments, week.deals) == (6, 1, 1)
    assert len(outcomes) == 6
    assert sum(one.reached for one in outreach.weeks.of(WEEK).entries) == 6
