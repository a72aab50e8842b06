"""导入, when last month's column is there under another name: the window asks, and takes an answer or the column."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE, write_list
from ui.app import Program
from ui.pages.imports.page import ImportsPage

Settle = Callable[[], None]
ROWS = [
    (f"00001000{n:02d}", f"林{sign}", f"138123400{n:02d}", 1000.0 + n, 2000.0 + n)
    for n, sign in enumerate("秀建敏晓芳")
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with September in it."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    made = tmp_path / "账本.book"
    title = "个人客户资产月报(2026年9月30日)"
    with new_workbench(made, PASSPHRASE) as workbench:
        workbench.intake.read(write_list(tmp_path / "名单_202609.xlsx", [*ROWS], title)).commit()
    return made


@pytest.fixture
def page(program: Program, settle: Settle, tmp_path: Path) -> ImportsPage:
    """October under review, its daily average under a name that nobody knows."""
    october = write_list(tmp_path / "名单_202610.xlsx", [*ROWS])
    renamed = load_workbook(october)
    renamed["客户清单"]["E2"] = "本期均值"
    renamed.save(october)
    assert program.window is not None
    program.window.activateWindow()
    found = program.window.open_page("imports", october)
    assert isinstance(found, ImportsPage)
    settle()
    return found


def test_the_window_asks_and_an_answer_lets_the_list_in(
    qtbot: QtBot, page: ImportsPage, settle: Settle
) -> None:
    review = page.review
    assert page.commit_button.text() == "还有 2 项需要确认"
    assert review.tabs.currentWidget() is review.totals
    words = [label.text() for label in review.totals.findChildren(QLabel) if label.isVisible()]
    assert any("“金融资产月日均”" in text and "月日均较上月变动" in text for text in words)
    line = review.totals.questions.reasons["lost_columns"]
    assert "不再提供" in line.placeholderText()
    line.setFocus()
    line.insert("总行从本月起停发")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert page.commit_button.text() == "还有 1 项需要确认"
    idle = review.totals.questions.reasons["idle_columns"]
    idle.setFocus()
    idle.insert("只作备查")
    qtbot.keyClick(idle, Qt.Key.Key_Return)
    settle()
    assert page.commit_button.text() == "写入账本"
    qtbot.keyClick(page.commit_button, Qt.Key.Key_Space)
    settle()
    row = page.history.table.table.row(0)
    assert (row.file, row.reasons) == ("名单_202610.xlsx", {
        "lost_columns": "总行从本月起停发", "idle_columns": "只作备查",
    })  # fmt: skip


def test_naming_the_column_settles_it_without_a_reason(page: ImportsPage, settle: Settle) -> None:
    review = page.review
    sheet = review.sheet()
    assert sheet is not None
    index = next(match.index for match in sheet.mapping if match.header == "本期均值")
    review.decide(lambda session: session.choose(sheet.sheet, index, "aum_daily_average"))
    settle()
    assert page.commit_button.text() == "写入账本"
    assert review.totals.questions.reasons == {}
