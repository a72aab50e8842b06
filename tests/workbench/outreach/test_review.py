"""How the week before went (domain 5): the completion rate, and why rows were not done."""

from dataclasses import replace

import pytest

from db.engine import Book
from tests.workbench.outreach.made import FULL, WEEK, many, put_customers, room
from workbench.outreach.review import WeekReview, review, week_before

NEXT = "2026-W48"


def week(done: int = 0, half: int = 0, missed: int = 0, unticked: int = 0) -> WeekReview:
    return WeekReview(WEEK, done, half, missed, unticked, ())


@pytest.mark.parametrize(
    ("counts", "rate"),
    [
        ({"done": 9}, 1.0),
        ({"half": 9}, 0.5),
        ({"missed": 9}, 0.0),
        ({"done": 3, "half": 2, "missed": 1, "unticked": 3}, 4 / 9),
        ({"unticked": 9}, None),
        ({}, None),
    ],
)
def test_half_done_counts_half_and_nothing_ticked_is_no_rate(
    counts: dict[str, int], rate: float | None
) -> None:
    made = week(**counts)
    assert made.rate == (None if rate is None else pytest.approx(rate))
    assert made.rows == sum(counts.values())


@pytest.mark.parametrize(
    ("week_", "before"),
    [("2026-W47", "2026-W46"), ("2026-W01", "2025-W52"), ("2027-W01", "2026-W53")],
)
def test_the_week_before_crosses_the_year(book: Book, week_: str, before: str) -> None:
    with book.read() as conn:
        assert week_before(conn, week_) == before


def test_the_reasons_of_missed_rows_are_counted_the_most_frequent_first(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    plan = outreach.plan(WEEK)
    codes = [code for code, _name in outreach.missed()]
    ends = ["done", f"missed:{codes[1]}", f"missed:{codes[1]}", f"missed:{codes[0]}", "half"]
    rows = tuple(replace(row, result=end) for row, end in zip(plan.quick_wins, ends, strict=True))
    outreach.save(replace(plan, quick_wins=rows))
    made = review(book, NEXT)
    assert made is not None
    assert (made.week, made.done, made.half, made.missed, made.unticked) == (WEEK, 1, 1, 3, 4)
    names = dict(outreach.missed())
    assert made.reasons == ((names[codes[1]], 2), (names[codes[0]], 1))


def test_a_week_after_one_without_a_plan_has_nothing_to_review(book: Book) -> None:
    assert review(book, NEXT) is None


def test_four_weeks_tell_rows_and_people(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    put_customers(book, range(1, 93))
    outreach = room(book, many(FULL))
    for week, day in (("2026-W44", "2026-10-26"), ("2026-W46", "2026-11-09"), ("2026-W47", "2026-11-16")):
        monkeypatch.setenv("WORKBENCH_TODAY", day)
        plan = outreach.plan(week)
        outreach.confirm(week)
        people = plan.quick_wins[0].customers
        for customer, result in zip(people, ("reached", "appointment", "done", "no_answer"), strict=False):
            outreach.log_touch(customer.customer_no, channel="call", result=result, date=day)
    reviews = outreach.history("2026-W48")
    assert [one.week for one in reviews] == ["2026-W47", "2026-W46", "2026-W44"]
    one = reviews[0]
    assert (one.planned, one.reached, one.appointments, one.deals) == (plan.customers_named(), 3, 1, 1)
    # a week that lies back farther than four is none of them
    assert [one.week for one in outreach.history("2026-W49")] == ["2026-W47", "2026-W46"]
