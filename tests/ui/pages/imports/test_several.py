"""Several files dropped together are one table: ordered, written with one button, taken back together or singly."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import write_list
from tests.ui.pages.imports.test_page import drop, path
from ui.app import Program
from ui.pages.imports.page import REVIEW, SEVERAL, START, ImportsPage

# the same empty book
__all__ = ["path"]

Settle = Callable[[], None]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(program: Program, settle: Settle) -> ImportsPage:
    assert program.window is not None
    program.window.activateWindow()
    opened = program.window.open_page("imports")
    assert isinstance(opened, ImportsPage)
    settle()
    return opened


def _list(folder: Path, name: str, title: str, amount: float = 700000.0, count: int = 4) -> Path:
    rows = [(f"000010000{n}", f"林秀{n}", f"1381234000{n}", amount + n, amount + n) for n in range(count)]
    return write_list(folder / name, rows, title=title)


@pytest.fixture
def months(tmp_path: Path) -> list[Path]:
    """August to October; their names tell no order."""
    titles = ("2026年10月31日", "2026年8月31日", "2026年9月30日")
    return [
        _list(tmp_path, f"{letter}.xlsx", f"客户月报 {day}")
        for letter, day in zip("abc", titles, strict=True)
    ]


def _names(page: ImportsPage) -> list[str]:
    return [line.name for line in page.several.lines]


def _cells(page: ImportsPage, at: int) -> list[str]:
    table = page.several.card.table.table
    return [str(table.index(at, column).data() or "") for column in range(table.columnCount())]


def _customers(program: Program) -> int:
    assert program.workbench is not None
    return program.workbench.insight.summary().customers


def test_months_dropped_together_are_written_with_one_button_and_taken_back_together(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, months: list[Path]
) -> None:
    drop(page, *months)
    settle()
    assert page.content.currentIndex() == SEVERAL
    assert _names(page) == ["b.xlsx", "c.xlsx", "a.xlsx"]
    assert _cells(page, 0) == ["1", "b.xlsx", "客户清单", "2026-08", "4", "4", "0", "0", "—", "可以写入"]
    assert _cells(page, 2)[3:6] == ["2026-10", "4", "0"], "set against September, which is not yet written"
    assert _customers(program) == 0
    assert page.commit_button.text() == "写入 3 个文件"
    qtbot.mouseClick(page.commit_button, LEFT)
    settle()
    assert _customers(program) == 4
    assert "已写入 3 个文件" in page.result.text()
    assert page.result.isVisible()
    assert [_cells(page, at)[-1] for at in range(3)] == ["已写入"] * 3
    assert page.week_button.isVisible()
    assert page.commit_button.isHidden()
    qtbot.mouseClick(page.several.card.undo_all_button, LEFT)
    settle()
    assert _customers(program) == 0
    assert [_cells(page, at)[-1] for at in range(3)] == ["已撤销"] * 3


def test_one_of_the_written_files_is_taken_back_alone(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, months: list[Path]
) -> None:
    drop(page, *months)
    settle()
    page.commit()
    settle()
    page.several.card.choose(2)
    qtbot.mouseClick(page.several.card.undo_button, LEFT)
    settle()
    assert [_cells(page, at)[-1] for at in range(3)] == ["已写入", "已写入", "已撤销"]
    assert program.workbench is not None
    assert [one.state for one in program.workbench.intake.history()] == ["undone", "done", "done"]
    assert not page.several.card.undo_button.isEnabled()


def test_every_question_opens_from_the_table_and_leads_back_to_it(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, tmp_path: Path, months: list[Path]
) -> None:
    undated = _list(tmp_path, "没有日期.xlsx", "客户月报")
    drop(page, undated, *months[:2])
    settle()
    assert _names(page) == ["b.xlsx", "a.xlsx", "没有日期.xlsx"]
    assert page.commit_button.text() == "还有 1 项需要确认"
    assert _cells(page, 2)[8] == "1"
    assert "没有写明数据日期" in _cells(page, 2)[9]
    qtbot.mouseClick(page.commit_button, LEFT)
    settle()
    assert page.content.currentIndex() == REVIEW
    line = page.review.head.as_of
    assert line.hasFocus()
    qtbot.keyClicks(line, "2026-09-30")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert page.commit_button.text() == "回到这些文件"
    qtbot.mouseClick(page.commit_button, LEFT)
    settle()
    assert page.content.currentIndex() == SEVERAL
    assert _names(page) == ["b.xlsx", "没有日期.xlsx", "a.xlsx"], "its month puts it in its place"
    assert page.commit_button.text() == "写入 3 个文件"
    page.commit()
    settle()
    assert _customers(program) == 4


def test_what_asks_nothing_is_written_with_one_button_and_the_rest_stays(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, tmp_path: Path, months: list[Path]
) -> None:
    undated = _list(tmp_path, "没有日期.xlsx", "客户月报")
    drop(page, *months[:2])
    settle()
    assert page.buttons.free.isHidden(), "nothing asks: the one button writes all"
    page.take([undated])
    settle()
    assert page.buttons.free.text() == "先写入不用确认的 2 个"
    qtbot.mouseClick(page.buttons.free, LEFT)
    settle()
    assert _customers(program) == 4
    assert [_cells(page, at)[-1] for at in range(2)] == ["已写入"] * 2
    assert "没有写明数据日期" in _cells(page, 2)[9]
    assert page.buttons.free.isHidden()
    assert page.commit_button.text() == "还有 1 项需要确认"


def test_a_file_that_cannot_be_read_is_a_row_with_its_sentence(
    page: ImportsPage, program: Program, settle: Settle, tmp_path: Path, months: list[Path]
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 not really")
    drop(page, bad, *months)
    settle()
    assert _cells(page, 3)[1] == "坏.xlsx"
    assert "坏.xlsx" in _cells(page, 3)[9]
    assert not program.edge.findChildren(QMessageBox)
    assert page.commit_button.text() == "写入 3 个文件"
    assert "1 个文件读不了" in page.hint.text()
    page.commit()
    settle()
    assert _customers(program) == 4


def test_the_keyboard_alone_opens_leaves_out_and_writes(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, months: list[Path]
) -> None:
    drop(page, *months)
    settle()
    assert QApplication.focusWidget() is page.commit_button
    table = page.several.card.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settle()
    assert page.content.currentIndex() == REVIEW
    assert page.session is not None
    assert page.session.path.name == "b.xlsx"
    page.escape()
    settle()
    assert page.content.currentIndex() == SEVERAL
    page.several.card.choose(2)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    settle()
    assert _names(page) == ["b.xlsx", "c.xlsx"]
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert _customers(program) == 4
    assert QApplication.focusWidget() is page.week_button
    page.escape()
    assert page.content.currentIndex() == START


def test_more_files_join_those_on_the_table(
    page: ImportsPage, settle: Settle, months: list[Path], tmp_path: Path
) -> None:
    drop(page, *months[:2])
    settle()
    page.take([months[2]])
    settle()
    assert _names(page) == ["b.xlsx", "c.xlsx", "a.xlsx"]
    page.open_file(page.several.lines[0])
    page.take([_list(tmp_path, "d.xlsx", "客户月报 2026年7月31日")])
    page.escape()
    settle()
    assert _names(page) == ["d.xlsx", "b.xlsx", "c.xlsx", "a.xlsx"]


def test_giving_up_writes_nothing(
    page: ImportsPage, program: Program, settle: Settle, months: list[Path]
) -> None:
    drop(page, *months)
    page.escape()
    settle()
    assert page.content.currentIndex() == START
    drop(page, *months)
    settle()
    page.escape()
    settle()
    assert page.content.currentIndex() == START
    assert _customers(program) == 0


def test_unlike_rows_of_one_customer_are_asked_about_from_the_table(
    qtbot: QtBot, page: ImportsPage, program: Program, settle: Settle, months: list[Path], tmp_path: Path
) -> None:
    rows = [("0000100009", "林秀9", "13812340009", amount, amount) for amount in (7001.0, 9.0)]
    rows += [(f"000010000{n}", f"林秀{n}", f"1381234000{n}", 700000.0 + n, 700000.0 + n) for n in range(4)]
    drop(page, write_list(tmp_path / "d.xlsx", rows, title="客户月报 2026年7月31日"), *months)
    settle()
    assert _cells(page, 0)[8] == "1"
    assert "不止一行" in _cells(page, 0)[9]
    page.commit()
    settle()
    assert page.content.currentIndex() == REVIEW
    page.commit()
    assert page.question is not None
    rest = next(one for one in page.question.buttons() if "不导入这几位" in one.text())
    qtbot.mouseClick(rest, LEFT)
    settle()
    assert page.content.currentIndex() == SEVERAL
    assert page.commit_button.text() == "写入 4 个文件"
