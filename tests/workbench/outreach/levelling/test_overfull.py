"""What does not fit is proven: the demand of its span, counted anew, is more than there is (domain 6.8)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.outreach.levelling.made import START, RandomBook, book, cadences, wishes_table, workdays
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import (
    BARRED,
    CAPPED,
    LEFT_OUT,
    MERGED,
    DayRoom,
    OverfullSpan,
    WayOut,
)
from workbench.people.contact_caps import TouchLimits

books = st.builds(
    book,
    st.integers(0, 10_000),
    st.sampled_from([50, 120]),
    wishes=st.sampled_from([0.0, 1.0, 4.0]),
    load=st.sampled_from([1.1, 2.0, 5.0]),
    heads=st.sampled_from([0.3, 0.9]),
)


def _least(random: RandomBook, span: OverfullSpan) -> int:
    """Seconds that a span needs at least: its wishes, and of each cadence what a customer needs who heard from us on the last
    workday before, less what his talks may save."""
    placed = level(random.wishes, random.cadence, random.limits, random.room, start=START)
    days = random.room.days.tolist()
    table, count = random.wishes, len(random.wishes.customer)
    state = placed.state[:count]
    above = 4
    head = np.isin(table.customer, random.cadence.customer[random.cadence.head])
    owed = (table.kind == 0) | (head & (table.priority <= above))
    made = ~np.isin(state, [BARRED, CAPPED, MERGED, LEFT_OUT]) & (
        placed.ground[:count] != placed.grounds.index("no_workday")
    )
    inside = (table.first >= (span.first if span.first > days[0] else 0)) & (table.last <= span.last)
    inside &= table.last >= START
    # days off around the span belong to it
    first = days.index(span.first)
    asked = made & (owed | (not span.heads))
    a = np.searchsorted(random.room.days, np.maximum(table.first, START))
    b = np.searchsorted(random.room.days, table.last, "right") - 1
    last = days.index(span.last)
    inside = asked & (a >= first) & (b <= last) & (a <= b)
    needed = int(table.seconds[inside].sum())
    for row in np.flatnonzero(random.cadence.head | (not span.heads)).tolist():
        id_, interval = int(random.cadence.customer[row]), int(random.cadence.interval[row])
        spoken, seconds = int(random.cadence.last_talk[row]), int(random.cadence.seconds[row])
        clock = days[first - 1] if first else (spoken if spoken and spoken + interval >= START else START - 1)
        touches = 0
        while clock + interval <= days[-1]:
            later = [day for day in days if clock < day <= clock + interval]
            clock = later[-1] if later else next(day for day in days if day > clock)
            touches += span.first <= clock <= span.last
        mine = (table.customer == id_) & table.talk & (state != BARRED) & (a <= last) & (b >= first)
        saved = sum(
            seconds if inside[wish] else max(seconds - int(table.seconds[wish]), 0)
            for wish in np.flatnonzero(mine).tolist()
        )
        needed += max(touches * seconds - saved, 0)
    return needed


@law(examples=60, few=3)
@given(books)
def test_the_proof_counts_what_cannot_lie_elsewhere(random: RandomBook) -> None:
    placed = level(random.wishes, random.cadence, random.limits, random.room, start=START)
    for span in placed.overfull[:2]:
        assert span.needed > span.available
        if span.proven:
            inside = (random.room.days >= span.first) & (random.room.days <= span.last)
            assert span.available <= int(random.room.seconds[inside].sum())
            assert _least(random, span) > span.available


def test_a_week_that_asks_for_six_calls_and_has_time_for_five() -> None:
    room = DayRoom(workdays(START, 14), np.full(10, 500))
    limits = TouchLimits()
    table = wishes_table(
        *(("maturity", id_, START, 0, 0, 1, START, START + 4, START, False) for id_ in range(1, 7))
    )
    placed = level(table, cadences(), limits, room, start=START)
    (span,) = placed.overfull
    assert (span.first, span.last, span.needed, span.available) == (START, START + 4, 6 * 480, 5 * 480)
    assert (span.proven, span.touches, span.customers) == (True, 1, (6,))
    assert span.ways_out == (WayOut("hours", 96),)
    assert placed.day[5] == START + 7


def test_the_tier_that_fills_a_span_and_what_its_interval_would_have_to_be() -> None:
    """Twenty heads, each every 15 days, and time for one call a day."""
    room = DayRoom(workdays(START, 84), np.full(60, 480))
    cadence = cadences(*((id_, 15, START - 1, 0, True) for id_ in range(1, 21)))
    placed = level(
        wishes_table(("risk", 99, START, 0, 0, 0, START, START + 80, START, False)),
        cadence,
        TouchLimits(),
        room,
        start=START,
    )
    span = placed.overfull[0]
    assert span.proven
    assert (span.heads, span.rank) == (True, 0)
    longer = next(way for way in span.ways_out if way.kind == "interval")
    assert (longer.rank, longer.before) == (0, 15)
    assert longer.number > 15
    eased = cadences(*((id_, longer.number, START - 1, 0, True) for id_ in range(1, 21)))
    again = level(
        wishes_table(("risk", 99, START, 0, 0, 0, START, START + 80, START, False)),
        eased,
        TouchLimits(),
        room,
        start=START,
    )
    assert len(again.overfull) == 0 or again.overfull[0].needed < span.needed


def test_a_year_beyond_its_hours_tells_how_many_customers_of_each_tier_they_carry() -> None:
    """Two customers of the highest tier, sixty of the next, and time for one call a day."""
    room = DayRoom(workdays(START, 84), np.full(60, 480))
    each = [(id_, 15, START - 1, 0 if id_ < 3 else 1, True) for id_ in range(1, 63)]
    beside = wishes_table(("risk", 99, START, 0, 0, 0, START, START + 80, START, False))
    placed = level(beside, cadences(*each), TouchLimits(), room, start=START)
    span = placed.overfull[0]
    assert span.needed >= 2 * span.available
    (highest, next_) = span.carries
    assert highest == (0, 2, 2)
    rank, fit, n = next_
    assert (rank, n) == (1, 60)
    assert 0 < fit < 30  # there is time for one call a day, of five that are to be made


def test_no_higher_tier_waits_longer_for_a_lower_one() -> None:
    """The wishes of a lower tier fill a week; the cadence there is that of the highest one."""
    room = DayRoom(workdays(START, 14), np.full(10, 1000))
    wishes = wishes_table(
        *(("maturity", id_, START, 0, 0, 1, START, START + 4, START, False) for id_ in range(1, 12))
    )
    each = [(id_, 60, START - 1, 3, True) for id_ in range(1, 12)] + [(99, 4, START - 2, 0, True)]
    placed = level(wishes, cadences(*each), TouchLimits(), room, start=START)
    span = placed.overfull[0]
    assert span.rank == 3
    assert [way.rank for way in span.ways_out if way.kind == "interval" and way.rank < 3] == []
