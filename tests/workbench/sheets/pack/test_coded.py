"""Sheets that come back bear codes at the corners of every page, and say where their boxes stand."""

from collections import Counter

import numpy as np

from tests.workbench.sheets.picture.papers_made import MARK, papers
from tests.workbench.sheets.picture.snapping import page_image
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.sheets.pack.coded import coded
from workbench.sheets.picture.finding import codes_in

_SHEET = HandedSheet("261116-081200", "calls_pdf", "2026-W47", "", "", (SheetRow(1, "1"),), 1)
#: a call sheet of nobody
_PAPER = {
    "title": "", "week": "", "span": "", "draft": "", "warnings": [], "says": "", "heads": [""] * 7, "nobody": "",
    "frame": {"footer": [""], "number": "", "destroy": "", "page": "", "watermark": "", "sheet": 0, "coded": True},
}  # fmt: skip


def by_template() -> dict[str, HandedSheet]:
    return {one.kind.removesuffix("_pdf"): one for one in papers()[1]}


def test_every_kind_that_comes_back_tells_a_box_for_each_row_and_result() -> None:
    for template, sheet in by_template().items():
        boxes = [box for page in sheet.pages for box in page.boxes]
        marks = {"plan": 3, "month": 1}.get(template, 10)
        assert Counter(box.row for box in boxes) == {row.row: marks for row in sheet.rows}, template
        assert len({(box.row, box.mark) for box in boxes}) == len(boxes)
    assert [len(one.pages) for one in papers()[1]][:5] == [2, 1, 1, 1, 1]
    assert {box.mark for page in by_template()["plan"].pages for box in page.boxes} == {"✓", "½", "×"}
    assert {box.mark for page in by_template()["month"].pages for box in page.boxes} == {""}
    # cards are cut apart: each is a page of its own
    assert [(one.number, one.height, {box.row for box in one.boxes}) for one in by_template()["cards"].pages] == [
        (1, 148.5, {1}), (2, 148.5, {2}),
    ]  # fmt: skip


def test_boxes_stand_within_the_page_beside_its_codes() -> None:
    for sheet in papers()[1]:
        for page in sheet.pages:
            for box in page.boxes:
                assert 10 < box.x < page.width - 10 - box.width
                assert 10 < box.y < page.height - 10 - box.height
            assert [code.corner for code in page.codes] == [0, 1, 2, 3]


def test_every_printed_page_with_boxes_is_recognised_by_four_codes() -> None:
    seen = Counter(
        (code.sheet, code.page)
        for number in range(10)
        for code in codes_in(np.asarray(page_image(papers()[0], number, 150).convert("L")))
    )
    assert seen == {(sheet.number, page.number): 4 for sheet in papers()[1] for page in sheet.pages}


def test_a_sheet_of_more_pages_than_its_rows_let_expect_has_codes_on_each() -> None:
    page = {**_PAPER, "part": "calls", "codes": [], "legend": [], "pages": [[], [], [], [], []]}
    _pdf, [pages] = coded("pack", {"lang": "zh", "title": "", "parts": [page]}, MARK, [_SHEET])
    assert [one.number for one in pages] == [1, 2, 3, 4, 5]


def test_a_legend_of_two_lines_leaves_the_codes_alone() -> None:
    page = {
        **_PAPER,
        "part": "calls",
        "codes": [],
        "legend": ["1 Interested  2 Considering  " * 5],
        "pages": [[]],
    }
    pdf, [[paper]] = coded("pack", {"lang": "en", "title": "", "parts": [page]}, MARK, [_SHEET])
    grey = np.asarray(page_image(pdf, 0, 254).convert("L"))
    for code in paper.codes:
        left, top, side = round(code.x * 10), round(code.y * 10), round(code.side * 10)
        around = grey[top - 8 : top + side + 8, left - 8 : left + side + 8].copy()
        around[6:-6, 6:-6] = 255
        assert around.min() == 255, code.corner
