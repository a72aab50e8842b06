"""A week whose plan and call sheet were handed out, a person who fills the file in, and a program that saves it again."""

import io
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from db.engine import Book
from db.tables import GIVEN
from tests.books import PASSPHRASE
from tests.workbench.outreach.made import WEEK, many, put_customers, room
from tests.workbench.sheets.picture.made import ReadingsGiven
from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.entering import Entering
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.room import Outreach
from workbench.rules.parameters import Rules
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.coming_back.room import ComingBack
from workbench.sheets.picture.picture import PageReading
from workbench.sheets.room import Sheets
from workbench.trust.register import Register

#: a small week: nine rows, some twenty customers
KINDS = {"red": 4, "orange": 3, "C3": 5, "C1": 4, "birthday": 2}
MANAGER = {"manager": "李敏"}


@dataclass(frozen=True)
class Week:
    """A week that was handed out as a workbook: its plan sheet and its call sheet."""

    book: Book
    outreach: Outreach
    sheets: Sheets
    file: bytes
    plan: HandedSheet
    calls: HandedSheet

    def back(
        self,
        grids: Sequence[ReturnedSheet] = (),
        pages: Sequence[PageReading | WorkbenchError] | None = None,
    ) -> ComingBack:
        """The way back, of a file that is read as these worksheets, or of pictures that are read as these pages."""

        def read(_path: Path, _progress: Progress) -> Sequence[ReturnedSheet]:
            return grids

        reader = ReadingsGiven(pages) if pages is not None else None
        return ComingBack(self.book, Rules.load(), self.sheets.handed_out, read, reader)

    def entering(self, file: bytes) -> Entering:
        """What a file would enter."""
        return self.back(grids_of(file)).of_file(Path("back.xlsx"))


def handed_out(book: Book, kinds: Mapping[str, int] = KINDS) -> Week:
    """A week of customers with these leads, its workbook saved."""
    put_customers(book, range(1, sum(kinds.values()) + 1))
    outreach = room(book, many(dict(kinds)), MANAGER)
    return hand_out(book, outreach)


def copied(closed: Week, folder: Path) -> Week:
    """The week of a book that is closed, in a copy of that book."""
    copy = folder / "week.book"
    shutil.copyfile(closed.book.path, copy)
    book = Book.open(copy, PASSPHRASE)
    outreach = room(book, many(KINDS), MANAGER)
    sheets = Sheets(book, MANAGER, Register(book), lambda: outreach)
    return replace(closed, book=book, outreach=outreach, sheets=sheets)


def hand_out(book: Book, outreach: Outreach) -> Week:
    """The workbook of the week as it stands, kept as handed out."""
    sheets = Sheets(book, MANAGER, Register(book), lambda: outreach)
    printed = sheets.plan_xlsx(outreach.plan(WEEK))
    for one in printed.handed:
        sheets.handed_out.keep(one)
    plan, calls = printed.handed
    return Week(book, outreach, sheets, printed.content, plan, calls)


def grids_of(file: bytes) -> list[ReturnedSheet]:
    """A workbook as the reading process gives it, read in this one."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file))
    grids = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
        merged = tuple(
            (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        grids.append(ReturnedSheet(name, rows, 1, merged))
    return grids


def changed(file: bytes, change: Callable[[Any], object]) -> bytes:
    """The file after somebody opened it, changed it and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def head_row(sheet: Worksheet) -> int:
    """The row of the headings of a call sheet."""
    return next(row for row in range(1, 30) if sheet.cell(row, 1).value == "序号")


def columns(sheet: Worksheet) -> dict[str, int]:
    """Heading -> column."""
    row = head_row(sheet)
    return {str(cell.value): cell.column for cell in sheet[row] if cell.value}


def row_of(sheet: Worksheet, label: str) -> int:
    """The row of the worksheet with this number on paper."""
    column = 2 if "-" in label else 1
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, column).value) == label)


def fill(file: bytes, results: Mapping[str, Any], *, sheet: int = 1, column: str = "结果") -> bytes:
    """The file with something in the boxes of some rows (numbers on paper)."""

    def write(book: Any) -> None:
        page = book.worksheets[sheet]
        place = columns(page)[column]
        for label, value in results.items():
            page.cell(row_of(page, label), place).value = value

    return changed(file, write)


def contents(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """What people gave the book, table by table, without the numbers and times by which sheets are known."""
    told: dict[str, list[tuple[Any, ...]]] = {}
    with book.read() as conn:
        for table in GIVEN:
            if table.name == "handed_out":
                continue
            rows = conn.exec_driver_sql(f"select * from {table.name} order by id")
            names = list(rows.keys())
            hidden = {"created_at"} & set(names)
            told[table.name] = [
                tuple(value for name, value in zip(names, row, strict=True) if name not in hidden)
                for row in rows
            ]
    return told
