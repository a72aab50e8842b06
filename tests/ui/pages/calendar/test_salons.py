"""沙龙 in the window, by keyboard: guests, seats, who is left out, attendance (issue 16, 9)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from db.tables import customers
from tests.ui.bot import Bot
from tests.workbench.outreach.made import put_customers
from ui.pages.calendar.page import CalendarPage
from ui.pages.calendar.salon_dialogs import AttendanceDialog, GuestsDialog, SalonDialog
from ui.pages.calendar.salons import SalonsTab
from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from workbench.app import Workbench


@pytest.fixture
def tab(qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> SalonsTab:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    put_customers(workbench.book, [1, 2, 3])
    with workbench.book.write("import", "customer") as writer:
        writer.update(customers, 3, {"marketing_opt_out": 1})
    page = CalendarPage(workbench, tasks)
    qtbot.addWidget(page)
    tasks.wrote.connect(lambda _change, _words: page.salons.reload(2026))
    page.salons.reload(2026)
    qtbot.waitUntil(lambda: not tasks.busy)
    return page.salons


def test_a_salon_from_its_plan_to_its_attendance(
    tab: SalonsTab, qtbot: Bot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rest() -> None:
        qtbot.waitUntil(lambda: not tasks.busy)

    def enter(dialog: FormDialog) -> None:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        rest()

    assert "新建" in tab.nothing.text()
    tab.add.click()
    made = tab.dialog
    assert isinstance(made, SalonDialog)
    made.name.setText("品鉴")
    made.kind.setCurrentIndex(made.kind.findData("product"))
    made.seats.setValue(1)
    enter(made)
    assert not tab.nobody.isHidden()
    assert "邀请 11-18" in tab.steps.text()
    tab.add_guests.click()
    guests = tab.dialog
    assert isinstance(guests, GuestsDialog)
    guests.whom.setText("900000000001 900000000002 900000000003")
    enter(guests)
    assert "没有邀请 1 位" in tab.left_out.text()
    assert "0003" in tab.left_out.text()
    assert "多 1 位" in tab.left_out.text()
    tab.guests.selectAll()
    tab.invite.click()
    rest()
    tab.guests.selectAll()
    tab.comes.click()
    rest()
    (box,) = tab.window().findChildren(QMessageBox)
    assert "再加 2 位座位不足" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    tab.guests.selectRow(0)
    tab.comes.click()
    rest()
    assert "还空 0" in tab.seats.text()
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-03")
    assert tab.salons.table.index(0, 4).data() == "待登记"
    tab.held.click()
    came = tab.dialog
    assert isinstance(came, AttendanceDialog)
    assert [came.came.item(at).checkState() == Qt.CheckState.Checked for at in (0, 1)] == [True, False]
    came.came.setCurrentRow(0)
    enter(came)
    assert "到场 1 位,没来 1 位" in tab.seats.text()
    assert [tab.guests.table.index(at, 1).data() for at in (0, 1)] == ["到场", "没来"]
    assert (tab.add_guests.isEnabled(), tab.held.isEnabled()) == (False, False)
    with qtbot.waitSignal(tab.opened) as opened:
        tab.guests.selectRow(1)
        qtbot.keyClick(tab.guests, Qt.Key.Key_Return)
    assert opened.args == ["900000000002"]
