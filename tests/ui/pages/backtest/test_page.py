"""回测 as a person uses it: the sentence first, lines tried and only then kept, taken back; a young book says what it lacks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE
from tests.workbench.conftest import SmallBook
from tests.workbench.insight.churn.backtest.made import past
from ui.app import Program
from ui.pages.backtest.page import BacktestPage
from workbench.app import Workbench

Opened = Callable[[int], tuple[BacktestPage, Program]]


@pytest.fixture
def opened(
    start: Callable[[Path], Program], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opened]:
    """The page on a book of so many months with a past."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    kept: list[Workbench] = []

    def begin(months: int) -> tuple[BacktestPage, Program]:
        workbench = new_workbench(tmp_path / "a.book", PASSPHRASE)
        kept.append(workbench)
        past(SmallBook(workbench.book), 28, months)
        running = start(tmp_path / "a.book")
        running.enter(workbench)
        assert running.window is not None
        page = running.window.open_page("backtest")
        assert isinstance(page, BacktestPage)
        settle(qtbot, running)
        return page, running

    yield begin
    for workbench in kept:
        workbench.close()


def settle(qtbot: QtBot, running: Program) -> None:
    qtbot.waitUntil(lambda: not running.tasks.busy)


def test_lines_are_tried_kept_taken_back_and_exported(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page, running = opened(11)
    assert running.window is not None
    usual = page.report
    assert usual is not None
    assert page.hint.text() == usual.sentence
    assert [page.tables[name].table.rowCount() for name in ("thresholds", "origins")] == [3, 3]
    assert usual.naive.sentence in page.naive.text()
    assert not page.save_button.isEnabled()
    table = page.tables["thresholds"]
    table.setCurrentIndex(table.table.index(1, 0))
    assert page.detail.text().startswith("橙灯和红灯:")
    assert "联系过的" in page.detail.text()

    # the keyboard moves a line; nothing is stored by trying it
    orange = page.trying.spins["orange"]
    revision = page.workbench.book.revision()
    orange.setFocus()
    for _press in range(10):
        qtbot.keyClick(orange, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.report is not None and page.report.lines == (25, 35, 65))
    assert page.report.thresholds["orange"].alerts >= usual.thresholds["orange"].alerts
    assert "试用 25/35/65" in page.trying.words.text()
    assert page.workbench.rules.numbers("lights") == (25, 45, 65)
    assert page.workbench.book.revision() == revision
    assert page.save_button.isEnabled()

    # what makes no sense is refused in words, and cannot be kept
    page.trying.spins["yellow"].setValue(60)
    qtbot.waitUntil(lambda: "试用" not in page.trying.words.text())
    assert not page.save_button.isEnabled()
    page.trying.spins["yellow"].setValue(25)
    qtbot.waitUntil(lambda: page.save_button.isEnabled())

    place = tmp_path / "回测.xlsx"
    page.export(place)
    settle(qtbot, running)
    assert any(
        "lights = [25, 35, 65]" in str(cell.value) for row in load_workbook(place)["结论"] for cell in row
    )

    page.save_button.click()
    qtbot.waitUntil(lambda: page.workbench.rules.numbers("lights") == (25, 35, 65) and not running.tasks.busy)
    assert page.trying.lines == (25, 35, 65)
    assert not page.save_button.isEnabled()
    running.window.notice.ask_undo()
    qtbot.waitUntil(lambda: page.trying.lines == (25, 45, 65) and not running.tasks.busy)
    assert page.workbench.rules.numbers("lights") == (25, 45, 65)
    assert page.report == usual


def test_a_young_book_says_what_it_lacks_and_what_so_many_customers_show(opened: Opened) -> None:
    page, _running = opened(8)
    assert page.content.currentWidget() is page.lacking
    assert "再导入 1 个月" in page.lacking.words.text()
    assert "±" in page.lacking.words.text()
    assert not page.export_button.isEnabled()
