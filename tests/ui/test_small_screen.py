"""On the smallest screen of a branch, 1366x768, nothing is cut off at the right in either language (design 8)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PASSPHRASE
from ui.app import Program
from ui.main_window import MainWindow
from workbench.app import Workbench
from workbench.i18n import use_language

PAGES = (
    "week", "customers", "warnings", "plan", "picker", "towers", "genes", "matrix", "pivot", "tags", "imports",
    "settings",
)  # fmt: skip


@pytest.fixture(params=["zh", "en"])
def small(
    request: pytest.FixtureRequest, qtbot: QtBot, start: Callable[[Path], Program], path: Path
) -> Iterator[tuple[Program, MainWindow]]:
    """The window in one of the languages, as small as a branch has it."""
    program = start(path)
    program.pc.language = request.param
    use_language(request.param)
    program.enter(Workbench.open(path, PASSPHRASE))
    assert program.window is not None
    program.window.resize(1366, 768)
    yield program, program.window
    use_language("zh")


def cut_off(page: QWidget) -> list[str]:
    """What is wider than where it is looked at."""
    found = [
        f"{type(area.widget()).__name__} {area.widget().width()} > {area.viewport().width()}"
        for area in page.findChildren(QScrollArea)
        if area.isVisible() and area.widget().width() > area.viewport().width()
    ]
    for kind in (QLabel, QPushButton):
        for one in page.findChildren(kind):
            short = one.width() < one.minimumSizeHint().width()
            if one.isVisible() and one.text() and short:
                found.append(f"{type(one).__name__} {one.text()!r} {one.width()}")
    return found


def test_nothing_is_cut_off_sideways(qtbot: QtBot, small: tuple[Program, MainWindow]) -> None:
    program, window = small
    window.workbench.insight.engine.ensure()
    worst = window.workbench.insight.ranking(limit=1)[0].customer_no

    def settle() -> None:
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=30_000)
        qtbot.wait(100)  # the layout follows what was shown
        qtbot.waitUntil(lambda: not program.tasks.busy, timeout=30_000)

    faults: list[str] = []
    for name, argument in (*((page, None) for page in PAGES), ("portrait", worst)):
        page = window.open_page(name, argument)
        settle()
        faults += [f"{name}: {one}" for one in cut_off(page)]
        for tabs in page.findChildren(QTabWidget):
            for at in range(1, tabs.count()):
                tabs.setCurrentIndex(at)
                settle()
                faults += [f"{name} {at + 1}: {one}" for one in cut_off(page)]
    assert faults == []
