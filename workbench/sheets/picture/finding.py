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
    """The codes that can be read in a picture: first made smaller, which is quick, then as it is where some are missing, then
    sharpened where there is none."""
    step = max(1, round(max(grey.shape) / _SEARCHED))
    small = smaller(grey, step) if step > 1 else grey
    seen = _read(small, step)
    if step > 1 and not _whole(seen):
        seen = _read(grey, 1) | seen
    return seen or _read(_sharpened(small, 1), step)


def codes_near(grey: Grey, middle: tuple[float, float], reach: float) -> dict[PageCode, SeenCode]:
    """The codes within `reach` pixels of a point, looked at closely: larger and sharper."""
    x, y = middle
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    part = grey[top : int(y + reach), left : int(x + reach)]
    if min(part.shape, default=0) < 16:
        return {}
    for larger, times in _ways(part):
        seen = _read(larger, 1 / times)
        if seen:
            return {code: SeenCode(code, one.corners + np.array([left, top])) for code, one in seen.items()}
    return {}


def _whole(seen: dict[PageCode, SeenCode]) -> bool:
    """Whether of every page that is seen all four codes are."""
    pages = {(code.mark, code.sheet, code.page) for code in seen}
    return bool(pages) and len(seen) == 4 * len(pages)


def _ways(part: Grey) -> Iterator[tuple[Grey, int]]:
    """A part larger and sharper, and how many times larger; the way that helps most often first."""
    for times in (2, 3):
        larger = _larger(part, times)
        yield _sharpened(larger, times), times
        yield larger, times


def _larger(grey: Grey, times: int) -> Grey:
    from PIL import Image

    size = (grey.shape[1] * times, grey.shape[0] * times)
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))


def _sharpened(grey: Grey, times: int) -> Grey:
    """The picture with its edges made steep again; `times`: how many times larger it was made."""
    from PIL import Image, ImageFilter

    return np.asarray(Image.fromarray(grey).filter(ImageFilter.UnsharpMask(2 * times, 200, 0)))


def smaller(grey: Grey, step: int) -> Grey:
    """The picture with the mean of step x step pixels for each."""
    height, width = (size // step * step for size in grey.shape)
    cut = grey[:height, :width].reshape(height // step, step, width // step, step)
    return np.ascontiguousarray(cut.mean(axis=(1, 3), dtype=np.float32).astype(np.uint8))


def _read(grey: Grey, scale: float) -> dict[PageCode, SeenCode]:
    import zxingcpp

    seen: dict[PageCode, SeenCode] = {}
    for one in zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_downscale=False,
        try_invert=False,
    ):
        code = code_of(one.text)
        if code is None:
            continue
        place = one.position
        points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        seen[code] = SeenCode(code, np.array([(point.x, point.y) for point in points], float) * scale)
    return seen
