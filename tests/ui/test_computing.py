"""A page that computes says so; that there are no customers is said only after a read has found none."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.books import empty_file
from tests.ui.conftest import PASSPHRASE, hold
from tests.waits import opened
from ui.app import Program
from ui.main_window import MainWindow
from ui.page import Page
from ui.pages.imports.page import ImportsPage
from ui.pages.portrait.page import PortraitPage
from ui.pages.tags.page import TagsPage
from ui.pages.week.page import WeekPage
from ui.widgets.stage import PageStage
from workbench.app import Workbench
from workbench.base.change import Cancelled, Progress
from workbench.base.errors import WorkbenchError

Settle = Callable[[], None]
#: the pages that can be without customers; 'portrait' is opened on somebody
STAGED = ("week", "customers", "warnings", "plan", "picker", "towers", "genes", "matrix", "pivot")


@pytest.fixture
def empty(qtbot: QtBot, start: Callable[[Path], Program], tmp_path: Path) -> Program:
    """The program on a new book, every page looked at."""
    path = tmp_path / "新账本.book"
    empty_file(path, PASSPHRASE)
    program = start(path)
    program.enter(Workbench.open(path, PASSPHRASE))
    assert program.window is not None
    for name in (*STAGED, "tags", "imports"):
        program.window.open_page(name)
        qtbot.waitUntil(lambda: not program.tasks.busy)
    return program


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    opened = threading.Event()
    yield opened
    opened.set()


def stage(page: Page) -> PageStage:
    assert isinstance(page._stage, PageStage)
    return page._stage


def said(page: Page) -> str:
    """Every word on the page that can be seen."""
    return "\n".join(
        one.text() for kind in (QLabel, QPushButton) for one in page.findChildren(kind) if one.isVisible()
    )


def test_after_an_import_no_page_says_that_there_are_no_customers_while_it_computes(
    qtbot: QtBot, empty: Program, small_list: Path, gate: threading.Event
) -> None:
    window = empty.window
    assert window is not None
    for name in STAGED:
        assert "去导入名单" in [b.text() for b in stage(window.pages[name]).nothing.findChildren(QPushButton)]
        assert stage(window.pages[name]).currentWidget() is stage(window.pages[name]).nothing, name
    imports = window.pages["imports"]
    assert isinstance(imports, ImportsPage)
    imports.take([small_list])
    qtbot.waitUntil(lambda: imports.content.currentWidget() is imports.review and not empty.tasks.busy)
    imports.commit()
    qtbot.waitUntil(lambda: imports.result.isVisible())
    hold(empty, gate)
    for name in STAGED:
        page = window.open_page(name)
        assert stage(page).waits, name
        qtbot.waitUntil(stage(page).waiting.doing.isVisible)
        assert stage(page).waiting.doing.text()
        assert "去导入名单" not in said(page), name
        assert stage(page).nothing.words.text() not in said(page), name
        assert page.primary is None or not page.primary.isEnabled(), name
    tags = window.open_page("tags")
    assert isinstance(tags, TagsPage)
    assert "导入名单之后" not in tags.checkup.summary.text()
    tags.tabs.setCurrentWidget(tags.sample)
    assert "导入名单" not in tags.sample.intro.text()
    gate.set()
    qtbot.waitUntil(lambda: not empty.tasks.busy)
    for name in STAGED:
        page = window.open_page(name)
        qtbot.waitUntil(lambda: not empty.tasks.busy)
        assert not stage(page).waits, name
        assert stage(page).currentWidget() is not stage(page).nothing, name


def test_what_stands_before_a_page_tells_it_how_far_it_is(
    qtbot: QtBot, empty: Program, gate: threading.Event
) -> None:
    window = empty.window
    assert window is not None
    begun = threading.Event()

    def job(progress: Progress) -> None:
        progress(0.37, "正在写入账本")
        begun.set()
        opened(gate)

    page = window.open_page("plan")
    qtbot.waitUntil(lambda: not empty.tasks.busy)
    empty.tasks.follow(job, lambda _share, _words: None)
    page.refresh()
    opened(begun)
    qtbot.waitUntil(lambda: stage(page).waiting.progress.value() == 37)
    assert stage(page).waiting.doing.text() == "正在写入账本"


def test_figures_from_before_are_marked_while_they_are_computed_anew(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, gate: threading.Event
) -> None:
    page = window.pages["week"]
    assert isinstance(page, WeekPage)
    before = page.first.list.table.rowCount()
    assert before
    hold(program, gate)
    program.tasks.announce(frozenset({"snapshots"}))
    qtbot.waitUntil(lambda: "重新计算" in said(page))
    assert page.first.list.table.rowCount() == before
    gate.set()
    settle()
    assert "重新计算" not in said(page)


def test_what_is_not_counted_yet_is_not_told_as_nothing(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch,
    gate: threading.Event,
) -> None:  # fmt: skip
    page = window.pages["week"]
    assert isinstance(page, WeekPage)
    leads = window.workbench.outreach.leads.whole

    def slow(week: str, *more: object) -> object:
        if not more:  # not those of a draft
            opened(gate)
        return leads(week, *more)

    monkeypatch.setattr(window.workbench.outreach.leads, "whole", slow)
    page.tables_written(frozenset({"snapshots"}))
    qtbot.waitUntil(lambda: not page.reading)
    assert "正在统计" in [one.text() for one in page.changes.findChildren(QPushButton)]
    gate.set()
    settle()
    assert "正在统计" not in [one.text() for one in page.changes.findChildren(QPushButton)]


def test_a_portrait_shows_nobody_while_another_one_is_read(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, gate: threading.Event
) -> None:
    first, second = window.workbench.insight.ranking(limit=2)
    page = window.open_page("portrait", first.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    assert stage(page).holds
    shown = page.title.text()
    hold(program, gate)
    window.open_page("portrait", second.customer_no)
    assert stage(page).waits
    assert page.title.text() != shown
    gate.set()
    settle()
    assert stage(page).holds
    assert page.portrait is not None
    assert page.portrait.customer_no == second.customer_no


def test_a_stopped_page_says_so_and_computes_again_when_asked(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, gate: threading.Event
) -> None:
    hold(program, gate)
    page = window.open_page("towers")
    qtbot.waitUntil(stage(page).waiting.cancel_button.isVisible)
    qtbot.mouseClick(stage(page).waiting.cancel_button, Qt.MouseButton.LeftButton)
    assert stage(page).currentWidget() is stage(page).stopped
    assert "还没有" not in said(page)
    gate.set()
    settle()
    assert stage(page).currentWidget() is stage(page).stopped
    again = next(one for one in stage(page).stopped.findChildren(QPushButton))
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle()
    assert stage(page).holds


@pytest.mark.parametrize(
    "error", [WorkbenchError("busy", "现在不行。", "稍后再试。"), ValueError("x"), Cancelled()]
)
def test_a_read_that_failed_is_no_empty_book(
    qtbot: QtBot, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(**_told: object) -> None:
        raise error

    monkeypatch.setattr(window.workbench.insight, "check", refuse)
    monkeypatch.setattr(window.tasks, "failed", type("Told", (), {"emit": lambda _self, _error: None})())
    page = window.open_page("warnings")
    settle()
    assert "还没有" not in said(page)
    assert not stage(page).waits or not stage(page).isVisible()


def test_tags_never_computed_are_computed_not_taken_for_an_empty_book(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    with window.workbench.book.derive() as conn:
        conn.exec_driver_sql("delete from tag_runs")
    for name in ("matrix", "pivot"):
        page = window.open_page(name)
        settle()
        assert stage(page).holds, name
