"""计划: rows and people in the order of the week, changed by mouse and keyboard, ticked by digits; requests and history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.pages.plan.page import PlanPage
from ui.widgets.to_plan import ToPlanDialog
from workbench.base.dates import today
from workbench.outreach.contact_limits import held_on
from workbench.outreach.draft import WeekPlan
from workbench.outreach.editing import edit_words, rows
from workbench.outreach.methods import catalogue

Settle = Callable[[], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> PlanPage:
    found = window.open_page("plan")
    assert isinstance(found, PlanPage)
    settle()
    return found


def stored(page: PlanPage) -> WeekPlan:
    return page.workbench.outreach.plan()


def names(page: PlanPage) -> list[str]:
    table = page.people.table
    return [table.row(n).person.customer_no for n in range(table.rowCount())]


def choose(page: PlanPage, least: int) -> str:
    """Choose a row of the five with so many people; its name."""
    assert page.seen is not None
    at, line = next((n, one) for n, one in enumerate(page.seen.lines) if len(one.people) >= least)
    page.lines.selectRow(at)
    return line.name


def test_words_are_edited_in_place_and_a_date_that_is_none_is_refused(
    qtbot: QtBot, page: PlanPage, settle: Settle
) -> None:
    page.lines.selectRow(1)
    qtbot.keyClick(page.lines, Qt.Key.Key_Return)
    assert page.row.words.hasFocus()
    page.row.words.setCurrentIndex(page.row.words.table.index(0, 0))
    qtbot.keyClick(page.row.words, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "morning calls")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert stored(page).quick_wins[1].method == "morning calls"
    assert stored(page).draft
    assert page.line() is not None
    assert page.line().name == "5-2", "the row that was edited stays"  # type: ignore[union-attr]

    due, last = stored(page).quick_wins[1].due, page.row.words.table.rowCount() - 1
    page.row.words.table.setData(page.row.words.table.index(last, 1), "someday")
    settle()
    assert stored(page).quick_wins[1].due == due
    boxes = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
    ]
    assert boxes
    for box in boxes:
        box.close()


def test_people_are_moved_and_taken_off_by_keyboard(qtbot: QtBot, page: PlanPage, settle: Settle) -> None:
    row = choose(page, 3)
    before = names(page)
    page.people.setFocus()
    page.people.selectRow(1)
    qtbot.keyClick(page.people, Qt.Key.Key_Up, ALT)
    settle()
    assert names(page) == [before[1], before[0], *before[2:]]
    assert page.people.currentIndex().row() == 0, "the keyboard stays with the customer"
    listed = [one.person.customer_no for one in page.workbench.outreach.weeks.of().of_row(row)]
    assert listed == names(page), "the list of the week has the same order"
    qtbot.keyClick(page.people, Qt.Key.Key_Delete)
    settle()
    assert names(page) == [before[0], *before[2:]]
    assert before[1] not in [one.customer_no for one in rows(stored(page))[row].customers]


def test_a_customer_is_added_by_search_row_and_reason_where_he_may_be(
    qtbot: QtBot, window: MainWindow, page: PlanPage, settle: Settle
) -> None:
    plan = stored(page)
    quiet = next(
        name
        for name, item in rows(plan).items()
        if item.block == "quick_win" and (method := catalogue().of(item.kind)) and not method.marketing
    )
    with window.workbench.book.read() as conn:
        complaining = held_on(conn, today(), window.workbench.rules)
    named = plan.ranks()
    barred = [
        one
        for one in window.workbench.insight.picking.people(sorted(complaining))
        if one.customer_id not in named
    ]
    someone = next(one.customer_no for one in barred if complaining[one.customer_id].code != "deceased")

    page.lines.setFocus()
    page.lines.selectRow(8)
    qtbot.keyClick(page.lines, Qt.Key.Key_Insert)
    settle()
    dialog = page.findChild(ToPlanDialog)
    assert isinstance(dialog, ToPlanDialog)
    assert dialog.row.currentData() == "1-1"
    qtbot.keyClicks(dialog.person.line, someone)
    settle()
    qtbot.keyClick(dialog.person.line, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.row, Qt.Key.Key_Return)
    assert "为什么" in dialog.fault.text()
    qtbot.keyClicks(dialog.reason, "comes on Wednesday")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert "不能放进这一行" in dialog.fault.text(), "a row that markets"
    dialog.row.setCurrentIndex(dialog.row.findData(quiet))
    qtbot.keyClick(dialog.row, Qt.Key.Key_Return)
    settle()
    added = page.workbench.outreach.weeks.of().of_row(quiet)
    assert someone in [one.person.customer_no for one in added]
    assert any("comes on Wednesday" in reason.sentence for one in added for reason in one.reasons)


def test_rows_are_moved_and_ticked_by_keyboard(qtbot: QtBot, page: PlanPage, settle: Settle) -> None:
    before = [one.method for one in stored(page).quick_wins]
    page.lines.setFocus()
    page.lines.selectRow(0)
    qtbot.keyClick(page.lines, Qt.Key.Key_Down, CTRL)
    settle()
    assert [one.method for one in stored(page).quick_wins] == [before[1], before[0], *before[2:]]
    assert page.lines.currentIndex().row() == 1, "the keyboard follows the row"
    for key, result, sign in (
        (Qt.Key.Key_1, "done", "✓"),
        (Qt.Key.Key_3, "missed:no_answer", "✗ 联系不上"),
        (Qt.Key.Key_0, "", ""),
    ):
        qtbot.keyClick(page.lines, key)
        settle()
        assert stored(page).quick_wins[1].result == result
        assert page.lines.table.index(1, 4).data() == sign
    row = choose(page, 2)
    page.people.setFocus()
    page.people.selectRow(1)
    number = names(page)[1]
    qtbot.keyClick(page.people, Qt.Key.Key_2)
    settle()
    assert next(c.result for c in rows(stored(page))[row].customers if c.customer_no == number) == "half"
    assert rows(stored(page))[row].result == "", "the row itself is not ticked"


def test_a_request_is_written_down_with_its_answer(qtbot: QtBot, page: PlanPage, settle: Settle) -> None:
    plan = edit_words(stored(page), "3-1", resource="人:主管 1 次陪访;找网点主任")
    page.workbench.outreach.save(plan)
    page.refresh()
    settle()
    assert not page.row.request.isVisible()
    page.lines.selectRow(6)
    assert not page.row.request.isVisible(), "nothing is applied for this week"
    page.lines.selectRow(5)
    request = page.row.request
    assert request.isVisible()
    assert "未申请" in request.state.text()
    request.note.setText("找零售部")
    qtbot.mouseClick(request.apply, Qt.MouseButton.LeftButton)
    settle()
    assert "申请 2026-11-16" in request.state.text()
    qtbot.mouseClick(request.yes, Qt.MouseButton.LeftButton)
    settle()
    assert "同意" in request.state.text()
    assert request.note.text() == "找零售部"


def test_a_row_without_customers_says_why_and_history_begins_somewhere(page: PlanPage) -> None:
    assert page.seen is not None
    for at, line in enumerate(page.seen.lines):
        page.lines.selectRow(at)
        shown = [one.text() for one in page.row.findChildren(QLabel) if one.isVisible()]
        assert any("没有客户" in text for text in shown) == (not line.people), line.name
        assert line.item.basis
    assert "还没有做过计划的周" in page.history.reasons.text()


def test_a_button_of_the_portrait_offers_its_customer_to_the_plan(window: MainWindow, settle: Settle) -> None:
    number = window.workbench.outreach.weeks.of(None).entries[0].person.customer_no
    shown = window.open_page("portrait", number)
    settle()
    shown.plan_button.click()  # type: ignore[attr-defined]
    dialog = window.findChild(ToPlanDialog)
    assert isinstance(dialog, ToPlanDialog)
    assert dialog.customer_no == number
    dialog.reject()
