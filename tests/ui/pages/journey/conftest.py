"""The page 旅程 by itself on the sample branch."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE
from ui.pages.journey.page import JourneyPage
from ui.tasks import Tasks
from workbench.app import Workbench

Went = list[tuple[str, Any]]
Show = Callable[[Workbench], tuple[JourneyPage, Went]]


@pytest.fixture
def show(qtbot: QtBot, tasks: Tasks) -> Show:
    def build(workbench: Workbench) -> tuple[JourneyPage, Went]:
        page = JourneyPage(workbench, tasks)
        qtbot.addWidget(page)
        went: Went = []
        page.go.connect(lambda name, argument: went.append((name, argument)))
        tasks.changed.connect(page.tables_written)
        page.resize(1198, 722)
        page.show()
        qtbot.waitUntil(lambda: not tasks.busy and not page.reading)
        return page, went

    return build


@pytest.fixture
def branch(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened
