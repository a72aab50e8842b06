"""A part of the week's paper as a worksheet that can be filled in and read back."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.rules.parameters import Rules
from workbench.sheets.fillable import Choices, FillRows, make_fillable, numbered_line
from workbench.sheets.headings import what_heads
from workbench.sheets.pack.part import Grid
from workbench.sheets.worksheet import FAINT, put, put_head, put_line, put_titles, set_page, set_widths

_DAY_WIDTH = 12


def grid_sheet(
    book: Workbook, grid: Grid, handed: HandedSheet, choices: Choices, footer: Sequence[str], rules: Rules
) -> Worksheet:
    """Add a worksheet with the rows of a grid; those with a number come back. When somebody was called is asked beside his
    result."""
    sheet = book.create_sheet(grid.name)
    heads, widths = list(grid.heads), [float(width) for width in grid.widths]
    comes_back = any(grid.ids) and any(what_heads(head) == "result" for head in heads)
    if comes_back and all(what_heads(head) != "on" for head in heads):
        heads, widths = [*heads, _("联系日期")], [*widths, _DAY_WIDTH]
    set_widths(sheet, widths)
    titles = [grid.title, *grid.about, *([numbered_line(handed)] if comes_back else [])]
    put_titles(sheet, titles, len(heads))
    top = len(titles) + 1
    put_head(sheet, top, heads)
    for row, cells in enumerate(grid.rows, top + 1):
        put_line(sheet, row, [*cells, *[""] * (len(heads) - len(cells))], widths)
    last = top + max(1, len(grid.rows))
    if comes_back:
        make_fillable(sheet, heads, FillRows(top + 1, tuple(grid.ids)), handed, choices, rules)
        # the ids move with their rows when the list is sorted
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(heads) + 1)}{last}"
    for row, note in enumerate(grid.notes, last + 2):
        put(sheet, row, 1, note, FAINT)
        last = row
    sheet.freeze_panes = f"A{top + 1}"
    landscape = grid.landscape or comes_back
    set_page(sheet, footer, columns=len(heads), last=last, titles=f"1:{top}", landscape=landscape)
    return sheet
