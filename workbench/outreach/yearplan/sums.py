"""The sums of a plan by day, packed, so that a page opens without reading every touch; and the marks by which it is known whose
wishes changed."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from workbench.outreach.wishes.wish_table import Whole
from workbench.outreach.yearplan.touch_columns import STATES, TouchColumns

#: quick, and small enough
_LEVEL = 1
#: bytes that tell how long the sums are
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class PlanSums:
    """Days are ordinals. `capacity`: day -> seconds, of the workdays that a plan covers; `load`: day -> seconds; `touches`: day
    -> reason code -> how many; `states`: how many touches are in each state."""

    capacity: Mapping[int, int] = field(default_factory=dict)
    load: Mapping[int, int] = field(default_factory=dict)
    touches: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    states: Mapping[str, int] = field(default_factory=dict)

    def without(self, other: "PlanSums") -> "PlanSums":
        """The sums but for some of the touches."""
        return self._with(other, -1, self.capacity)

    def added(self, other: "PlanSums", capacity: Mapping[int, int]) -> "PlanSums":
        """The sums with other touches, and the capacity of the days."""
        return self._with(other, 1, capacity)

    def _with(self, other: "PlanSums", sign: int, capacity: Mapping[int, int]) -> "PlanSums":
        load, states = dict(self.load), dict(self.states)
        touches = {day: dict(of) for day, of in self.touches.items()}
        for day, seconds in other.load.items():
            load[day] = load.get(day, 0) + sign * seconds
        for day, of in other.touches.items():
            mine = touches.setdefault(day, {})
            for code, number in of.items():
                mine[code] = mine.get(code, 0) + sign * number
        for state, number in other.states.items():
            states[state] = states.get(state, 0) + sign * number
        return _tidy(capacity, load, touches, states)

    def changed(self, moves: Iterable["TouchMove"]) -> "PlanSums":
        """The sums where some touches have other days than they are stored with."""
        load, touches = dict(self.load), {day: dict(of) for day, of in self.touches.items()}
        states = dict(self.states)
        for one in moves:
            for day, sign in ((one.stored_on, -1), (one.day, 1)):
                if day:
                    load[day] = load.get(day, 0) + sign * one.seconds
                    of = touches.setdefault(day, {})
                    of[one.reason] = of.get(one.reason, 0) + sign
            states[one.stored_state] = states.get(one.stored_state, 0) - 1
            states[one.state] = states.get(one.state, 0) + 1
        return _tidy(self.capacity, load, touches, states)


def _tidy(
    capacity: Mapping[int, int],
    load: Mapping[int, int],
    touches: Mapping[int, Mapping[str, int]],
    states: Mapping[str, int],
) -> PlanSums:
    """Sums without zeros."""
    counted = {day: {code: n for code, n in of.items() if n} for day, of in touches.items()}
    return PlanSums(
        dict(capacity),
        {day: seconds for day, seconds in load.items() if seconds},
        {day: of for day, of in counted.items() if of},
        {code: n for code, n in states.items() if n},
    )


@dataclass(frozen=True, slots=True)
class TouchMove:
    """A touch that stands on another day, or in another state, than it is stored with; days are ordinals, 0 for none."""

    reason: str
    seconds: int
    stored_on: int
    stored_state: str
    day: int
    state: str


def sums_of(touches: TouchColumns, capacity: Mapping[int, int]) -> PlanSums:
    """The sums of all touches of a plan."""
    on = touches.day > 0
    days, places = np.unique(touches.day[on], return_inverse=True)
    load = np.bincount(places, touches.seconds[on], len(days)) if len(days) else np.zeros(0)
    width = max(len(touches.reasons), 1)
    cells, numbers = np.unique(places * width + touches.reason[on], return_counts=True)
    counted: dict[int, dict[str, int]] = {}
    for cell, number in zip(cells.tolist(), numbers.tolist(), strict=True):
        counted.setdefault(int(days[cell // width]), {})[touches.reasons[cell % width]] = number
    states = Counter(dict(enumerate(np.bincount(touches.state, minlength=len(STATES)).tolist())))
    return PlanSums(
        dict(capacity),
        dict(zip(days.tolist(), map(int, load.tolist()), strict=True)),
        counted,
        {STATES[place]: number for place, number in states.items() if number},
    )


# -- packed --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WishMarks:
    """For each customer (ids in ascending order) a number that differs when his wishes, cadence or limits do."""

    customer: Whole
    mark: Whole

    def differing(self, other: "WishMarks") -> Whole:
        """The customers whose mark is another there, or who are in one of both only."""
        ids = np.union1d(self.customer, other.customer)
        differs: Whole = ids[self._at(ids) != other._at(ids)]
        return differs

    def _at(self, ids: Whole) -> Whole:
        if not len(self.customer):
            return np.zeros(len(ids), np.int64)
        places = np.minimum(np.searchsorted(self.customer, ids), len(self.customer) - 1)
        return np.where(self.customer[places] == ids, self.mark[places], 0)

    def among(self, ids: Whole) -> "WishMarks":
        """Those of some customers."""
        kept = np.isin(self.customer, ids)
        return WishMarks(self.customer[kept], self.mark[kept])

    def with_those(self, other: "WishMarks", of: Whole) -> "WishMarks":
        """These, with those of `other` in the place of these customers'."""
        kept = ~np.isin(self.customer, of)
        customer = np.concatenate([self.customer[kept], other.customer])
        order = np.argsort(customer, kind="stable")
        return WishMarks(customer[order], np.concatenate([self.mark[kept], other.mark])[order])


def packed(sums: PlanSums, marks: WishMarks) -> bytes:
    """Both as they are stored."""
    days = sorted(sums.capacity.keys() | sums.load.keys() | sums.touches.keys())
    body = {
        "days": [
            [day, sums.capacity.get(day), sums.load.get(day, 0), dict(sorted(sums.touches.get(day, {}).items()))]
            for day in days
        ],
        "states": dict(sums.states),
    }  # fmt: skip
    first = zlib.compress(json.dumps(body, separators=(",", ":")).encode(), _LEVEL)
    columns = marks.customer.astype("<i8").tobytes() + marks.mark.astype("<i8").tobytes()
    return len(first).to_bytes(_LENGTH, "little") + first + zlib.compress(columns, _LEVEL)


def sums_in(packed: bytes) -> PlanSums:
    """The sums that were packed."""
    length = int.from_bytes(packed[:_LENGTH], "little")
    body = json.loads(zlib.decompress(packed[_LENGTH : _LENGTH + length]))
    days = body["days"]
    return PlanSums(
        {day: capacity for day, capacity, _load, _of in days if capacity is not None},
        {day: load for day, _capacity, load, _of in days if load},
        {day: of for day, _capacity, _load, of in days if of},
        body["states"],
    )


def marks_in(packed: bytes) -> WishMarks:
    """The marks that were packed."""
    length = int.from_bytes(packed[:_LENGTH], "little")
    columns = np.frombuffer(zlib.decompress(packed[_LENGTH + length :]), "<i8").astype(np.int64)
    return WishMarks(columns[: len(columns) // 2], columns[len(columns) // 2 :])
