"""From millimetres on paper to pixels of a picture: one plane seen from anywhere."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Plane:
    """The projective map between the plane of a paper (mm) and its picture (pixels)."""

    def __init__(self, matrix: Array) -> None:
        self._matrix = matrix

    @classmethod
    def through(cls, paper: Array, picture: Array) -> Self:
        """The map that fits pairs of points best (n x 2 each, n at least 4, not all on a line), by least squares."""
        (a, first), (b, second) = _normal(paper), _normal(picture)
        x, y = a.T
        u, v = b.T
        zero, one = np.zeros_like(x), np.ones_like(x)
        rows = np.concatenate(
            [
                np.stack([x, y, one, zero, zero, zero, -u * x, -u * y, -u], axis=1),
                np.stack([zero, zero, zero, x, y, one, -v * x, -v * y, -v], axis=1),
            ]
        )
        matrix = np.linalg.svd(rows)[2][-1].reshape(3, 3)
        return cls(np.asarray(np.linalg.inv(second) @ matrix @ first, np.float64))

    def pixels(self, paper: Array) -> Array:
        """Points of the paper (... x 2) in the picture."""
        return _mapped(self._matrix, paper)

    def millimetres(self, picture: Array) -> Array:
        """Points of the picture (... x 2) on the paper."""
        return _mapped(np.asarray(np.linalg.inv(self._matrix), np.float64), picture)


def _mapped(matrix: Array, points: Array) -> Array:
    x, y = points[..., 0], points[..., 1]
    u, v, w = (row[0] * x + row[1] * y + row[2] for row in matrix)
    return np.stack([u / w, v / w], axis=-1)


def _normal(points: Array) -> tuple[Array, Array]:
    """The points around 0 at a distance of about 1, and the matrix that moves them there: numbers of one size."""
    middle = points.mean(axis=0)
    scale = 1 / max(float(np.abs(points - middle).mean()), 1e-9)
    matrix = np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])
    return (points - middle) * scale, matrix
