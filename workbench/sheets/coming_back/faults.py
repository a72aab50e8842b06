"""Cells of an xlsx that hold an Excel error (#REF! …): the reader of lists takes them for empty; on a sheet that came back
they are something that a person has to look at."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.base.packed import holds
from workbench.sheets.coming_back.grid import ReturnedCell, ReturnedSheet

#: how a worksheet marks a cell with an error
_MARK = (b't="e"', b"t='e'")


def with_faults(path: Path, sheets: Sequence[ReturnedSheet]) -> list[ReturnedSheet]:
    """The worksheets of a file with the errors of their cells, as Excel writes them, where the reader left nothing."""
    try:
        faults = error_cells(path)
    except Exception:  # noqa: BLE001  (the reader took the file; what it took stands without a second look)
        return list(sheets)
    return [_with(sheet, faults[sheet.name]) if sheet.name in faults else sheet for sheet in sheets]


def error_cells(path: Path) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Worksheet -> (row, column), both from 1 -> error. Nothing for a file that is no xlsx or has none."""
    if not _marked(path):
        return {}
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        return {
            sheet.title: {
                (cell.row, cell.column): str(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.data_type == "e"
            }
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _marked(path: Path) -> bool:
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as packed:
        sheets = [
            one for one in packed.namelist() if one.startswith("xl/worksheets/") and one.endswith(".xml")
        ]
        return any(holds(packed, one, _MARK) for one in sheets)


def _with(sheet: ReturnedSheet, faults: Mapping[tuple[int, int], str]) -> ReturnedSheet:
    rows: list[tuple[ReturnedCell, ...]] = []
    for number, row in enumerate(sheet.rows):
        cells = list(row)
        for column in range(len(cells)):
            if cells[column] in (None, ""):
                cells[column] = faults.get((sheet.first_row + number, column + 1), cells[column])
        rows.append(tuple(cells))
    return replace(sheet, rows=tuple(rows))
