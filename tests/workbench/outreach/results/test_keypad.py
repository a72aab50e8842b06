"""A sheet typed back: whose row, what is missing, what is wrong, and a second result in place of the first."""

import pytest

from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.outreach.results.keypad import Keypad, KeypadRow

ROWS = (*(SheetRow(n, f"90000{n}", 5 if n < 12 else None) for n in range(1, 13)),)
PLAN = tuple(SheetRow(n, "", 70 + n) for n in range(1, 10))


def pad(rows: tuple[SheetRow, ...], settled: tuple[int, ...] = ()) -> Keypad:
    sheet = HandedSheet(
        "261130-090000", "calls_pdf", "2026-W48", "2026-11-30 09:00:00", "2026-12-30", rows, 4
    )
    return Keypad(
        sheet,
        [KeypadRow(one.row, one.label, f"客户{one.row}", one.of_plan, one.row in settled) for one in rows],
    )


def test_what_is_missing_is_what_was_neither_typed_nor_logged() -> None:
    keypad = pad(ROWS, settled=(2, 4))
    for number in ("1", "3", "12"):
        assert keypad.type(number, "1").fault == ""
    assert keypad.missing == (5, 6, 7, 8, 9, 10, 11)
    assert keypad.missing_words(20) == "还差 5、6、7、8、9、10、11 号"
    assert keypad.missing_words(3) == "还差 5、6、7 号,另有 4 行"
    for number in keypad.missing:
        keypad.type(str(number), "4")
    assert keypad.missing_words(20) == ""


def test_a_second_result_takes_the_place_of_the_first() -> None:
    keypad = pad(ROWS)
    keypad.type("3", "1")
    keypad.type("5", "2")
    keypad.type("3", "4")
    assert list(keypad.typed.items()) == [(5, "2"), (3, "4")]
    assert [(row.row, row.result) for row in keypad.filled().rows] == [(3, "4"), (5, "2")]
    keypad.take_back(5)
    assert keypad.typed == {3: "4"}


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("13", "1", "没有第 13 号"), ("0", "1", "没有第 0 号"), ("", "1", "没有第 ? 号"), ("x", "1", "没有第 x 号"),
        ("3", "", "不认得"), ("3", "77", "不认得"), ("3", "×", "不认得"), ("12", "✓", "不认得"),
    ],
)  # fmt: skip
def test_a_wrong_row_or_result_is_said_at_once_and_not_kept(number: str, code: str, words: str) -> None:
    keypad = pad(ROWS)
    assert words in keypad.type(number, code).fault
    assert keypad.typed == {}


def test_rows_of_the_plan_are_typed_as_paper_numbers_them() -> None:
    keypad = pad(PLAN)
    for number in ("5-1", "52", "３-1", "11", "4"):
        assert keypad.type(number, "1").fault == ""
    assert sorted(keypad.typed) == [1, 2, 4, 6, 9]
    assert keypad.missing_words(9) == "还差 5-3、5-5、3-2、3-3 号"
    assert [one.mark.of_plan for one in keypad.keys(None)][:1] == [True]
