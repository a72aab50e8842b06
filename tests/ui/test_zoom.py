"""One zoom for words and sizes: changed on the spot by keys, wheel and settings, remembered, the same after a new start."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered
from ui import theme
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.widgets.contact.dialog import TouchDialog
from ui.zoom import LEVELS, measured, scale
from workbench.base.pc import PcSettings

Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> object:
    yield
    theme.apply(qapp, "light")


def turn(over: QWidget, eighths: int, held: Qt.KeyboardModifier) -> None:
    """Turn the wheel over a widget."""
    centre = QPointF(over.rect().center())
    event = QWheelEvent(
        centre, over.mapToGlobal(centre), QPoint(), QPoint(0, eighths), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(over, event)


def looks(page: QWidget) -> list[tuple[object, ...]]:
    """The size of the words and the sizes given in pixels, widget by widget."""
    shown = []
    for one in page.findChildren(QWidget):
        if one.isVisible() and not one.objectName().startswith("qt_"):
            rows = one.verticalHeader().defaultSectionSize() if isinstance(one, QTableView) else 0
            fixed = one.minimumWidth() if one.minimumWidth() == one.maximumWidth() else 0
            shown.append((type(one).__name__, one.font().pixelSize(), fixed, rows))
    return shown


def test_keys_and_wheel_zoom_what_is_in_sight_and_it_is_remembered(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("settings")
    settle()
    assert isinstance(page, SettingsPage)
    before, wide = page.title.font().pixelSize(), page.language.width()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: theme.zoom() == 110)
    turn(page, 120, Qt.KeyboardModifier.ControlModifier)
    turn(page, 60, Qt.KeyboardModifier.ControlModifier)
    turn(page, 60, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: theme.zoom() == 150)
    assert page.title.font().pixelSize() == round(before * 1.5)
    assert page.language.width() == pytest.approx(wide * 1.5, abs=2)
    assert "150" in window.notice.words.text()
    assert PcSettings.load().zoom == 150
    turn(page, -120, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: theme.zoom() == 125)
    window.zoom_requested.emit(100)
    qtbot.waitUntil(lambda: theme.zoom() == 100)
    assert page.title.font().pixelSize() == before
    qtbot.waitUntil(lambda: page.language.width() == wide)


def test_the_ends_are_the_smallest_and_the_largest(
    qtbot: QtBot, program: Program, window: MainWindow
) -> None:
    for _time in LEVELS:
        program.zoom.step(1)
    qtbot.waitUntil(lambda: theme.zoom() == LEVELS[-1])
    program.zoom.step(-len(LEVELS) * 2)
    qtbot.waitUntil(lambda: theme.zoom() == LEVELS[0])


def test_zooming_on_the_spot_looks_like_starting_with_it(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    names = ("settings", "customers", "week")
    for name in names[1:]:  # one in front, one behind; the third is made later
        window.open_page(name)
        settle()
    program.zoom.ask(150)
    qtbot.waitUntil(lambda: theme.zoom() == 150)

    def all_looks(of: MainWindow) -> dict[str, list[tuple[object, ...]]]:
        shown = {}
        for name in names:
            page = of.open_page(name)
            settle()
            delivered()
            shown[name] = looks(page)
        return shown

    on_the_spot = all_looks(window)
    size = window.size()
    program.rebuild()
    assert program.window is not None
    program.window.resize(size)
    assert all_looks(program.window) == on_the_spot


def test_a_dialog_opens_in_the_zoom_of_the_window(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    program.zoom.ask(125)
    qtbot.waitUntil(lambda: theme.zoom() == 125)
    window.log_touch()
    dialog = window.findChild(TouchDialog)
    assert isinstance(dialog, TouchDialog)
    settle()
    assert {label.font().pixelSize() for label in dialog.findChildren(QLabel)} == {16}
    assert dialog.minimumWidth() == 700


def test_what_is_measured_by_its_words_does_not_grow_twice(qapp: QApplication, qtbot: QtBot) -> None:
    fixed, by_words = QWidget(), QWidget()
    theme.set_zoom(qapp, 150)
    fixed.setFixedWidth(100)
    by_words.setFixedWidth(150)
    measured(by_words)
    for one in (fixed, by_words, fixed, by_words):
        scale(one)
    assert (fixed.minimumWidth(), by_words.maximumWidth()) == (150, 150)
    theme.set_zoom(qapp, 200)
    for one in (fixed, by_words):
        scale(one)
    assert (fixed.maximumWidth(), by_words.minimumWidth()) == (200, 200)


def test_the_keys_of_the_zoom_belong_to_nothing_else(window: MainWindow) -> None:
    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]
    for wanted in ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+Alt+0"):
        assert keys.count(QKeySequence(wanted).toString()) == 1
