"""Where the boxes of a sheet stand on its printed pages: what a picture of it is read by."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from db.values import Json


@dataclass(frozen=True, slots=True)
class PaperBox:
    """A box to be ticked. `row`: number of the row of the sheet; `mark`: what a tick in it means, as it is typed on the keypad;
    the place of its upper left corner and its size in mm, from the upper left corner of the page."""

    row: int
    mark: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A square code in a corner of a page (0 upper left, 1 upper right, 2 lower right, 3 lower left): its upper left corner and
    its side in mm, without the quiet zone."""

    corner: int
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A printed page of a sheet, `number` from 1: its size in mm, its codes and boxes."""

    number: int
    width: float
    height: float
    codes: tuple[PaperCode, ...]
    boxes: tuple[PaperBox, ...]

    def as_kept(self) -> Json:
        """The page as the record of the sheet keeps it."""
        codes: Json = [[one.corner, one.x, one.y, one.side] for one in self.codes]
        boxes: Json = [[one.row, one.mark, one.x, one.y, one.width, one.height] for one in self.boxes]
        return {
            "number": self.number,
            "width": self.width,
            "height": self.height,
            "codes": codes,
            "boxes": boxes,
        }


def pages_kept(pages: Sequence[PaperPage]) -> str | None:
    """Pages as the record of a sheet keeps them; None without any."""
    return json.dumps([one.as_kept() for one in pages]) if pages else None


def pages_of(kept: str | None) -> tuple[PaperPage, ...]:
    """The pages that the record of a sheet keeps."""
    return tuple(
        PaperPage(
            one["number"], one["width"], one["height"],
            tuple(PaperCode(*code) for code in one["codes"]), tuple(PaperBox(*box) for box in one["boxes"]),
        )
        for one in json.loads(kept or "[]")
    )  # fmt: skip
