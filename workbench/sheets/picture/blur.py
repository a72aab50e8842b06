"""Whether a picture on which no code can be read is too blurred for one."""

import numpy as np

from workbench.sheets.picture.finding import Grey, smaller

#: pixels of the longer side at which a picture is looked at: modules of a code on a whole A4 are about two pixels
_LOOKED = 1_600
#: pixels over which a step is whole, the share of the steepest steps, and what of such a step one pixel has in a sharp picture
_WIDE, _STEEPEST, _SHARP = 6, 99.8, 0.5


def is_blurred(grey: Grey) -> bool:
    """Whether nothing in a picture is sharp, at least in one direction, as of a hand that moved: from black to white it takes
    several pixels everywhere."""
    step = max(1, -(-max(grey.shape) // _LOOKED))
    small = smaller(grey, step).astype(np.int16)
    if min(small.shape) <= _WIDE:
        return False
    shares = []
    for axis in (0, 1):
        whole = (
            np.abs(small[_WIDE:] - small[:-_WIDE])
            if axis == 0
            else np.abs(small[:, _WIDE:] - small[:, :-_WIDE])
        )
        single = np.abs(np.diff(small, axis=axis))
        shares.append(np.percentile(single, _STEEPEST) / max(float(np.percentile(whole, _STEEPEST)), 1))
    return float(min(shares)) < _SHARP
