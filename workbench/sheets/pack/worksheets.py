"""Parts as worksheets: the rows as on paper, set up to print, numbered rows with the ids by which they come back."""

import io
import math
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.sheets.content import Imprint, footer
from workbench.sheets.fillable import ID, Choices, FillColumns, fill_in, numbered_line, row_id
from workbench.sheets.handed_out import HandedSheet
from workbench.sheets.pack.part import Grid, Part

_FONT = "Microsoft YaHei"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HAIR, _RULE = Side("thin", color="BBBBBB"), Side("thin", color="222222")
_UNDER, _BOXED = Border(bottom=_HAIR), Border(_RULE, _RULE, _RULE, _RULE)
_PLAIN, _BOLD, _FAINT = Font(_FONT, 10), Font(_FONT, 10, bold=True), Font(_FONT, 10, color="555555")
_GREY = PatternFill("solid", fgColor="F0F0EC")
#: the row of the headings; above it: title, what it is about, number
HEAD_ROW = 4


def workbook(numbered: Sequence[tuple[Part, HandedSheet]], imprint: Imprint, mark: str) -> bytes:
    """The workbook of some parts as bytes; `mark` tells the book from others."""
    book = Workbook()
    book.remove(book.active)
    choices = Choices(book, mark, [handed.number for _part, handed in numbered if handed.rows])
    taken: set[str] = set()
    for part, handed in numbered:
        for grid in part.grids:
            sheet = book.create_sheet(_name(grid.name, taken), len(taken))
            _fill(sheet, grid, handed, mark)
            if grid.result and handed.rows:
                columns = FillColumns(grid.result, len(grid.heads) + 1, next=grid.next, note=grid.note)
                rows = range(HEAD_ROW + 1, HEAD_ROW + 1 + len(grid.rows))
                fill_in(sheet, columns, rows, choices, plan=part.code == "plan")
            _print_setup(sheet, grid, footer(part.dated, imprint))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _name(name: str, taken: set[str]) -> str:
    """A name of a worksheet that is not taken, as long as a spreadsheet allows."""
    one = next(
        text
        for text in (name[:31], *(f"{name[:27]} {n}" for n in range(2, len(taken) + 3)))
        if text not in taken
    )
    taken.add(one)
    return one


def _fill(sheet: Worksheet, grid: Grid, handed: HandedSheet, mark: str) -> None:
    last = len(grid.heads)
    for row, text, font in (
        (1, grid.title, Font(_FONT, 16, bold=True)),
        (2, "    ".join(filter(None, grid.about)), _FAINT),
        (3, numbered_line(handed), _FAINT),
    ):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        _put(sheet, row, 1, text, font)
        lines = max(1, math.ceil(_measured(text) / sum(grid.widths))) if row == 2 else 1
        sheet.row_dimensions[row].height = 28 if row == 1 else 16 * lines
    for column, (head, width) in enumerate(zip(grid.heads, grid.widths, strict=True), 1):
        cell = _put(sheet, HEAD_ROW, column, head, _BOLD)
        cell.fill = _GREY
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, cells in enumerate(grid.rows, HEAD_ROW + 1):
        lines = 1
        for column, text in enumerate(cells, 1):
            _put(sheet, row, column, text, _PLAIN).border = _UNDER
            room = grid.widths[column - 1] - 1.5
            lines = max(lines, sum(max(1, math.ceil(_measured(part) / room)) for part in text.split("\n")))
        sheet.row_dimensions[row].height = min(400, 15 * lines + 5)
        for column in filter(None, (grid.result, grid.next, grid.note)):
            sheet.cell(row, column).border = _BOXED
        if grid.result and handed.rows:
            _put(sheet, row, last + 1, row_id(mark, handed.number, int(cells[0])), _FAINT)
    if grid.result and handed.rows:
        _put(sheet, HEAD_ROW, last + 1, _(ID), _FAINT)
    end = HEAD_ROW + len(grid.rows)
    for below, note in enumerate(grid.notes, end + 2):
        _put(sheet, below, 1, note, _FAINT).alignment = Alignment(vertical="top")
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(last)}{end + 1 + len(grid.notes)}"


def _put(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> Cell:
    """Write a cell; text stays text, also when it begins like a formula."""
    cell: Cell = sheet.cell(row, column, text)
    cell.data_type, cell.font = "s", font
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    cell.alignment = Alignment(vertical="top", wrap_text=row > 1)
    return cell


def _measured(text: str) -> int:
    """Width in Latin characters: a Chinese one counts two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _print_setup(sheet: Worksheet, grid: Grid, foot: Sequence[str]) -> None:
    """A4, one page wide, head rows on every page, and whose paper it is in the footer."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if grid.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.45, 0.7, 0.3
    dated, by, at, internal = (part.replace("&", "&&") for part in foot)
    sheet.oddFooter.left.text, sheet.oddFooter.center.text = dated, f"{by}  {at}"
    sheet.oddFooter.right.text = f"{internal}  &P/&N"
    sheet.sheet_view.showGridLines = False
