"""需求与目标 on the portrait by keyboard: a need with its promise, a goal, a meeting; each read again, each undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from ui.main_window import MainWindow
from ui.pages.portrait.meeting_dialog import MeetingDialog
from ui.pages.portrait.need_dialogs import FamilyGoalDialog, NeedDialog, NeedEndDialog
from ui.pages.portrait.page import PortraitPage


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def test_needs_goals_and_a_meeting_are_written_by_keyboard(
    qtbot: QtBot, window: MainWindow, settle: Settle
) -> None:
    number = window.workbench.outreach.days.of().entries[0].person.customer_no
    page = window.open_page("portrait", number)
    assert isinstance(page, PortraitPage)
    settle()
    needs, goals = page.below.needs, page.below.goals
    qtbot.waitUntil(lambda: needs.wanted is not None)
    qtbot.waitUntil(window.isActiveWindow)
    assert goals.isHidden()

    def opened(key: Qt.Key, kind: type[QDialog]) -> QDialog:
        """The dialog that a key opens."""
        page.trail.dialog = None
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(page, key)
        qtbot.waitUntil(lambda: isinstance(page.trail.dialog, kind))
        dialog = page.trail.dialog
        assert isinstance(dialog, kind)
        return dialog

    need = opened(Qt.Key.Key_N, NeedDialog)
    assert isinstance(need, NeedDialog)
    need.text.setText("还房贷 13812340003")
    need.consequence.take("high")
    need.deadline.setText("2026-10-01")
    qtbot.keyClick(need.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已经过去" in need.fault.text())
    need.deadline.setText("2026-12-20")
    need.step.setText("算提前还款")
    need.by.setText("2026-11-27")
    qtbot.keyClick(need.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "刚性 · 还房贷 138****0003" in words(needs))
    assert "2026-12-20 前" in words(needs)
    assert [one.text for one in window.workbench.outreach.promises.open()] == ["算提前还款"]

    goal = opened(Qt.Key.Key_G, FamilyGoalDialog)
    assert isinstance(goal, FamilyGoalDialog)
    goal.amount.setText("30万")
    goal.aside.setText("12万")
    qtbot.keyClick(goal.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "■■■■□□□□□□ 40%" in words(goals))

    meeting = opened(Qt.Key.Key_M, MeetingDialog)
    assert isinstance(meeting, MeetingDialog)
    meeting.topics.setPlainText("学费怎么备")
    who, what, by = meeting.tasks_of[0]
    assert who == "manager"
    what.setText("送对账单")
    by.setText("2026-11-30")
    qtbot.keyClick(by, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "送对账单 2026-11-30 前" in words(goals))
    assert len(window.workbench.outreach.promises.open()) == 2
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "送对账单" not in words(goals))
    assert len(window.workbench.outreach.promises.open()) == 1

    assert needs.wanted is not None
    needs._open(NeedEndDialog, needs.wanted.needs.needs[0])
    end = page.trail.dialog
    assert isinstance(end, NeedEndDialog)
    end.answer()
    qtbot.waitUntil(lambda: "已满足" in words(needs))
