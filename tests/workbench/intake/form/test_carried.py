"""Merged areas fill all their rows; what is no data row, and what is no part of an area, stays blank."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.intake.conftest import write_xlsx
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.checks import check
from workbench.intake.reading.reader import RawSheet, read_file
from workbench.intake.review.recognise import Knowledge, recognised
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

RULES = Rules.load()
HEADER = ["归属支行", "管户经理", "客户号", "客户姓名", "产品名称", "到期日", "到期金额"]
Area = tuple[int, int, int, int]


def seen(rows: list[list[Any]], merged: tuple[Area, ...] = ()) -> SheetState:
    """The state of a sheet of these rows, with a date in the name of its file."""
    width = max(map(len, rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    sheet = RawSheet("清单", tuple(zip(*filled, strict=True)), merged=merged)
    return recognised(sheet, Path("到期20261031.xlsx"), None, Knowledge(catalogue(), RULES))


def entered(state: SheetState) -> tuple[list[str], dict[str, list[Any]], list[Any]]:
    """What would enter the book: keys, columns, refusals."""
    plan = state.plan()
    assert plan is not None
    checked = check(state.sheet, plan, catalogue(), RULES)
    return checked.keys, checked.columns, sorted(checked.refusals)


def _runs(rows: list[list[Any]], column: int, first: int) -> list[Area]:
    """The runs of equal cells of a column as areas; `first` is the index of the first row."""
    areas: list[Area] = []
    start = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at][column] != rows[start][column]:
            if at - start > 1:
                areas.append((first + start, column, first + at - 1, column))
            start = at
    return areas


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[list[Any]], list[Area]]:
    """Maturities of some customers, and runs of equal cells to be merged, the same choice of columns for all."""
    rows: list[list[Any]] = []
    for number in range(draw(st.integers(1, 5))):
        branch = draw(st.sampled_from(["城东支行", "城西支行"]))
        manager = draw(st.sampled_from(["王芳", "李雷"]))
        for line in range(draw(st.integers(1, 4))):
            product = draw(st.sampled_from(["定期存款", "安心理财", "大额存单"]))
            rows.append(
                [branch, manager, f"00100000{number:02d}", f"张{'甲乙丙丁戊'[number]}", product,
                 f"2026-11-{1 + line:02d}", 10_000.0 + 7 * len(rows)]
            )  # fmt: skip
    columns = draw(st.sets(st.sampled_from(range(5)), min_size=1))
    return rows, [area for column in sorted(columns) for area in _runs(rows, column, 2)]


@given(lists())
@law(examples=300)
def test_any_merged_area_equals_the_unmerged_list(made: tuple[list[list[Any]], list[Area]]) -> None:
    rows, areas = made
    merged = [list(row) for row in rows]
    for top, column, bottom, _right in areas:
        for row in range(top + 1, bottom + 1):
            merged[row - 2][column] = ""
    title: list[list[Any]] = [["2026年10月31日 到期明细"], HEADER]
    assert entered(seen([*title, *merged], tuple(areas))) == entered(seen([*title, *rows]))


def test_a_merged_area_fills_its_rows_in_a_file_and_rows_of_totals_stay_blank(tmp_path: Path) -> None:
    import openpyxl

    rows = [["归属支行", "客户号", "客户姓名", "AUM月日均"], ["城东支行", "0010000001", "张甲", 1],
            ["", "0010000002", "张乙", 2], ["", "小计", "", 3], ["", "", "", ""]]  # fmt: skip
    path = write_xlsx(tmp_path / "名单20261031.xlsx", [("名单", rows)])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A2:A9")
    book.save(path)
    state = recognised(read_file(path).sheets[0], path, None, Knowledge(catalogue(), RULES))
    assert state.sheet.columns[0][:4] == ("归属支行", "城东支行", "城东支行", "")
    assert state.sheet.carried == {0: {2}}
    assert entered(state)[1]["branch"] == ["城东支行", "城东支行"]


def test_a_blank_that_no_area_covers_stays_blank() -> None:
    rows: list[list[Any]] = [
        ["管户经理", "客户号", "客户姓名", "AUM月日均"],
        ["王芳", "0010000001", "张甲", 1.0],
        ["", "0010000002", "张乙", 2.0],
        ["", "0010000003", "张丙", 4.0],
    ]
    assert entered(seen(rows, ((1, 0, 2, 0),)))[1]["manager_name"] == ["王芳", "王芳", None]
    assert entered(seen(rows))[1]["manager_name"] == ["王芳", None, None]


@pytest.mark.parametrize("header", [0, 1])
def test_a_heading_merged_downwards_fills_nothing(header: int) -> None:
    rows: list[list[Any]] = [
        ["客户号", "客户姓名", "AUM月日均"],
        ["", "", ""],
        ["0010000001", "张甲", 1.0],
        ["0010000002", "", 2.0],
    ]
    del rows[1 : 2 - header]
    state = seen(rows, ((0, 0, 1, 0),) if header else ())
    assert state.sheet.carried == {}
