"""What the boxes of a row say: a result, nothing, or a question that a person answers."""

from collections.abc import Mapping

import pytest

from tests.workbench.sheets.picture.made import on_paper, pictured
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.outreach.results.keypad import Keypad, KeypadRow
from workbench.sheets.picture.picture import BoxState
from workbench.sheets.picture.rows import PictureRow, merged, rows_of

CALLS = on_paper(
    HandedSheet("261120-090000", "calls_pdf", "2026-W47", "", "", (SheetRow(1, "A"), SheetRow(2, "B")), 0)
)
PLAN = on_paper(HandedSheet("261120-090001", "plan_pdf", "2026-W47", "", "", (SheetRow(1, "", 7),), 0))


def pad_of(sheet: HandedSheet) -> Keypad:
    return Keypad(
        sheet, [KeypadRow(one.row, one.label, "张** 1234", one.of_plan, False) for one in sheet.rows]
    )


def first_row(sheet: HandedSheet, states: Mapping[tuple[int, str], BoxState]) -> PictureRow:
    return next(rows_of(pictured(sheet, 1, states), pad_of(sheet)))


def test_a_tick_is_the_result_of_its_box_and_no_tick_is_nothing() -> None:
    one, two = rows_of(pictured(CALLS, 1, {(1, "7"): "ticked"}), pad_of(CALLS))
    assert (one.label, one.who, one.code, one.doubt) == ("1", "张** 1234", "7", "")
    assert (two.code, two.doubt) == ("", "")


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ({(1, "4"): "doubtful"}, "“未接”的框里墨迹很少"),
        ({(1, "4"): "ticked", (1, "7"): "ticked"}, "有 2 个框里有墨迹:未接、已约"),
        ({(1, "4"): "doubtful", (1, "7"): "ticked"}, "有 2 个框里有墨迹"),
    ],
)
def test_what_a_picture_cannot_tell_is_a_question_and_no_result(
    states: dict[tuple[int, str], BoxState], words: str
) -> None:
    one = first_row(CALLS, states)
    assert one.code == ""
    assert words in one.doubt


def test_a_missed_row_of_the_plan_is_asked_for_its_reason_and_a_done_one_is_not() -> None:
    assert first_row(PLAN, {(1, "✓"): "ticked"}).code == "✓"
    missed = first_row(PLAN, {(1, "×"): "ticked"})
    assert (missed.code, missed.doubt) == ("", "没有完成,原因是哪一个?")


def test_a_customer_who_is_not_on_the_plan_cannot_be_done_and_is_asked_for_a_result() -> None:
    sheet = HandedSheet("261120-090002", "critical_pdf", "2026-W47", "", "", (SheetRow(1, "A"),), 0)
    plan = pictured(PLAN, 1, {(1, "✓"): "ticked"})
    one = next(rows_of(plan, pad_of(sheet)))
    assert (one.code, one.doubt) == ("", "打了“已完成”,联系结果是哪一个?")


def test_of_two_pictures_of_a_page_the_clear_one_settles_and_a_difference_is_doubtful() -> None:
    poor = pictured(CALLS, 1, {(1, "4"): "doubtful", (2, "1"): "ticked"})
    clear = pictured(CALLS, 1, {(1, "4"): "ticked", (2, "1"): "ticked"})
    other = pictured(CALLS, 1, {(1, "4"): "ticked", (2, "1"): "ticked", (2, "2"): "ticked"})

    def marked(*pages: str) -> dict[tuple[int, str], str]:
        named = {"poor": poor, "clear": clear, "other": other}
        whole = merged([named[one] for one in pages])
        return {(one.box.row, one.box.mark): one.state for one in whole.boxes if one.state != "empty"}

    assert marked("poor", "clear") == {(1, "4"): "ticked", (2, "1"): "ticked"}
    assert marked("clear", "poor") == marked("poor", "clear")
    assert marked("clear", "other")[2, "2"] == "doubtful"
