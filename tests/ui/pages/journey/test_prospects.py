"""The tab 潜客: noted by keyboard in one go, changed without showing the number, linked, kept longer, dropped, erased."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton

from db.tables import customers
from tests.ui.bot import Bot
from ui.pages.journey.prospect_dialogs import (
    ChangeProspectDialog,
    DropProspectDialog,
    LinkProspectDialog,
    NewProspectDialog,
)
from ui.pages.journey.prospects import ProspectsTab
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.people.prospects.prospect import NewProspect, Prospect

PHONE = "13612340009"
Rest = Callable[[], None]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")


@pytest.fixture
def rest(qtbot: Bot, tasks: Tasks) -> Rest:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy)


@pytest.fixture
def tab(qtbot: Bot, workbench: Workbench, tasks: Tasks, rest: Rest) -> ProspectsTab:
    """On an empty book; it reads again after each write, as its page makes it do."""
    made = ProspectsTab(workbench, tasks)
    qtbot.addWidget(made)
    tasks.changed.connect(lambda _tables, _by: made.reload())
    made.resize(1000, 600)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.reload()
    rest()
    return made


def dialog(tab: ProspectsTab, kind: type[QDialog]) -> QDialog:
    (shown,) = [one for one in tab.window().findChildren(kind) if one.isVisible()]
    return shown


def noted(tab: ProspectsTab, rest: Rest, **facts: str) -> Prospect:
    tab.workbench.prospects.add(NewProspect(**{"name": "赵先生", "phone": PHONE, "consent": "yes", **facts}))
    tab.reload()
    rest()
    one = tab.current()
    assert one is not None
    return one


def cells(tab: ProspectsTab) -> list[list[str]]:
    model = tab.table.table
    return [
        [str(model.index(at, n).data()) for n in range(model.columnCount())] for at in range(model.rowCount())
    ]


def test_nobody_yet_says_what_to_do(tab: ProspectsTab) -> None:
    assert tab.nobody.isVisible()
    assert "先记下称呼和电话" in tab.nobody.words.text()
    tab.focus_first()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "登记一位…"


def test_noted_by_keyboard_alone(qtbot: Bot, tab: ProspectsTab, rest: Rest) -> None:
    tab.focus_first()
    qtbot.keyClick(tab.nobody.findChildren(QPushButton)[0], Qt.Key.Key_Insert)
    form = dialog(tab, NewProspectDialog)
    assert isinstance(form, NewProspectDialog)
    assert form.focusWidget() is form.name
    qtbot.keyClicks(form.name, "Zhao")
    qtbot.keyClick(form.name, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.phone, "136123")
    qtbot.keyClick(form.phone, Qt.Key.Key_Return)
    rest()
    assert form.isVisible()
    qtbot.keyClicks(form.phone, "40009")
    qtbot.keyClick(form.phone, Qt.Key.Key_Return)
    rest()
    (row,) = cells(tab)
    assert row == ["Z**", "136****0009", "老客户介绍", "", "未征得同意", "保留到 2027-05-22"]
    assert tab.sum.text() == "跟进中 1 位 · 同意联系 0 位 · 没问过 1 位"
    assert "请介绍人问一句" in tab.about.text()
    assert not tab.acts["copy"].isEnabled()


def test_a_change_never_shows_the_number_and_keeps_what_is_left_empty(
    qtbot: Bot, tab: ProspectsTab, rest: Rest
) -> None:
    noted(tab, rest, need="房贷")
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    form = dialog(tab, ChangeProspectDialog)
    assert isinstance(form, ChangeProspectDialog)
    assert (form.name.text(), form.phone.text()) == ("", "")
    assert "136****0009" in form.phone.placeholderText()
    form.consent.take("no")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    rest()
    (one,) = tab.workbench.prospects.all().open
    assert (one.name, one.phone, one.need, one.answer) == ("赵先生", PHONE, "房贷", "no")
    tab.change()
    form = dialog(tab, ChangeProspectDialog)
    assert isinstance(form, ChangeProspectDialog)
    form.no_phone.setChecked(True)
    form.answer()
    rest()
    assert tab.workbench.prospects.all().open[0].phone is None


def test_the_customer_with_his_number_is_proposed_and_confirmed(tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest)
    with tab.workbench.book.write("import", "customer") as writer:
        row = {"customer_no": "0000000031", "name": "赵海", "phone": PHONE, "phone_reversed": PHONE[::-1]}
        writer.insert(customers, [{**row, "no_reversed": "1300000000"}])
    tab.reload()
    rest()
    assert cells(tab)[0][-1] == "可能已开户 **0031"
    assert "手机号相同、姓氏相同" in tab.about.text()
    tab.link()
    form = dialog(tab, LinkProspectDialog)
    assert isinstance(form, LinkProspectDialog)
    rest()
    assert form.customer_no == "0000000031"
    form.answer()
    rest()
    assert cells(tab)[0][-1] == "已开户 **0031"
    assert not tab.acts["change"].isEnabled()


def test_linking_asks_for_a_customer(tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest)
    tab.link()
    form = dialog(tab, LinkProspectDialog)
    assert isinstance(form, LinkProspectDialog)
    form.answer()
    assert form.fault.text() == "请先选一位客户。"


def test_kept_longer_with_one_click_and_refused_below_the_list(tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest, expires="2026-12-01")
    tab.acts["extend"].click()
    rest()
    assert cells(tab)[0][-1] == "保留到 2027-05-30"
    tab.workbench.prospects.extend("1", "2027-11-23")
    tab.acts["extend"].click()
    rest()
    assert "最多保留到 2027-11-23" in tab.fault.text()


def test_dropped_with_a_reason(qtbot: Bot, tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest)
    tab.focus_first()
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    form = dialog(tab, DropProspectDialog)
    assert isinstance(form, DropProspectDialog)
    form.answer()
    rest()
    assert "没有写为什么" in form.fault.text()
    qtbot.keyClicks(form.reason, "moved")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    rest()
    assert cells(tab)[0][-1] == "不再跟进"
    assert tab.about.text() == "备注:moved"


def test_the_number_is_copied_and_registered(tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest)
    tab.acts["copy"].click()
    rest()
    assert QGuiApplication.clipboard().text() == PHONE
    with tab.workbench.book.read() as conn:
        told = conn.exec_driver_sql("select action, subject, facts from audit order by id desc limit 1").one()
    assert (told[0], told[1], PHONE in told[2]) == ("unmask", "潜客 1", False)


def test_whose_time_is_over_is_counted_and_erased_after_a_question(
    tab: ProspectsTab, rest: Rest, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted(tab, rest, expires="2026-11-24")
    assert not tab.due.isVisible()
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-24")
    tab.reload()
    rest()
    assert (tab.expired.text(), tab.nobody.isVisible(), tab.due.isVisible()) == ("1 位已到期", True, True)
    tab.erase_button.click()
    (box,) = tab.findChildren(QMessageBox)
    assert "不能撤销" in box.informativeText()
    tab.erase()
    rest()
    assert not tab.due.isVisible()
    assert tab.workbench.prospects.counts().expired == 0
    box.reject()


def test_the_keyboard_stays_on_the_person(tab: ProspectsTab, rest: Rest) -> None:
    noted(tab, rest, expires="2026-12-01")
    tab.select("2")
    noted(tab, rest, name="钱女士", phone="")
    current = tab.current()
    assert current is not None
    assert current.key == "2"
    tab.reload()
    rest()
    assert tab.current() == current
