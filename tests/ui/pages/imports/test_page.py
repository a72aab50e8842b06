"""导入: a dropped file is shown before it is written, written once, and taken back from the history."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.books import empty_file
from tests.ui.conftest import PASSPHRASE, write_list
from tests.waits import opened
from ui.app import Program
from ui.pages.imports.page import ImportsPage
from workbench.base.change import Progress, silent
from workbench.intake.report import FileReport
from workbench.intake.review.session import ImportSession


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty book."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    made = tmp_path / "空账本.book"
    empty_file(made, PASSPHRASE)
    return made


@pytest.fixture
def page(program: Program, settle: Callable[[], None]) -> ImportsPage:
    assert program.window is not None
    found = program.window.open_page("imports")
    assert isinstance(found, ImportsPage)
    settle()
    return found


def drop(page: ImportsPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.place_for_files.dropEvent(event)


def customers(program: Program) -> int:
    assert program.workbench is not None
    return program.workbench.insight.summary().customers


def test_a_dropped_file_is_shown_then_written_then_taken_back(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path
) -> None:
    drop(page, small_list)
    settle()
    review = page.review
    assert page.content.currentWidget() is review
    columns = review.mapping.table.table
    shown = [columns.row(n) for n in range(columns.rowCount())]
    assert {match.field for match in shown} >= {"customer_no", "name", "phone", "aum_balance"}
    assert "新增 3" in review.head.counts.text()
    assert "3 位都是第一次列入" in review.people.words.text()
    assert customers(program) == 0

    qtbot.mouseClick(page.commit_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 3
    assert "新增 3" in page.result.text()
    assert page.history.table.table.rowCount() == 1
    assert program.window is not None
    assert program.window.navigation.buttons["customers"].count.text() == "3"

    qtbot.mouseClick(page.history.undo_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 0
    assert page.history.table.table.row(0).state == "undone"

    qtbot.mouseClick(page.history.redo_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 3


def test_the_second_month_shows_old_and_new_value_of_each_change(
    qtbot: QtBot, page: ImportsPage, settle: Callable[[], None], small_list: Path, tmp_path: Path
) -> None:
    drop(page, small_list)
    settle()
    page.commit()
    settle()
    corrected = write_list(
        tmp_path / "更正_202610.xlsx",
        [
            ("0000100001", "林秀英", "13812340001", 710000.0, 1800000.0),
            ("0000100002", "赵建国", "13812340002", 312000.0, 300000.0),
            ("0000100003", "周敏", "13812340003", 775000.0, 770000.0),
        ],
    )
    drop(page, corrected)
    settle()
    changes = page.review.changes.table.table
    told = [changes.row(number) for number in range(changes.rowCount())]
    assert [change.customer_no for change in told] == ["0000100001"]
    assert "1,824,000" in told[0].old.replace("1824000", "1,824,000")
    assert "710,000" in told[0].new.replace("710000", "710,000")


def test_two_unlike_rows_for_one_customer_are_asked_about(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], tmp_path: Path
) -> None:
    doubled = write_list(
        tmp_path / "重复_202610.xlsx",
        [
            ("0000100001", "林秀英", "13812340001", 710000.0, 1800000.0),
            ("0000100001", "林秀英", "13812340001", 9.0, 9.0),
            ("0000100002", "赵建国", "13812340002", 312000.0, 300000.0),
        ],
    )
    drop(page, doubled)
    settle()
    qtbot.mouseClick(page.commit_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 0
    assert page.question is not None
    assert "不止一行" in page.question.text()
    rest = next(one for one in page.question.buttons() if "不导入这几位" in one.text())
    qtbot.mouseClick(rest, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 1


def test_nothing_is_written_when_a_file_is_given_up(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path
) -> None:
    drop(page, small_list)
    settle()
    qtbot.keyClick(page.commit_button, Qt.Key.Key_Escape)
    settle()
    assert page.content.currentIndex() == 0
    assert customers(program) == 0


def test_a_column_can_be_mapped_by_hand(
    page: ImportsPage, settle: Callable[[], None], small_list: Path
) -> None:
    drop(page, small_list)
    settle()
    review = page.review
    columns = review.mapping.table.table
    phone = next(match for n in range(columns.rowCount()) if (match := columns.row(n)).field == "phone")
    review.mapping.choose(phone.index, None)
    settle()
    after = {columns.row(n).index: columns.row(n).field for n in range(5)}
    assert after[phone.index] is None


def test_a_file_without_a_date_asks_for_it(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], tmp_path: Path
) -> None:
    undated = write_list(
        tmp_path / "名单.xlsx", [("0000100001", "林秀英", "", 1.0, 1.0)], title="个人客户资产月报"
    )
    drop(page, undated)
    settle()
    line = page.review.head.as_of
    assert page.content.currentWidget() is page.review
    assert line.hasFocus()
    assert page.commit_button.text() == "还有 1 项需要确认"
    qtbot.keyClicks(line, "2026-13-45")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert page.banner.isVisible()
    line.clear()
    qtbot.keyClicks(line, "2026-10-31")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert not page.banner.isVisible(), "the date is right now"
    assert page.commit_button.text() == "写入账本"
    assert page.review.head.as_of.text() == "2026-10-31"


def test_a_file_that_is_no_spreadsheet_is_one_sentence(
    page: ImportsPage, program: Program, settle: Callable[[], None], tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    drop(page, bad)
    settle()
    assert page.banner.isVisible()
    assert "坏.xlsx" in page.banner.text()
    assert not program.edge.findChildren(QMessageBox)
    assert page.content.currentIndex() == 0


def test_cancelling_a_read_leaves_everything_as_it_was(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path
) -> None:
    drop(page, small_list)
    page.cancel()
    settle()
    assert customers(program) == 0


def test_a_sheet_nobody_recognises_shows_no_names_and_says_what_to_do(
    page: ImportsPage, settle: Callable[[], None], tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["甲", "乙", "丙"], ["0000100001", "林秀英", 12.5], ["0000100002", "赵建国", 7.0]):
        sheet.append(row)
    book.save(tmp_path / "怪表.xlsx")
    drop(page, tmp_path / "怪表.xlsx")
    settle()
    assert page.review.tabs.currentWidget() is page.review.grid
    assert not page.commit_button.isEnabled()
    assert "找不到客户号" in page.hint.text()
    shown = page.review.grid.grid.table
    cells = {shown.index(row, column).data() for row in range(shown.rowCount()) for column in range(3)}
    assert "林秀英" not in cells
    assert {"林**", "12.5"} <= cells


def test_a_second_list_of_a_month_replaces_the_first_or_is_added_to_it(
    page: ImportsPage, settle: Callable[[], None], small_list: Path, tmp_path: Path
) -> None:
    drop(page, small_list)
    settle()
    page.commit()
    settle()
    again = write_list(
        tmp_path / "重发_202610.xlsx",
        [
            ("0000100001", "林秀英", "13812340001", 1824000.0, 1800000.0),
            ("0000100002", "赵建国", "13812340002", 330000.0, 310000.0),
        ],
    )
    drop(page, again)
    settle()
    head = page.review.head
    assert head.again.isVisibleTo(page)
    assert "重发" in head.again_words.text()
    assert head.replace.isChecked()
    head.add.click()
    settle()
    assert head.add.isChecked()
    assert not head.replace.isChecked()
    head.replace.click()
    settle()
    for code, line in list(page.review.totals.questions.reasons.items()):
        line.setText("总行重发")
        page.review.totals.questions.confirm(code)
        settle()
    page.commit()
    settle()
    rows = page.history.table.table
    assert [page.history.state(rows.row(at)) for at in range(2)] == ["有效", "被 #2 替换"]


def test_the_rows_are_shown_while_they_are_checked_and_can_be_given_up(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    go_on = threading.Event()
    report = ImportSession.report

    def slow(session: ImportSession, progress: Progress = silent) -> FileReport:
        opened(go_on)
        return report(session, progress)

    monkeypatch.setattr(ImportSession, "report", slow)
    other = write_list(
        tmp_path / "名单_202610_另一份.xlsx", [("0000100009", "何芳", "13812340009", 5.0, 5.0)]
    )
    drop(page, small_list)
    qtbot.waitUntil(lambda: page.content.currentWidget() is page.review)
    page.take([other])
    shown = page.review.grid.grid.table
    assert [shown.index(2, column).data() for column in range(2)] == ["0**", "林**"]
    assert not page.commit_button.isEnabled()
    assert [page.review.tabs.isTabEnabled(at) for at in range(6)] == [True, *[False] * 5]
    page.escape()
    go_on.set()
    settle()
    assert page.content.currentWidget() is page.review
    assert page.session is not None
    assert page.session.path == other
    assert "新增 1" in page.review.head.counts.text()
    assert customers(program) == 0
