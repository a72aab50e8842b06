"""A sheet as it is printed, ticked with a pen, scanned, and entered: from paper back into the book."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from db import book_key
from tests.books import new_book
from tests.workbench.outreach.made import WEEK
from tests.workbench.sheets.coming_back.made import Week, contents, handed_out
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.sheets.pdf import pages

DPI = 150


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    monkeypatch.setattr(book_key, "COST", 16)
    with new_book(tmp_path / "week.book") as book:
        yield handed_out(book, {"red": 4, "C3": 5})


def printed(week: Week) -> tuple[bytes, Mapping[str, HandedSheet]]:
    """The plan and the call sheet of the week on paper, kept as handed out, by kind."""
    paper = week.sheets.plan_pdf(week.outreach.plan(WEEK))
    for one in paper.handed:
        week.sheets.handed_out.keep(one)
    return paper.content, {one.kind: one for one in paper.handed}


def scanned(
    pdf: bytes, sheets: Mapping[str, HandedSheet], ticks: Mapping[tuple[str, int], str], to: Path
) -> Path:
    """All pages as a scanned PDF with a pen's tick in the box (mark) of some rows (kind, row)."""
    images = [Image.frombytes("RGB", (one.width, one.height), one.rgb) for one in pages(pdf, DPI)]
    first = 0
    for sheet in sheets.values():
        for page in sheet.pages:
            pen = ImageDraw.Draw(images[first + page.number - 1])
            for box in page.boxes:
                if ticks.get((sheet.kind, box.row)) == box.mark:
                    x, y, side = (value * DPI / 25.4 for value in (box.x, box.y, box.width))
                    line = (x + side * 0.1, y + side * 0.5, x + side * 0.4, y + side * 0.9, x + side, y)
                    pen.line(line, fill="#1c2a80", width=3)
        first += max((page.number for page in sheet.pages), default=0)
    images[0].save(to, "PDF", save_all=True, append_images=images[1:], resolution=DPI)
    return to


def test_a_scan_and_the_keypad_of_the_same_ticks_leave_identical_books(week: Week, tmp_path: Path) -> None:
    pdf, sheets = printed(week)
    calls, plan = sheets["calls_pdf"], sheets["plan_pdf"]
    ticks = {("calls_pdf", row.row): mark for row, mark in zip(calls.rows, "7413", strict=False)}
    ticks |= {("plan_pdf", plan.rows[0].row): plan.pages[0].boxes[0].mark}
    review = week.back().of_picture(scanned(pdf, sheets, ticks, tmp_path / "扫描.pdf"))
    assert (review.questions, review.refused, review.missing) == ((), (), ())
    before = contents(week.book)
    change = review.entering().enter()
    assert change.count == len(ticks)
    by_picture = given(week)
    assert change.undo_id is not None
    week.book.reverse(change.undo_id)
    assert contents(week.book) == before
    for sheet in (plan, calls):
        pad = week.back().keypad(sheet.number)
        for (kind, row), mark in ticks.items():
            place = sheet.row(row)
            if kind == sheet.kind and place is not None:
                assert pad.type(place.label, mark).fault == ""
        week.back().of_keypad(pad).enter()
    assert given(week) == by_picture


def given(week: Week) -> dict[str, list[str]]:
    """What the book holds without ids."""
    return {name: sorted(repr(row[1:]) for row in rows) for name, rows in contents(week.book).items()}
