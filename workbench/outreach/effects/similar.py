"""Everybody on the list of one month: to which similar customers he belongs, and what became of him. Arrays, no book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.base.intervals import newcombe
from workbench.outreach.outcomes.counts import OutcomeShare


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """The customers of one month, a place each: `ids` rising; `likeness`: equal for those of one level and one light; `known`: it
    can be told what became of him; `stayed`: he was not lost; `free`: nobody reached him until the window ended."""

    ids: NDArray[np.int64]
    likeness: NDArray[np.int64]
    known: NDArray[np.bool_]
    stayed: NDArray[np.bool_]
    free: NDArray[np.bool_]

    def place(self, customer_id: int) -> int | None:
        """Where a customer stands; None where the list has not got him."""
        at = int(np.searchsorted(self.ids, customer_id))
        return at if at < len(self.ids) and self.ids[at] == customer_id else None


@dataclass(frozen=True, slots=True)
class SimilarShare:
    """The share of similar customers who stayed, weighed like those contacted; `n`: how many customers of equal weight tell as
    much, `people`: how many different ones there are."""

    share: float
    n: float
    people: int


@dataclass(frozen=True, slots=True)
class EffectComparison:
    """Those contacted beside similar ones who were not. `contacted`: of whom it can be told and who have similar ones; `alone`:
    who have none; `unknown`: of whom it cannot be told; `waiting`: whose window has not ended."""

    contacted: OutcomeShare
    similar: SimilarShare | None
    alone: int
    unknown: int
    waiting: int
    #: customers that each side needs before the two are compared
    least: int

    @property
    def enough(self) -> bool:
        """Whether both sides are large enough."""
        return self.similar is not None and min(self.contacted.n, self.similar.n) >= self.least

    @property
    def difference(self) -> float | None:
        """Contacted minus similar, -1 to 1; None while a side is too small."""
        if self.similar is None or self.contacted.share is None or not self.enough:
            return None
        return self.contacted.share - self.similar.share

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's interval of the difference at 95 %."""
        if self.similar is None:
            return -1.0, 1.0
        n = self.similar.n
        return newcombe(self.contacted.hits, self.contacted.n, self.similar.share * n, n)


def compare(
    reached: Mapping[str, Sequence[int]],
    cohorts: Mapping[str, MonthGroup],
    least: int,
    *,
    waiting: Sequence[int] = (),
    untold: Sequence[int] = (),
) -> EffectComparison:
    """`reached`: month of a cohort -> ids of those contacted after it, each in one month; `waiting` and `untold` those in none. A
    similar one is on the same list, of the same level and light, and free; who was contacted in the group is none."""
    group = np.array(
        sorted({*waiting, *untold, *(one for these in reached.values() for one in these)}), np.int64
    )
    unknown = len(untold)
    alone = hits = n = 0
    weighed = square = 0.0
    people: list[NDArray[np.int64]] = []
    for month in sorted(reached):
        cohort = cohorts[month]
        places = [place for one in reached[month] if (place := cohort.place(one)) is not None]
        known = [place for place in places if cohort.known[place]]
        unknown += len(reached[month]) - len(known)
        others = cohort.known & cohort.free & ~np.isin(cohort.ids, group)
        theirs = cohort.likeness[np.array(known, np.int64)]
        for likeness in np.unique(theirs):
            ours = [place for place in known if cohort.likeness[place] == likeness]
            similar = others & (cohort.likeness == likeness)
            count = int(np.count_nonzero(similar))
            if not count:
                alone += len(ours)
                continue
            n += len(ours)
            hits += int(np.count_nonzero(cohort.stayed[ours]))
            weighed += len(ours) * float(cohort.stayed[similar].mean())
            square += len(ours) ** 2 / count
            people.append(cohort.ids[similar])
    share = None
    if n:
        different = len(np.unique(np.concatenate(people)))
        # the same customer in several months tells no more than once
        share = SimilarShare(weighed / n, min(n * n / square, float(different)), different)
    return EffectComparison(OutcomeShare(hits, n), share, alone, unknown, len(waiting), least)
