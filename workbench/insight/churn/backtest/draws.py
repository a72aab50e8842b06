"""Shares of cases with their intervals: customers, who recur from month to month, are drawn again and again (domain 4.6)."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from workbench.base.intervals import wilson
from workbench.insight.churn.backtest.estimate import UNKNOWN, Estimate, Verdict

Flags = NDArray[np.bool_]
#: the same draws every time: a report does not change by being read again
_SEED = 531
#: draws made at a time
_BLOCK = 50
_INTERVAL = (2.5, 97.5)


def _poisson() -> NDArray[np.float32]:
    """How often a customer is drawn, each number as often as Poisson's law of mean one says: a table to look up by chance.
    In a draw of as many as there are, one of many customers comes up so often."""
    chance, steps = math.exp(-1), []
    for times in range(9):
        steps.append(chance)
        chance /= times + 1
    return np.searchsorted(np.cumsum(steps), (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.float32)


_TIMES = _poisson()


class CustomerDraws:
    """Counts of cases by customer. `add` each set of cases first, then `draw` once, then ask for figures.

    `least`: with fewer cases right or wrong than this the draws show too little, and Wilson's interval of the customers is
    taken.
    """

    def __init__(self, customer: NDArray[np.int64], draws: int, least: int) -> None:
        self._ids, self._customer = np.unique(customer, return_inverse=True)
        self._draws, self.least = draws, least
        self._columns: list[NDArray[np.float32]] = []
        self._totals: NDArray[np.float64] = np.zeros(0)
        self._drawn: NDArray[np.float64] = np.zeros((0, 0))

    def add(self, cases: Flags) -> int:
        """A set of cases; its number."""
        counts = np.bincount(self._customer[cases], minlength=len(self._ids))
        self._columns.append(counts.astype(np.float32))
        return len(self._columns) - 1

    def draw(self, beat: Callable[[float], None]) -> None:
        """Counts every set as it is and as it would be in each draw of customers; `beat` from 0 to 1."""
        table = np.stack(self._columns, axis=1)
        self._totals = table.sum(axis=0, dtype=np.float64)
        number, random = len(self._ids), np.random.default_rng(_SEED)
        # customers with the same cases are summed before they are multiplied: far fewer rows
        alike, place = np.unique(table, axis=0, return_inverse=True)
        order = np.argsort(place, kind="stable")
        begins = np.searchsorted(place[order], np.arange(len(alike)))
        blocks = []
        for begun in range(0, self._draws if number else 0, _BLOCK):
            beat(begun / self._draws)
            size = min(_BLOCK, self._draws - begun)
            # customer after customer: other sets beside them leave the draws as they are
            times = _TIMES[random.integers(0, len(_TIMES), (size, number), np.uint16)]
            summed = np.add.reduceat(times[:, order], begins, axis=1)
            blocks.append((summed @ alike).astype(np.float64))
        self._drawn = np.concatenate(blocks) if blocks else np.zeros((0, len(self._columns)))

    # -- figures -------------------------------------------------------------------------------------------------

    def count(self, of: int) -> int:
        """How many cases a set has."""
        return int(self._totals[of])

    def customers(self, of: int) -> int:
        """How many customers have a case in a set."""
        return int(np.count_nonzero(self._columns[of]))

    def share(self, part: int, whole: int) -> Estimate:
        """The share of a set that is in a part of it."""
        number = self.count(whole)
        if not number:
            return UNKNOWN
        value = self.count(part) / number
        if min(self.count(part), number - self.count(part)) >= self.least:
            return Estimate(value, *self._between(self._ratio(part, whole)))
        some = self.customers(whole)
        return Estimate(value, *wilson(value * some, some), "wilson")

    def lift(self, part: int, whole: int, lost: int, everybody: int) -> Estimate:
        """How many times the share of those lost among everybody the share among a set is."""
        share, base = self.share(part, whole), self.count(lost) / max(self.count(everybody), 1)
        if share.value is None or not base:
            return UNKNOWN
        value = share.value / base
        if share.method == "bootstrap":
            return Estimate(
                value, *self._between(_divided(self._ratio(part, whole), self._ratio(lost, everybody)))
            )
        low, high = (None if end is None else end / base for end in (share.low, share.high))
        return Estimate(value, low, high, share.method)

    def against_lot(self, part: int, lift: Estimate) -> Verdict:
        """Whether alerts name the lost better than names drawn by lot: only claimed where the interval of their lift leaves
        no doubt, and where enough customers were named rightly."""
        surely = lift.above(1)
        if surely is None or (surely and self.customers(part) < self.least):
            return "cannot_tell"
        return "better" if surely else "worse"

    def difference(self, part: int, whole: int, other_part: int, other_whole: int) -> Estimate:
        """The first share minus the other, in the same draws."""
        if not self.count(whole) or not self.count(other_whole):
            return UNKNOWN
        value = self.count(part) / self.count(whole) - self.count(other_part) / self.count(other_whole)
        return Estimate(
            value, *self._between(self._ratio(part, whole) - self._ratio(other_part, other_whole))
        )

    def _ratio(self, part: int, whole: int) -> NDArray[np.float64]:
        return _divided(self._drawn[:, part], self._drawn[:, whole])

    def _between(self, drawn: NDArray[np.float64]) -> tuple[float | None, float | None]:
        known = drawn[np.isfinite(drawn)]
        if not len(known):
            return None, None
        low, high = np.percentile(known, _INTERVAL)
        return float(low), float(high)


def _divided(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio: NDArray[np.float64] = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return ratio


def area(risk: NDArray[np.float64], lost: Flags) -> float | None:
    """Share of (lost, kept) pairs that the risk orders rightly, ties counting half; None without both kinds."""
    hits, number = int(np.count_nonzero(lost)), len(lost)
    if not hits or hits == number:
        return None
    _risks, place, times = np.unique(risk, return_inverse=True, return_counts=True)
    rank = np.cumsum(times) - (times - 1) / 2
    total = float(rank[place][lost].sum())
    return (total - hits * (hits + 1) / 2) / (hits * (number - hits))
