"""Pieces of a worksheet that prints: text that stays text, heads, lines that grow with their words, the set-up of the page."""

import math
from collections.abc import Sequence
from copy import copy
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.outward import fill
from workbench.base.unseen import seen_line

FONT = "Microsoft YaHei"
_HAIR, _RULE = Side("thin", color="BBBBBB"), Side("thin", color="222222")
PLAIN, BOLD, FAINT = Font(FONT, 10), Font(FONT, 10, bold=True), Font(FONT, 10, color="555555")
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_UNDER, _HEADED = Border(bottom=_HAIR), Border(top=_RULE, bottom=_RULE)
_BOXED = Border(_RULE, _RULE, _RULE, _RULE)
_GREY = PatternFill("solid", fgColor="F0F0EC")
#: the highest row of a spreadsheet in points
_HIGHEST = 409
#: so many lines of text get a spare one
_SPARE = 4


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | float | Decimal,
    font: Font = PLAIN,
    *,
    wrap: bool = False,
) -> Cell:
    """Write a cell; text stays text, also when it begins like a formula."""
    cell: Cell = sheet.cell(row, column)
    cell.font = font
    cell.alignment = _WRAPPED if wrap else _TOP
    fill(cell, value)
    return cell


def put_titles(sheet: Worksheet, lines: Sequence[str], columns: int) -> None:
    """Write the lines above a table over so many columns: the first large, the others faint; they grow with their words."""
    room = measured_width(sheet, columns)
    for row, text in enumerate(lines, 1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        cell = put(sheet, row, 1, text, Font(FONT, 16, bold=True) if row == 1 else FAINT, wrap=row > 1)
        if row == 1:
            cell.alignment = MIDDLE
        sheet.row_dimensions[row].height = (
            28 if row == 1 else 16 * max(1, math.ceil(measured(text) / room)) + 2
        )


def put_head(sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    """Write the headings of a table."""
    for column, head in enumerate(heads, 1):
        cell = put(sheet, row, column, head, FAINT)
        cell.fill, cell.border, cell.alignment = _GREY, _HEADED, MIDDLE
    sheet.row_dimensions[row].height = 18


def put_line(
    sheet: Worksheet, row: int, values: Sequence[str | float | Decimal], widths: Sequence[float]
) -> None:
    """Write a line of a table; it is as high as its longest cell needs."""
    lines = 1
    # the style of a whole line is looked up once: openpyxl compares styles field by field
    first = sheet.cell(row, 1)
    first.font, first.alignment, first.border = PLAIN, _WRAPPED, _UNDER
    plain = copy(first._style)
    for column, value in enumerate(values, 1):
        cell: Cell = sheet.cell(row, column)
        cell._style = copy(plain)
        fill(cell, value)
        if isinstance(value, str):
            # cell edges and wrapping cost about 1.5 characters a line
            room = widths[column - 1] - 1.5
            lines = max(lines, sum(max(1, math.ceil(measured(part) / room)) for part in value.split("\n")))
    # another program's font is wider: of four lines one may become two
    sheet.row_dimensions[row].height = min(_HIGHEST, 15 * (lines + lines // _SPARE) + 5)


def boxes(sheet: Worksheet, rows: range, column: int, number_format: str = "General") -> None:
    """Boxes for a pen around the cells of a column."""
    first = sheet.cell(rows[0], column)
    first.border, first.alignment, first.font, first.number_format = _BOXED, _CENTRED, PLAIN, number_format
    for row in rows[1:]:
        sheet.cell(row, column)._style = copy(first._style)


def measured(text: str) -> int:
    """Width in Latin characters: a Chinese one counts two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def measured_width(sheet: Worksheet, columns: int) -> float:
    """Width of the first columns together, in characters."""
    return sum(float(sheet.column_dimensions[get_column_letter(n)].width) for n in range(1, columns + 1))


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """The widths of the columns in characters."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def footer_words(text: str) -> str:
    """A text as the footer of a worksheet takes it: a sign of its own language is doubled."""
    return seen_line(text).replace("&", "&&")


def set_page(
    sheet: Worksheet, footer: Sequence[str], *, columns: int, last: int, titles: str, landscape: bool
) -> None:
    """A4, one page wide, the rows `titles` ('1:4') on every page, and whose paper it is in the footer: data date, who printed
    it, when, 'internal'."""
    sheet.print_area = f"A1:{get_column_letter(columns)}{last}"
    sheet.print_title_rows = titles
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.45, 0.7, 0.3
    data_date, printed_by, printed_at, internal = (footer_words(part) for part in footer)
    sheet.oddFooter.left.text = data_date
    sheet.oddFooter.center.text = f"{printed_by}  {printed_at}"
    sheet.oddFooter.right.text = f"{internal}  &P/&N"
    sheet.sheet_view.showGridLines = False
