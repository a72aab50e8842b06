"""产品包: the form is written, filled in, read back; rows that stay out say their row and reason (domain 13.4)."""

import io
from typing import Any

import openpyxl
import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.insight.selling.test_room import PAYROLL, WORDS
from workbench.insight.selling.kinds import lines_of, templates
from workbench.rules.parameters import Rules
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.forms_back.fixed_form import FormRead, read_form
from workbench.sheets.printed import Printed
from workbench.sheets.product_homework import new_sheets, product_form, product_template, refused_rows

RULES = Rules.load()


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


def reading(printed: Printed, **changed: Any) -> FormRead:
    """What comes back of a form; `changed`: heading -> what is written into the cell of the first row."""
    book = openpyxl.load_workbook(io.BytesIO(printed.content))
    grids = []
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if sheet is book.worksheets[0]:
            heads = [str(one or "").rstrip(" *") for one in rows[3]]
            for heading, value in changed.items():
                rows[4][heads.index(heading)] = value
        grids.append(ReturnedSheet(sheet.title, tuple(tuple(row) for row in rows)))
    return read_form(product_form(RULES), grids)


def test_sheets_go_out_and_come_back_the_same(small: SmallBook) -> None:
    selling = small.insight.selling
    selling.put(PAYROLL)
    before = selling.sheets()
    read = reading(product_template(before, RULES))
    assert read.problems == ()
    taken = selling.take_in(new_sheets(read))
    assert (taken.stored, dict(taken.faults)) == (1, {})
    assert selling.sheets() == before


def test_a_row_that_stays_out_says_its_row_and_what_may_be_said(small: SmallBook) -> None:
    selling = small.insight.selling
    selling.put(PAYROLL)
    sheets = selling.sheets()
    read = reading(product_template(sheets, RULES), **{"第二句:最坏会怎样": "稳赚"})
    taken = selling.take_in(new_sheets(read))
    (stayed,) = refused_rows(read, taken)
    assert (stayed.row, stayed.code, stayed.level) == (5, "red_line", "refuse")
    assert "第 5 行" in stayed.message
    assert "可以说" in stayed.message
    assert selling.sheets() == sheets
    read = reading(product_template(sheets, RULES), 产品角色="敲门")
    assert [one.row for one in refused_rows(read, selling.take_in(new_sheets(read)))] == [5]


def test_an_empty_form_has_every_line_and_both_templates_as_examples() -> None:
    form = product_form(RULES)
    keys = [one.key for one in form.columns]
    assert {line.code for code in templates() for line in lines_of(code)} <= set(keys)
    assert [one["template"] for one in form.examples] == ["structured", "vip"]
    assert {one.key for one in form.columns if one.required} == {"code", "role", "model", "margin"}
    assert set(WORDS) <= set(keys)
