"""Parts as worksheets: the rows as on paper, set up to print; numbered rows are filled in and come back by their ids."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer
from workbench.sheets.fillable import ChoiceSheet, FillRows, make_fillable, numbered_line
from workbench.sheets.headings import what_heads
from workbench.sheets.pack.part import Grid, Part
from workbench.sheets.worksheet import (
    FAINT,
    measured_width,
    put,
    put_head,
    put_line,
    put_titles,
    set_page,
    set_widths,
)
from workbench.trust.verdicts import anchor_words

#: widths in characters of the columns that a sheet is given to come back: why it was missed, when it was
_REASON_WIDTH, _DAY_WIDTH = 12, 12
#: characters of 10 points that stand in a line of portrait A4
_PORTRAIT = 100


def workbook(
    numbered: Sequence[tuple[Part, HandedSheet]], imprint: Imprint, mark: str, rules: Rules
) -> bytes:
    """The workbook of some parts as bytes; `mark` tells the book from others."""
    book = Workbook()
    book.remove(book.active)
    choices = ChoiceSheet(book, mark, [handed for _part, handed in numbered if handed.rows])
    taken = {choices.name}
    for part, handed in numbered:
        for grid in part.grids:
            sheet = book.create_sheet(_name(grid.name, taken))
            columns, top, last = _fill(sheet, grid, handed, choices, rules)
            landscape = grid.landscape or measured_width(sheet, columns) > _PORTRAIT
            set_page(
                sheet, footer(part.dated, imprint), columns=columns, last=last, titles=f"1:{top}",
                landscape=landscape,
            )  # fmt: skip
    book.properties.keywords = anchor_words(imprint.anchor)
    choices.settle(book)
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


def _fill(
    sheet: Worksheet, grid: Grid, handed: HandedSheet, choices: ChoiceSheet, rules: Rules
) -> tuple[int, int, int]:
    """Write a grid; how many columns are seen, the row of its headings, the last row."""
    heads, widths = [*grid.heads], [float(width) for width in grid.widths]
    returns = bool(grid.result and handed.rows)
    if returns:
        more = _more(heads, handed)
        heads += [head for head, _width in more]
        widths += [width for _head, width in more]
    set_widths(sheet, widths)
    number = [numbered_line(handed)] if handed.rows else []
    titles = [grid.title, *filter(None, ["    ".join(filter(None, grid.about)), *number])]
    put_titles(sheet, titles, len(heads))
    top = len(titles) + 1
    put_head(sheet, top, heads)
    for row, cells in enumerate(grid.rows, top + 1):
        put_line(sheet, row, [*cells, *[""] * (len(heads) - len(cells))], widths)
    last = top + len(grid.rows)
    if returns:
        rows = FillRows(top + 1, [one.row for one in handed.rows], plan=handed.rows[0].of_plan)
        make_fillable(sheet, heads, rows, handed, choices, rules)
        # the ids move with their rows when the list is sorted
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(heads) + 1)}{last}"
    for row, note in enumerate(grid.notes, last + 2):
        put(sheet, row, 1, note, FAINT)
        last = row
    sheet.freeze_panes = f"A{top + 1}"
    return len(heads), top, last


def _more(heads: Sequence[str], handed: HandedSheet) -> list[tuple[str, int]]:
    """Columns that are asked for beside the result: why a row of the plan was missed, when a customer was met."""
    given = {what_heads(head) for head in heads}
    if handed.rows[0].of_plan:
        return [] if "reason" in given else [(_("未成原因"), _REASON_WIDTH)]
    return [] if "on" in given else [(_("联系日期"), _DAY_WIDTH)]
