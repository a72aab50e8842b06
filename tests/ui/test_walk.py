"""One walk over all pages and their tabs (design 9). On the small screens of a branch, 1366x768 at 100, 125, 150 and 200 %,
nothing is cut off at the right in either language and no button lies outside the window; each button has a letter of its own
for Alt, and what has the keyboard is seen to have it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered, hurried
from tests.ui.conftest import PASSPHRASE
from tests.waits import LIMIT
from ui.app import Program
from ui.key_tips import letters, pressable
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


def outside(window: QWidget, *parts: QWidget) -> list[str]:
    """What can be pressed or filled in and lies outside the window or what it stands in; what scrolls is reached.

    `parts`: what of the window is looked at, unless all of it is.
    """
    found = []
    for part in parts or (window,):
        for one in part.findChildren(QWidget):
            if not isinstance(one, (QAbstractButton, QComboBox, QLineEdit)) or not one.isVisible():
                continue
            above = one.parentWidget()
            while above is not None and one.window() is window:
                place = one.rect().translated(one.mapTo(above, one.rect().topLeft()))
                if isinstance(above.parentWidget(), QAbstractScrollArea):
                    break
                if not above.rect().contains(place):
                    found.append(
                        f"{type(one).__name__} {getattr(one, 'text', str)()!r} {place} {type(above).__name__}"
                    )
                    break
                above = above.parentWidget() if above is not window else None
    return found


def clashing(window: QWidget) -> list[str]:
    """Buttons without a letter while there are letters left, and letters that a shortcut has already."""
    buttons = pressable(window)
    given = letters(buttons)
    keys = [one.key() for one in window.findChildren(QShortcut)]
    keys += [key for action in window.findChildren(QAction) for key in action.shortcuts()]
    keys += [one.shortcut() for one in window.findChildren(QAbstractButton)]
    words = {key.toString() for key in keys}
    without = [repr(one.text()) for one in buttons if one not in given.values()] if len(given) < 26 else []
    return without + [f"Alt+{letter}" for letter in given if f"Alt+{letter}" in words]


def unseen_focus(page: QWidget, looked_at: set[tuple[object, ...]]) -> list[str]:
    """What does not show that it has the keyboard; of each kind, role and place one is looked at."""
    unseen = []
    window = page.window()
    before = window.focusWidget()
    for one in page.findChildren(QWidget):
        place = type(one.parent()).__name__ if isinstance(one, QAbstractScrollArea) else ""
        kind = (type(one).__name__, one.property("role"), place)
        can = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.isEnabled() and one.window() is window
        if kind in looked_at or not can or one.visibleRegion().isEmpty():
            continue
        looked_at.add(kind)
        window.setFocus()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if not one.hasFocus() or one.grab().toImage() == without:
            unseen.append(f"no focus seen on {kind}")
    if before is not None:
        before.setFocus()
    return unseen


def test_every_page_fits_its_screen_and_is_reached_by_keyboard(
    qtbot: QtBot, small: tuple[Program, MainWindow], small_list: Path
) -> None:
    program, window = small
    window.workbench.insight.engine.ensure()
    worst = window.workbench.insight.ranking(limit=1)[0].customer_no

    def settle(page: QWidget) -> None:
        delivered()
        while program.tasks.busy or hurried(page):
            qtbot.waitUntil(lambda: not program.tasks.busy)
            delivered()
        delivered()  # a layout may ask for another one

    faults: list[str] = []
    sizes = list(SIZES)
    looked_at: set[tuple[object, ...]] = set()
    window.activateWindow()

    def look(name: str, page: QWidget) -> None:
        for size in sizes:
            window.resize(*size)
            settle(page)
            assert (window.width(), window.height()) == size, "the window can be made as small as that"
            cut = cut_off(page, scrolls=size == SCROLLS)
            faults.extend(f"{name} {size}: {one}" for one in (*cut, *outside(window, *window.in_sight())))
            if size == SIZES[0]:
                faults.extend(f"{name}: {one}" for one in (*clashing(window), *unseen_focus(page, looked_at)))
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
    settle(page)
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
from tests.ui.test_walk import clashing, outside

book_key.COST = 16
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
    faults += outside(one) + clashing(one)
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
