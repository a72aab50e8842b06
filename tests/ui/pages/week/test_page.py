"""本周: the list of the day in its order, ticked as contacts are logged; progress apart from capacity; confirm, then print."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.bot import delivered
from ui.main_window import MainWindow
from ui.pages.week.page import WeekPage

Settle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow) -> WeekPage:
    found = window.pages["week"]
    assert isinstance(found, WeekPage)
    return found


def listed(page: WeekPage) -> list[tuple[int, str]]:
    rows = page.first.list.table
    return [(rows.row(n).entry.rank, rows.row(n).customer_no) for n in range(rows.rowCount())]


def said(widget: object) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_who_was_contacted_is_ticked_and_nobody_moves(
    window: MainWindow, page: WeekPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = listed(page)
    assert before
    assert before == sorted(before)
    total = len(window.workbench.outreach.weeks.of().entries)
    assert f"本周 {total} 户,已联系 0 户" in said(page.progress)
    assert " / " not in said(page.progress), "capacity is no progress"

    read: list[str] = []
    whole = window.workbench.outreach.leads.whole
    monkeypatch.setattr(
        window.workbench.outreach.leads, "whole", lambda *args: read.append("leads") or whole(*args)
    )
    number = before[0][1]
    window.tasks.write(
        lambda: window.workbench.outreach.log_touch(number, channel="call", result="considering"),
        words="已记下。",
    )
    settle()
    assert listed(page) == before
    first = page.first.list.table.row(0)
    assert first.done
    assert page.first.list.table.index(0, 6).data().startswith("✓")
    assert f"本周 {total} 户,已联系 1 户" in said(page.progress)
    assert read == [], "dates and changes are counted over the whole book: a contact does not touch them"

    window.notice.ask_undo()
    settle()
    assert not page.first.list.table.row(0).done


def test_confirming_is_the_primary_button_until_it_is_done_then_printing(
    qtbot: QtBot, window: MainWindow, page: WeekPage, settle: Settle
) -> None:
    acts = page.plan_actions
    assert acts.confirm_button.property("role") == "primary"
    assert acts.print_button.property("role") == ""
    assert "草稿" in acts.print_button.text()
    window.open_page("week")
    assert page.first.list.hasFocus()
    qtbot.keyClick(page.first.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not window.workbench.outreach.plan().draft
    assert acts.confirm_button.isHidden()
    assert acts.print_button.property("role") == "primary"
    assert acts.print_button.hasFocus()


def test_a_wide_window_also_says_what_to_say_and_uses_the_room_below_the_list(
    window: MainWindow, page: WeekPage, settle: Settle
) -> None:
    heads = page.first.list.horizontalHeader()
    size = window.size()
    for width, wide in ((1920, True), (1366, False)):
        window.resize(width, 900)
        settle()
        delivered()
        assert heads.isSectionHidden(5) is not wide
        below = page.dates.mapTo(page, QPoint(0, 0)).x() < page.progress.mapTo(page, QPoint(0, 0)).x()
        assert below is wide
        assert page.first.list.table.index(0, 5).data().startswith("说:")
    window.resize(911, 512)
    settle()
    delivered()
    assert page.progress.mapTo(page, QPoint(0, 0)).x() == page.first.mapTo(page, QPoint(0, 0)).x()
    table = page.first.list
    reason = table.columnViewportPosition(4)
    assert table.columnWidth(4) >= 120, "1366x768 at 150 %: who is beside the list stands below it"
    assert reason + table.columnWidth(4) <= table.viewport().width()
    window.resize(size)
