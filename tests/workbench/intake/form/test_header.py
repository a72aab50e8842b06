"""The header row is found under title rows, and rows that are not data are named."""

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.intake.conftest import HEADER, ROWS, customers
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.form.header import Layout, find_header, layout_at, sort_rows
from workbench.intake.reading.reader import RawSheet
from workbench.rules.parameters import Rules


def sheet_of(rows: list[list[Any]], **more: Any) -> RawSheet:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet("客户清单", tuple(zip(*padded, strict=True)), **more)


def _layout(sheet: RawSheet, rules: Rules) -> Layout:
    layout = find_header(sheet, catalogue(), rules)
    assert layout is not None
    return layout


# -- one row -----------------------------------------------------------------------------------------------


def test_errors_in_cells_are_no_words_of_a_heading(rules: Rules) -> None:
    errors = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!"]
    sheet = sheet_of([["Code", "Result", "Rate", "Rate", ""], errors, [5.0] * 5, errors, [6.0] * 5])
    assert _layout(sheet, rules).header == 0


@pytest.mark.parametrize("above", [0, 1, 2, 5])
def test_the_header_is_recognised_under_any_number_of_title_rows(rules: Rules, above: int) -> None:
    titles: list[list[Any]] = [
        ["某某支行个人客户资产月报"],
        ["数据日期:2026-10-31", "", "单位:元"],
        [],
        ["内部资料"],
        [],
    ]
    layout = _layout(sheet_of([*titles[:above], HEADER, *ROWS]), rules)
    assert layout.header == above
    assert list(layout.names) == HEADER
    assert layout.sure >= rules.number("intake.header_sure")


def test_the_header_is_recognised_behind_empty_rows_and_columns(rules: Rules) -> None:
    rows = [[""] * 7, [""] * 7, *(["", "", *row] for row in customers())]
    layout = _layout(sheet_of(rows), rules)
    assert (layout.header, layout.depth) == (4, 1)
    assert list(layout.names) == ["", "", *HEADER]


def test_a_title_that_names_columns_is_not_the_header(rules: Rules) -> None:
    rows = [["客户姓名 金融资产 清单"], ["客户号", "说明:以下客户号为核心客户号"], HEADER, *ROWS]
    assert _layout(sheet_of(rows), rules).header == 2


def test_values_that_are_known_words_do_not_make_a_row_the_header(rules: Rules) -> None:
    rows = [
        ["代码", "类别", "归类"],
        ["TS1", "保险", "基金"],
        ["TS2", "理财", "国债"],
        ["TS3", "基金", "保险"],
    ]
    assert _layout(sheet_of(rows), rules).header == 0


def test_a_sheet_without_known_headings_gets_its_best_row_and_little_trust(rules: Rules) -> None:
    rows = [["某某情况表"], ["甲项", "乙项", "丙项"], ["好", 1.0, 2.0], ["中", 3.0, 4.0]]
    layout = _layout(sheet_of(rows), rules)
    assert layout.header == 1
    assert layout.sure < rules.number("intake.header_sure")


def test_a_sheet_that_is_no_table_has_no_header(rules: Rules) -> None:
    assert find_header(sheet_of([["说明"]]), catalogue(), rules) is None
    assert (
        find_header(sheet_of([["说明"], ["本表仅供内部使用", 1.0], ["abc", 2.0]]), catalogue(), rules) is None
    )
    assert find_header(RawSheet("空", ()), catalogue(), rules) is None


def test_years_are_headings(rules: Rules) -> None:
    rows = [
        ["数据库:年度数据"],
        ["指标", "2023年", "2022年", "2021年"],
        ["甲", 1.0, 2.0, 3.0],
        ["乙", 4.0, 5.0, 6.0],
    ]
    assert _layout(sheet_of(rows), rules).header == 1


def test_a_line_break_inside_a_heading_is_taken_out(rules: Rules) -> None:
    rows = [["客户\n编号", "客户\r\n名称", "金融资产\n余额(元)"], ["0000000001", "林芳英", 1.0]]
    assert _layout(sheet_of(rows), rules).names == ("客户编号", "客户名称", "金融资产余额(元)")


# -- several rows ------------------------------------------------------------------------------------------

TWO = [
    ["个人客户资产月报", "", "", "", "", "", ""],
    ["客户号", "客户姓名", "资产", "", "存款(万元)", "", "备注"],
    ["", "", "余额", "月日均", "余额", "月日均", ""],
    ["0000000001", "林芳英", 5.0, 4.0, 3.0, 2.0, "甲"],
    ["0000000005", "孙兰超", 5.0, 4.0, 3.0, 2.0, ""],
]
TWO_MERGED = ((0, 0, 0, 6), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6))
TWO_NAMES = ("客户号", "客户姓名", "资产余额", "资产月日均", "存款余额(万元)", "存款月日均(万元)", "备注")


@pytest.mark.parametrize("merged", [TWO_MERGED, ()], ids=["merged cells known", "not known"])
def test_two_header_rows_are_joined_into_names_that_are_known(rules: Rules, merged: Any) -> None:
    layout = _layout(sheet_of(TWO, merged=merged), rules)
    assert (layout.header, layout.depth, layout.top) == (2, 2, 1)
    assert layout.names == TWO_NAMES
    assert layout.above == ("个人客户资产月报",)


def test_three_header_rows_are_joined(rules: Rules) -> None:
    rows = [
        ["客户信息", "", "资产情况", "", "", ""],
        ["客户号", "客户姓名", "存款", "", "理财", ""],
        ["", "", "余额", "月日均", "余额", "月日均"],
        ["0000000001", "林芳英", 5.0, 4.0, 3.0, 2.0],
    ]
    merged = ((0, 0, 0, 1), (0, 2, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5))
    layout = _layout(sheet_of(rows, merged=merged), rules)
    assert (layout.header, layout.depth) == (2, 3)
    assert layout.names == ("客户号", "客户姓名", "存款余额", "存款月日均", "理财余额", "理财月日均")


def test_a_middle_row_that_is_blank_under_merged_headings_is_part_of_the_header(rules: Rules) -> None:
    rows = [
        ["2026年11月触达反馈表", "", "", "", "", ""],
        ["序号", "基本信息", "", "跟进", "网点", "备注"],
        ["", "", "", "", "", ""],
        ["", "客户编号", "客户名称", "意向金额", "", ""],
        [1, "0000000001", "林芳英", "", "城东", ""],
    ]
    merged = ((0, 0, 0, 5), (1, 0, 3, 0), (1, 1, 2, 2), (1, 3, 2, 3), (1, 4, 3, 4), (1, 5, 3, 5))
    layout = _layout(sheet_of(rows, merged=merged), rules)
    assert (layout.header, layout.depth) == (3, 3)
    assert layout.names == ("序号", "客户编号", "客户名称", "跟进-意向金额", "网点", "备注")


def test_a_heading_that_narrows_the_one_below_is_never_left_out(rules: Rules) -> None:
    rows = [
        ["客户号", "客户姓名", "上月", "", "他行", ""],
        ["", "", "AUM", "客户等级", "AUM", "手机号"],
        ["0000000001", "林芳英", 5.0, "金卡", 3.0, "13800000000"],
    ]
    merged = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5))
    names = _layout(sheet_of(rows, merged=merged), rules).names
    assert names[2] == "上月-AUM" or catalogue().find(names[2]) != catalogue().find("AUM")
    assert names[4:] == ("他行-AUM", "他行-手机号")


def test_units_under_the_headings_belong_to_them(rules: Rules) -> None:
    rows = [
        ["客户号", "客户姓名", "存款余额", "理财余额"],
        ["", "", "(万元)", "元"],
        ["0000000001", "林芳英", 5.0, 4.0],
        ["0000000002", "王芳", 5.0, 4.0],
    ]
    assert _layout(sheet_of(rows), rules).names == ("客户号", "客户姓名", "存款余额(万元)", "理财余额(元)")


def test_chinese_names_under_field_codes_are_the_header_with_their_units(rules: Rules) -> None:
    rows = [
        ["CUST_NO", "CUST_NM", "AUM_AVG_M"],
        ["*客户号(必填)", "1.客户姓名", "AUM月日均(万元)"],
        ["0010000001", "张伟岚", 12.5],
    ]
    assert _layout(sheet_of(rows), rules).names[-1].endswith("AUM月日均(万元)")


def test_field_codes_under_the_headings_are_part_of_the_header(rules: Rules) -> None:
    rows = [HEADER, ["KHBH_X", "KHMC_X", "KHCJ_X", "AUM_YE", "AUM_RJ"], *ROWS]
    layout = _layout(sheet_of(rows), rules)
    assert (layout.header, layout.depth) == (1, 2)
    assert list(layout.names) == HEADER


def test_a_person_points_at_the_header(rules: Rules) -> None:
    layout = layout_at(sheet_of(TWO, merged=TWO_MERGED), 2, 2)
    assert (layout.names, layout.sure, layout.above) == (TWO_NAMES, 1.0, ("个人客户资产月报",))
    assert layout_at(sheet_of(TWO), 1).names == ("客户号", "客户姓名", "资产", "", "存款(万元)", "", "备注")


# -- rows --------------------------------------------------------------------------------------------------


def test_rows_that_are_not_data_are_named(rules: Rules) -> None:
    rows = customers(total=["合计", "3户", "", 657196.25, 638037.5])
    rows[4:4] = [["", "", "", "", ""], ["本页小计", "", "", 1.0, 1.0], HEADER]
    rows += [
        ["制表人:张三", "", "审核:李四"],
        ["注:余额含理财"],
        ["-----", "-----"],
        ["", "", "第 1 页 共 3 页"],
    ]
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert len(roles.data) == 3
    assert roles.not_data == {"title": 2, "header": 2, "total": 2, "note": 4, "blank": 1}
    assert (len(roles.totals), len(roles.subtotals)) == (1, 1)
    assert len(roles.data) + sum(roles.not_data.values()) == len(rows)


@pytest.mark.parametrize(
    "total",
    [
        ["", "总计", "", 657196.25, 638037.5], ["合计:", "", "", 657196.25, 638037.5],
        ["全行合计(3户)", "", "", 1.0, 1.0], ["", "", "合 计", 1.0, 1.0], [3.0, "合计", "", 1.0, 1.0],
        ["3", "合计", "", 1.0, 1.0],
    ],
)  # fmt: skip
def test_a_total_is_recognised_in_any_column(rules: Rules, total: list[Any]) -> None:
    sheet = sheet_of(customers(total=total))
    rows = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (rows.totals, len(rows.data)) == ([6], 3)


def test_a_total_above_the_data_counts_for_the_whole(rules: Rules) -> None:
    rows = customers()
    rows.insert(3, ["合计", "3户", "", 657196.25, 638037.5])
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (roles.totals, roles.data) == ([3], [4, 5, 6])


def test_totals_of_groups_are_no_total_of_the_list(rules: Rules) -> None:
    rows = [HEADER, ROWS[0], ["城东合计", "", "", 1.0, 1.0], ROWS[1], ROWS[2], ["城西合计", "", "", 2.0, 2.0]]
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (roles.totals, roles.subtotals) == ([], [2, 5])
    sheet = sheet_of([*rows, ["总计", "", "", 3.0, 3.0]])
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (roles.totals, roles.subtotals) == ([6], [2, 5])


def test_a_customer_named_like_a_total_stays_a_customer(rules: Rules) -> None:
    rows = customers(
        [*ROWS, ["0000000011", "合计有限公司", "金卡", 1.0, 2.0], ["0000000012", "合计", "", 1.0, 2.0]]
    )
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (len(roles.data), roles.totals) == (5, [])


def test_a_customer_without_a_number_is_data_not_a_note(rules: Rules) -> None:
    sheet = sheet_of(customers([*ROWS, ["", "王小明", "金卡", 1.0, 2.0], ["", "李明", "", "", ""]]))
    assert len(sort_rows(sheet, _layout(sheet, rules), 0, rules).data) == 5


def test_a_page_break_repeats_title_and_header(rules: Rules) -> None:
    sheet = sheet_of([*TWO, *TWO[:3], ["0000000009", "徐英静", 1.0, 1.0, 1.0, 1.0, ""]], merged=TWO_MERGED)
    rows = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert rows.data == [3, 4, 8]
    assert [rows.role(index) for index in (0, 1, 2, 5, 6, 7)] == ["title", "header", "header"] * 2


def test_the_line_that_numbers_the_columns_is_part_of_the_header(rules: Rules) -> None:
    rows = customers()
    rows.insert(3, ["1", "2", "3", "4", "5"])
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), 0, rules)
    assert (roles.data, roles.role(3)) == ([4, 5, 6], "header")


def test_without_a_key_column_the_first_column_of_texts_tells(rules: Rules) -> None:
    rows = [["指标", "甲", "乙"], ["一", 1.0, 2.0], ["二", 3.0, 4.0], ["合计", 4.0, 6.0], ["注:略", "", ""]]
    sheet = sheet_of(rows)
    roles = sort_rows(sheet, _layout(sheet, rules), None, rules)
    assert (roles.data, roles.totals, roles.not_data) == ([1, 2], [3], {"header": 1, "total": 1, "note": 1})


_KEY = st.one_of(
    st.text(string.digits, min_size=1, max_size=12), st.integers(0, 10**9).map(float),
    st.sampled_from(["", None, "合计", "小计", "客户编号", "注:", "----", "A-01", "总计(3户)", "王", "第1页", " "]),
)  # fmt: skip
_CELL = st.one_of(
    st.none(),
    st.just(""),
    st.floats(0, 1e9),
    st.sampled_from(["合计", "客户名称", "张三", "单位:元", "小计"]),
)


@given(st.lists(st.tuples(_KEY, _CELL, _CELL, _CELL, _CELL).map(list), max_size=12))
def test_every_row_is_data_or_named_and_a_number_is_data(rows: list[list[Any]]) -> None:
    rules = Rules.load()
    sheet = sheet_of([["个人客户资产月报"], HEADER, *ROWS, *rows])
    layout = layout_at(sheet, 1)
    roles = sort_rows(sheet, layout, 0, rules)
    assert sorted([*roles.data, *roles.named]) == list(range(sheet.height))
    assert {*roles.totals, *roles.subtotals} <= roles.named.keys()
    numbered = [
        index
        for index in range(5, sheet.height)
        if str(sheet.columns[0][index] or "").strip(".0123456789-A") == ""
    ]
    for index in numbered:
        key = sheet.columns[0][index]
        if key not in (None, "") and any(sign.isdigit() for sign in str(key)) and roles.role(index) != "data":
            texts = str(key).removesuffix(".0")
            if "合计" in sheet.row(index) or "小计" in sheet.row(index):
                assert int(texts) <= sheet.height or len(texts) != len(ROWS[0][0])
            else:  # a sum, a count or a template's row, and then nobody's
                assert sheet.columns[1][index] in (None, "")


def test_a_change_under_another_balance_is_not_the_change_of_the_assets(rules: Rules) -> None:
    rows = [
        ["客户号", "姓名", "AUM", "", "存款", "", "资产情况"],
        ["", "", "余额", "较上月", "余额", "较上月", "较年初"],
        ["0000000001", "林芳英", 1.0, 2.0, 3.0, 4.0, 5.0],
        ["0000000002", "孙兰超", 1.0, 2.0, 3.0, 4.0, 5.0],
    ]
    names = _layout(sheet_of(rows), rules).names
    assert names[3] == "AUM较上月"
    assert catalogue().find(names[5]) is None
