"""`Demand`: for every span of workdays at once, the least time that what must lie in it takes, and the time that there is.

A wish must lie in a span that holds its own. A cadence needs a touch at least every `interval` days: how many that makes of a
span follows from the workdays alone, wherever the touches stand. Where a wish is a talk too it may save one of them, so as much
is taken off. All is a lower bound: needed > available proves that no plan could place it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.outreach.levelling.duties import Duties
from workbench.outreach.levelling.placement import DayRoom
from workbench.outreach.wishes.wish_table import Flags, Whole

#: seconds by first and last place of a span; below the diagonal nothing
Square = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Must:
    """Touches by columns: `a`, `b` places of their span, `seconds`, `counts`: whether the plan must make it; `saves`: seconds
    of the cadence touch that it would make superfluous, 0 for none."""

    a: Whole
    b: Whole
    seconds: Whole
    counts: Flags
    saves: Whole


@dataclass(frozen=True, slots=True)
class Demand:
    """`needed` and `available` seconds of every span."""

    needed: Square
    available: Square

    def proven(self) -> NDArray[np.bool_]:
        """The spans into which more must fit than there is room."""
        return np.triu(self.needed > self.available)


def demand(must: Must, duty: Duties, room: DayRoom, start: int) -> Demand:
    """The demand of touches and cadences; `duty`: those whose cadence counts."""
    size = len(room.days)
    counts = must.counts
    saved = np.maximum(must.saves - must.seconds, 0)
    wishes = _within(size, must.a[counts], must.b[counts], must.seconds[counts])
    less = _within(size, must.a[counts], must.b[counts], (np.minimum(must.saves, must.seconds))[counts])
    less += _touching(size, must.a, must.b, saved)
    chains = np.maximum(chained(duty, room.days, start) - less, 0)
    most = usable(room.seconds, np.unique(np.concatenate([must.seconds[counts], duty.seconds])))
    before = np.concatenate([[0], np.cumsum(most)])
    return Demand(wishes + chains, before[None, 1:] - before[:-1, None])


def chained(duty: Duties, days: Whole, start: int) -> Square:
    """Seconds of the touches that cadences need at least in every span."""
    size = len(days)
    each = np.zeros((size, size), np.int64)
    for interval in np.unique(duty.interval).tolist():
        mine = duty.interval == interval
        following = jumps(days, interval)
        # from the start: each by his own clock
        due = np.maximum(np.searchsorted(days, duty.clock[mine] + interval, "right") - 1, 0)
        due = np.where(duty.clock[mine] + interval > days[-1], size, due)
        first = np.bincount(due, weights=duty.seconds[mine], minlength=size + 1).astype(np.int64)
        for place in range(size):
            if first[place] and following[place] < size:
                first[following[place]] += first[place]
        each[0] += first[:size]
        # from a later day: nobody heard from us later than on the workday before
        seconds = int(duty.seconds[mine & (duty.clock < start)].sum())
        rows = np.arange(1, size)
        at = following[rows - 1]
        while len(rows):
            rows, at = rows[at < size], at[at < size]
            each[rows, at] += seconds
            at = following[at]
    return np.triu(np.cumsum(each, axis=1))


def chained_within(duty: Duties, days: Whole, start: int, interval: int, a: int, b: int) -> int:
    """Seconds of the touches that cadences would need at least in one span, were all their intervals the same."""
    following = jumps(days, interval).tolist()
    if a:
        place, touches = following[a - 1], 0
        while place <= b:
            place, touches = following[place], touches + 1
        return touches * int(duty.seconds[duty.clock < start].sum())
    due = np.maximum(np.searchsorted(days, duty.clock + interval, "right") - 1, 0)
    due = np.where(duty.clock + interval > days[-1], len(days), due)
    seconds = np.bincount(due, weights=duty.seconds, minlength=len(days) + 1).astype(np.int64).tolist()
    for place in range(b + 1):
        if following[place] < len(days):
            seconds[following[place]] += seconds[place]
    return int(sum(seconds[: b + 1]))


def jumps(days: Whole, interval: int) -> Whole:
    """For each workday the last on which the next touch may stand; len(days) where none is due before the end."""
    last = np.searchsorted(days, days + interval, "right") - 1
    last = np.maximum(last, np.arange(len(days)) + 1)
    return np.where(days + interval > days[-1], len(days), last)


def usable(seconds: Whole, sizes: Whole) -> Whole:
    """The most of each day's seconds that whole touches of these sizes can fill."""
    most = int(seconds.max()) if len(seconds) else 0
    sums = 1
    top = (1 << (most + 1)) - 1
    for size in sizes[sizes > 0].tolist():
        step = size
        while step <= most:
            sums |= sums << step & top
            step *= 2
    return np.array(
        [(sums & ((1 << (one + 1)) - 1)).bit_length() - 1 for one in np.maximum(seconds, 0).tolist()],
        np.int64,
    )


def _within(size: int, a: Whole, b: Whole, seconds: Whole) -> Square:
    """By span the seconds of those that it holds."""
    out = np.zeros((size, size), np.int64)
    inside = a <= b
    np.add.at(out, (a[inside], b[inside]), seconds[inside])
    return np.triu(np.cumsum(np.cumsum(out[::-1], axis=0)[::-1], axis=1))


def _touching(size: int, a: Whole, b: Whole, seconds: Whole) -> Square:
    """By span the seconds of those that it has a day in common with."""
    inside = a <= b
    ends = np.cumsum(np.bincount(b[inside] + 1, weights=seconds[inside], minlength=size + 1)[:size]).astype(
        np.int64
    )
    begins = np.cumsum(np.bincount(a[inside], weights=seconds[inside], minlength=size)).astype(np.int64)
    return np.triu(begins[None, :] - ends[:, None])
