"""Proofs of what does not fit, where only some customers were planned again."""

import datetime as dt
from typing import Any

import numpy as np

from tests.workbench.outreach.yearplan.made import SECONDS, touches
from workbench.outreach.levelling.placement import DayRoom, Placement
from workbench.outreach.yearplan.mending import mended
from workbench.outreach.yearplan.touch_columns import TouchColumns

MONDAY = dt.date(2027, 3, 8).toordinal()
ROOM = DayRoom(np.arange(MONDAY, MONDAY + 5), np.full(5, 3_600))
NOBODY = np.zeros(0, np.int64)


def span(**more: Any) -> dict[str, Any]:
    return {
        "first": "2027-03-01", "last": "2027-03-19", "needed": 40_000, "available": 39_700, "rank": 4, "touches": 3,
        "customers": [1, 2, 3], "heads": False, "proven": True, "ways_out": [], **more,
    }  # fmt: skip


def without_room(customer: int) -> TouchColumns:
    return touches([(customer, "birthday", MONDAY + 2, 0, "no_room")], ["full"])


def with_a_day(customer: int) -> TouchColumns:
    return touches([(customer, "birthday", MONDAY + 2, MONDAY + 2, "planned")])


def never() -> Placement:
    raise AssertionError("what stands in a span that is there needs no other proof")


def test_who_finds_room_leaves_the_span_and_the_last_one_takes_it_with_him() -> None:
    (left,) = mended([span()], without_room(1), with_a_day(1), NOBODY, ROOM, ROOM, never)
    assert (left["touches"], left["customers"], left["needed"]) == (2, [2, 3], 40_000)
    one = span(touches=1, customers=[1])
    assert mended([one], without_room(1), with_a_day(1), NOBODY, ROOM, ROOM, never) == ()


def test_who_finds_none_joins_the_span_that_holds_his_days() -> None:
    (left,) = mended([span()], with_a_day(7), without_room(7), NOBODY, ROOM, ROOM, never)
    assert (left["touches"], left["customers"]) == (4, [1, 2, 3, 7])


def test_a_span_that_needs_no_more_than_there_is_proves_nothing_any_longer() -> None:
    none = touches([])
    stood = touches([(1, "payday", MONDAY + n, 0, "no_room") for n in range(2)], ["full"] * 2)
    (left,) = mended([span(available=39_700)], stood, none, NOBODY, ROOM, ROOM, never)
    assert (left["needed"], left["proven"]) == (40_000 - 2 * SECONDS, False)
    assert left["touches"] == 1
