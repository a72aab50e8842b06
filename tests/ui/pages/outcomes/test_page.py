"""成效 as a person uses it: figures first, people behind each, months never checked are caught up with in the background."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.books import new_workbench
from tests.ui.conftest import PASSPHRASE, Settle, Went, write_list
from ui.app import Program
from ui.main_window import MainWindow
from ui.page import Page
from ui.pages.outcomes.page import OutcomesPage
from ui.pages.week.page import WeekPage
from workbench.app import Workbench


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> Page:
    page = window.open_page("outcomes")
    settle()
    return page


@pytest.fixture
def outcomes(page: Page) -> OutcomesPage:
    assert isinstance(page, OutcomesPage)
    return page


def people(page: OutcomesPage) -> int:
    return page.people.table.table.rowCount()


def test_months_never_checked_are_caught_up_with_and_figures_lead_to_people_and_the_week_here(
    outcomes: OutcomesPage, window: MainWindow, went: Went, settle: Settle, qtbot: QtBot
) -> None:
    """Only the newest two of nine months were checked when the week was shown."""
    report = outcomes.report
    assert report is not None
    assert (len(report.months), report.missing, len(report.not_looked)) == (7, (), 2)
    assert outcomes.catching_line.isHidden()
    everybody = report.everybody
    assert outcomes.tiles.figures["kept"].text() == f"{everybody.counts['kept']:,} 户"
    assert f"{everybody.counts.n:,} 户" in outcomes.hint.text()

    outcomes.tiles.figures["too_early"].click()
    settle()
    assert outcomes.people.chip == "too_early"
    assert people(outcomes) == everybody.counts["too_early"] > 0
    table = outcomes.tables["lights"]
    last = table.table.rowCount() - 1
    heading = [column.title for column in table.table.columns].index("未到期")
    table.clicked.emit(table.table.index(last, heading))
    settle()
    assert people(outcomes) == report.lights[-1].counts["too_early"] < everybody.counts["too_early"]
    first = outcomes.people.table
    first.setCurrentIndex(first.table.index(0, 0))
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert went == [("portrait", first.table.row(0).customer_no)]

    outcomes.place("contacts")
    settle()
    assert "户" in outcomes.notes["contacts"].text()
    outcomes.place("causes")
    settle()
    assert "还没有确认过流失原因" in outcomes.notes["causes"].text()
    assert outcomes.people.isHidden(), "no line, no people"
    outcomes.place("effects")
    settle()
    assert "还没有按计划联系过客户" in outcomes.effects.note.text()
    assert outcomes.effects.table.isHidden()

    week = window.pages["week"]
    assert isinstance(week, WeekPage)
    window.open_page("week")
    assert week.last_lights.words.text().startswith("2026-09 亮灯")
    week.last_lights.link.click()
    assert window.pages["outcomes"].isVisible()


def test_no_more_months_are_checked_once_somebody_says_so(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = window.workbench.outreach.outcomes
    checked: list[str] = []
    page = window.open_page("outcomes")
    assert isinstance(page, OutcomesPage)

    monkeypatch.setattr(room, "check", lambda month, _progress: checked.append(month))
    page.stop.click()
    settle()
    assert checked == []
    assert page.catching_line.isHidden()
    assert "没有检查过的月份不看" in page.foot.text()
    assert "2026-08" in page.foot.text()


@pytest.fixture
def one_month(tmp_path: Path) -> Iterator[Workbench]:
    rows: list[tuple[object, ...]] = [("0000100001", "林秀英", "13812340001", 1824000.0, 1800000.0)]
    path = write_list(tmp_path / "名单_202610.xlsx", rows)
    with new_workbench(tmp_path / "一个月.book", PASSPHRASE) as workbench:
        workbench.intake.read(path).commit()
        yield workbench


def test_a_book_of_one_month_says_what_is_needed(
    one_month: Workbench, start: Callable[[Path], Program], qtbot: QtBot, tmp_path: Path
) -> None:
    running = start(tmp_path / "一个月.book")
    running.enter(one_month)
    assert running.window is not None
    page = running.window.open_page("outcomes")
    qtbot.waitUntil(lambda: not running.tasks.busy)
    assert isinstance(page, OutcomesPage)
    assert page.content.currentWidget() is page.nobody
    assert "之后 3 个月的名单说得出留住还是流失" in page.nobody.words.text()
