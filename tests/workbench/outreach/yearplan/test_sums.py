"""Sums by day and marks of wishes: packed and read again, added and taken off."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.outreach.yearplan.made import touches
from workbench.outreach.yearplan.sums import (
    PlanSums,
    TouchMove,
    WishMarks,
    marks_in,
    packed,
    sums_in,
    sums_of,
)

_TOUCH = st.tuples(
    st.integers(1, 9), st.sampled_from(("birthday", "cadence", "festival.spring")), st.integers(1, 40),
    st.integers(0, 40), st.sampled_from(("planned", "late", "merged", "no_room")),
)  # fmt: skip
_TABLE = st.lists(_TOUCH, max_size=12)


@given(_TABLE, _TABLE, st.dictionaries(st.integers(1, 40), st.integers(0, 9_000), max_size=5))
def test_sums_read_back_are_those_that_were_packed_and_parts_add_up(
    some: list[tuple[int, str, int, int, str]],
    others: list[tuple[int, str, int, int, str]],
    capacity: dict[int, int],
) -> None:
    both = sums_of(touches(some + others), capacity)
    marks = WishMarks(np.array([2, 5], np.int64), np.array([-7, 2**62], np.int64))
    blob = packed(both, marks)
    assert sums_in(blob) == both
    assert marks_in(blob).mark.tolist() == marks.mark.tolist()
    part = sums_of(touches(some), {})
    assert both.without(part).added(part, capacity) == both
    assert both.without(part) == sums_of(touches(others), capacity)


def test_a_move_takes_a_touch_from_one_day_to_another() -> None:
    sums = PlanSums({3: 600, 4: 600}, {3: 180}, {3: {"birthday": 1}}, {"planned": 1})
    moved = sums.changed([TouchMove("birthday", 180, 3, "planned", 4, "planned")])
    assert moved == PlanSums({3: 600, 4: 600}, {4: 180}, {4: {"birthday": 1}}, {"planned": 1})
    out = moved.changed([TouchMove("birthday", 180, 4, "planned", 0, "left_out")])
    assert out == PlanSums({3: 600, 4: 600}, {}, {}, {"left_out": 1})


def test_marks_differ_where_they_are_others_or_on_one_side_only() -> None:
    one = WishMarks(np.array([1, 2, 4], np.int64), np.array([10, 20, 40], np.int64))
    other = WishMarks(np.array([1, 2, 5], np.int64), np.array([10, 21, 50], np.int64))
    assert one.differing(other).tolist() == [2, 4, 5]
    merged = one.with_those(other.among(np.array([2, 5])), np.array([2, 5]))
    assert dict(zip(merged.customer.tolist(), merged.mark.tolist(), strict=True)) == {
        1: 10,
        2: 21,
        4: 40,
        5: 50,
    }
