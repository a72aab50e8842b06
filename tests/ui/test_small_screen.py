"""On the small screens of a branch, 1366x768 at 100, 125, 150 and 200 %, nothing is cut off at the right in either language
(design 9), and no button lies outside the window."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.bot import at_rest, delivered
from tests.ui.conftest import PASSPHRASE
from tests.waits import LIMIT
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.imports.page import ImportsPage
from ui.registry import LISTED
from workbench.app import Workbench
from workbench.base.i18n import use_language

PAGES = [entry.name for entry in LISTED]
#: the screen, and what of it a window gets beside the task bar at 125, 150 and 200 %
SIZES = ((1366, 768), (1093, 574), (911, 472), (683, 344))
#: at 200 % a board of five columns may scroll sideways; its words and buttons are whole all the same
SCROLLS = SIZES[3]


@pytest.fixture(params=["zh", pytest.param("en", marks=pytest.mark.long)])
def small(
    request: pytest.FixtureRequest, qtbot: QtBot, start: Callable[[Path], Program], path: Path
) -> Iterator[tuple[Program, MainWindow]]:
    """The window in one of the languages."""
    program = start(path)
    program.pc.language = request.param
    use_language(request.param)
    program.enter(Workbench.open(path, PASSPHRASE))
    assert program.window is not None
    yield program, program.window
    use_language("zh")


def cut_off(page: QWidget, *, scrolls: bool) -> list[str]:
    """What is wider than where it is looked at; content that `scrolls` sideways may be."""
    found = [
        f"{type(area.widget()).__name__} {area.widget().width()} > {area.viewport().width()}"
        for area in page.findChildren(QScrollArea)
        if not scrolls and area.isVisible() and area.widget().width() > area.viewport().width()
    ]
    for kind in (QLabel, QPushButton):
        for one in page.findChildren(kind):
            short = one.width() < one.minimumSizeHint().width()
            if one.isVisible() and one.text() and short:
                found.append(f"{type(one).__name__} {one.text()!r} {one.width()}")
    return found


def outside(window: QWidget) -> list[str]:
    """What can be pressed or filled in and lies outside the window; what stands in something that scrolls is reached."""
    found = []
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for one in window.findChildren(kind):
            above, scrolls = one.parentWidget(), False
            while above is not None and above is not window:
                scrolls |= isinstance(above, QScrollArea)
                above = above.parentWidget()
            place = one.rect().translated(one.mapTo(window, one.rect().topLeft()))
            if (
                one.isVisible()
                and one.window() is window
                and not scrolls
                and not window.rect().contains(place)
            ):
                found.append(f"{type(one).__name__} {getattr(one, 'text', str)()!r} {place}")
    return found


def test_nothing_is_cut_off_sideways(
    qtbot: QtBot, small: tuple[Program, MainWindow], small_list: Path
) -> None:
    program, window = small
    window.workbench.insight.engine.ensure()
    worst = window.workbench.insight.ranking(limit=1)[0].customer_no

    def settle() -> None:
        delivered()
        qtbot.waitUntil(lambda: not program.tasks.busy and at_rest(window))
        delivered()

    faults: list[str] = []
    sizes = list(SIZES)

    def look(name: str, page: QWidget) -> None:
        for size in sizes:
            window.resize(*size)
            settle()
            assert (window.width(), window.height()) == size, "the window can be made as small as that"
            cut = cut_off(page, scrolls=size == SCROLLS)
            faults.extend(f"{name} {size}: {one}" for one in (*cut, *outside(window)))
        sizes.reverse()  # the next one begins with the size that the window has

    for name, argument in (*((page, None) for page in PAGES), ("portrait", worst)):
        page = window.open_page(name, argument)
        look(name, page)
        if name == "imports":
            continue
        for tabs in page.findChildren(QTabWidget):
            for at in range(1, tabs.count()):
                tabs.setCurrentIndex(at)
                look(f"{name} {at + 1}", page)
    page = window.open_page("imports", small_list)
    assert isinstance(page, ImportsPage)
    settle()
    for part in page.review.parts:
        page.review.open_tab(part)
        look(f"review {type(part).__name__}", page)
    assert faults == []


_ON_A_SMALL_SCREEN = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QDialog
from db import book_key
from ui.app import Program
from ui.widgets.questionnaire import CueDialog, StyleTestDialog
from workbench.app import Workbench
from tests.ui.test_small_screen import outside

book_key.ITERATIONS = 1_000
app = QApplication(["small"])
program = Program(app, Path(sys.argv[1]))
program.enter(Workbench.open(Path(sys.argv[1]), sys.argv[2]))
window = program.window
number = window.workbench.insight.ranking(limit=1)[0].customer_no
window.log_touch(number)
CueDialog(window.workbench, program.tasks, number, window).open()
StyleTestDialog(window.workbench, program.tasks, window).open()
imports = window.open_page("imports")
imports.buttons.show_dialects()
imports.buttons.show_identity()
window.open_page("tags").new_tag()
for _turn in range(20):
    app.processEvents()
screen = window.screen().availableGeometry()
faults = [f"{screen.width()}x{screen.height()}"] if screen.width() != 683 else []
for one in (window, *window.findChildren(QDialog)):
    most = one.minimumSize().expandedTo(one.size())
    if most.width() > screen.width() or most.height() > screen.height() - 30:
        faults.append(f"{type(one).__name__} {most}")
    faults += outside(one)
program.close()
print(faults)
"""


def test_the_window_and_its_dialogs_fit_a_screen_at_200_percent(path: Path, tmp_path: Path) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 728, "logicalDpi": 96, "dpr": 1}
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"screens": [screen]}), "utf-8")
    told = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "QT_SCALE_FACTOR": "2",
        "WORKBENCH_HOME": str(tmp_path / "home"),
    }
    done = subprocess.run(
        [sys.executable, "-c", _ON_A_SMALL_SCREEN, str(path), PASSPHRASE],
        check=False, env=told, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=LIMIT,
    )  # fmt: skip
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
