"""A contact is logged by few keys: digits choose, Enter saves a complete form, the next one is the next customer of the list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from sqlalchemy import select

from db.tables import customers, touches
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, Settle
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.widgets.contact.dialog import TouchDialog
from ui.widgets.tables import Table
from workbench.app import Workbench


@pytest.fixture
def touch(qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> TouchDialog:
    """The question on Wednesday, 30 September 2026: the National Day holiday follows."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-30")
    made = TouchDialog(workbench, tasks, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("words", "day"), [("明天", "2026-10-08"), ("三天后", "2026-10-08"), ("一个月后", "2026-10-30")]
)
def test_the_next_contact_falls_on_a_workday(touch: TouchDialog, words: str, day: str) -> None:
    assert not touch.next_date.isEnabled()
    next(one for one in touch.findChildren(QPushButton) if one.text() == words).click()
    assert touch.again.isChecked()
    assert touch.next_date.isEnabled()
    assert touch.next_date.date().toString("yyyy-MM-dd") == day


def test_a_contact_without_a_customer_is_not_stored(touch: TouchDialog) -> None:
    touch.keep()
    assert touch.fault.text() == "请先选一位客户。"
    assert touch.isVisible()
    assert touch.who.hasFocus()


@pytest.fixture
def branch(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def ask(workbench: Workbench, tasks: Tasks, qtbot: Bot, *, lit: bool) -> TouchDialog:
    """The question about a customer with a light, or without one."""
    risk = next(one for one in workbench.insight.ranking() if bool(one.light) == lit)
    made = TouchDialog(workbench, tasks, risk.customer_no)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not tasks.busy)
    return made


def test_a_customer_with_a_light_may_say_why_he_leaves(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=True)
    assert dialog.cause.isVisible()
    assert dialog.cause.code() == ""
    next(one for one in dialog.cause.findChildren(QPushButton) if one.text() == "过失").click()
    dialog.outcome.take("reached")
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.customer_no is not None
    cause = branch.outreach.lights.decisions(dialog.customer_no).cause
    assert cause is not None
    assert cause.value == "fault"


def test_nobody_is_made_to_say_why(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=True)
    dialog.outcome.take("reached")
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert sum(branch.outreach.lights.confirmed_causes().values()) == 0


def test_without_a_light_the_question_stays_short(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=False)
    assert not dialog.cause.isVisible()
    dialog.outcome.take("reached")
    dialog.save.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert sum(branch.outreach.lights.confirmed_causes().values()) == 0


def press(qtbot: Bot, *keys: Qt.Key) -> None:
    """Keys to whatever has the keyboard."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, key)


def logged(workbench: Workbench, customer_no: str) -> list[tuple[str, str, str | None]]:
    """Channel, result and next day of all contacts with a customer, as they were logged."""
    with workbench.book.read() as conn:
        whose = select(customers.c.id).where(customers.c.customer_no == customer_no).scalar_subquery()
        rows = conn.execute(select(touches).where(touches.c.customer_id == whose).order_by(touches.c.id))
        return [(row.channel, row.result, row.next_date) for row in rows]


def test_from_any_list_the_selected_customer_is_filled_in_and_four_keys_log_him(
    qtbot: Bot, window: MainWindow, settle: Settle
) -> None:
    for name in ("customers", "week", "critical", "warnings", "picker", "plan"):
        page = window.open_page(name)
        settle()
        if name == "picker":  # which begins with nobody chosen
            people = next(one for one in page.findChildren(Table) if one.isVisible() and one.table.rowCount())
            people.selectRow(3)
        selected = page.selected()
        assert selected is not None, name
        before = logged(window.workbench, selected.customer_no)
        window.activateWindow()  # as a desktop does once the question is closed
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = window.findChild(TouchDialog)
        assert isinstance(dialog, TouchDialog)
        qtbot.waitExposed(dialog)
        assert dialog.customer_no == selected.customer_no, name
        press(qtbot, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Return)
        settle()
        # a next day is proposed for who was not reached, and shown
        new = ("wecom", "no_answer", "2026-11-17")
        assert logged(window.workbench, selected.customer_no) == [*before, new], name


def test_after_one_is_logged_the_keyboard_is_on_the_next_customer_of_the_list(
    qtbot: Bot, window: MainWindow, settle: Settle
) -> None:
    page = window.open_page("customers")
    settle()
    table = page.table  # type: ignore[attr-defined]
    table.setFocus()
    table.selectRow(1)
    following = table.table.row(2).customer_no
    for _time in range(2):
        window.activateWindow()  # as a desktop does once the question is closed
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = window.findChild(TouchDialog)
        assert isinstance(dialog, TouchDialog)
        qtbot.waitExposed(dialog)
        press(qtbot, Qt.Key.Key_1, Qt.Key.Key_8, Qt.Key.Key_Return)
        settle()
        assert table.current().customer_no == following
        following = table.table.row(table.currentIndex().row() + 1).customer_no
    assert window.focusWidget() is table


def test_enter_goes_to_what_is_missing_and_saves_nothing(qtbot: Bot, branch: Workbench, tasks: Tasks) -> None:
    dialog = ask(branch, tasks, qtbot, lit=False)
    assert dialog.channel.code() == "call"
    assert dialog.outcome.code() == ""
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "结果" in dialog.fault.text()
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    assert dialog.outcome.isAncestorOf(focused)


def test_tab_walks_through_person_channel_result_date_and_note(
    qtbot: Bot, branch: Workbench, tasks: Tasks
) -> None:
    dialog = ask(branch, tasks, qtbot, lit=False)
    dialog.outcome.take("considering")
    dialog.who.setFocus()
    parts: tuple[QWidget, ...] = (
        dialog.who, dialog.channel, dialog.outcome, dialog.again, dialog.next_date, dialog.note, dialog.inbound,
        dialog.further.head,
    )  # fmt: skip
    for part in parts:
        focused = dialog.focusWidget()
        assert focused is part or (focused is not None and part.isAncestorOf(focused))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)


def test_a_day_off_is_named_and_the_next_workday_is_offered(touch: TouchDialog) -> None:
    touch.again.setChecked(True)
    touch.next_date.setDate(touch.next_date.date().fromString("2026-10-03", "yyyy-MM-dd"))
    assert "2026-10-03" in touch.following.day_off.text()
    assert touch.following.day_off.isVisible()
    touch.following.to_workday.click()
    assert touch.following.day() == "2026-10-08"
    assert not touch.following.day_off.isVisible()


def test_a_promise_falls_due_on_the_next_date_and_is_stored_with_the_contact(
    qtbot: Bot, branch: Workbench, tasks: Tasks
) -> None:
    dialog = ask(branch, tasks, qtbot, lit=False)
    assert not dialog.further.need.isVisible()
    dialog.outcome.take("interested")
    dialog.further.head.click()
    dialog.further.need.insert("养老金")
    dialog.further.amount.insert("五万")
    dialog.further.promise.insert("送对账单")
    qtbot.keyClick(dialog.further.promise, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.fault.text() != "")
    assert dialog.further.amount.hasFocus()
    dialog.further.amount.setText("5万")
    following = dialog.following.day()
    qtbot.keyClick(dialog.further.amount, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    (promise,) = branch.outreach.promises.open()
    assert (promise.text, promise.due) == ("送对账单", following)
