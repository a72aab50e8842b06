"""The golden intervals of domain 22-7 and 12.5."""

import pytest

from workbench.base.intervals import newcombe, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(108, 180, 0.527, 0.669), (0, 15, 0.0, 0.204), (7, 15, 0.248, 0.699), (9, 10, 0.596, 0.982), (0, 0, 0.0, 1.0)],
)  # fmt: skip
def test_the_interval_of_a_share_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=0.0005)


def test_the_interval_of_a_difference_is_newcombes() -> None:
    assert newcombe(18, 120, 3, 40) == pytest.approx((-0.0595, 0.1644), abs=0.0001)
    low, high = newcombe(3, 40, 18, 120)
    assert (low, high) == pytest.approx((-0.1644, 0.0595), abs=0.0001)
    assert newcombe(1, 2, 0, 0) == (-1.0, 1.0)
