"""How much of each box is written on: the boxes of a page cut out of its picture, straightened, held against the paper around."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.outreach.results.paper import PaperBox
from workbench.sheets.picture.finding import Grey
from workbench.sheets.picture.spots import spots
from workbench.sheets.picture.straight import Array, Plane

Cut = NDArray[np.float32]

#: samples a mm; mm around a box that are looked at
_FINE, _AROUND = 8, 1.1
#: by how much a box may lie beside its place on a paper that is not flat, and, once all boxes are placed, beside its neighbours
_ASTRAY, _ALONE = 0.9, 0.25
#: mm within the frame that are left out: half its line, and what blur makes of it
_FRAME = 0.35
#: mm beyond the frame that belong to it, and the share written on from which on a box may be one with a tick
_BEYOND, _LITTLE = 0.3, 0.05
#: pixels a mm from which on lines of print stand apart
_CLOSE = 7.5
#: darkness, between the paper and black, from which on a sample is a little and from which it is wholly ink: a thin pencil has
#: no more than a third of black; the watermark stays below the first
_PALE, _INK = 0.08, 0.36
#: the brightest share of a box, which is its paper, and what that may have of black where it is stained or in a shadow
_BRIGHT, _STAINED = 0.25, 0.2


@dataclass(frozen=True, slots=True)
class BoxLooks:
    """What was seen of boxes, in their order: `dark` (n): share of the inside that is written on; `shaded` (n): how dark even
    the brightest part of the inside is, 0..1; `spots` (n): see `spots`; `frames` (n): how clearly the printed frame stands
    there, 0..1; `corners` (n x 4 x 2): the inside in the picture."""

    dark: Array
    shaded: Array
    spots: NDArray[np.bool_]
    frames: Array
    corners: Array


def look(picture: Grey, plane: Plane, boxes: Sequence[PaperBox], black: float) -> BoxLooks:
    """Look at boxes of a picture (each pixel the darkest of its colours). `black`: what the print has of the brightness of the
    paper, 0..1."""
    dark, shaded, frames = np.zeros((3, len(boxes)))
    spotted, moved = np.zeros(len(boxes), np.bool_), np.zeros((len(boxes), 2))
    sides = sorted({round(one.width, 2) for one in boxes})
    places = np.array([(one.x, one.y) for one in boxes])
    widths = np.array([round(one.width, 2) for one in boxes])
    for side in sides:
        these = np.flatnonzero(widths == side)
        ink = _ink(_cut(picture, plane, places[these], side), black)
        shifts, clear = _placed(ink, side, places[these])
        moved[these], frames[these] = shifts, clear
        dark[these], shaded[these] = _written(ink, side, shifts)
        some = np.flatnonzero(dark[these] > _LITTLE)
        coarse = _pixels(plane, places) < _CLOSE
        inside = _middle(ink, side - 2 * _FRAME, side, shifts[some])
        outside = ~_middle(ink, side + 2 * _BEYOND, side, shifts[some])
        spotted[these[some]] = spots(ink[some], inside, outside, coarse=coarse)
    return BoxLooks(dark, shaded, spotted, frames, _corners(plane, places + moved, widths))


def _cut(picture: Grey, plane: Plane, places: Array, side: float) -> Cut:
    """The boxes with what is around them, n x size x size samples."""
    size = round((side + 2 * _AROUND) * _FINE)
    steps = (np.arange(size) + 0.5) / _FINE - _AROUND
    across = places[:, None, None, 0] + steps[None, None, :]
    down = places[:, None, None, 1] + steps[None, :, None]
    across, down = np.broadcast_arrays(across, down)
    points = plane.pixels(np.stack([across, down], axis=-1))
    x = np.clip(points[..., 0] - 0.5, 0, picture.shape[1] - 1.001)
    y = np.clip(points[..., 1] - 0.5, 0, picture.shape[0] - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    right, low = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, wide = picture.ravel(), picture.shape[1]
    at = top * wide + left
    above = flat[at] * (1 - right) + flat[at + 1] * right
    below = flat[at + wide] * (1 - right) + flat[at + wide + 1] * right
    return np.asarray(above * (1 - low) + below * low, np.float32)


def _ink(cut: Cut, black: float) -> Cut:
    """Each sample between the paper around its box (0) and black (1)."""
    flat = cut.reshape(len(cut), -1)
    paper = np.maximum(np.percentile(flat, 80, axis=1), 8).astype(np.float32)[:, None, None]
    return np.clip((paper - cut) / (paper * np.float32(1 - black)), 0, 1)


def _placed(ink: Cut, side: float, places: Array) -> tuple[Array, Array]:
    """By how much each box lies beside its place (n x 2, mm), and how clearly its frame stands there."""
    reach = round(_ASTRAY * _FINE)
    first, last = round(_AROUND * _FINE), round((_AROUND + side) * _FINE)
    offsets, sure = [], []
    for axis in (1, 2):
        # lines across the axis, each over the height of the box
        lines = ink[:, first:last, :].mean(axis=1) if axis == 1 else ink[:, :, first:last].mean(axis=2)
        wide = np.maximum(lines[:, :-1], lines[:, 1:])
        exact = _AROUND * _FINE, (_AROUND + side) * _FINE
        shifts = np.arange(-reach, reach + 1)
        at = [np.clip(np.round(edge - 1 + shifts).astype(int), 0, wide.shape[1] - 1) for edge in exact]
        near, far = wide[:, at[0]], wide[:, at[1]]
        score = np.minimum(near, far) + 0.2 * (near + far) - 0.02 * np.abs(shifts) / _FINE
        best = shifts[score.argmax(axis=1)] / _FINE
        smooth = _smooth(places, best, score.max(axis=1))
        allowed = np.abs(shifts[None, :] / _FINE - smooth[:, None]) <= _ALONE
        score = np.where(allowed, score, -1)
        chosen = score.argmax(axis=1)
        offsets.append(shifts[chosen] / _FINE)
        rows = np.arange(len(ink))
        sure.append(np.minimum(near, far)[rows, chosen])
    return np.stack(offsets, axis=1), np.minimum(*sure)


def _smooth(places: Array, shifts: Array, weights: Array) -> Array:
    """The shifts as a paper bends: a plane or a gentle curve through those that are clear."""
    x, y = ((places - places.mean(axis=0)) / 100).T
    columns = [np.ones_like(x), x, y] + ([x * x, x * y, y * y] if len(x) >= 40 else [])
    if len(x) < 8:
        return np.full(len(x), float(np.median(shifts)))
    basis = np.stack(columns, axis=1)
    weight = np.clip(weights, 0.01, None)
    fitted = np.full(len(x), float(np.median(shifts)))
    for _turn in range(3):
        # what lies far off is a tick or a neighbour, not the paper
        near = weight * (np.abs(shifts - fitted) < 0.5)
        if near.sum() <= 0:
            break
        solution = np.linalg.lstsq(basis * near[:, None], shifts * near, rcond=None)[0]
        fitted = basis @ solution
    return np.asarray(np.clip(fitted, -_ASTRAY, _ASTRAY), np.float64)


def _written(ink: Cut, side: float, shifts: Array) -> tuple[Array, Array]:
    """The share of the inside of each box that is written on, and how dark its brightest part is."""
    within = _middle(ink, side - 2 * _FRAME, side, shifts)
    count = within.sum(axis=(1, 2))
    brightest = int(_BRIGHT * count.min(initial=ink.shape[1] ** 2))
    within_first = np.where(within, ink, 2).reshape(len(ink), -1)
    paper = np.partition(within_first, brightest, axis=1)[:, brightest]
    above = ink - np.minimum(paper, _STAINED)[:, None, None]
    strength = np.clip((above - _PALE) / (_INK - _PALE), 0, 1)
    return np.asarray((strength * within).sum(axis=(1, 2)) / np.maximum(count, 1), np.float64), paper


def _middle(ink: Cut, width: float, side: float, shifts: Array) -> NDArray[np.bool_]:
    """The samples in a square of a width (mm) about the middle of each box."""
    steps = (np.arange(ink.shape[1]) + 0.5) / _FINE - _AROUND - side / 2
    across, down = (np.abs(steps - shifts[:, axis, None]) < width / 2 for axis in (0, 1))
    return np.asarray(down[:, :, None] & across[:, None, :])


def _pixels(plane: Plane, places: Array) -> float:
    """Pixels a mm about the middle of the boxes."""
    x, y = places.mean(axis=0)
    at = plane.pixels(np.array([[x, y], [x + 10, y], [x, y + 10]]))
    return float(min(np.linalg.norm(at[1] - at[0]), np.linalg.norm(at[2] - at[0])) / 10)


def _corners(plane: Plane, places: Array, widths: Array) -> Array:
    offsets = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)
    return plane.pixels(places[:, None, :] + offsets[None] * widths[:, None, None])
