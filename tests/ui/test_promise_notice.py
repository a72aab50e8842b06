"""A promise that is due is told once a day, quietly: beside the page, in the window, in the tray where there is one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from tests.books import PASSPHRASE, new_workbench
from tests.ui.conftest import Settle
from tests.workbench.outreach.made import put_customers
from ui.main_window import MainWindow
from ui.promise_notice import PromiseNotice, Tray
from ui.tasks import Tasks
from workbench.base.pc import PcSettings


def test_it_is_told_once_a_day_and_only_when_the_setting_is_on(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    spoken: list[str] = []
    counts: list[int] = []
    pc = PcSettings()
    window = QWidget()
    qtbot.addWidget(window)
    with new_workbench(tmp_path / "一.book", PASSPHRASE) as workbench:
        put_customers(workbench.book, [1, 2])
        promises = workbench.outreach.promises
        promises.make("900000000001", "送对账单", "2026-11-17")
        notice = PromiseNotice(
            window, workbench, tasks, pc, lambda title, words: spoken.append(f"{title}|{words}")
        )
        notice.counted.connect(counts.append)

        def look() -> None:
            seen = len(counts)
            notice.look()
            qtbot.waitUntil(lambda: len(counts) > seen)

        look()
        assert (counts, spoken) == ([0], [])
        monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-17")
        look()
        look()
        assert counts == [0, 1, 1]
        assert spoken == ["今日清单|答应客户的事有 1 件到期,排在今日清单最前面。"]
        monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-18")
        look()
        assert len(spoken) == 2
        pc.promise_notice = False
        promises.make("900000000002", "问利率", "2026-11-18")
        look()
        assert (counts[-1], len(spoken)) == (2, 2)


def test_without_a_tray_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    window = QWidget()
    qtbot.addWidget(window)
    Tray(window).say("今日清单", "有一件到期")


def test_the_window_counts_what_is_due_beside_the_page(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    number = window.workbench.outreach.weeks.of().entries[0].person.customer_no
    count = window.navigation.buttons["today"].count
    assert count.text() == ""
    window.tasks.write(lambda: window.workbench.outreach.promises.make(number, "送对账单", "2026-11-16"))
    qtbot.waitUntil(lambda: count.text() == "1")
    settle()
    assert "1 件到期" in window.notice.words.text()
    assert window.workbench.outreach.promises.open()[0].text not in window.notice.words.text()
