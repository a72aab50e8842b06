"""The window says which years' days off are known, takes a year's notice, and proposes workdays only."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.workbench.base.notices import notice, written
from ui.main_window import MainWindow
from ui.pages.settings.page import SettingsPage
from ui.widgets.contact.dialog import TouchDialog


def test_a_notice_is_taken_on_the_settings_page_and_undone(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    page = window.open_page("settings")
    assert isinstance(page, SettingsPage)
    settle()
    assert page.holidays.known.text() == "程序自带 2004 至 2026 年。"
    assert "2027 年放假安排未官宣" in page.holidays.open.text()
    page.import_holidays(written(tmp_path, notice()))
    settle()
    assert page.holidays.known.text() == "程序自带 2004 至 2026 年。本账本导入 2027 年。"
    assert page.holidays.open.isHidden()
    window.notice.ask_undo()
    settle()
    assert "2027 年放假安排未官宣" in page.holidays.open.text()


def test_the_next_contact_is_proposed_for_a_workday(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-30")
    dialog = TouchDialog(window.workbench, window.tasks, None, window)
    qtbot.addWidget(dialog)
    assert dialog.next_date.date().toString("yyyy-MM-dd") == "2026-10-08"
    dialog.following.put(1)
    assert dialog.next_date.date().toString("yyyy-MM-dd") == "2026-10-08"
