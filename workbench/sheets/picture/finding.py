"""Find the codes of ours in a picture."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.sheets.picture.codes import PageCode, code_of
from workbench.sheets.picture.straight import Array

Grey = NDArray[np.uint8]

#: pixels of the longer side at which a picture is searched first
_SEARCHED = 2_400


@dataclass(frozen=True, slots=True)
class SeenCode:
    """A code in a picture: its upper left, upper right, lower right and lower left corner (4 x 2, pixels), as it is printed."""

    code: PageCode
    corners: Array


def codes_in(grey: Grey) -> dict[PageCode, SeenCode]:
    """The codes that can be read in a picture: first made smaller, which is quick, then as it is where some are missing."""
    step = max(1, round(max(grey.shape) / _SEARCHED))
    seen: dict[PageCode, SeenCode] = {}
    if step > 1:
        seen = _read(smaller(grey, step), step)
    if not _whole(seen):
        seen |= {code: one for code, one in _read(grey, 1).items() if code not in seen}
    return seen


def codes_near(grey: Grey, middle: tuple[float, float], reach: float) -> dict[PageCode, SeenCode]:
    """The codes within `reach` pixels of a point, looked at closely: larger, by other ways to part black from white."""
    x, y = middle
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    part = grey[top : int(y + reach), left : int(x + reach)]
    if min(part.shape, default=0) < 16:
        return {}
    for larger, binarizer in _ways(part):
        seen = _read(larger[0], 1 / larger[1], binarizer)
        if seen:
            return {code: SeenCode(code, one.corners + np.array([left, top])) for code, one in seen.items()}
    return {}


def _whole(seen: dict[PageCode, SeenCode]) -> bool:
    """Whether of every page that is seen all four codes are."""
    pages = {(code.mark, code.sheet, code.page) for code in seen}
    return bool(pages) and len(seen) == 4 * len(pages)


def _ways(part: Grey) -> Iterator[tuple[tuple[Grey, int], str]]:
    from PIL import Image

    for times in (2, 3, 4):
        size = (part.shape[1] * times, part.shape[0] * times)
        larger = np.asarray(Image.fromarray(part).resize(size, Image.Resampling.BICUBIC))
        for binarizer in ("LocalAverage", "GlobalHistogram"):
            yield (larger, times), binarizer


def smaller(grey: Grey, step: int) -> Grey:
    """The picture with the mean of step x step pixels for each."""
    height, width = (size // step * step for size in grey.shape)
    cut = grey[:height, :width].reshape(height // step, step, width // step, step)
    return np.ascontiguousarray(cut.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8))


def _read(grey: Grey, scale: float, binarizer: str = "LocalAverage") -> dict[PageCode, SeenCode]:
    import zxingcpp

    seen: dict[PageCode, SeenCode] = {}
    for one in zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormat.QRCode,
        try_downscale=False,
        try_invert=False,
        binarizer=getattr(zxingcpp.Binarizer, binarizer),
    ):
        code = code_of(one.text)
        if code is None:
            continue
        place = one.position
        points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        seen[code] = SeenCode(code, np.array([(point.x, point.y) for point in points], float) * scale)
    return seen
