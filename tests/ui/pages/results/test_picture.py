"""Pictures on 录入结果: doubtful rows first, settled by digits over the picture, entered with Enter, one undo."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.pages.results.test_page import touched
from tests.workbench.sheets.picture.made import ROWS, ReadingsGiven, on_paper, pictured, png
from ui.main_window import MainWindow
from ui.pages.results.page import PICTURE, REVIEW, TYPING, ResultsPage
from ui.pages.results.paper_view import PaperView
from workbench.base.errors import WorkbenchError
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.store import all_items
from workbench.sheets.coming_back import room
from workbench.sheets.picture.picture import PageReading

NOTHING = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def handed(window: MainWindow, tmp_path: Path) -> tuple[HandedSheet, HandedSheet]:
    """The plan and the call sheet of the week that went out, with boxes on paper."""
    sheets = window.workbench.sheets
    printed = sheets.plan_xlsx(window.workbench.outreach.plan())
    sheets.save(printed, tmp_path / "本周.xlsx")
    plan, calls = printed.handed
    return on_paper(plan), on_paper(calls)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "拍的.png"
    path.write_bytes(png())
    return path


def read_as(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, *pages: PageReading | WorkbenchError
) -> None:
    """What every picture is read as from now on."""
    monkeypatch.setattr(room, "SheetReader", lambda _rules: ReadingsGiven(pages))
    window.workbench.__dict__.pop("results", None)


@pytest.fixture
def page(
    window: MainWindow,
    handed: Sequence[HandedSheet],
    photo: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
) -> ResultsPage:
    """A photo of both sheets, read: two doubts on the call sheet, a missed row of the plan without its reason."""
    plan, calls = handed
    read_as(
        window, monkeypatch,
        pictured(
            calls, 1, {(1, "7"): "ticked", (3, "4"): "doubtful", (5, "1"): "ticked", (5, "2"): "ticked"}, drawn=True
        ),
        pictured(plan, 1, {(1, "✓"): "ticked", (2, "×"): "ticked"}, drawn=True),
    )  # fmt: skip
    made = window.open_page("results")
    settle()
    assert isinstance(made, ResultsPage)
    made.take(photo)
    settle()
    assert made.content.currentIndex() == PICTURE
    return made


def drawn(view: PaperView) -> tuple[int, list[str]]:
    """How many boxes are drawn with more than a hair line, and the signs above boxes."""
    items = view.scene().items()
    bold = [one for one in items if isinstance(one, QGraphicsPolygonItem) and one.pen().widthF() > 2]
    return len(bold), sorted(one.text() for one in items if isinstance(one, QGraphicsSimpleTextItem))


def words(page: ResultsPage) -> list[tuple[str, str]]:
    table = page.picture.table
    return [
        (table.columns[0].text(row), table.columns[2].text(row))
        for row in (table.row(number) for number in range(table.rowCount()))
    ] if (table := page.picture.table.table) else []  # fmt: skip


def test_doubtful_rows_are_walked_and_settled_by_key_and_all_is_entered_and_undone(
    page: ResultsPage,
    window: MainWindow,
    handed: tuple[HandedSheet, HandedSheet],
    settle: Settle,
    qtbot: QtBot,
) -> None:
    plan, calls = handed
    before, card, table = touched(window), page.picture, page.picture.table
    assert table.hasFocus()
    assert [one[0] for one in words(page)][:4] == ["3", "5", "5-2", "1"]
    assert page.enter_button.text() == "看下一处(还有 3 处)"
    assert drawn(card.view) == (4, ["?", "?", "?"]), "ticked boxes are framed, doubtful ones bear a sign"
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert table.currentIndex().row() == 1
    qtbot.keyClick(table, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert table.currentIndex().row() == 0
    assert "墨迹很少" in card.doubt.text()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert table.currentIndex().row() == 1, "a settled question gives way to the next"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.currentIndex().row() == 2, "nothing is entered while a question is open"
    assert touched(window) == before
    assert page.picture.doubt.text() == "没有完成,原因是哪一个?"
    qtbot.keyClick(table, "0")
    assert "不认得" in card.fault.text()
    qtbot.keyClick(table, "6")
    assert table.currentIndex().row() == 1
    qtbot.keyClick(table, "2")
    assert page.enter_button.text() == "录入 4 行"
    assert drawn(card.view) == (2, ["✓"])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle()
    rows = {one.row: one.customer_no for one in calls.rows}
    assert touched(window) == [*before, (rows[1], "appointment"), (rows[5], "considering")]
    results = [item.result for item in all_items(window.workbench.outreach.plan())]
    assert results[:2] == ["done", "missed:no_time"]
    assert page.content.currentIndex() == TYPING
    assert card.review is None
    assert not page.picture_button.isVisible()
    qtbot.keyClick(page.keypad.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert touched(window) == before
    assert plan.number in [sheet.number for sheet in window.workbench.results.latest()]


def test_the_picture_follows_the_rows_and_rows_are_corrected_over_it(page: ResultsPage, qtbot: QtBot) -> None:
    view, table = page.picture.view, page.picture.table

    def centre() -> QPointF:
        return view.mapToScene(view.viewport().rect().center())

    assert view.page is not None
    first = view.page
    for _step in range(4):
        qtbot.keyClick(table, Qt.Key.Key_Plus)
    row = page.picture.review.rows[0] if page.picture.review else None
    assert row is not None
    middle = row.boxes[len(row.boxes) // 2].corners[0]
    assert abs(centre().y() - middle[1]) < 30
    scale = view.transform().m11()
    qtbot.keyClick(table, Qt.Key.Key_Minus)
    assert view.transform().m11() < scale
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert view.page is not first, "the row stands on another page"
    assert view.page.sheet != first.sheet
    qtbot.keyClick(table, Qt.Key.Key_Asterisk, Qt.KeyboardModifier.ShiftModifier)
    sheet = view.mapFromScene(view.sceneRect()).boundingRect()
    assert view.viewport().rect().adjusted(-2, -2, 2, 2).contains(sheet)
    # what was read clearly may be corrected, and what stands beside it is typed in
    card = page.picture
    table.setCurrentIndex(table.table.index(3, 0))
    assert card.beside.isVisible()
    qtbot.keyClick(table, "3")
    card.next_date.setFocus()
    qtbot.keyClicks(card.next_date, "12-3")
    qtbot.keyClick(card.next_date, Qt.Key.Key_Return)
    card.note.setFocus()
    card.note.setText("再等等")
    qtbot.keyClick(card.note, Qt.Key.Key_Return)
    assert words(page)[3] == ("1", "接通拒绝(您定的) · 2026-12-03 · 再等等")
    card.next_date.setText("周五")
    card.next_date.editingFinished.emit()
    assert "周五" in card.fault.text()
    table.setCurrentIndex(table.table.index(2, 0))
    assert card.beside.isHidden(), "a row of the plan takes neither"
    # leaving forgets nothing
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.content.currentIndex() == TYPING
    page.picture_button.click()
    assert page.content.currentIndex() == PICTURE
    assert words(page)[3][1].startswith("接通拒绝(您定的)")


def test_another_picture_joins_and_a_refused_one_leaves_the_others(
    page: ResultsPage,
    window: MainWindow,
    handed: tuple[HandedSheet, HandedSheet],
    photo: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    qtbot.keyClick(page.picture.table, "4")
    rows = page.picture.table.table.rowCount()
    read_as(window, monkeypatch, WorkbenchError("blurred", "照片太模糊,没有录入。", "请重拍。"))
    page.take(photo)
    settle()
    assert page.content.currentIndex() == PICTURE
    assert "太模糊" in page.banner.text()
    read_as(window, monkeypatch, pictured(handed[1], 2, {(13, "9"): "ticked"}))
    page.take(photo)
    settle()
    assert page.banner.isHidden()
    assert page.picture.table.table.rowCount() == rows + len(handed[1].rows) - ROWS
    assert words(page)[:2] == [("3", "未接(您定的)"), ("5", "? 看一眼")]
    # what the book got meanwhile is chosen before anything is entered
    window.workbench.outreach.log_touch(handed[1].rows[0].customer_no, channel="visit", result="met")
    before = touched(window)
    for key in ("2", "6"):
        qtbot.keyClick(page.picture.table, key)
    page.enter_button.click()
    settle()
    assert page.content.currentIndex() == REVIEW
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.content.currentIndex() == PICTURE
    page.enter_button.click()
    settle()
    page.enter_button.click()
    settle()
    assert [result for _no, result in touched(window)[len(before) :]] == [
        "no_answer", "considering", "done",
    ]  # fmt: skip
