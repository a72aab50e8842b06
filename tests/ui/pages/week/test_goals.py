"""Goals on 本周: a link while none is set; set by keyboard, shown with their pace (issue 13)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.week.page import WeekPage


def test_goals_are_set_by_keyboard_and_shown_with_their_pace(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("week")
    assert isinstance(page, WeekPage)
    settle()
    qtbot.waitUntil(page.goals.link.isVisible)
    assert not page.goals.card.isVisible()
    qtbot.mouseClick(page.goals.link, Qt.MouseButton.LeftButton)
    dialog = page.goals.dialog
    assert dialog is not None
    settle()
    first = dialog.fields[("2026-11", "aum", "own")]
    qtbot.keyClicks(first, "abc")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert "不是大于 0 的数" in dialog.fault.text()
    first.clear()
    qtbot.keyClicks(first, "3000000")
    calls = dialog.fields[("2026-11", "calls", "own")]
    qtbot.keyClicks(calls, "60")
    qtbot.keyClick(calls, Qt.Key.Key_Return)
    qtbot.waitUntil(page.goals.card.isVisible)
    shown = [one.text() for one in page.goals.card.findChildren(QLabel)]
    assert "资产净增 · 本月 300.0万(自定)" in shown
    assert any("还没有 2026-11 起的名单" in text for text in shown)
    assert any(text.startswith("已 0;到今天应到") for text in shown)
    assert not page.goals.link.isVisible()
