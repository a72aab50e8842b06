"""Pictures come back: entered through the one door, refused with one sentence, never twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import book_key
from tests.books import new_book
from tests.workbench.sheets.coming_back.made import Week, contents, grids_of, hand_out, handed_out
from tests.workbench.sheets.picture.made import on_paper, pictured, png, ticked
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.entering import Entering
from workbench.sheets.coming_back.pictures import is_picture
from workbench.sheets.picture.review import PictureReview

BLURRED = WorkbenchError("blurred", "照片太模糊,没有录入。", "请重拍。")


@pytest.fixture
def week(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-20")
    monkeypatch.setattr(book_key, "COST", 16)
    with new_book(tmp_path / "week.book") as book:
        yield handed_out(book, {"red": 4, "C3": 5})


def refused(week: Week, *pages: object) -> WorkbenchError:
    before = contents(week.book)
    with pytest.raises(WorkbenchError) as caught:
        week.back(pages=pages).of_picture(b"")  # type: ignore[arg-type]
    assert contents(week.book) == before
    assert "\n" not in caught.value.sentence()
    return caught.value


def test_ticks_and_what_was_typed_beside_them_are_entered_in_one_change(week: Week) -> None:
    calls = on_paper(week.calls)
    page = pictured(calls, 1, {(1, "7"): "ticked", (2, "4"): "doubtful"})
    review = week.back(pages=[page]).of_picture(b"")
    (question,) = review.questions
    review.settle(question, "4")
    row = review.find("", "1")
    assert row is not None
    review.write(row, next_date="2026-11-25", note="周三上午")
    change = review.entering().enter()
    assert change.count == 2
    with week.book.read() as conn:
        rows = conn.exec_driver_sql("select result, next_date, note from touches order by id").all()
    assert sorted(map(tuple, rows)) == [
        ("appointment", "2026-11-25", "周三上午"), ("no_answer", None, None),
    ]  # fmt: skip
    assert change.undo_id is not None
    week.book.reverse(change.undo_id)
    assert week.back(pages=[page]).of_picture(b"").questions == (question,)


def test_a_picture_that_was_entered_is_refused_and_one_with_more_on_it_enters_the_rest(week: Week) -> None:
    calls = on_paper(week.calls)
    once = {(1, "7"): "ticked", (2, "4"): "doubtful"}
    review = week.back(pages=[pictured(calls, 1, once)]).of_picture(b"")  # type: ignore[arg-type]
    review.settle(review.questions[0], "4")
    review.entering().enter()
    assert refused(week, pictured(calls, 1, once)).code == "sheet_entered"  # type: ignore[arg-type]
    more = pictured(calls, 1, {(1, "7"): "ticked", (3, "1"): "ticked"})
    later = week.back(pages=[more]).of_picture(b"")
    assert any("录入过一部分" in one for one in later.notices)
    entering = later.entering()
    assert ([row.label for row in entering.rows], entering.unchanged) == (["3"], 1)


def test_a_sheet_that_was_printed_anew_is_refused(week: Week) -> None:
    pages = ticked(on_paper(week.calls), {1: "7"})
    hand_out(week.book, week.outreach)
    assert refused(week, *pages).code == "sheet_replaced"


def test_a_picture_without_a_page_is_refused_and_one_among_others_is_named(week: Week) -> None:
    assert refused(week, BLURRED).code == "blurred"
    page = pictured(on_paper(week.calls), 1, {(1, "7"): "ticked"})
    review = week.back(pages=[BLURRED, page, BLURRED]).of_picture(b"")
    assert review.refused == ("照片 第 1、3 张:照片太模糊,没有录入。请重拍。",)
    assert review.entering().chosen[0].mark.code == "appointment"


def test_a_replaced_sheet_among_others_is_named_too(week: Week) -> None:
    old = pictured(on_paper(week.calls), 1, {(1, "7"): "ticked"})
    new = hand_out(week.book, week.outreach)
    page = pictured(on_paper(new.calls), 1, {(1, "3"): "ticked"})
    review = week.back(pages=[old, page]).of_picture(b"")
    assert [sheet.number for sheet in review.sheets] == [new.calls.number]
    assert new.calls.number in review.refused[0]


def test_pictures_are_known_by_how_they_begin(week: Week, tmp_path: Path) -> None:
    picture, table = tmp_path / "拍的.dat", tmp_path / "表.jpg"
    picture.write_bytes(png())
    table.write_bytes(week.file)
    assert (is_picture(picture), is_picture(table), is_picture(tmp_path / "没有.jpg")) == (True, False, False)
    page = pictured(on_paper(week.calls), 1, {(1, "7"): "ticked"})
    back = week.back(pages=[page])
    review = back.take_in(picture)
    assert isinstance(review, PictureReview)
    beside = back.take_in(picture, beside=review)
    assert isinstance(beside, PictureReview)
    assert beside.twice == ((week.calls.number, 1),)
    assert isinstance(week.back(grids_of(week.file)).take_in(table), Entering)
