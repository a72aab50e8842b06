"""How sure a share is, the difference of two, and an order: intervals at 95 % (domain 4.6, 12.5, 22-7)."""

import math

#: of the normal distribution at 95 %
_Z = 1.959964


def wilson(hits: float, n: float) -> tuple[float, float]:
    """The interval at 95 % in which the true share of `hits` in `n` lies; (0, 1) without any."""
    if not n:
        return 0.0, 1.0
    share, z2 = hits / n, _Z * _Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def newcombe(hits: float, n: float, other_hits: float, other_n: float) -> tuple[float, float]:
    """The interval at 95 % of the difference of two independent shares, the first minus the other, -1 to 1.

    (-1, 1) when one of the groups is empty.
    """
    if not n or not other_n:
        return -1.0, 1.0
    share, other = hits / n, other_hits / other_n
    (low, high), (other_low, other_high) = wilson(hits, n), wilson(other_hits, other_n)
    down = math.hypot(share - low, other_high - other)
    up = math.hypot(high - share, other - other_low)
    return share - other - down, share - other + up


def auc_half_width(auc: float, positives: int, negatives: int) -> float:
    """Half of the interval at 95 % of an area under the ROC curve, by Hanley and McNeil (1982); 1 without both kinds."""
    if not positives or not negatives:
        return 1.0
    square = auc * auc
    two_lost, two_kept = auc / (2 - auc), 2 * square / (1 + auc)
    variance = (
        auc * (1 - auc) + (positives - 1) * (two_lost - square) + (negatives - 1) * (two_kept - square)
    ) / (positives * negatives)
    return _Z * math.sqrt(max(variance, 0.0))
