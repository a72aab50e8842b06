"""Pictures under review: questions first, settled or corrected by digits, nothing entered while one is open."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.workbench.sheets.picture.made import ROWS, on_paper, pictured
from tests.workbench.sheets.picture.test_rows import pad_of
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.entering import Entering, FilledSheets
from workbench.outreach.results.filled import ReturnedRow
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.sheets.picture.picture import PageReading
from workbench.sheets.picture.review import Beside, PictureReview

PEOPLE = tuple(SheetRow(n, f"{n:04}") for n in range(1, ROWS + 6))
CALLS = on_paper(HandedSheet("261120-090000", "calls_pdf", "2026-W47", "", "", PEOPLE, 0))
PLAN = on_paper(HandedSheet("261120-090001", "plan_pdf", "2026-W47", "", "", (SheetRow(1, "", 7),), 0))
FIRST = pictured(CALLS, 1, {(2, "7"): "ticked", (5, "4"): "doubtful", (3, "1"): "doubtful"})
SECOND = pictured(CALLS, 2, {(14, "3"): "ticked"})


def review_of(*pages: PageReading, refused: Sequence[str] = ()) -> PictureReview:
    def enter(_sheets: FilledSheets) -> Entering:
        raise AssertionError("nothing is entered here")

    return PictureReview(pages, {one.number: pad_of(one) for one in (CALLS, PLAN)}, enter, refused)


def filled(review: PictureReview) -> list[ReturnedRow]:
    return [row for sheet in review.filled() for row in sheet.rows if not row.empty]


def test_questions_come_first_and_nothing_is_entered_while_one_is_open() -> None:
    review = review_of(FIRST)
    assert [row.label for row in review.rows][:4] == ["3", "5", "1", "2"]
    assert [row.label for row in review.questions] == ["3", "5"]
    with pytest.raises(WorkbenchError, match="还有 2 处") as refused:
        review.entering()
    assert refused.value.code == "open_questions"
    assert filled(review) == [ReturnedRow(2, "7")]
    assert review.settle(review.rows[0], "1") == ""
    assert review.settle(review.rows[1], "") == ""
    assert review.questions == ()
    assert filled(review) == [ReturnedRow(2, "7"), ReturnedRow(3, "1")]


def test_what_was_read_may_be_corrected() -> None:
    review = review_of(FIRST)
    row = review.find("", "2")
    assert row is not None
    assert review.mark(row) is not None
    assert review.settle(row, "99").startswith("结果「99」不认得")
    assert review.code(row) == "7"
    review.settle(row, "")
    assert (review.mark(row), review.answered(row)) == (None, True)
    assert not any(review.holds(row, box) for box in row.boxes)
    review.settle(row, "1")
    assert [box.box.mark for box in row.boxes if review.holds(row, box)] == ["1"]


def test_a_row_of_the_plan_that_was_missed_takes_its_reason_by_a_digit() -> None:
    review = review_of(pictured(PLAN, 1, {(1, "×"): "ticked"}))
    (row,) = review.questions
    assert row.label == "5-1"
    assert review.settle(row, "×") != ""
    digit = next(one.digit for one in review.keys(row) if one.mark.code == "missed:no_time")
    assert review.settle(row, digit) == ""
    assert filled(review) == [ReturnedRow(1, digit)]
    assert [box.box.mark for box in row.boxes if review.holds(row, box)] == ["×"]
    assert review.takes(row) == ()


def test_another_page_joins_and_what_was_settled_stays() -> None:
    review = review_of(FIRST, refused=["照片:看不清。"])
    assert review.missing == ((CALLS.number, 2, f"{ROWS + 1}-{ROWS + 5}"),)
    assert review.notices == (
        "照片:看不清。",
        f"编号 {CALLS.number} 还差第 2 页,没有拍到的不录入,可以以后再补。",
        "电访单上手写的下次日期、手记照片读不出,要记的请在行旁边键入。",
    )
    review.settle(review.questions[0], "9")
    review.write(review.rows[0], note="周五再来")
    whole = review.with_more(review_of(SECOND))
    assert whole.missing == ()
    assert [row.label for row in whole.questions] == ["5"]
    assert filled(whole) == [
        ReturnedRow(2, "7"), ReturnedRow(3, "9", note="周五再来"), ReturnedRow(14, "3"),
    ]  # fmt: skip


def test_a_page_that_came_twice_counts_once_and_is_said() -> None:
    again = pictured(CALLS, 1, {(2, "7"): "ticked", (5, "4"): "ticked", (3, "1"): "doubtful"})
    review = review_of(FIRST, again)
    assert len(review.pages) == 1
    assert "第 1 页拍了两次" in review.notices[1]
    assert [row.label for row in review.questions] == ["3"]


def test_several_sheets_are_kept_apart() -> None:
    review = review_of(SECOND, FIRST, pictured(PLAN, 1, {(1, "½"): "ticked"}))
    assert [(one.sheet, one.page) for one in review.pages] == [
        (CALLS.number, 1), (CALLS.number, 2), (PLAN.number, 1),
    ]  # fmt: skip
    assert review.find("", "2") is None, "which sheet?"
    assert [sheet.number for sheet in review.filled()] == [CALLS.number, PLAN.number]
    row = review.find(PLAN.number, "51")
    assert row is not None
    assert review.page(row).sheet == PLAN.number


def test_what_stands_beside_a_row_is_typed_in_and_a_wrong_day_is_refused() -> None:
    review = review_of(FIRST)
    row = review.find("", "2")
    assert row is not None
    assert review.takes(row) == ("next", "note")
    review.write(row, next_date="2026-12-03", note=" 上午 ")
    with pytest.raises(WorkbenchError) as refused:
        review.write(row, next_date="周五")
    assert refused.value.code == "bad_date"
    assert review.beside(row) == Beside("2026-12-03", "上午")
    assert filled(review) == [ReturnedRow(2, "7", next_date="2026-12-03", note="上午")]


def test_a_sheet_of_which_a_part_was_entered_says_so() -> None:
    sheet = replace(CALLS, entered="2026-11-20T17:05:00")
    review = PictureReview(
        [FIRST], {sheet.number: pad_of(sheet)}, lambda _sheets: pytest.fail("nothing is entered here")
    )
    assert any("录入过一部分" in one for one in review.notices)
