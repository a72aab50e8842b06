"""Each trap of head-office sheets is named with its row, its column and what to do (domain 16.5)."""

import datetime as dt
from typing import Any

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts

BASE = ["客户号", "姓名"]


def _people(*names: str) -> list[list[Any]]:
    return [[f"{number:06d}", name] for number, name in enumerate(names, 1)]


# -- cells -----------------------------------------------------------------------------------------------------


def test_hidden_rows_columns_and_sheets_are_taken_and_it_is_reported() -> None:
    sheet = look(
        [*BASE, "手机号"], [["000001", "甲一", "13812345678"], ["000002", "乙二", "13912345678"]],
        hidden=True, hidden_rows=frozenset({2}), hidden_columns=frozenset({2}),
    )  # fmt: skip
    assert len(sheet.checked.keys) == 2
    assert sheet.one("hidden_sheet").level == "info"
    assert (sheet.one("hidden_rows").row, sheet.one("hidden_rows").level) == (3, "info")
    assert "手机号" in sheet.one("hidden_columns").message


def test_a_formula_without_a_value_is_named_and_read_as_blank() -> None:
    sheet = look([*BASE, "AUM余额"], [["000001", "甲一", ""], ["000002", "乙二", 5.0]], unvalued=((1, 2),))
    assert sheet.column("aum_balance") == [None, 500]
    problem = sheet.one("formula_without_value")
    assert (problem.row, problem.column, problem.level) == (2, "AUM余额", "warning")


def test_error_cells_are_blank_and_reported_once() -> None:
    sheet = look([*BASE, "AUM余额"], [["000001", "甲一", "#REF!"], ["000002", "乙二", "#DIV/0!"]])
    assert sheet.column("aum_balance") == [None, None]
    sheet = look([*BASE, "AUM余额"], [["000001", "甲一", "#REF!"], ["000002", "乙二", 1.0]])
    assert (sheet.one("error_cell").row, sheet.one("error_cell").level) == (2, "warning")


@pytest.mark.parametrize("text", ["'1200", "1200\xa0", "１２００"])
def test_numbers_kept_as_text_are_read_and_reported(text: str) -> None:
    sheet = look([*BASE, "AUM余额"], [["000001", "甲一", text], ["000002", "乙二", 5.0]])
    assert sheet.column("aum_balance") == [120_000, 500]
    assert sheet.one("text_numbers").level == "info"


def test_a_csv_whose_numbers_are_all_plain_text_is_not_scolded() -> None:
    sheet = look([*BASE, "AUM余额"], [["000001", "甲一", "1200"], ["000002", "乙二", "5.5"]])
    assert "text_numbers" not in sheet.codes()


def test_text_like_a_formula_stays_text_and_is_reported() -> None:
    sheet = look([*BASE, "备注"], [["000001", "甲一", "=1+A1"], ["000002", "乙二", "-"]])
    assert sheet.column("note")[0] == "=1+A1"
    assert sheet.one("formula_text").row == 2
    assert sheet.one("formula_text").level == "info"


def test_masked_values_are_reported_and_kept_masked() -> None:
    sheet = look([*BASE, "手机号"], [["000001", "张*", "138****1234"]])
    assert sheet.column("phone") == ["138****1234"]
    assert {problem.column for problem in sheet.problems("masked_values")} == {"姓名", "手机号"}


def test_an_empty_column_is_reported() -> None:
    sheet = look([*BASE, "手机号"], [["000001", "甲一", ""], ["000002", "乙二", "NULL"]])
    assert sheet.one("empty_column").column == "手机号"


# -- secrets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "secret",
    ["取款密码:123456", "CVV 123", "pwd=abc123", ";6222021234567890123=2512101123456789", "验证码是889911"],
)
@pytest.mark.parametrize("heading", ["备注", "随手记"])
def test_a_secret_in_a_cell_is_dropped_and_its_value_never_shown(secret: str, heading: str) -> None:
    sheet = look([*BASE, heading], [["000001", "甲一", secret], ["000002", "乙二", "爱喝茶"]])
    problem = sheet.one("secret_cell")
    assert (problem.row, problem.column, problem.value, problem.level) == (2, heading, None, "warning")
    assert secret not in repr((sheet.checked.columns, sheet.checked.extra, sheet.checked.problems.listed()))
    assert "爱喝茶" in repr((sheet.checked.columns, sheet.checked.extra))


@pytest.mark.parametrize(
    "heading", ["客户号", "手机号", "AUM余额", "开户日期", "工号", "身份证号", "是否代发"]
)
def test_a_secret_in_a_column_of_another_kind_is_not_kept_either(heading: str) -> None:
    header = list(dict.fromkeys([*BASE, heading]))
    row = ["密码:654321" if name == heading else "000001" if name == "客户号" else "甲一" for name in header]
    sheet = look(header, [row])
    assert "654321" not in repr((sheet.checked.columns, sheet.checked.extra, sheet.checked.problems.listed()))
    assert sheet.checked.secrets == {header.index(heading): frozenset({"密码:654321"})}
    assert "secret_cell" in sheet.codes()


@pytest.mark.parametrize(
    "harmless", ["忘记密码,已重置", "密码器已领取", "订单6222021234567890123", "客户问CVV是什么"]
)
def test_talk_about_passwords_is_no_secret(harmless: str) -> None:
    assert "secret_cell" not in look([*BASE, "备注"], [["000001", "甲一", harmless]]).codes()


# -- dates -----------------------------------------------------------------------------------------------------


def test_a_day_that_may_be_a_month_is_not_guessed_and_may_be_chosen() -> None:
    rows = [["000001", "甲一", "01/02/2020"], ["000002", "乙二", "03/04/2020"]]
    sheet = look([*BASE, "开户日期"], rows)
    assert sheet.column("open_date") == [None, None]
    assert sheet.problems("ambiguous_date")[0].fix == "dates:2:day"
    assert "01/02/2020" in (sheet.checked.extra[0] or "")
    chosen = look([*BASE, "开户日期"], rows, fixes=["dates:2:day"])
    assert chosen.column("open_date") == ["2020-02-01", "2020-04-03"]
    assert chosen.fix("dates:2:day").applied
    assert look([*BASE, "开户日期"], rows, fixes=["dates:2:month"]).column("open_date") == [
        "2020-01-02", "2020-03-04",
    ]  # fmt: skip


def test_a_column_that_proves_its_order_is_read() -> None:
    sheet = look([*BASE, "开户日期"], [["000001", "甲一", "01/02/2020"], ["000002", "乙二", "25/04/2020"]])
    assert sheet.column("open_date") == ["2020-02-01", "2020-04-25"]
    assert sheet.checked.fixes == ()


def test_a_date_to_come_is_marked() -> None:
    rows = [["000001", "甲一", "2027-01-01"], ["000002", "乙二", "2026-11-03"]]
    sheet = look([*BASE, "开户日期"], rows, facts=BookFacts(today=dt.date(2026, 11, 3)))
    assert (sheet.one("future_date").row, sheet.column("open_date")[0]) == (2, "2027-01-01")


def test_serial_numbers_of_the_1904_calendar() -> None:
    sheet = look([*BASE, "开户日期"], [["000001", "甲一", 43860.0]], epoch_1904=True)
    assert sheet.column("open_date") == ["2024-01-31"]


@pytest.mark.parametrize(
    ("as_of", "heading", "code"),
    [
        ("2026-10-20", "AUM月日均", "early_export"), ("2026-02-28", "AUM月日均", "short_month"),
        ("2026-01-31", "AUM年日均", "year_average_reset"),
    ],
)  # fmt: skip
def test_months_that_do_not_compare_are_reported(as_of: str, heading: str, code: str) -> None:
    sheet = look([*BASE, heading], [["000001", "甲一", 1.0]], as_of=as_of)
    assert sheet.one(code).level == "info"
    assert code not in look([*BASE, heading], [["000001", "甲一", 1.0]], as_of="2026-10-31").codes()


# -- figures ---------------------------------------------------------------------------------------------------


def test_a_negative_balance_is_kept_and_marked() -> None:
    sheet = look([*BASE, "AUM余额", "AUM较上月"], [["000001", "甲一", -5.0, -9.0]])
    assert sheet.column("aum_balance") == [-500]
    assert sheet.one("negative_balance").column == "AUM余额"


def test_foreign_currency_is_not_taken_for_yuan() -> None:
    rows = [
        ["000001", "甲一", "人民币", 100.0],
        ["000002", "乙二", "USD", 200.0],
        ["000003", "丙三", "", 300.0],
    ]
    sheet = look([*BASE, "币种", "存款余额"], rows)
    assert sheet.column("deposit_balance") == [10_000, None, 30_000]
    assert sheet.one("foreign_currency").row == 3
    assert '"存款余额": "200"' in (sheet.checked.extra[1] or "")


def test_a_column_headed_in_dollars_is_kept_as_it_was() -> None:
    sheet = look([*BASE, "存款余额"], [["000001", "甲一", 7.0]])
    assert sheet.column("deposit_balance") == [700]
    header = [*BASE, "活期余额(美元)", "存款余额"]
    rows = [["000001", "甲一", 5.0, 7.0]]
    abroad = look(header, rows)
    assert "demand_balance" not in abroad.checked.columns
    assert '"活期余额(美元)": "5"' in (abroad.checked.extra[0] or "")


def _balances(factor: float, count: int = 6) -> list[list[Any]]:
    return [[f"{n:06d}", f"客户{n}", 1000.0 * n, 990.0 * n * factor] for n in range(1, count + 1)]


def test_one_column_in_another_unit_is_recognised_and_mended_at_a_click() -> None:
    header = [*BASE, "AUM余额", "AUM月日均"]
    sheet = look(header, _balances(1e-4))
    problem = sheet.one("unit_mixed")
    assert (problem.column, problem.fix) == ("AUM月日均", "unit:3:万元")
    mended = look(header, _balances(1e-4), fixes=["unit:3:万元"])
    assert mended.column("aum_daily_average")[0] == 99_000
    assert "unit_mixed" not in mended.codes()
    assert mended.fix("unit:3:万元").applied
    assert "unit_mixed" not in look(header, _balances(1.0)).codes()


def test_the_whole_in_another_unit_than_all_its_parts() -> None:
    header = [*BASE, "AUM余额", "存款余额", "理财余额"]
    rows = [[f"{n:06d}", f"客户{n}", n * 0.1, n * 600.0, n * 400.0] for n in range(1, 7)]
    assert look(header, rows).one("unit_mixed").fix == "unit:2:万元"


def test_balance_and_average_swapped_show_in_the_sum_of_the_parts() -> None:
    header = [*BASE, "AUM余额", "AUM月日均", "存款余额", "理财余额"]
    rows = [[f"{n:06d}", f"客户{n}", n * 950.0, n * 1000.0, n * 600.0, n * 400.0] for n in range(1, 7)]
    sheet = look(header, rows)
    assert sheet.one("swapped_measures").fix == "swap:2:3"
    mended = look(header, rows, fixes=["swap:2:3"])
    assert mended.column("aum_balance")[0] == 100_000
    assert mended.column("aum_daily_average")[0] == 95_000
    assert "swapped_measures" not in mended.codes()
    assert mended.fix("swap:2:3").applied


def test_a_sum_that_fits_both_measures_says_nothing() -> None:
    header = [*BASE, "AUM余额", "AUM月日均", "存款余额", "理财余额"]
    rows = [[f"{n:06d}", f"客户{n}", n * 1000.0, n * 1000.0 + 0.5, n * 600.0, n * 400.0] for n in range(1, 7)]
    assert "swapped_measures" not in look(header, rows).codes()


def test_of_three_measures_the_odd_one_is_named_also_when_it_is_the_large_one() -> None:
    header = [*BASE, "AUM余额", "AUM月日均", "AUM年日均"]
    rows = [[f"{n:06d}", f"客户{n}", n * 1000.0, n * 0.1, n * 0.09] for n in range(1, 7)]
    problem = look(header, rows, unit="万元").one("unit_mixed")
    assert (problem.column, problem.fix) == ("AUM余额", "unit:2:元")


def test_two_measures_that_are_equal_everywhere_are_doubted() -> None:
    rows = [[f"{n:06d}", f"客户{n}", n * 10.0, n * 10.0] for n in range(1, 6)]
    assert look([*BASE, "AUM余额", "AUM月日均"], rows).one("same_figures").level == "info"


def test_a_list_that_begins_at_a_round_sum_is_named() -> None:
    rows = [[f"{n:06d}", f"客户{n}", 50_000.0 + n * 37] for n in range(1, 61)]
    assert "50,037.00" in look([*BASE, "AUM余额"], rows).one("list_limit").message
    rows[0][2] = 12.0
    assert "list_limit" not in look([*BASE, "AUM余额"], rows).codes()


# -- people ----------------------------------------------------------------------------------------------------


def test_two_numbers_with_one_identity_card_are_named() -> None:
    card = "11010519491231002X"
    rows = [["000001", "甲一", card], ["000002", "甲一", card], ["000003", "乙二", ""]]
    sheet = look([*BASE, "身份证号"], rows)
    assert [problem.row for problem in sheet.problems("same_id_two_numbers")] == [2, 3]
    assert sheet.one("same_name").level == "info"
    again = look(
        [*BASE, "身份证号", "备注"], [["000001", "甲一", card, "一"], ["000001", "甲一", card, "二"]]
    )
    assert not {"same_id_two_numbers", "same_name"} & again.codes()


def test_a_birthday_or_sex_that_contradicts_the_card() -> None:
    card = "11010519491231002X"
    header = [*BASE, "身份证号", "出生日期", "性别"]
    good = look(header, [["000001", "甲一", card, "1949-12-31", "女"]])
    assert "id_contradiction" not in good.codes()
    bad = look(header, [["000001", "甲一", card, "1949-12-30", "男"]])
    assert {problem.column for problem in bad.problems("id_contradiction")} == {"出生日期", "性别"}
    assert bad.column("gender") == ["男"]


def test_an_old_card_of_15_digits_is_kept() -> None:
    sheet = look([*BASE, "身份证号"], [["000001", "甲一", "110105491231002"]])
    assert sheet.column("id_no") == ["110105491231002"]
    assert sheet.one("old_id").level == "info"


def test_ages_and_phones_that_cannot_be() -> None:
    sheet = look([*BASE, "年龄", "手机号"], [["000001", "甲一", 150.0, "11111111111"]])
    assert (sheet.one("bad_age").row, sheet.one("placeholder_phone").row) == (2, 2)


def test_one_phone_for_many_customers() -> None:
    rows = [[f"{n:06d}", f"客户{n}", "13812345678"] for n in range(1, 6)]
    assert look([*BASE, "手机号"], rows).one("shared_phone").level == "info"


@pytest.mark.parametrize(
    "name", ["张三、李四", "张三/李四", "张三夫妇", "张三等2人", "张三和李四", "王家联名户"]
)
def test_joint_accounts(name: str) -> None:
    assert look(BASE, [["000001", name]]).one("joint_account").row == 2


@pytest.mark.parametrize("name", ["张和平", "John Smith", "欧阳和", "买买提·艾力"])
def test_ordinary_names_are_no_joint_accounts(name: str) -> None:
    assert "joint_account" not in look(BASE, [["000001", name]]).codes()


def test_test_and_staff_accounts_may_be_left_out() -> None:
    rows = [["000001", "测试客户", "个人"], ["000002", "乙二", "行员"], ["000003", "丙三", "个人"]]
    header = [*BASE, "客户类型"]
    sheet = look(header, rows)
    assert [problem.row for problem in sheet.problems("test_account")] == [2, 3]
    left = look(header, rows, fixes=["leave_out:test"])
    assert left.checked.keys == ["000003"]
    assert set(left.checked.refusals) == {1, 2}
    assert left.fix("leave_out:test").applied


@pytest.mark.parametrize(
    ("heading", "word"), [("备注", "客户已故,子女联系"), ("客户状态", "死亡"), ("生命周期", "注销")]
)
def test_the_deceased_are_marked(heading: str, word: str) -> None:
    assert look([*BASE, heading], [["000001", "甲一", word]]).one("deceased").level == "warning"


def test_a_level_that_lags_behind_its_flag() -> None:
    header = [*BASE, "客户等级", "上月等级", "当年是否升级"]
    assert look(header, [["000001", "甲一", "金卡", "金卡", "是"]]).one("level_lag").row == 2
    assert "level_lag" not in look(header, [["000001", "甲一", "白金", "金卡", "是"]]).codes()


def test_a_clean_list_has_no_fault_reported() -> None:
    sheet = look(
        [*BASE, "手机号", "AUM余额", "AUM月日均"],
        [["000001", "甲一", "13812345678", 10.0, 9.0], ["000002", "乙二", "13912345678", 20.0, 21.0]],
    )
    assert sheet.codes() == set()
    assert sheet.checked.levels_count == {"info": 0, "warning": 0, "refuse": 0}
