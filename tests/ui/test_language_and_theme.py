"""Switching language or theme: Qt's own words follow, the old window goes before the style comes, one page is built."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.plan.page import PlanPage
from ui.pages.settings.page import SettingsPage
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import use_language

Settle = Callable[[], None]
#: what a style, palette or font laid on the application costs each widget
_DRESSED = {QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.Polish}


class _Counted(QObject):
    """Counts the events by which widgets that were there before are dressed anew."""

    def __init__(self, widgets: list[QWidget]) -> None:
        super().__init__()
        self._ours = {id(widget) for widget in widgets}
        self._kept = widgets
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() in _DRESSED and id(watched) in self._ours
        return False


def choose(page: SettingsPage, what: str, code: str) -> None:
    """Choose a language or theme as a person does."""
    combo = getattr(page, what)
    combo.setCurrentIndex(combo.findData(code))
    combo.activated.emit(combo.currentIndex())


def inside(page: QWidget) -> list[QWidget]:
    return [page, *page.findChildren(QWidget)]


def settings(program: Program, settle: Settle) -> SettingsPage:
    assert program.window is not None
    page = program.window.open_page("settings")
    settle()
    assert isinstance(page, SettingsPage)
    return page


@pytest.mark.parametrize(("what", "code"), [("theme", "dark"), ("language", "en")])
def test_the_old_window_is_gone_before_anything_is_dressed_and_one_page_is_built(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle, what: str, code: str
) -> None:
    for name in ("customers", "plan", "tags"):
        window.open_page(name)
        settle()
    page = settings(program, settle)
    hidden = [one for name, other in window.pages.items() if name != "settings" for one in inside(other)]
    assert len(hidden) > 100
    counted = _Counted(hidden)
    QApplication.instance().installEventFilter(counted)  # type: ignore[union-attr]
    try:
        choose(page, what, code)
        settle()
    finally:
        QApplication.instance().removeEventFilter(counted)  # type: ignore[union-attr]
        use_language("zh")
    assert counted.count == 0
    assert not [one for one in hidden if isValid(one)]
    assert program.window is not None
    assert program.window is not window
    assert set(program.window.pages) == {"settings"}
    assert program.window.isVisible()


def words(program: Program) -> dict[str, str]:
    """What Qt says by itself, from things made now."""
    over = program.window
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "",
        "?",
        QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel,
        over,
    )
    line = QLineEdit(over)
    menu = line.createStandardContextMenu()
    asked = QInputDialog(over)
    asked.show()
    files = QFileDialog(over)
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    files.show()
    calendar = QCalendarWidget(over)
    said = {
        "ok": box.button(QMessageBox.StandardButton.Ok).text().replace("&", ""),
        "cancel": box.button(QMessageBox.StandardButton.Cancel).text().replace("&", ""),
        "menu": " ".join(action.text() for action in menu.actions()),
        "input": " ".join(one.text() for one in asked.findChildren(QPushButton)),
        "files": " ".join(one.text() for one in files.findChildren(QLabel)),
        "month": " ".join(one.text() for one in calendar.findChildren(QToolButton)),
    }
    for one in (box, menu, asked, files, calendar, line):
        one.deleteLater()
    return said


def test_qts_own_words_are_in_the_language_of_the_window_and_follow_it(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    def switch(code: str) -> None:
        choose(settings(program, settle), "language", code)
        settle()

    try:
        told = words(program)
        assert (told["ok"], told["cancel"]) == ("确定", "取消")
        assert "复制" in told["menu"]
        assert "粘贴" in told["menu"]
        assert "取消" in told["input"]
        assert "月" in told["month"]
        assert not [word for word in told["files"].split() if word.isascii() and word.isalpha()], told[
            "files"
        ]
        switch("en")
        told = words(program)
        assert (told["ok"], told["cancel"]) == ("OK", "Cancel")
        assert "Copy" in told["menu"]
        assert "Look in" in told["files"]
        assert "月" not in told["month"]
        switch("zh")
        told = words(program)
        assert (told["ok"], told["cancel"]) == ("确定", "取消")
    finally:
        use_language("zh")


def test_our_own_boxes_have_qts_buttons(
    qtbot: QtBot, program: Program, window: MainWindow, settle: Settle
) -> None:
    box = program.edge.show(WorkbenchError("x", "发生了什么。", "该怎么办。"))
    assert box is not None
    assert [one.text() for one in box.buttons()] == ["确定"]
    box.close()
    page = window.open_page("plan")
    settle()
    assert isinstance(page, PlanPage)
    page.redraft_button.click()
    asked = page.findChild(QMessageBox)
    assert isinstance(asked, QMessageBox)
    assert [one.text() for one in asked.buttons()] == ["重新起草", "取消"]
    assert asked.standardButton(asked.buttons()[1]) == QMessageBox.StandardButton.Cancel
    asked.close()
    assert QDialogButtonBox(QDialogButtonBox.StandardButton.Close, window).buttons()[0].text() == "关闭"
