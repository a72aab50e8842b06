"""A sheet with several tables becomes several sheets, an ordinary list stays whole, and no row is lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.intake.conftest import HEADER, ROWS, customers
from tests.workbench.intake.form.test_header import TWO, sheet_of
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.blocks import blocks
from workbench.intake.form.header import find_header
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules

PRODUCTS = [["产品代码", "产品名称", "风险等级"], ["P01", "稳健一号", "R2"], ["P02", "进取二号", "R4"]]


def _split(rows: list[list[Any]], rules: Rules, **more: Any) -> tuple[RawSheet, ...]:
    return blocks(sheet_of(rows, **more), catalogue(), rules)


def test_a_second_table_below_a_blank_row_is_a_sheet_of_its_own(rules: Rules) -> None:
    rows = [*customers(total=["合计", "3户", "", 1.0, 1.0]), [], ["产品清单"], *PRODUCTS]
    merged = ((0, 0, 0, 4), (8, 0, 8, 2))
    first, second = _split(
        rows,
        rules,
        first_row=3,
        first_column=2,
        merged=merged,
        hidden_rows=frozenset({1, 10}),
        unvalued=((9, 2),),
    )
    assert (first.name, first.height, first.first_row) == ("客户清单", 8, 3)
    assert (second.name, second.first_row, second.first_column) == ("客户清单(第2块)", 11, 2)
    assert second.row(0)[0] == "产品清单"
    assert (second.merged, second.hidden_rows, second.unvalued) == (
        ((0, 0, 0, 2),),
        frozenset({2}),
        ((1, 2),),
    )
    assert (first.merged, first.hidden_rows) == (((0, 0, 0, 4),), frozenset({1}))
    layout = find_header(second, catalogue(), rules)
    assert layout is not None
    assert (layout.header, layout.above) == (1, ("产品清单",))


def test_a_small_table_above_a_large_one_is_not_taken_for_titles(rules: Rules) -> None:
    parts = _split([*PRODUCTS, [], *customers()], rules)
    assert [sheet.height for sheet in parts] == [4, 6]
    assert parts[1].row(0)[0] == "个人客户资产月报"


def test_a_table_with_a_header_of_two_rows_begins_above_both(rules: Rules) -> None:
    parts = _split([*PRODUCTS, [], *TWO], rules)
    assert [sheet.height for sheet in parts] == [4, 5]
    layout = find_header(parts[1], catalogue(), rules)
    assert layout is not None
    assert layout.depth == 2


def test_a_page_break_is_no_new_table(rules: Rules) -> None:
    assert len(_split([*customers(), [], *customers()], rules)) == 1
    assert len(_split([*TWO, [], *TWO], rules)) == 1


def test_the_same_headings_under_another_date_or_unit_are_a_new_table(rules: Rules) -> None:
    assert len(_split([*customers(), [], *customers(date="2026年9月30日")], rules)) == 2
    assert len(_split([*customers(), [], *customers(unit="万元")], rules)) == 2


def test_blank_rows_footers_and_side_notes_do_not_split_a_list(rules: Rules) -> None:
    rows = [*customers(), [], ["0000000011", "王芳", "金卡", 1.0, 2.0], [], ["制表人:张三"], ["客户层级", "说明"],
            ["金卡", "50万"]]  # fmt: skip
    assert len(_split(rows, rules)) == 1
    beside = [
        [*row, *[""] * (5 - len(row)), "", "注:余额含理财" if n == 3 else ""]
        for n, row in enumerate(customers())
    ]
    assert len(_split(beside, rules)) == 1


def test_tables_beside_each_other_share_out_the_columns(rules: Rules) -> None:
    rows = [
        [*left, "", *right] for left, right in zip([HEADER, *ROWS], [HEADER, *reversed(ROWS)], strict=True)
    ]
    first, second = _split(rows, rules, merged=((0, 6, 0, 7),), hidden_columns=frozenset({0, 7}))
    assert (len(first.columns), len(second.columns), second.first_column) == (6, 5, 7)
    assert (second.merged, second.hidden_columns, second.row(0)) == (((0, 0, 0, 1),), frozenset({1}), HEADER)
    without_gap = [
        [*left, *right] for left, right in zip([HEADER, *ROWS], [HEADER, *reversed(ROWS)], strict=True)
    ]
    assert [len(sheet.columns) for sheet in _split(without_gap, rules)] == [5, 5]


def test_an_empty_column_inside_one_list_does_not_split_it(rules: Rules) -> None:
    holdings = [
        ["客户号", "客户姓名", "", "产品代码", "产品名称", "份额"],
        *[["0000000001", "林", "", "P1", "甲", 1.0]] * 3,
    ]
    assert len(_split(holdings, rules)) == 1
    assert len(_split([[*row[:2], "", *row[2:]] for row in [HEADER, *ROWS]], rules)) == 1


_ROW = st.sampled_from(
    [HEADER, ROWS[0], ROWS[1], [], ["合计", "", "", 1.0, 2.0], ["产品清单"], *PRODUCTS, ["注:略"], *TWO[1:3],
     ["数据日期:2026-09-30", "", "单位:万元"], ["", "王", "", 1.0]]
)  # fmt: skip


@given(st.lists(_ROW, min_size=1, max_size=25))
def test_every_row_belongs_to_exactly_one_block(rows: list[list[Any]]) -> None:
    sheet = sheet_of([*rows, [""] * 3])
    parts = blocks(sheet, catalogue(), Rules.load())
    below = [
        row
        for part in parts
        if part.first_column == 1
        for row in range(part.first_row, part.first_row + part.height)
    ]
    assert below == list(range(1, sheet.height + 1))
    for part in parts:
        for index in range(part.height):
            whole = sheet.row(part.first_row - 1 + index)
            left = part.first_column - 1
            assert part.row(index) == whole[left : left + len(part.columns)]
