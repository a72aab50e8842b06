"""The fold of `movement` for many customers at once: a month is one step over whole columns."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.insight.levels.movement import Policy
from workbench.insight.measures.month_averages import MISSING
from workbench.rules.tiers import Ladder

Wholes: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

#: in a place: none
NONE = -1


@dataclass(frozen=True, slots=True)
class FoldedTrails:
    """The fields of `movement.Trail` as columns: levels and months as places (NONE: none); money in fen.

    `followed` is false for customers without any average, whose other figures mean nothing.
    """

    followed: Flags
    tier: Wholes
    reached: Wholes
    before: Wholes
    watch: Wholes
    attention: Flags
    #: NONE on the lowest level
    falls_in: Wholes
    since: Wholes
    upgraded: Wholes
    downgraded: Wholes
    fell_from: Wholes
    months_told: Wholes
    first: Wholes
    peak: Wholes
    peak_at: Wholes


def fold_all(averages: Wholes, ladder: Ladder, policy: Policy) -> FoldedTrails:
    """The trails of rows of averages (fen, oldest month first; MISSING where a month has none)."""
    number, months = averages.shape
    known = averages != MISSING
    followed, first = known.any(axis=1), known.argmax(axis=1)
    rungs = np.maximum(np.searchsorted(np.array(ladder.lines), averages, side="right") - 1, 0)
    limits = np.array(policy.limits)

    def whole(value: int) -> Wholes:
        """A column of one value."""
        return np.full(number, value, dtype=np.int64)

    level = rungs[np.arange(number), first]
    since, watch, entered, best = first.copy(), whole(0), whole(0), whole(0)
    before, coming, reached = whole(NONE), whole(NONE), whole(NONE)
    upgraded, downgraded, fell_from = whole(NONE), whole(NONE), whole(NONE)
    for place in range(months):
        live = followed & (first <= place)
        before = np.where(live & (first < place), level, before)
        moves = live & (coming != NONE)
        falls = moves & (coming <= level)
        upgraded[moves & ~falls] = place
        downgraded[falls] = place
        fell_from = np.where(falls, level, fell_from)
        level, since = np.where(moves, coming, level), np.where(moves, place, since)
        watch, coming = np.where(moves, 0, watch), np.where(moves, NONE, coming)
        entered = np.where(live, watch, entered)
        here, rung = live & known[:, place], rungs[:, place]
        reached = np.where(live, np.where(here, rung, NONE), reached)
        holds = here & (rung >= level)
        coming = np.where(holds & (rung > level), rung, coming)
        fails = here & ~holds
        best = np.where(fails, np.where(watch > 0, np.maximum(best, rung), rung), best)
        watch = np.where(holds, 0, watch + fails)
        drops = fails & (watch >= limits[level])
        coming = np.where(drops, best if policy.option == "R2" else rung, coming)
    attention = (watch > 0) & (policy.option == "R1" or entered >= policy.fail_months)
    peak_at = averages.argmax(axis=1)
    return FoldedTrails(
        followed, level, reached, before, watch, attention,
        np.where(level == 0, NONE, np.maximum(limits[level] + 1 - watch, 1)),
        since, upgraded, downgraded, fell_from, known.sum(axis=1), first,
        averages[np.arange(number), peak_at], peak_at,
    )  # fmt: skip
