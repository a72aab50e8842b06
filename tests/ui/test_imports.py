"""导入: a dropped file is shown before it is written, written once, and taken back from the history."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, write_list
from ui.app import Program
from ui.pages.imports import ImportsPage
from workbench.app import Workbench


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty book."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    made = tmp_path / "空账本.book"
    Workbench.create(made, PASSPHRASE).close()
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
    shown = [review.mapping.table.row(n) for n in range(review.mapping.table.rowCount())]
    assert {match.field for match in shown} >= {"customer_no", "name", "phone", "aum_balance"}
    assert "新增 3" in review.counts.text()
    assert review.people.table.rowCount() == 3
    assert customers(program) == 0

    qtbot.mouseClick(page.commit_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 3
    assert "新增 3" in page.result.text()
    assert page.history.table.rowCount() == 1
    assert program.window is not None
    assert program.window.navigation.buttons["customers"].count.text() == "3"

    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    settle()
    assert customers(program) == 0
    assert page.history.table.row(0).state == "undone"

    qtbot.mouseClick(page.redo_button, Qt.MouseButton.LeftButton)
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
    changes = page.review.changes.table
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
    phone = next(
        match
        for n in range(review.mapping.table.rowCount())
        if (match := review.mapping.table.row(n)).field == "phone"
    )
    review.choose(phone.index, None)
    settle()
    after = {review.mapping.table.row(n).index: review.mapping.table.row(n).field for n in range(5)}
    assert after[phone.index] is None


def test_a_file_without_a_date_asks_for_it(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], tmp_path: Path
) -> None:
    undated = write_list(
        tmp_path / "名单.xlsx", [("0000100001", "林秀英", "", 1.0, 1.0)], title="个人客户资产月报"
    )
    drop(page, undated)
    settle()
    assert page.dated.isVisible()
    qtbot.keyClicks(page.date_line, "2026-10-31")
    qtbot.keyClick(page.date_line, Qt.Key.Key_Return)
    settle()
    assert page.review.as_of.text() == "2026-10-31"


def test_a_file_that_is_no_spreadsheet_is_one_sentence_and_the_next_file_is_read(
    page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    drop(page, bad)
    settle()
    assert page.banner.isVisible()
    assert "坏.xlsx" in page.banner.text()
    assert not program.edge.findChildren(QMessageBox)
    drop(page, bad, small_list)
    settle()
    assert page.content.currentWidget() is page.review


def test_cancelling_a_read_leaves_everything_as_it_was(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Callable[[], None], small_list: Path
) -> None:
    drop(page, small_list)
    page.cancel()
    settle()
    assert customers(program) == 0
