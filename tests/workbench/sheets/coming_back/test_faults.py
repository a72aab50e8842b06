"""An Excel error in a cell of a sheet that came back is seen, not taken for an empty box."""

from pathlib import Path

import openpyxl

from workbench.sheets.coming_back.faults import error_cells, with_faults
from workbench.sheets.coming_back.grid import ReturnedSheet


def file_of(folder: Path, *faults: tuple[int, int, str]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "电访单"
    sheet.append(["序号", "结果", "备注"])
    sheet.append([1, None, None])
    sheet.append([2, None, "写过"])
    for row, column, value in faults:
        cell = sheet.cell(row, column, value)
        cell.data_type = "e"
    book.save(folder / "back.xlsx")
    return folder / "back.xlsx"


def test_errors_stand_where_the_reader_left_nothing(tmp_path: Path) -> None:
    file = file_of(tmp_path, (2, 2, "#REF!"), (3, 3, "#N/A"))
    grid = ReturnedSheet("电访单", (("序号", "结果", "备注"), (1.0, "", ""), (2.0, "", "写过")))
    (read,) = with_faults(file, [grid])
    assert read.rows == (("序号", "结果", "备注"), (1.0, "#REF!", ""), (2.0, "", "写过"))
    assert read.mark(1, 1) == "#REF!"


def test_a_file_without_errors_or_of_another_kind_is_left_as_it_is(tmp_path: Path) -> None:
    assert error_cells(file_of(tmp_path)) == {}
    other = tmp_path / "back.csv"
    other.write_text("序号,结果\n1,#REF!\n", encoding="utf-8")
    assert error_cells(other) == {}
