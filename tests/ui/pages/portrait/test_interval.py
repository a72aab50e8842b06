"""The head of the portrait says how often he is contacted, and takes another interval by keyboard (domain 6.5)."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.interval import IntervalDialog
from ui.pages.portrait.page import PortraitPage


def test_an_interval_of_his_own_is_set_seen_and_given_back(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    number = window.workbench.outreach.days.of().entries[0].person.customer_no
    page = window.open_page("portrait", number)
    assert isinstance(page, PortraitPage)
    settle()
    by_level = page.interval.interval.by_level
    assert page.interval.text() == f"{by_level} 天联系一次"
    for typed, seen in (("77", "77 天联系一次"), ("0", f"{by_level} 天联系一次")):
        page.interval.setFocus()
        qtbot.keyClick(page.interval, Qt.Key.Key_Space)
        dialog = page.trail.dialog
        assert isinstance(dialog, IntervalDialog)
        dialog.days.selectAll()
        qtbot.keyClicks(dialog.days, typed)
        qtbot.keyClick(dialog.days, Qt.Key.Key_Return)
        settle()
        qtbot.waitUntil(lambda seen=seen: page.interval.text() == seen)  # type: ignore[misc]
    assert not page.interval.interval.own
