"""Typeset numbered sheets with codes at the corners of their pages, and tell where their boxes stand on paper."""

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.paper import PaperBox, PaperCode, PaperPage
from workbench.sheets.pdf import compiled_with_places
from workbench.sheets.picture.codes import PageCode, short_mark

#: rows that a page has at least, as a rule; a sheet of more pages is typeset once more
_ROWS = 10


class _Place(TypedDict):
    """Where something stands: the page of the document from 1, mm from its upper left corner."""

    page: int
    x: float
    y: float


class _Paper(_Place):
    """A paper: the sheet it is of (its place from 0), its number there from 1 (None: by its page), its size and its codes in
    mm."""

    sheet: int
    number: int | None
    width: float
    height: float
    codes: list[tuple[float, float]]
    side: float


class _Boxes(_Place):
    """Boxes side by side: the row of their sheet, what a tick in each means, their side and the way from one to the next in
    mm."""

    row: int
    marks: list[str]
    side: float
    pitch: float


class _Places(TypedDict):
    papers: list[_Paper]
    boxes: list[_Boxes]


def coded(
    template: str, content: Mapping[str, object], mark: str, sheets: Sequence[HandedSheet]
) -> tuple[bytes, tuple[tuple[PaperPage, ...], ...]]:
    """A PDF of sheets that come back, and the pages of each; those without rows have no codes and no pages."""
    most = [2 + len(one.rows) // _ROWS if one.rows else 0 for one in sheets]
    while True:
        codes = [
            [_images(mark, one.number, page) for page in range(1, pages + 1)]
            for one, pages in zip(sheets, most, strict=True)
        ]
        pdf, told = compiled_with_places(template, content, codes)
        places: _Places = json.loads(told)
        made = [_pages(places, place) for place in range(len(sheets))]
        needed = [max((one.number for one in pages), default=0) for pages in made]
        if all(number <= pages for number, pages in zip(needed, most, strict=True)):
            return pdf, tuple(
                tuple(one for one in pages if drawn[one.number - 1])
                for pages, drawn in zip(made, codes, strict=True)
            )
        most = [max(pair) for pair in zip(needed, most, strict=True)]


def _images(mark: str, sheet: str, page: int) -> list[str]:
    """The four codes of a page; none for a number that a code cannot tell."""
    import segno

    texts = [PageCode(short_mark(mark), sheet, page, corner).text for corner in range(4)]
    return [
        segno.make(text, error="l", version=1, mode="alphanumeric", mask=1, boost_error=False).svg_inline(
            border=0
        )
        for text in texts
        if text
    ]


def _pages(places: _Places, sheet: int) -> tuple[PaperPage, ...]:
    """The papers of one sheet with their boxes. A page of a document may hold several: cards that are cut apart."""
    made: list[PaperPage] = []
    papers = [one for one in places["papers"] if one["sheet"] == sheet]
    for one in papers:
        codes = tuple(
            PaperCode(corner, _mm(x), _mm(y), _mm(one["side"])) for corner, (x, y) in enumerate(one["codes"])
        )
        boxes = tuple(
            PaperBox(
                group["row"], mark, _mm(group["x"] + n * group["pitch"] - one["x"]), _mm(group["y"] - one["y"]),
                _mm(group["side"]), _mm(group["side"]),
            )
            for group in places["boxes"]
            if group["page"] == one["page"]
            and one["x"] <= group["x"] < one["x"] + one["width"]
            and one["y"] <= group["y"] < one["y"] + one["height"]
            for n, mark in enumerate(group["marks"])
        )  # fmt: skip
        number = one["number"] or one["page"] - papers[0]["page"] + 1
        made.append(PaperPage(number, _mm(one["width"]), _mm(one["height"]), codes, boxes))
    return tuple(made)


def _mm(value: float) -> float:
    return round(value, 2)
