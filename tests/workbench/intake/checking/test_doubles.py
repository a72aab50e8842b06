"""Rows of one customer: equal ones count once, different ones wait for a choice, figures are added once (trap 6)."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.fixes import MERGING, Offers, as_read, merging_words, with_fix
from workbench.intake.report import ColumnMatch

HEAD = ["客户号", "姓名", "存款余额", "理财余额"]
ONE = "0000000001"


def test_an_equal_row_counts_once_and_is_no_conflict() -> None:
    sheet = look(HEAD, [[ONE, "甲", 1.0, 2.0], [ONE, "甲", 1.0, 2.0]])
    assert (sheet.checked.keys, sheet.checked.doubles, sheet.checked.conflicts) == ([ONE], 1, ())
    assert sheet.one("same_row_twice").row == 3


def test_rows_that_differ_in_a_kept_column_only_are_not_equal() -> None:
    sheet = look([*HEAD, "随便"], [[ONE, "甲", 1.0, 2.0, "a"], [ONE, "甲", 1.0, 2.0, "b"]])
    assert sheet.checked.conflicts == ("2、3",)


def test_the_sum_adds_what_differs_fills_blanks_and_keeps_what_is_the_customers_own() -> None:
    rows: list[list[Any]] = [[ONE, "甲", 1.0, 9.0], [ONE, "甲", 2.5, 9.0], ["0000000002", "乙", 4.0, 5.0]]
    assert set(MERGING) & look(HEAD, rows).fixes() == {"sum", "last", "first"}
    sheet = look(HEAD, rows, fixes=["sum"])
    assert sheet.checked.keys == [ONE, "0000000002"]
    assert (sheet.column("deposit_balance"), sheet.column("wealth_balance")) == ([350, 400], [900, 500])


def test_a_figure_merged_over_the_rows_of_a_customer_counts_once() -> None:
    rows: list[list[Any]] = [[ONE, "甲", 1.0, 9.0], [ONE, "甲", 2.5, 9.0], ["0000000002", "乙", 4.0, 5.0]]
    rows += [["0000000002", "乙", 1.0, 6.0]]
    sheet = look(HEAD, rows, fixes=["sum"], carried={3: frozenset({2})})
    assert (sheet.column("deposit_balance"), sheet.column("wealth_balance")) == ([350, 500], [900, 1100])


@pytest.mark.parametrize("cell", ["#N/A", "见附件"])
def test_a_row_whose_figure_cannot_be_read_leaves_the_sum_unknown(cell: str) -> None:
    sheet = look(HEAD, [[ONE, "甲", 1.0, "-"], [ONE, "甲", cell, 2.0]], fixes=["sum"])
    assert (sheet.column("deposit_balance"), sheet.column("wealth_balance")) == ([None], [200])


def test_a_row_in_foreign_money_leaves_the_sum_unknown() -> None:
    sheet = look(
        [*HEAD, "币种"], [[ONE, "甲", 1.0, "", "人民币"], [ONE, "甲", 2.0, "", "美元"]], fixes=["sum"]
    )
    assert sheet.column("deposit_balance") == [None]


def test_no_sum_is_offered_where_rows_differ_in_more_than_figures() -> None:
    sheet = look([*HEAD, "性别"], [[ONE, "甲", 1.0, 9.0, "男"], [ONE, "甲", 2.0, 9.0, "女"]])
    assert set(MERGING) & sheet.fixes() == {"last", "first"}


@pytest.mark.parametrize(("fix", "kept"), [("first", 100), ("last", 200)])
def test_the_first_or_the_last_row_is_taken_as_chosen(fix: str, kept: int) -> None:
    sheet = look(HEAD, [[ONE, "甲", 1.0, 9.0], [ONE, "甲", 2.0, 9.0]], fixes=[fix])
    assert sheet.column("deposit_balance") == [kept]
    assert (sheet.checked.conflicts, sheet.checked.doubles) == ((), 1)


def test_the_newer_row_is_offered_only_where_dates_decide_for_every_group() -> None:
    head = [*HEAD, "数据日期"]
    rows = [[ONE, "甲", 1.0, 9.0, "20261030"], [ONE, "甲", 2.0, 9.0, "20261031"]]
    assert "newer" in look(head, rows).fixes()
    assert look(head, rows, fixes=["newer"]).column("deposit_balance") == [200]
    equal = [[*row[:4], "20261031"] for row in rows]
    assert "newer" not in look(head, equal).fixes()


def test_a_change_of_manager_has_a_fault_of_its_own() -> None:
    sheet = look([*HEAD, "客户经理"], [[ONE, "甲", 1.0, 9.0, "王"], [ONE, "甲", 1.0, 9.0, "李"]])
    assert [problem.row for problem in sheet.problems("manager_changed")] == [2, 3]


# -- fixes that exclude one another ------------------------------------------------------------------------


def test_of_the_ways_to_make_one_row_the_last_chosen_stands() -> None:
    assert with_fix({"sum", "zeros"}, "last") == {"last", "zeros"}
    assert with_fix({"unit:2:元", "unit:3:元"}, "unit:2:万元") == {"unit:2:万元", "unit:3:元"}
    assert with_fix({"dates:4:day"}, "dates:4:month") == {"dates:4:month"}


def test_every_way_has_its_words_with_the_number_of_customers() -> None:
    assert all("7" in merging_words(key, 7) for key in MERGING)


def test_a_unit_and_a_swap_that_were_taken_change_how_columns_are_read() -> None:
    columns = [
        ColumnMatch(0, "客户号", "customer_no", "exact"), ColumnMatch(2, "时点", "aum_balance", "exact"),
        ColumnMatch(3, "日均", "aum_daily_average", "exact"),
    ]  # fmt: skip
    read = as_read(columns, Offers(frozenset({"unit:3:万元", "swap:2:3"})))
    assert [(one.field, one.unit) for one in read] == [
        ("customer_no", "元"), ("aum_daily_average", "元"), ("aum_balance", "万元"),
    ]  # fmt: skip
