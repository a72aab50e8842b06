"""The head of the portrait by keyboard: B pins a note, which stands wherever the customer does; Ctrl+Z; C copies (issue 13)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.page import PortraitPage
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.pin import PinDialog


def test_a_note_is_pinned_seen_put_off_and_taken_back_by_keyboard(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    number = window.workbench.outreach.days.of().entries[0].person.customer_no
    page = window.open_page("portrait", number)
    assert isinstance(page, PortraitPage)
    settle()
    bar = page.pin_bar
    qtbot.waitUntil(bar.write.isVisible)
    qtbot.waitUntil(window.isActiveWindow)
    assert not bar.words.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: page.trail.dialog is not None)  # Qt shows the button pressed first
    dialog = page.trail.dialog
    assert isinstance(dialog, PinDialog)
    qtbot.waitUntil(dialog.text.hasFocus)
    qtbot.keyClicks(dialog.text, "call 13812340003")
    assert "会遮住" in dialog.fault.text()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    settle()
    assert bar.words.text() == "便签:call 138****0003"

    window.log_touch(number)
    (touch,) = window.findChildren(TouchDialog)
    qtbot.waitUntil(touch.pin.isVisible)
    assert touch.pin.text() == "便签:call 138****0003"
    touch.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    today = window.open_page("today")
    settle()
    qtbot.waitUntil(lambda: bool(today.list.rows))  # type: ignore[attr-defined]
    assert today.list.rows[0].pin.text() == "便签:call 138****0003"  # type: ignore[attr-defined]

    window.open_page("portrait", number)
    settle()
    qtbot.waitUntil(bar.rest.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "2026-11-23 再显示" in bar.words.text())
    qtbot.keyClick(page, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not bar.words.isVisible())
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "2026-11-23 再显示" in bar.words.text())

    QGuiApplication.clipboard().setText("")
    qtbot.keyClick(page, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    phone = window.workbench.insight.to_dial(number)
    assert QGuiApplication.clipboard().text() == phone
    assert phone not in window.notice.words.text()
