"""The one ranked list of a week: promises first, everybody once, ticked by what was logged (issue 13)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.outreach.week.made import (
    DAYS,
    contacts,
    item,
    listed,
    numbers,
    plan,
    planned,
    promise,
)
from workbench.outreach.reason import PROMISE, WeekPerson, WeekReason
from workbench.outreach.week.listing import DueReason


def test_promises_stand_first_by_their_day_and_the_plan_follows_in_its_order() -> None:
    week = listed(
        plan(item("a", planned(3), planned(1)), item("b", planned(2)), order=(2, 3, 1)),
        [promise(9, DAYS[3]), promise(1, DAYS[1])],
    )
    assert numbers(week.entries) == [1, 9, 2, 3]
    assert [one.rank for one in week.entries] == [1, 2, 3, 4]
    assert week.ranks == {1: 1, 9: 2, 2: 3, 3: 4}


def test_who_is_promised_something_and_planned_stands_once_with_both_reasons() -> None:
    week = listed(plan(item("a", planned(1, DAYS[0]))), [promise(1, DAYS[2]), promise(1, DAYS[4])])
    (entry,) = week.entries
    assert [one.sentence for one in entry.reasons] == ["答应过1", "答应过1", "理由1"]
    assert (entry.row, entry.script, entry.planned, entry.promised) == ("5-1", "话术a", DAYS[0], DAYS[2])
    assert entry.day == DAYS[0]  # the earlier of the two


def test_a_promise_that_was_drafted_with_the_plan_and_kept_since_is_still_a_reason_of_the_row() -> None:
    kept = WeekReason(PROMISE, PROMISE, "答应过的事", "答应过", "", DAYS[0])
    (entry,) = listed(plan(item("a", planned(1, reasons=[kept])))).entries
    assert entry.reasons == (kept,)


@pytest.mark.parametrize(
    ("due", "day"), [("2026-11-10", DAYS[0]), (DAYS[2], DAYS[2]), ("2026-11-22", DAYS[4])]
)
def test_the_day_is_a_workday_of_the_week(due: str, day: str) -> None:
    week = listed(plan(item("a", planned(1), due=due)), [promise(2, due)])
    assert {one.day for one in week.entries} == {day}


def test_a_customer_on_two_rows_stands_at_the_first_and_names_the_other() -> None:
    week = listed(plan(item("a", planned(1)), item("b", planned(2), planned(1))))
    assert [(one.person.customer_id, one.row, one.also) for one in week.entries] == [
        (1, "5-1", ("5-2",)),
        (2, "5-2", ()),
    ]
    assert numbers(week.of_row("5-2")) == [1, 2]


def test_a_contact_ticks_him_and_one_that_did_not_reach_him_does_not() -> None:
    log = {1: contacts((DAYS[0], False)), 2: contacts((DAYS[0], True), (DAYS[1], False))}
    week = listed(plan(item("a", planned(1), planned(2), planned(3))), log=log)
    assert [one.reached for one in week.entries] == [False, True, False]
    assert [one.as_json()["result"] for one in week.entries] == ["no_answer", "no_answer", ""]


def test_an_open_promise_keeps_somebody_who_was_reached_on_the_list() -> None:
    log = {1: contacts((DAYS[0], True)), 2: contacts((DAYS[0], True))}
    week = listed(plan(item("a", planned(1), planned(2))), [promise(1, DAYS[4])], log)
    assert [(one.reached, one.settled) for one in week.entries] == [(True, False), (True, True)]


def test_a_row_ticked_by_hand_ticks_its_customers() -> None:
    week = listed(
        plan(item("a", planned(1), result="done"), item("b", planned(2, result="half"), planned(3)))
    )
    assert [one.settled for one in week.entries] == [True, True, False]


@given(
    st.lists(st.lists(st.integers(1, 30), max_size=8, unique=True), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from(DAYS)), max_size=6),
    st.permutations(range(1, 31)),
)
@law(examples=300)
def test_everybody_of_the_plan_and_of_the_promises_stands_on_it_once(
    rows: list[list[int]], owed: list[tuple[int, str]], order: list[int]
) -> None:
    made = plan(*(item(str(n), *map(planned, people)) for n, people in enumerate(rows)), order=order)
    week = listed(made, [promise(*one) for one in owed])
    people = numbers(week.entries)
    assert sorted(people) == sorted({*(one for row in rows for one in row), *(one for one, _day in owed)})
    promised = {one for one, _day in owed}
    assert [one in promised for one in people] == sorted((one in promised for one in people), reverse=True)
    rest = [one for one in people if one not in promised]
    assert rest == [one for one in order if one in rest]


def test_who_complains_is_listed_for_nothing_that_sells_whatever_his_row_says() -> None:
    sells = WeekReason("calendar", "calendar_raise", "一次提议", "可以谈养老金", "", DAYS[1])
    cares = WeekReason("calendar", "calendar", "年度触点", "45天内要联系一次", "", DAYS[1])
    made = plan(item("calendar_raise", planned(1, DAYS[1], reasons=(sells, cares))))
    complains = DueReason(
        WeekPerson(1, "N1", "客户1", None),
        WeekReason("complaint", "complaint", "投诉时限", "今天就回", "", DAYS[0]),
    )
    assert [one.kind for one in listed(made).entries[0].reasons] == ["calendar_raise", "calendar"]
    assert [one.kind for one in listed(made, [complains]).entries[0].reasons] == ["complaint", "calendar"]
