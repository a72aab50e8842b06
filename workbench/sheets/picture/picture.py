"""The values of a picture that was read: the picture itself, and what stands in each box of the page on it."""

from dataclasses import dataclass
from typing import Literal

from workbench.outreach.results.paper import PaperBox

#: what a box holds: nothing; a tick; something of which a person has to say what it is
BoxState = Literal["empty", "ticked", "doubtful"]
#: (x, y) in pixels of the picture, from its upper left corner
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture of one page, upright as it was taken: `number` of the page in its file, from 1; `rgb` holds height x width x 3
    bytes, rows from the top; `packed`: the same as JPEG, where it is only kept to be looked at and `rgb` is empty."""

    number: int
    width: int
    height: int
    rgb: bytes
    packed: bytes = b""


@dataclass(frozen=True, slots=True)
class BoxReading:
    """A box as it was read. `dark`: share of its inside that is written on, 0..1; `corners`: upper left, upper right, lower
    right and lower left corner of its inside as the page is read, in pixels of the picture. A box without a `mark`, into
    which a digit is written, is 'empty' or 'doubtful', never 'ticked'."""

    box: PaperBox
    dark: float
    state: BoxState
    corners: tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class PageReading:
    """A printed page as its picture was read: the number of its sheet, its `page` there (from 1), its boxes in the order in
    which they are printed; `turn`: by how many quarters clockwise the picture is turned so that the page stands upright."""

    sheet: str
    page: int
    picture: PaperPicture
    boxes: tuple[BoxReading, ...]
    turn: int = 0

    @property
    def doubtful(self) -> tuple[BoxReading, ...]:
        """The boxes that a person has to settle."""
        return tuple(one for one in self.boxes if one.state == "doubtful")
