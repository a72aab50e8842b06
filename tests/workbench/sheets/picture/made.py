"""Pages of sheets as a picture of them would be read, made by hand: no paper, no codes."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from PIL import Image, ImageDraw

from workbench.base.errors import WorkbenchError
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import SIGNS, keys
from workbench.outreach.results.paper import PaperBox, PaperPage
from workbench.sheets.picture.picture import BoxReading, BoxState, PageReading, PaperPicture

#: rows of a page, pixels of a millimetre
ROWS, SCALE = 12, 4
_SIDE, _LEFT, _TOP, _LINE = 3.3, 120.0, 40.0, 14.0


def on_paper(sheet: HandedSheet) -> HandedSheet:
    """The sheet with boxes on pages of so many rows: for the digits of a customer, for done, half and missed of the plan."""
    pages = []
    for first in range(0, len(sheet.rows), ROWS):
        boxes = []
        for place, row in enumerate(sheet.rows[first : first + ROWS]):
            marks = SIGNS if row.of_plan else [one.digit for one in keys(of_plan=False)]
            boxes += [
                PaperBox(
                    row.row, mark, _LEFT + n * (_SIDE + 1), _TOP + place * _LINE, _SIDE, _SIDE
                )
                for n, mark in enumerate(marks)
            ]  # fmt: skip
        pages.append(PaperPage(first // ROWS + 1, 210.0, 297.0, (), tuple(boxes)))
    return replace(sheet, pages=tuple(pages))


def pictured(
    sheet: HandedSheet, page: int, states: Mapping[tuple[int, str], BoxState], *, drawn: bool = False
) -> PageReading:
    """A page of a sheet `on_paper` with these boxes (row, mark) not empty; `drawn`: with a picture worth looking at."""
    paper = sheet.pages[page - 1]
    boxes = tuple(_reading(box, states.get((box.row, box.mark), "empty")) for box in paper.boxes)
    picture = _drawn(sheet, paper, boxes) if drawn else PaperPicture(1, 1, 1, bytes(3))
    return PageReading(sheet.number, page, picture, boxes)


def ticked(sheet: HandedSheet, results: Mapping[int, str]) -> list[PageReading]:
    """All pages of a sheet with a tick in a box of some rows, none of them doubtful."""
    states: dict[tuple[int, str], BoxState] = dict.fromkeys(results.items(), "ticked")
    return [pictured(sheet, page.number, states) for page in sheet.pages]


def _reading(box: PaperBox, state: BoxState) -> BoxReading:
    x, y, side = box.x * SCALE, box.y * SCALE, box.width * SCALE
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    return BoxReading(box, {"empty": 0.01, "doubtful": 0.08, "ticked": 0.3}[state], state, corners)


def _drawn(sheet: HandedSheet, page: PaperPage, boxes: Sequence[BoxReading]) -> PaperPicture:
    image = Image.new("RGB", (int(page.width * SCALE), int(page.height * SCALE)), "#f4f2ec")
    pen = ImageDraw.Draw(image)
    for one in boxes:
        (x, y), _right, (right, bottom), _left = one.corners
        pen.rectangle((x, y, right, bottom), outline="black", width=2)
        if one.box.mark == boxes[0].box.mark:
            place = sheet.row(one.box.row)
            pen.text((60, y), f"{place.label if place else ''}  ** 1234", fill="black")
        if one.state == "ticked":
            pen.line((x + 2, y + 6, x + 6, bottom - 2, right - 1, y + 1), fill="#203080", width=2)
        if one.state == "doubtful":
            pen.line((x + 3, bottom - 3, x + 7, bottom - 5), fill="#405090", width=1)
    return PaperPicture(1, image.width, image.height, image.tobytes())


class ReadingsGiven:
    """A reader to which pictures are given as they would be read; a refusal among them is raised."""

    def __init__(self, readings: Iterable[PageReading | WorkbenchError]) -> None:
        self._readings = tuple(readings)

    def pictures(self, _content: bytes) -> Iterable[PaperPicture]:
        """One picture for each."""
        return [PaperPicture(number, 1, 1, bytes(3)) for number in range(1, len(self._readings) + 1)]

    def pages(
        self, picture: PaperPicture, _mark: str, _find: Callable[[str], HandedSheet | None]
    ) -> Sequence[PageReading]:
        """The page given for a picture."""
        one = self._readings[picture.number - 1]
        if isinstance(one, WorkbenchError):
            raise one
        return (one,)


def png() -> bytes:
    """A small picture, so that a file of it is taken for one."""
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG")
    return made.getvalue()
