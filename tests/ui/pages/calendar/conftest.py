"""The page 日历 by itself on a year that was made up."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.bot import Bot
from tests.ui.pages.calendar.made_year import MadeYear, workbench_of
from ui.pages.calendar.page import CalendarPage
from ui.tasks import Tasks

Went = list[tuple[str, Any]]
Show = Callable[[MadeYear], tuple[CalendarPage, Went]]


@pytest.fixture
def show(qtbot: Bot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")

    def build(made: MadeYear) -> tuple[CalendarPage, Went]:
        page = CalendarPage(workbench_of(made), tasks)
        qtbot.addWidget(page)
        went: Went = []
        page.go.connect(lambda name, argument: went.append((name, argument)))
        # a made-up room reads no table: whatever is written concerns it
        tasks.changed.connect(lambda _tables, _shown_by: page.refresh())
        page.resize(1198, 722)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
        page.focus_first()
        return page, went

    return build
