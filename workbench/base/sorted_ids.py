"""Looking customers up among the sorted ids beside packed columns."""

import numpy as np
from numpy.typing import NDArray


def places_of(
    known: NDArray[np.int64], some: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place of each of some ids among those that are known (in ascending order), and whether it is there; a place
    without it means nothing."""
    if not len(known):
        return np.zeros(len(some), np.int64), np.zeros(len(some), np.bool_)
    places = np.minimum(np.searchsorted(known, some), len(known) - 1)
    return places, known[places] == some
