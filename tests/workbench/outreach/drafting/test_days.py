"""Days of a week: nobody late as long as that can be, no day over its room (levelling, domain 5)."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from workbench.outreach.drafting.days import DayJob, spread

WEEK = tuple(f"2026-11-{day}" for day in range(16, 21))


@st.composite
def jobs(draw: st.DrawFn) -> list[DayJob]:
    return [
        DayJob(number, draw(st.sampled_from(WEEK)), draw(st.booleans()), draw(st.booleans()))
        for number in range(draw(st.integers(0, 40)))
    ]


@given(jobs(), st.integers(1, 15), st.integers(1, 12))
@law(examples=300)
def test_no_day_is_over_its_room_as_long_as_there_is_room_in_the_week(
    listed: list[DayJob], most: int, calls: int
) -> None:
    days = spread(listed, WEEK, most, calls)
    assert set(days) == {one.customer_id for one in listed}
    by_id = {one.customer_id: one for one in listed}
    people = Counter(days.values())
    called = Counter(day for id_, day in days.items() if by_id[id_].call)
    # what does not fit into the week stands on the last day
    assert all(people[day] <= most for day in WEEK[:-1])
    if len(listed) <= most * len(WEEK):
        assert people[WEEK[-1]] <= most
    if all(one.call for one in listed) and len(listed) <= min(most, calls) * len(WEEK):
        assert all(called[day] <= calls for day in WEEK)
    if len(listed) <= most and sum(one.call for one in listed) <= calls:
        assert all(days[one.customer_id] == one.due for one in listed if one.fixed)
        assert all(days[one.customer_id] <= one.due for one in listed)


def test_a_day_full_of_messages_leaves_its_calls_to_the_days_that_have_places() -> None:
    messages = [DayJob(n, WEEK[4], call=False, fixed=True) for n in range(3)]
    days = spread([*messages, *(DayJob(n, WEEK[4]) for n in range(10, 20))], WEEK, 3, 2)
    assert max(Counter(days.values()).values()) == 3


@given(st.lists(st.sampled_from(WEEK), max_size=20), st.integers(1, 5))
@law(examples=300)
def test_nobody_is_late_where_any_order_keeps_everybody_in_time(dues: list[str], most: int) -> None:
    listed = [DayJob(number, due) for number, due in enumerate(dues)]
    days = spread(listed, WEEK, most, most)
    # everybody fits when up to each day no more is due than the days have room for
    fits = all(sum(due <= day for due in dues) <= most * (n + 1) for n, day in enumerate(WEEK))
    if fits:
        assert all(days[one.customer_id] <= one.due for one in listed)


def test_of_equal_deadlines_the_working_order_decides() -> None:
    days = spread([DayJob(n, WEEK[2]) for n in (3, 1, 2)], WEEK, 2, 2)
    assert days == {3: WEEK[0], 1: WEEK[0], 2: WEEK[1]}


def test_a_deadline_before_the_days_that_are_left_takes_the_first_of_them() -> None:
    assert spread([DayJob(1, WEEK[0], fixed=True)], WEEK[3:], 2, 2) == {1: WEEK[3]}


@given(jobs(), st.sets(st.sampled_from(WEEK)), st.integers(1, 15), st.integers(1, 12))
@law(examples=200)
def test_whom_we_market_to_stands_on_no_silent_day(
    listed: list[DayJob], silent: set[str], most: int, calls: int
) -> None:
    sold = [replace(one, sells=one.customer_id % 2 == 0) for one in listed]
    days = spread(sold, WEEK, most, calls, silent, "2026-11-23")
    assert not silent & {days[one.customer_id] for one in sold if one.sells}
    assert set(days.values()) <= {*WEEK, "2026-11-23"}
    if not silent:
        assert days == spread(listed, WEEK, most, calls)
