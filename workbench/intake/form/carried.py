"""Fills blanks that the form of a sheet shows to continue the value above: merged areas, labels written once a group.

Only data rows are filled, never totals, notes or blank rows, and never a blank that the form does not explain.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.form.blocks import key_column
from workbench.intake.form.group_labels import group_labels
from workbench.intake.form.layout import Layout
from workbench.intake.form.rows import Rows, sort_rows
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

_SKIPPED = frozenset({"total", "subtotal", "blank", "header", "title", "template"})

#: column -> row -> the value that is carried there
Carried = Mapping[int, Mapping[int, Cell]]


def carried(
    sheet: RawSheet, layout: Layout, catalogue: FieldCatalogue, rules: Rules
) -> tuple[RawSheet, Rows | None]:
    """The sheet with such blanks filled; `RawSheet.carried` tells which, `RawSheet.guessed` in which columns the form
    only suggests it. With it its rows by the column that `key_column` names, where they are known already."""
    sheet = uncarried(sheet)
    first = layout.header + 1
    if first >= sheet.height:
        return sheet, None
    key = key_column(layout, catalogue)
    areas = [area for area in sheet.merged if area[0] >= first and area[2] > area[0]]
    if areas:
        named = sort_rows(sheet, layout, key, rules, by_sums=False).named
        skipped = {row for row, role in named.items() if role in _SKIPPED}
        sheet = filled(sheet, _merged(sheet, areas, skipped))
    labels = group_labels(sheet, layout, key, catalogue, rules)
    if not any(labels.cells.values()):
        return sheet, labels.rows
    return replace(filled(sheet, labels.cells), guessed=labels.guessed), None


def uncarried(sheet: RawSheet) -> RawSheet:
    """The sheet without what was carried into it."""
    if not sheet.carried:
        return sheet
    columns = list(sheet.columns)
    for number, rows in sheet.carried.items():
        columns[number] = tuple("" if row in rows else cell for row, cell in enumerate(columns[number]))
    return replace(sheet, columns=tuple(columns), carried={}, guessed=frozenset())


def filled(sheet: RawSheet, cells: Carried) -> RawSheet:
    """The sheet with these cells filled, noted as carried."""
    if not any(cells.values()):
        return sheet
    columns = list(sheet.columns)
    noted = dict(sheet.carried)
    for number, values in cells.items():
        column = list(columns[number])
        for row, value in values.items():
            column[row] = value
        columns[number] = tuple(column)
        noted[number] = noted.get(number, frozenset()) | values.keys()
    return replace(sheet, columns=tuple(columns), carried=noted)


def _merged(
    sheet: RawSheet, areas: Iterable[tuple[int, int, int, int]], skipped: Collection[int]
) -> dict[int, dict[int, Cell]]:
    """The first cell of each merged area, for the blank cells below it."""
    cells: dict[int, dict[int, Cell]] = {}
    height = sheet.height
    for top, left, bottom, _right in areas:
        if left >= len(sheet.columns) or top >= height:
            continue
        column = sheet.columns[left]
        if _blank(column[top]):
            continue
        for row in range(top + 1, min(bottom + 1, height)):
            if row not in skipped and _blank(column[row]):
                cells.setdefault(left, {})[row] = column[top]
    return cells


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
