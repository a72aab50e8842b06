"""The list of a day is a filter of the week's, holds what a day has room for, and is emptied by its contacts (issue 13)."""

from collections.abc import Mapping
from dataclasses import replace

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
from workbench.outreach.reason import WeekReason
from workbench.outreach.today.share import day_share
from workbench.outreach.week.entry import WeekList

MOST = 15
Log = Mapping[int, list[tuple[str, bool]]]

_people = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(DAYS)), max_size=50, unique_by=lambda x: x[0]
)
_promises = st.lists(st.tuples(st.integers(1, 70), st.sampled_from(DAYS)), max_size=5)
_log = st.dictionaries(
    st.integers(1, 70), st.lists(st.tuples(st.sampled_from(DAYS), st.booleans()), max_size=3), max_size=25
)


def week_of(
    people: list[tuple[int, str]], owed: list[tuple[int, str]], log: Log, ticked: int = 0
) -> WeekList:
    made = plan(item("a", *(planned(n, day, "done" if n == ticked else "") for n, day in people)))
    told = {number: contacts(*logged) for number, logged in log.items()}
    return listed(made, [promise(*one) for one in owed], told)


@given(_people, _promises, _log, st.integers(1, 60))
@law(examples=400, few=40)
def test_every_day_is_a_filter_of_the_week_in_its_order_with_at_most_fifteen(
    people: list[tuple[int, str]], owed: list[tuple[int, str]], log: Log, ticked: int
) -> None:
    week = week_of(people, owed, log, ticked)
    for day in DAYS:
        share = day_share(week, day, MOST, 5)
        for part in (share.listed, share.done, share.moved):
            ranks = [one.rank for one in part]
            assert ranks == sorted(set(ranks))
            assert set(part) <= set(week.entries)
        assert len(share.listed) <= MOST
        assert not {*numbers(share.listed)} & {*numbers(share.done), *numbers(share.moved)}
        assert len(share.listed) == MOST or not share.moved or share.done


@given(_people, _promises, _log)
@law(examples=400, few=40)
def test_logging_each_listed_contact_empties_the_day(
    people: list[tuple[int, str]], owed: list[tuple[int, str]], log: Log
) -> None:
    for day in DAYS:
        left = day_share(week_of(people, owed, log), day, MOST).listed
        so_far = dict(log)
        for number, one in enumerate(left):
            id_ = one.person.customer_id
            so_far[id_] = [*so_far.get(id_, ()), (day, number % 2 == 0)]
            after = day_share(week_of(people, owed, so_far), day, MOST)
            # the others stay as they were: nobody is pulled forward
            assert numbers(after.listed) == numbers(left)[number + 1 :]
            assert id_ in numbers(after.done)
        assert day_share(week_of(people, owed, so_far), day, MOST).listed == ()


@given(_people, _promises, _log)
@law(examples=400, few=40)
def test_everybody_comes_up_by_friday_or_was_dealt_with_or_is_said_to_move(
    people: list[tuple[int, str]], owed: list[tuple[int, str]], log: Log
) -> None:
    week = week_of(people, owed, log)
    shares = [day_share(week, day, MOST) for day in DAYS]
    came = {n for share in shares for part in (share.listed, share.done) for n in numbers(part)}
    moved = {*numbers(shares[-1].moved)}
    assert {*numbers(week.entries)} <= came | moved


def test_who_was_not_reached_is_listed_again_on_the_next_workday_and_who_was_is_not() -> None:
    log = {1: [(DAYS[0], False)], 2: [(DAYS[0], True)]}
    week = week_of([(1, DAYS[0]), (2, DAYS[0]), (3, DAYS[1])], [], log)
    monday, tuesday = day_share(week, DAYS[0], MOST), day_share(week, DAYS[1], MOST)
    assert (numbers(monday.listed), numbers(monday.done)) == ([], [1, 2])
    assert numbers(tuesday.listed) == [1, 3]


def test_nobody_is_pulled_forward_and_who_is_left_waits_on() -> None:
    week = week_of([(1, DAYS[2]), (2, DAYS[0])], [], {})
    assert [numbers(day_share(week, day, MOST).listed) for day in DAYS[:3]] == [[2], [2], [1, 2]]


def test_an_early_contact_settles_a_later_day() -> None:
    week = week_of([(1, DAYS[3])], [], {1: [(DAYS[0], True)]})
    assert numbers(day_share(week, DAYS[0], MOST).done) == [1]
    assert day_share(week, DAYS[3], MOST).listed == ()


def test_who_was_reached_comes_up_again_on_the_day_of_a_promise() -> None:
    week = week_of([(1, DAYS[0])], [(1, DAYS[3])], {1: [(DAYS[0], True)]})
    assert [numbers(day_share(week, day, MOST).listed) for day in DAYS] == [[], [], [], [1], [1]]


def test_the_rest_moves_to_the_next_day_with_promises_first() -> None:
    week = week_of([(n, DAYS[0]) for n in range(1, 21)], [(20, DAYS[0])], {})
    share = day_share(week, DAYS[0], MOST)
    assert numbers(share.listed) == [20, *range(1, 15)]
    assert numbers(share.moved) == [15, 16, 17, 18, 19]
    done = {n: [(DAYS[0], True)] for n in numbers(share.listed)}
    after = week_of([(n, DAYS[0]) for n in range(1, 21)], [], done)
    assert numbers(day_share(after, DAYS[1], MOST).listed) == [15, 16, 17, 18, 19]


def test_a_tick_by_hand_takes_him_off() -> None:
    week = week_of([(1, DAYS[0]), (2, DAYS[0])], [], {}, ticked=1)
    share = day_share(week, DAYS[0], MOST)
    assert (numbers(share.listed), numbers(share.done)) == ([2], [1])
    assert numbers(day_share(week, DAYS[1], MOST).listed) == [2]


def test_on_a_silent_day_who_is_marketed_to_waits_and_what_was_promised_is_kept() -> None:
    """Row `raise_level` markets, row `mature` does not (domain 6.5)."""
    made = plan(
        item("raise_level", planned(1, DAYS[0]), planned(2, DAYS[1])),
        item("mature", planned(3, DAYS[1]), number=2),
    )
    week = replace(listed(made, [promise(2, DAYS[1])]), silent=frozenset((DAYS[1],)))
    shares = {day: day_share(week, day, MOST) for day in DAYS[:3]}
    assert [numbers(shares[day].listed) for day in DAYS[:3]] == [[1], [2, 3], [2, 1, 3]]
    assert numbers(shares[DAYS[1]].moved) == [1]


def test_red_lights_keep_places_on_a_day_on_which_more_files_run_out_than_it_holds() -> None:
    red = (WeekReason("lights", "red", "红灯", "月日均下降", "", DAYS[0]),)
    made = plan(item("keep", *(planned(n, DAYS[0], reasons=red) for n in (31, 32))))
    week = listed(made, [promise(n, DAYS[0]) for n in range(11, 29)], {})
    assert numbers(day_share(week, DAYS[0], MOST).listed) == [*range(11, 26)]
    share = day_share(week, DAYS[0], MOST, 5)
    assert numbers(share.listed) == [*range(11, 24), 31, 32]
    assert numbers(share.moved) == [24, 25, 26, 27, 28]
    # one place is one light; who is on the list already takes none
    assert numbers(day_share(week, DAYS[0], MOST, 1).listed) == [*range(11, 25), 31]
    after = listed(made, [promise(n, DAYS[0]) for n in range(11, 29)], {31: contacts((DAYS[0], True))})
    assert numbers(day_share(after, DAYS[0], MOST, 5).listed) == [*range(11, 24), 32]
