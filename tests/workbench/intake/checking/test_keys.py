"""Customer numbers: missing or malformed ones are refused, lost zeros named, merged numbers followed."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts

HEAD = ["客户号", "姓名", "存款余额"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0000000001", None), ("A-1/2.3_4", None), ("", "missing_customer_number"), ("--", "missing_customer_number"),
        ("无卡客户", "bad_customer_number"), ("VIP", "bad_customer_number"), ("110105****1234", "bad_customer_number"),
        (6.22e18, "number_rounded"), ("6.22E+18", "number_rounded"), (1.5, "bad_customer_number"),
    ],
)  # fmt: skip
def test_a_row_enters_only_with_something_like_a_number(number: Any, code: str | None) -> None:
    sheet = look(HEAD, [[number, "甲", 1.0]])
    assert [one.code for one in sheet.checked.problems.listed() if one.level == "refuse"] == (
        [code] if code else []
    )
    assert len(sheet.checked.keys) == (0 if code else 1)


def test_a_product_code_may_be_a_word_but_not_missing() -> None:
    sheet = look(["产品代码", "产品名称"], [["稳盈", "稳盈一号"], ["", "无码"]], kind="products")
    assert (sheet.checked.keys, sheet.one("missing_product_code").row) == (["稳盈"], 3)


def test_a_refused_row_that_identifies_a_person_may_be_recognised() -> None:
    sheet = look([*HEAD, "手机号"], [["", "甲", 1.0, ""], ["", "", 1.0, "13812341234"], ["", "", 1.0, ""]])
    assert sheet.checked.nameless == (1, 2)


def test_without_a_column_of_numbers_only_confirmed_rows_enter() -> None:
    sheet = look(
        ["姓名", "手机号", "存款余额"], [["甲", "13812341234", 1.0], ["乙", "", 2.0]], numbers={1: "0001"}
    )
    assert (sheet.checked.keys, sheet.checked.refused, sheet.checked.nameless) == (["0001"], 1, (2,))


# -- zeros that Excel took ---------------------------------------------------------------------------------


def short(
    *numbers: Any, facts: BookFacts | None = None, fixes: tuple[str, ...] = ()
) -> tuple[list[str], int]:
    """(numbers as read, how many are named as having lost zeros)."""
    rows = [[number, f"客{n}", 1.0] for n, number in enumerate(numbers)]
    sheet = look(HEAD, rows, facts=facts, fixes=fixes)
    return sheet.checked.keys, len(sheet.problems("leading_zeros_lost"))


def test_a_number_shorter_than_most_may_have_lost_its_zeros() -> None:
    usual = ["0000000001", "0000000002", "0000000003"]
    assert short(*usual, 12345.0) == ([*usual, "12345"], 1)
    assert short(*usual, 12345.0, fixes=("zeros",)) == ([*usual, "0000012345"], 0)
    assert short(*usual, "0012345") == ([*usual, "0012345"], 0)  # it kept zeros: none were lost
    assert short(*usual, "A12345")[1] == 0


def test_the_usual_length_is_that_of_the_book_before_that_of_the_sheet() -> None:
    assert short(1234567.0, 2345678.0, facts=BookFacts(usual_length=10))[1] == 2
    assert short(1234567.0, 2345678.0)[1] == 0
    assert short(4444.0, 333.0, 22.0)[1] == 0  # no length is that of most


# -- merged numbers ----------------------------------------------------------------------------------------


def test_a_merged_number_leads_to_the_one_kept_and_its_figures_add_up() -> None:
    rows = [["0000000001", "甲", 1.0], ["0000000002", "甲", 2.0], ["0000000003", "丙", 5.0]]
    sheet = look(HEAD, rows, facts=BookFacts(aliases={"0000000002": "0000000001"}))
    assert sheet.checked.keys == ["0000000001", "0000000003"]
    assert sheet.column("deposit_balance") == [300, 500]
    assert (sheet.one("number_merged").row, sheet.checked.conflicts) == (3, ())
