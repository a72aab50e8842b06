"""One-click fixes do what they say, only where it fits, and can be left again."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts
from workbench.intake.checking.fixes import with_fix

BASE = ["客户号", "姓名", "AUM余额"]


# -- zeros -----------------------------------------------------------------------------------------------------


def test_lost_zeros_are_named_and_restored_to_the_usual_length_of_the_book() -> None:
    rows = [[123.0, "甲一", 1.0], ["0000000456", "乙二", 2.0]]
    sheet = look(BASE, rows, facts=BookFacts(usual_length=10))
    problem = sheet.one("leading_zeros_lost")
    assert (problem.row, problem.value, problem.fix) == (2, "123", "zeros")
    assert sheet.checked.keys == ["123", "0000000456"]
    assert (sheet.fix("zeros").count, sheet.fix("zeros").applied) == (1, False)
    mended = look(BASE, rows, fixes=["zeros"], facts=BookFacts(usual_length=10))
    assert mended.checked.keys == ["0000000123", "0000000456"]
    assert mended.fix("zeros").applied
    assert "leading_zeros_lost" not in mended.codes()


def test_the_usual_length_of_the_sheet_counts_where_the_book_is_new() -> None:
    rows = [["10000001", "甲", 1.0], ["10000002", "乙", 1.0], ["10000003", "丙", 1.0], ["4567", "丁", 1.0]]
    sheet = look(BASE, rows)
    assert [p.row for p in sheet.problems("leading_zeros_lost")] == [5]
    rows[2][0] = rows[1][0][:5] + "9"
    rows[0][0] = "123"
    assert "leading_zeros_lost" not in look(BASE, rows).codes()


def test_text_that_kept_its_zeros_lost_none() -> None:
    rows = [["10000001", "甲", 1.0], ["10000002", "乙", 1.0], ["0045", "丁", 1.0]]
    assert "leading_zeros_lost" not in look(BASE, rows).codes()


def test_a_number_made_whole_again_meets_its_other_row() -> None:
    rows = [["00000123", "甲", 1.0], [123.0, "甲", 1.0], ["10000002", "乙", 1.0]]
    sheet = look(BASE, rows, fixes=["zeros"])
    assert (sheet.checked.keys, sheet.checked.doubles) == (["00000123", "10000002"], 1)


# -- several rows for one customer -----------------------------------------------------------------------------

ACCOUNTS = [
    ["000001", "甲一", 100.0, 5.0, "6001", "张经理"], ["000001", "甲一", 200.0, 5.0, "6002", "张经理"],
    ["000002", "乙二", 7.0, 6.0, "6003", "张经理"],
]  # fmt: skip
ACCOUNT_HEADER = [*BASE, "AUM月日均", "账号", "客户经理"]


def test_unlike_rows_are_refused_until_a_person_chooses() -> None:
    sheet = look(ACCOUNT_HEADER, ACCOUNTS)
    assert sheet.checked.keys == ["000002"]
    assert sheet.checked.conflicts == ("2、3",)
    assert sheet.fixes() == {"sum", "last", "first"}
    assert sheet.fix("sum").count == 1
    assert set(sheet.checked.refusals) == {1, 2}


def test_sum_adds_what_differs_and_leaves_what_is_repeated() -> None:
    sheet = look(ACCOUNT_HEADER, ACCOUNTS, fixes=["sum"])
    assert sheet.checked.keys == ["000001", "000002"]
    assert sheet.column("aum_balance") == [30_000, 700]
    assert sheet.column("aum_daily_average") == [500, 600]
    assert (sheet.checked.doubles, sheet.checked.refused) == (1, 0)
    assert sheet.one("rows_summed").row == 3


def test_a_figure_that_differs_for_one_customer_is_added_for_all() -> None:
    rows = [*ACCOUNTS, ["000002", "乙二", 7.0, 6.0, "6004", "张经理"]]
    assert look(ACCOUNT_HEADER, rows, fixes=["sum"]).column("aum_balance") == [30_000, 1_400]


def test_what_nobody_tells_stays_untold_in_a_sum() -> None:
    rows = [["000001", "甲一", "", 1.0, "6001"], ["000001", "甲一", "", 2.0, "6002"]]
    rows += [["000002", "乙二", 5.0, 1.0, "6003"], ["000002", "乙二", "", 1.0, "6004"]]
    sheet = look([*BASE, "AUM月日均", "账号"], rows, fixes=["sum"])
    assert (sheet.column("aum_balance"), sheet.column("aum_daily_average")) == ([None, 500], [300, 200])


def test_rows_that_tell_the_same_figures_are_not_added() -> None:
    rows = [["000001", "甲一", 9.0, "6001"], ["000001", "甲一", 9.0, "6002"]]
    assert look([*BASE, "账号"], rows).fixes() == {"last", "first"}


def test_rows_that_differ_in_the_person_are_never_added() -> None:
    rows = [["000001", "甲一", 1.0], ["000001", "乙二", 2.0]]
    sheet = look(BASE, rows, fixes=["sum"])
    assert "sum" not in sheet.fixes()
    assert sheet.checked.refused == 2


@pytest.mark.parametrize(("fix", "fen"), [("last", 200), ("first", 100), ("newer", 100)])
def test_one_of_the_rows_is_taken(fix: str, fen: int) -> None:
    rows = [["000001", "甲一", 1.0, "2026-10-31"], ["000001", "乙二", 2.0, "2026-10-30"]]
    sheet = look([*BASE, "数据日期"], rows, fixes=[fix])
    assert sheet.column("aum_balance") == [fen]
    assert sheet.one("row_not_chosen").row == (3 if fen == 100 else 2)
    assert (sheet.checked.doubles, sheet.checked.conflicts) == (1, ())


def test_newer_is_offered_only_where_a_date_says_so_for_everyone() -> None:
    rows = [["000001", "甲一", 1.0, "2026-10-30"], ["000001", "乙二", 2.0, "2026-10-30"]]
    assert "newer" not in look([*BASE, "更新时间"], rows).fixes()
    rows[1][3] = ""
    assert "newer" not in look([*BASE, "更新时间"], rows).fixes()
    rows[1][3] = "2026-10-29"
    assert "newer" in look([*BASE, "更新时间"], rows).fixes()


def test_a_change_of_manager_within_the_month_has_its_own_words() -> None:
    rows = [["000001", "甲一", 1.0, "张经理", "2026-10-01"], ["000001", "甲一", 1.0, "李经理", "2026-10-20"]]
    header = [*BASE, "客户经理", "分配日期"]
    sheet = look(header, rows)
    assert [p.row for p in sheet.problems("manager_changed")] == [2, 3]
    assert sheet.checked.conflicts == ("2、3",)
    assert look(header, rows, fixes=["newer"]).column("manager_name") == ["李经理"]


def test_equal_rows_count_once_and_are_no_conflict() -> None:
    sheet = look(BASE, [["000001", "甲一", 1.0]] * 3)
    assert (sheet.checked.doubles, sheet.checked.fixes) == (2, ())


def test_products_are_kept_apart_by_their_code() -> None:
    rows: list[list[Any]] = [["P1", "稳健一号", "R2"], ["P1", "稳健一号", "R3"]]
    sheet = look(["产品代码", "产品名称", "风险等级"], rows, kind="products", fixes=["last"])
    assert (sheet.checked.keys, sheet.column("product_risk")) == (["P1"], ["R3"])


def test_of_fixes_that_exclude_one_another_the_newest_holds() -> None:
    assert with_fix({"zeros", "sum"}, "last") == {"zeros", "last"}
    assert with_fix({"unit:3:万元", "unit:4:万元"}, "unit:3:元") == {"unit:3:元", "unit:4:万元"}
    assert with_fix({"dates:3:day"}, "dates:3:month") == {"dates:3:month"}
    assert with_fix({"zeros"}, "leave_out:test") == {"zeros", "leave_out:test"}
