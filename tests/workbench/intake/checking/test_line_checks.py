"""Lines with a date of their own: dated, coded, and summed without the single transactions."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import Looked, look
from workbench.intake.report import Kind

ONE = "0000000001"


def contact(*row: Any, head: tuple[str, ...] = ("联系日期", "联系方式", "联系结果")) -> Looked:
    return look(["客户号", *head], [[ONE, *row]], kind="touches", as_of=None)


def test_words_of_the_contact_log_become_codes_and_an_unknown_one_is_kept_in_words() -> None:
    sheet = contact("2026-10-02", "电话", "飞鸽传书")
    assert (sheet.column("touch_channel"), sheet.column("touch_result")) == (["call"], ["other"])
    fault = sheet.one("unknown_word")
    assert (fault.row, fault.column, fault.value, fault.level) == (2, "联系结果", "飞鸽传书", "warning")
    assert sheet.checked.extra == ['{"联系结果": "飞鸽传书"}']


def test_who_began_a_contact_has_no_third_code() -> None:
    sheet = contact("2026-10-02", "电话", "路人", head=("联系日期", "联系方式", "发起方"))
    assert sheet.column("touch_by") == [None]


def test_a_line_without_its_date_is_refused() -> None:
    sheet = contact("", "电话", "接通")
    assert (sheet.checked.keys, sheet.one("missing_field").column) == ([], "联系日期")


def test_the_date_of_the_sheet_stands_in_where_no_column_dates_the_lines() -> None:
    sheet = look(["客户号", "联系方式", "联系结果"], [[ONE, "电话", "接通"]], kind="touches")
    assert sheet.column("touch_date") == ["2026-10-31"]


def test_telephone_and_identity_number_of_a_line_stay_with_it() -> None:
    sheet = contact("2026-10-02", "电话", "13812341234", head=("联系日期", "联系方式", "手机号"))
    assert sheet.checked.extra == ['{"手机号": "13812341234"}']


@pytest.mark.parametrize(
    ("direction", "amount", "code", "level"),
    [("收", 5.0, None, None), ("不明", 5.0, "direction_unknown", "refuse"), ("收", "", "missing_field", "refuse")],
)  # fmt: skip
def test_a_transaction_needs_an_amount_and_a_direction(
    direction: str, amount: Any, code: str | None, level: str | None
) -> None:
    kind: Kind = "transactions"
    sheet = look(
        ["客户号", "交易日期", "借贷方向", "交易金额", "备注三"],
        [[ONE, "2026-10-02", direction, amount, "x"]],
        kind=kind,
    )
    refused = [problem for problem in sheet.checked.problems.listed() if problem.level == "refuse"]
    assert [(one.code, one.level) for one in refused] == ([(code, level)] if code else [])
    assert sheet.one("summed_by_day").level == "info"
    assert sheet.checked.extra == [None] * len(sheet.checked.keys)  # a sum of a day keeps no single cells


def test_sheets_of_one_date_are_left_as_they_are() -> None:
    sheet = look(["客户号", "姓名", "存款余额"], [[ONE, "甲", 1.0]])
    assert "summed_by_day" not in sheet.codes()
