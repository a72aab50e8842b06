"""The levelling against the linear optimum of the same touches (domain 6.8)."""

import numpy as np
import pytest

from tests.workbench.outreach.levelling.made import START, book
from tests.workbench.outreach.levelling.oracle import optimum
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import PLANNED

#: of the optimum at least
SHARE = 0.99
LOADS = (0.7, 0.95, 1.05, 1.3, 2.0)


def _share(seed: int, customers: int, days: int) -> float:
    random = book(seed, customers, days=days, load=LOADS[seed % len(LOADS)], heads=0.05 + 0.05 * (seed % 4))
    placed = level(random.wishes, random.cadence, random.limits, random.room, start=START)
    mine = int(placed.seconds[(placed.state == PLANNED)].sum())
    best = optimum(placed, random.room)
    assert mine <= best + 1
    return mine / best


@pytest.mark.parametrize("seed", [1, 8])
def test_a_book_is_placed_within_a_hundredth_of_the_optimum(seed: int) -> None:
    assert _share(seed, 600, 90) >= SHARE


@pytest.mark.long
def test_twenty_books_are_placed_within_a_hundredth_of_the_optimum() -> None:
    shares = [_share(seed, 600, 120) for seed in range(20)]
    assert min(shares) >= SHARE, np.round(shares, 4)
