"""Wishes and cadences on workdays: nothing over a limit, nothing lost, the same again (domain 6.5, 6.8)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.outreach.levelling.made import START, RandomBook, book
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import LATE, PLANNED, Placement

books = st.builds(
    book,
    st.integers(0, 10_000),
    st.sampled_from([50, 120, 300]),
    wishes=st.sampled_from([0.5, 3.0, 6.0]),
    load=st.sampled_from([0.5, 0.9, 1.1, 2.0]),
)


def _placed(random: RandomBook) -> Placement:
    return level(random.wishes, random.cadence, random.limits, random.room, start=START)


@law(examples=100, few=5)
@given(books)
def test_no_day_is_over_its_capacity_and_what_has_a_day_is_placed(random: RandomBook) -> None:
    placed = _placed(random)
    on = placed.day > 0
    assert np.array_equal(on, np.isin(placed.state, [PLANNED, LATE]))
    place = np.searchsorted(random.room.days, placed.day[on])
    assert np.array_equal(random.room.days[place], placed.day[on])
    load = np.bincount(place, weights=placed.seconds[on], minlength=len(random.room.days))
    assert (load <= random.room.seconds).all()


@law(examples=100, few=5)
@given(books)
def test_a_customer_has_one_capped_touch_a_week(random: RandomBook) -> None:
    placed = _placed(random)
    rows = (placed.day > 0) & placed.capped
    weeks = np.stack([placed.customer[rows], (placed.day[rows] - 1) // 7])
    assert len(np.unique(weeks, axis=1).T) == rows.sum()
