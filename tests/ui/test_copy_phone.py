"""A telephone number is copied by one key, registered, and never shown; a masked one is not copied (issue 13)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from db.record import audit
from db.tables import customers
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE
from ui.copy_phone import copy_phone
from ui.pages.today.page import TodayPage
from ui.palette import SearchBox
from ui.tasks import Tasks
from workbench.app import Workbench


@pytest.fixture
def workbench(path: Path) -> Iterator[Workbench]:
    with Workbench.open(path, PASSPHRASE) as opened:
        yield opened


def person(workbench: Workbench) -> tuple[int, str, str]:
    with workbench.book.read() as conn:
        row = conn.execute(
            select(customers.c.id, customers.c.customer_no, customers.c.phone)
            .where(customers.c.phone.like("1__________"), customers.c.phone.not_like("%*%"))
            .order_by(customers.c.id)
        ).first()
    assert row is not None
    return row.id, row.customer_no, row.phone


def registered(workbench: Workbench) -> list[str]:
    with workbench.book.read() as conn:
        rows = conn.execute(select(audit).where(audit.c.action == "unmask").order_by(audit.c.id)).all()
    return [str(tuple(row)) for row in rows]


def test_whoever_calls_is_found_and_his_number_copied_from_the_search_box(
    qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = SearchBox(workbench, tasks, window)
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addStretch(1)
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    _id, number, phone = person(workbench)
    workbench.outreach.pins.put(number, "三点后才接")
    workbench.outreach.promises.make(number, "送对账单", "2026-11-20")
    qtbot.keyClicks(box, phone[2:])
    qtbot.waitUntil(lambda: not tasks.busy and "\n" in box.popup.item(0).text())
    first, second = box.popup.item(0).text().split("\n")
    assert "手机号" in first
    assert "便签:三点后才接" in second
    assert "答应 11-20 前:送对账单" in second
    told: list[str] = []
    tasks.wrote.connect(lambda _change, words: told.append(words))
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert QGuiApplication.clipboard().text() == phone
    assert phone not in told[0]
    (line,) = registered(workbench)
    assert phone not in line
    assert "复制电话号码" in line


def test_a_row_of_the_day_copies_by_one_key(qtbot: Bot, tasks: Tasks, workbench: Workbench) -> None:
    page = TodayPage(workbench, tasks)
    qtbot.addWidget(page)
    page.resize(1198, 722)
    page.show()
    qtbot.waitUntil(lambda: not tasks.busy and bool(page.list.rows))
    row = next(one for one in page.list.rows if one.line.phone.isdigit())
    QGuiApplication.clipboard().setText("")
    qtbot.keyClick(row, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    assert QGuiApplication.clipboard().text() == row.line.phone
    assert row.phone.text() != row.line.phone, "copying does not show it"
    assert len(registered(workbench)) == 1


def test_a_masked_number_is_not_copied_and_the_notice_says_so(
    qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    who, number, _phone = person(workbench)
    with workbench.book.write("test", "mask") as writer:
        writer.update(customers, who, {"phone": "138****0003"})
    QGuiApplication.clipboard().setText("before")
    told: list[str] = []
    tasks.wrote.connect(lambda _change, words: told.append(words))
    copy_phone(workbench, tasks, number)
    qtbot.waitUntil(lambda: bool(told))
    assert "不能拨打" in told[0]
    assert QGuiApplication.clipboard().text() == "before"
    assert registered(workbench) == []
