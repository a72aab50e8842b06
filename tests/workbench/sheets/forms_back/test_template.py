"""The empty form: what stands in it, and that it comes back as it went out."""

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.workbench.sheets.forms_back.test_fixed_form import FORM
from workbench.base.errors import WorkbenchError
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.forms_back.fixed_form import read_form
from workbench.sheets.forms_back.template import form_template
from workbench.sheets.printed import Printed

ROWS = (
    {
        "name": "体检",
        "level": ("L4", "L5"),
        "cap": 2,
        "budget": 1234567,
        "part": 0.05,
        "kind": "year",
        "on": False,
    },
    {"name": "=茶", "level": ("L5",), "budget": 500000},
)


def grids(printed: Printed) -> list[ReturnedSheet]:
    """Its worksheets as the reader of files hands them over."""
    book = openpyxl.load_workbook(io.BytesIO(printed.content))
    return [
        ReturnedSheet(sheet.title, tuple(tuple(row) for row in sheet.iter_rows(values_only=True)))
        for sheet in book.worksheets
    ]


def test_what_is_written_comes_back() -> None:
    read = read_form(FORM, grids(form_template(FORM, ROWS)))
    assert not read.problems
    assert [dict(row.values) for row in read.rows] == [dict(row) for row in ROWS]
    assert [row.row for row in read.rows] == [5, 6]


def test_examples_are_never_read() -> None:
    printed = form_template(replace(FORM, examples=ROWS))
    sheets = grids(printed)
    assert any("体检" in row for sheet in sheets[1:] for row in sheet.rows)
    with pytest.raises(WorkbenchError) as refused:
        read_form(FORM, sheets)
    assert refused.value.code == "form_empty"
    assert printed.rows == 0


def test_lists_to_choose_from() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_template(FORM).content))
    rules = book.worksheets[0].data_validations.dataValidation
    assert sorted(str(rule.sqref) for rule in rules) == ["G5:G64", "H5:H64"]
    assert [cell.value for cell in book["选项"]["A"]][:2] == ["一次", "每年"]
    assert book["选项"].sheet_state == "hidden"
