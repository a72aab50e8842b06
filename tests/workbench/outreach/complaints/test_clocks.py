"""Both clocks of a complaint: workdays over weekends and days off, calendar days, approvals, minutes of a call, what is over."""

import pytest

from workbench.base.workdays import shipped
from workbench.outreach.complaints.clocks import ClockFacts, ComplaintClocks, clocks_of, legal_days
from workbench.rules.parameters import Rules

RULES = Rules.load()


def at(now: str, received: str, channel: str = "phone", **more: object) -> ComplaintClocks:
    return clocks_of(ClockFacts(received, channel, **more), now, shipped(), RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "solution", "legal"),
    [
        # a Friday: the weekend is no workday, but the law counts it, and a Saturday may be the last day
        ("2026-11-13 10:00", "2026-11-18", "2026-11-28"),
        # Saturday October 10 is worked for the National Day
        ("2026-10-08 10:00", "2026-10-12", "2026-10-23"),
        # before the Spring Festival: February 14 is worked, the 15th to the 23rd are off
        ("2026-02-13 10:00", "2026-02-25", "2026-02-28"),
        # received on a day off: the first workday after it is the first of the three
        ("2026-11-15 10:00", "2026-11-18", "2026-11-30"),
    ],
)  # fmt: skip
def test_one_clock_counts_workdays_and_the_other_every_day(received: str, solution: str, legal: str) -> None:
    clocks = at(received, received)
    assert (clocks.solution.due, clocks.legal.due) == (solution, legal)
    assert [one.code for one in clocks.both] == ["first", "solution", "legal"]


def test_approvals_make_the_legal_time_longer_and_never_the_own_one() -> None:
    assert [legal_days(None, RULES), legal_days("complex", RULES), legal_days("special", RULES)] == [
        15,
        30,
        60,
    ]
    received = "2026-11-13 10:00"
    complex_, special = (at(received, received, extension=kind) for kind in ("complex", "special"))
    assert (complex_.legal.due, special.legal.due) == ("2026-12-13", "2027-01-12")
    assert complex_.solution.due == special.solution.due == "2026-11-18"


def test_a_call_is_answered_within_minutes_and_anything_else_on_the_day() -> None:
    call = at("2026-11-13 10:20", "2026-11-13 10:00").first
    assert (call.due, call.state, call.left, call.unit) == ("2026-11-13 10:30", "soon", 10, "minutes")
    late = at("2026-11-16 09:00", "2026-11-13 10:00", answered="2026-11-13 11:45").first
    assert (late.state, late.over, late.words) == ("late", 75, "2026-11-13 11:45 才做到,超了 1 小时")
    day = at("2026-11-13 18:00", "2026-11-13 10:00", "counter").first
    assert (day.due, day.state) == ("2026-11-13", "soon")
    assert at("2026-11-14 09:00", "2026-11-13 10:00", "counter").first.over == 1
    assert at("2026-11-13 18:00", "2026-11-13").first.basis == "当天(不知道几点来电)"


def test_what_is_over_says_by_how_much_in_its_own_days() -> None:
    clocks = at("2026-12-01 09:00", "2026-11-13 10:00")
    assert clocks.solution.words == "2026-11-18 到期,已超 9 个工作日"
    assert clocks.legal.words == "2026-11-28 到期,已超 3 天"
    assert at("2026-11-28 09:00", "2026-11-13 10:00").legal.words == "今天(2026-11-28)到期"
    # a weekend after a Friday is over, though no workday went by
    assert at("2026-11-21 09:00", "2026-11-17 10:00").solution.over == 1


def test_the_earlier_of_our_day_and_that_of_the_list_counts() -> None:
    early = at("2026-11-13 11:00", "2026-11-13 10:00", listed="2026-11-20")
    assert (early.end.code, early.end.due) == ("list", "2026-11-20")
    assert [one.code for one in early.both] == ["first", "solution", "legal", "list"]
    assert at("2026-11-13 11:00", "2026-11-13 10:00", listed="2026-12-20").end.code == "legal"
    answered = at("2026-11-13 11:00", "2026-11-13 10:00", answered="2026-11-13 10:05", listed="2026-11-16")
    assert answered.earliest is not None
    assert answered.earliest.code == "list"


def test_without_a_file_it_is_not_known_who_answered_or_when_the_solution_was_given() -> None:
    bare = at("2026-11-16 09:00", "2026-11-13", filed=False)
    assert (bare.first.state, bare.solution.state) == ("unknown", "soon")
    late = at("2026-11-30 09:00", "2026-11-13", filed=False, closed="2026-11-24", settled=True)
    assert (late.solution.state, late.legal.state, late.follow) == ("unknown", "met", None)
    undated = at("2026-11-30 09:00", "2026-11-13", filed=False, settled=True)
    assert {one.state for one in undated.both} == {"unknown"}
    assert undated.earliest is None


def test_a_decision_stops_the_clocks_and_closing_begins_the_follow_up() -> None:
    given = at(
        "2026-11-30 09:00", "2026-11-13 10:00", answered="2026-11-13 10:05", decided="2026-11-17 15:00"
    )
    assert [one.state for one in given.both] == ["met", "met", "met"]
    closed = at(
        "2026-11-30 09:00", "2026-11-13 10:00", answered="2026-11-13 10:05", decided="2026-11-17 15:00",
        closed="2026-11-20", settled=True,
    )  # fmt: skip
    assert closed.follow is not None
    assert (closed.follow.due, closed.follow.over) == ("2026-11-27", 3)


def test_of_a_list_the_closing_tells_nothing_of_the_first_answer_unless_it_was_on_that_day() -> None:
    late = at("2026-11-20 09:00", "2026-11-13", "counter", closed="2026-11-18", filed=False).first
    assert (late.state, late.over) == ("unknown", 0)
    same = at("2026-11-20 09:00", "2026-11-13", "counter", closed="2026-11-13", filed=False).first
    assert same.state == "met"
