"""The page 产品 on the branch's book, without the window around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE, Settle
from ui.pages.matrix.page import MatrixPage
from ui.tasks import Tasks
from workbench.app import Workbench


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def settle(qtbot: QtBot, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy)


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench, tasks: Tasks, settle: Settle) -> MatrixPage:
    made = MatrixPage(workbench, tasks)
    qtbot.addWidget(made)
    tasks.changed.connect(made.tables_written)
    made.resize(1200, 720)
    made.show()
    settle()
    return made
