"""The log of events bad for the bank's reputation: from 设置 and by Ctrl+K, added by keyboard, removed by its button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.widgets.adverse_events import AdverseEventsDialog, open_events


def test_an_event_is_added_and_removed(window: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> None:
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    page.events.opens.click()
    settle()
    dialog = window.findChild(AdverseEventsDialog)
    assert dialog is not None
    assert dialog.none.isVisible()
    assert not dialog.target.isEnabled()
    qtbot.keyClicks(dialog.title, "branch closed")
    dialog.scope.setCurrentIndex(dialog.scope.findData("branch"))
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    settle()
    # a branch has to be named, and what was typed stays
    assert "机构、产品或城市" in dialog.fault.text()
    assert dialog.title.text() == "branch closed"
    qtbot.keyClicks(dialog.target, "West")
    qtbot.keyClick(dialog.target, Qt.Key.Key_Return)
    settle()
    (event,) = window.workbench.insight.events.all()
    assert (event.title, event.scope, event.targets, event.days) == ("branch closed", "branch", ("West",), 60)
    assert (dialog.title.text(), dialog.fault.isVisible(), dialog.add_button.isEnabled()) == ("", False, True)
    # nobody is of a branch of that name
    assert dialog.hint.isVisible()
    assert "West" in dialog.hint.text()
    dialog.events.setCurrentIndex(dialog.events.table.index(0, 0))
    dialog.remove_button.click()
    settle()
    assert window.workbench.insight.events.all() == ()
    dialog.reject()


def test_the_log_is_one_and_opens_by_the_search_box(window: MainWindow, settle: Callable[[], None]) -> None:
    entry = next(entry for entry in window.search.entries if entry.icon == "events")
    entry.act()
    settle()
    assert open_events(window, window.workbench, window.tasks) is window.findChild(AdverseEventsDialog)
    assert len(window.findChildren(AdverseEventsDialog)) == 1
    window.findChild(AdverseEventsDialog).reject()
