"""Pages filled in by hand and photographed: strokes drawn into boxes, then what a telephone or a scanner does to them."""

import io
import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from workbench.outreach.results.paper import PaperBox, PaperPage

#: strokes in a box of side 1: its upper left corner is (0, 0)
STROKES: Mapping[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "tick": (((0.15, 0.55), (0.4, 0.85), (0.9, 0.1)),),
    "cross": (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))),
    "filled": tuple(((0.1, 0.1 + 0.1 * n), (0.9, 0.15 + 0.1 * n)) for n in range(9)),
    "small": (((0.35, 0.5), (0.5, 0.68), (0.75, 0.32)),),
    "sloppy": (((-0.1, 0.45), (0.35, 1.05), (1.15, -0.6)),),
    "dot": (((0.4, 0.4), (0.6, 0.6)), ((0.6, 0.4), (0.4, 0.6))),
    "speck": (((0.5, 0.5), (0.62, 0.55)),),
    "digit": (((0.3, 0.2), (0.7, 0.2), (0.45, 0.85)),),
}
INKS = {
    "black": (25, 25, 30),
    "blue": (40, 60, 150),
    "red": (190, 40, 45),
    "pencil": (105, 105, 108),
    "pale": (155, 155, 157),
}


@dataclass(frozen=True)
class Shot:
    """How a page is photographed: `dpi` on paper, `turn` in degrees, `slant` of the plane (shares of the side by which corners
    move), `light` from the left edge to the right one, `dark`: the brightness at the lower edge, `blur` in pixels, `noise` in
    steps of 255, quality of the `jpeg` (0: none), `desk` around the paper in shares of its size,
    `bend`: by how many mm the middle of the paper bulges."""

    dpi: int = 200
    turn: float = 0
    slant: float = 0
    light: tuple[float, float] = (1, 1)
    dark: float = 1
    blur: float = 0
    noise: float = 0
    jpeg: int = 0
    desk: float = 0
    bend: float = 0
    tint: tuple[float, float, float] = (1, 1, 1)
    cut: tuple[float, float, float, float] = field(default=(0, 0, 1, 1))


@cache
def page_image(pdf: bytes, number: int, dpi: int) -> Image.Image:
    """A page (from 0) as it comes from the printer."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[number].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def ticked(
    page: Image.Image, boxes: Iterable[tuple[PaperBox, str]], dpi: int, ink: str, seed: int, pen: float = 0.45
) -> Image.Image:
    """The page with a stroke of a kind in each box, by a hand that is never quite the same; `pen` in mm."""
    dice = random.Random(seed)
    drawn = page.copy()
    pencil = ImageDraw.Draw(drawn)
    scale = dpi / 25.4
    for box, kind in boxes:
        dx, dy = dice.uniform(-0.08, 0.08), dice.uniform(-0.08, 0.08)
        for line in STROKES[kind]:
            points = [
                (
                    (box.x + box.width * (x + dx + dice.uniform(-0.04, 0.04))) * scale,
                    (box.y + box.height * (y + dy + dice.uniform(-0.04, 0.04))) * scale,
                )
                for x, y in line
            ]
            pencil.line(points, fill=INKS[ink], width=max(1, round(pen * scale)), joint="curve")
    return drawn


def snapped(page: Image.Image, shot: Shot, seed: int = 0) -> bytes:
    """The page photographed as the bytes of a file."""
    dice = np.random.default_rng(seed)
    image = _bent(page, shot.bend * shot.dpi / 25.4) if shot.bend else page
    if shot.desk or shot.turn or shot.slant:
        image = _seen(image, shot, dice)
    left, top, right, bottom = shot.cut
    wide, tall = image.size
    image = image.crop((round(left * wide), round(top * tall), round(right * wide), round(bottom * tall)))
    if shot.blur:
        image = image.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.light != (1, 1) or shot.dark != 1 or shot.noise or shot.tint != (1, 1, 1):
        image = _lit(image, shot, dice)
    out = io.BytesIO()
    if shot.jpeg:
        image.save(out, "JPEG", quality=shot.jpeg)
    else:
        image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _lit(image: Image.Image, shot: Shot, dice: np.random.Generator) -> Image.Image:
    """The image under a lamp, with the grain of a small lens."""
    across = np.linspace(*shot.light, image.width, dtype=np.float32)
    down = np.linspace(1, shot.dark, image.height, dtype=np.float32)
    lamp = down[:, None] * across[None, :]
    if shot.noise:
        grain = dice.standard_normal((256, 256), np.float32) * shot.noise
        grain = np.tile(grain, (image.height // 256 + 1, image.width // 256 + 1))[
            : image.height, : image.width
        ]
    bands = []
    for band, share in zip(image.split(), shot.tint, strict=True):
        values = np.asarray(band) * lamp * np.float32(share)
        if shot.noise:
            values += grain
        bands.append(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))
    return Image.merge("RGB", bands)


def _bent(image: Image.Image, most: float) -> Image.Image:
    """The image bulging by so many pixels at the middle, as paper that does not lie flat."""
    wide, tall = image.size
    edges = [round(wide * n / 24) for n in range(25)]
    mesh = []
    for left, right in pairwise(edges):
        first, last = (most * math.sin(math.pi * x / wide) for x in (left, right))
        mesh.append(
            ((left, 0, right, tall), (left, first, left, tall + first, right, tall + last, right, last))
        )
    return image.transform(
        image.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor="white"
    )


def _seen(image: Image.Image, shot: Shot, dice: np.random.Generator) -> Image.Image:
    """The image turned on its desk and seen from aside: its corners move inwards, each by its own share."""
    wide, tall = image.size
    page = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], float)
    inwards = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * shot.slant * (wide, tall)
    turn = math.radians(-shot.turn)
    matrix = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    seen = (page + dice.uniform(0.2, 1, (4, 2)) * inwards - (wide / 2, tall / 2)) @ matrix.T
    seen -= seen.min(axis=0) - shot.desk * wide
    rows = []
    for (x, y), (u, v) in zip(seen, page, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    data = np.linalg.solve(np.array(rows), page.reshape(8))
    canvas = seen.max(axis=0) + shot.desk * wide
    size = (round(float(canvas[0])), round(float(canvas[1])))
    return image.transform(
        size,
        Image.Transform.PERSPECTIVE,
        tuple(data.tolist()),
        Image.Resampling.BILINEAR,
        fillcolor=(95, 80, 66),
    )


def boxes_of(page: PaperPage, row: int) -> list[PaperBox]:
    """The boxes of a row, in order."""
    return [one for one in page.boxes if one.row == row]
