"""Whether what darkens a box is no stroke of a pen: the rim of a stain, the edge of a shadow, a stamp over its frame."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Cut = NDArray[np.float32]
Mask = NDArray[np.bool_]

#: samples to each side of which what is narrower counts as a stroke inside of a box
_STROKE = 2
#: the same outside, where print stands, and how dark what is wider may be there in proportion to the ink inside: in a sharp
#: picture, and in a coarse one
_PRINT, _COARSE = (3, 0.22), (4, 0.28)
#: share of the ink inside that is wider than a stroke from which on it may be a spot
_WIDE = 0.65
#: share of the samples that is left below the darkest ones
_DARKEST = 90


def spots(ink: Cut, inside: Mask, outside: Mask, *, coarse: bool) -> Mask:
    """Of which boxes the ink may be a spot (n): it is wider than a stroke, and so is what stands outside of the frame. `ink`:
    n x size x size, 0..1; the masks: the samples within the frame and those beyond it; `coarse`: in a picture in which lines
    of print run together."""
    reach, most = _COARSE if coarse else _PRINT
    narrow, wide = _opened(ink, _STROKE), _opened(ink, reach)
    spotted = np.zeros(len(ink), np.bool_)
    for n, (within, beyond) in enumerate(zip(inside, outside, strict=True)):
        written = ink[n][within]
        if narrow[n][within].sum() > _WIDE * written.sum():
            strength = float(np.percentile(written, _DARKEST))
            spotted[n] = float(np.percentile(wide[n][beyond], _DARKEST)) >= most * strength
    return spotted


def _opened(ink: Cut, reach: int) -> Cut:
    """The ink without what is narrower than twice the reach."""
    return _spread(_spread(ink, reach, np.minimum), reach, np.maximum)


def _spread(ink: Cut, reach: int, choose: Callable[[Cut, Cut], Cut]) -> Cut:
    """Each sample as the one that is chosen of those around it."""
    for axis in (1, 2):
        margins = [(0, 0), (0, 0), (0, 0)]
        margins[axis] = (reach, reach)
        padded = np.pad(ink, margins, mode="edge")
        size = ink.shape[axis]
        chosen = ink
        for start in range(2 * reach + 1):
            part = padded[:, start : start + size] if axis == 1 else padded[:, :, start : start + size]
            chosen = choose(chosen, part)
        ink = chosen
    return ink
