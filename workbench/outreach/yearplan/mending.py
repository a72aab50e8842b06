"""The proofs of what does not fit, where only some customers' touches were planned again."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from workbench.outreach.levelling.placement import DayRoom, Placement
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import Flags, Whole
from workbench.outreach.yearplan.fitting import proofs_to_store
from workbench.outreach.yearplan.touch_columns import TouchColumns

_SERVICE = KINDS.index("service")


def mended(
    stored: Sequence[Mapping[str, Any]],
    stood: TouchColumns,
    made: TouchColumns,
    heads: Whole,
    room: DayRoom,
    left: DayRoom,
    prove: Callable[[], Placement],
) -> tuple[Mapping[str, Any], ...]:
    """The stored spans with what some customers need now in the place of what they needed: their touches `stood`, `made`;
    `heads`: ids of those who are owed the cadence. What fits in no span that stands makes one of its own, with what the others'
    touches take of its days: `room` of the days, and what of it is `left` beside them; `prove` gives their placement with its
    proofs."""
    theirs = np.union1d(stood.customer, made.customer)
    old, new = _Failed(stood, heads), _Failed(made, heads)
    covered = np.zeros(len(new.rows), bool)
    spans: list[Mapping[str, Any]] = []
    for one in stored:
        first, last = (dt.date.fromisoformat(one[end]).toordinal() for end in ("first", "last"))
        before, after = (
            old.within(first, last, heads=one["heads"]),
            new.within(first, last, heads=one["heads"]),
        )
        after &= ~covered
        covered |= after
        touches = one["touches"] - int(before.sum()) + int(after.sum())
        if touches <= 0:
            continue
        needed = (
            one["needed"]
            + new.needs(first, last, heads=one["heads"])
            - old.needs(first, last, heads=one["heads"])
        )
        customers = [id_ for id_ in one["customers"] if id_ not in set(theirs.tolist())]
        customers = sorted({*customers, *new.customers(after)})
        proven = one["proven"] and needed > one["available"]
        spans.append({**one, "touches": touches, "needed": needed, "customers": customers, "proven": proven})
    if not covered.all():
        spans += _of_their_own(prove(), set(new.customers(~covered)), room, left)
    return tuple(spans)


def _of_their_own(
    made: Placement, customers: set[int], room: DayRoom, left: DayRoom
) -> list[Mapping[str, Any]]:
    taken = room.seconds - left.seconds
    spans: list[Mapping[str, Any]] = []
    for one, stored in zip(made.overfull, proofs_to_store(made.overfull), strict=True):
        if customers.isdisjoint(one.customers):
            continue
        there = (room.days >= one.first) & (room.days <= one.last)
        needed, available = one.needed + int(taken[there].sum()), int(room.seconds[there].sum())
        spans.append(
            {
                **stored,
                "needed": needed,
                "available": available,
                "proven": needed > available,
                "carries": [],
            }
        )
    return spans


class _Failed:
    """Of some touches those that are late or have no day because all days were full."""

    def __init__(self, touches: TouchColumns, heads: Whole) -> None:
        self.touches = touches
        full = np.array([ground in ("full", "late") for ground in touches.grounds] or [False])
        failed = touches.state_is("late", "no_room") & full[touches.why]
        self.rows = np.flatnonzero(failed)
        self._wanted = failed | touches.state_is("planned")
        self._owed = (touches.kind == _SERVICE) | np.isin(touches.customer, heads)

    def within(self, first: int, last: int, *, heads: bool) -> Flags:
        """Which of the failed ones have a day of a span in theirs."""
        t, rows = self.touches, self.rows
        there: Flags = (t.first[rows] <= last) & (t.last[rows] >= first) & (self._owed[rows] == heads)
        return there

    def needs(self, first: int, last: int, *, heads: bool) -> int:
        """Seconds of the touches that lie in a span whole."""
        t = self.touches
        inside = self._wanted & (t.first >= first) & (t.last <= last) & (self._owed | (not heads))
        return int(t.seconds[inside].sum())

    def customers(self, which: Flags) -> list[int]:
        """Of the failed ones that a mask names."""
        ids: list[int] = np.unique(self.touches.customer[self.rows[which]]).tolist()
        return ids
