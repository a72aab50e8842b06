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


@dataclass(frozen=True, slots=True)
class LevelStep:
    """Where the levels of many customers stand after a month: places of the ladder, NONE before the first average.

    `fell`, `rose`: the level moved in this month; `before`: the level in force the month before; `entered`: failing months
    before it.
    """

    level: Wholes
    watch: Wholes
    best: Wholes
    #: the level from the next month on; NONE: no movement
    coming: Wholes
    before: Wholes
    reached: Wholes
    entered: Wholes
    fell: Flags
    rose: Flags

    @classmethod
    def unseen(cls, number: int) -> "LevelStep":
        """Before any month."""
        none, zero, no = np.full(number, NONE), np.zeros(number, np.int64), np.zeros(number, np.bool_)
        return cls(none, zero, zero, none, none, none, zero, no, no)


def stepped(earlier: LevelStep, averages: Wholes, ladder: Ladder, policy: Policy) -> LevelStep:
    """One month further, by its averages (fen; MISSING where it has none)."""
    known = averages != MISSING
    rung = np.maximum(np.searchsorted(np.array(ladder.lines), averages, side="right") - 1, 0)
    limits = np.array(policy.limits)
    before = earlier.level
    moves = earlier.coming != NONE
    falls = moves & (earlier.coming <= before)
    level = np.where(moves, earlier.coming, before)
    level = np.where(known & (level == NONE), rung, level)
    entered = np.where(moves, 0, earlier.watch)
    holds = known & (rung >= level)
    fails = known & ~holds
    best = np.where(fails, np.where(entered > 0, np.maximum(earlier.best, rung), rung), earlier.best)
    watch = np.where(holds, 0, entered + fails)
    drops = fails & (watch >= limits[level])
    coming = np.where(holds & (rung > level), rung, NONE)
    coming = np.where(drops, best if policy.option == "R2" else rung, coming)
    reached = np.where(known, rung, NONE)
    return LevelStep(level, watch, best, coming, before, reached, entered, falls, moves & ~falls)


def fold_all(averages: Wholes, ladder: Ladder, policy: Policy) -> FoldedTrails:
    """The trails of rows of averages (fen, oldest month first; MISSING where a month has none)."""
    number, months = averages.shape
    known = averages != MISSING
    followed, first = known.any(axis=1), known.argmax(axis=1)
    since, step = first.copy(), LevelStep.unseen(number)
    upgraded, downgraded, fell_from = (np.full(number, NONE) for _name in range(3))
    for place in range(months):
        step = stepped(step, averages[:, place], ladder, policy)
        upgraded[step.rose] = place
        downgraded[step.fell] = place
        since[step.rose | step.fell] = place
        fell_from = np.where(step.fell, step.before, fell_from)
    attention = (step.watch > 0) & (policy.option == "R1" or step.entered >= policy.fail_months)
    peak_at = averages.argmax(axis=1)
    limits = np.array(policy.limits)
    return FoldedTrails(
        followed, step.level, step.reached, step.before, step.watch, attention,
        np.where(step.level == 0, NONE, np.maximum(limits[step.level] + 1 - step.watch, 1)),
        since, upgraded, downgraded, fell_from, known.sum(axis=1), first,
        averages[np.arange(number), peak_at], peak_at,
    )  # fmt: skip
