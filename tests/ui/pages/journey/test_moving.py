"""Moving a customer by hand: what the dialog shows, what it asks, and that the card says so afterwards."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.pages.journey.conftest import Show
from ui.pages.journey.moving import MoveDialog
from ui.pages.journey.page import JourneyPage
from workbench.app import Workbench


def dialog_of(page: JourneyPage) -> MoveDialog:
    page.ask_move()
    return page.window().findChildren(MoveDialog)[-1]


def test_a_move_asks_a_reason_and_stands_on_the_card_until_it_is_taken_back(
    branch: Workbench, show: Show, qtbot: QtBot
) -> None:
    page, _went = show(branch)
    page.activateWindow()
    page.board.stages["J3"].cards.setFocus()
    row = page.board.card()
    assert row is not None
    dialog = dialog_of(page)
    assert dialog.machine.text().startswith("稳定经营期:")
    dialog.answer()
    assert dialog.fault.text() == "请先选换到哪个阶段。"
    dialog.stop.take("J4")
    dialog.answer()
    assert dialog.fault.text() == "请写一句为什么。"
    dialog.reason.setText("客户说要转走")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    journey = branch.insight.journey
    qtbot.waitUntil(lambda: not page.tasks.busy and not page.reading)
    assert row.customer_no not in {one.customer_no for one in journey.rows("J3")}
    cards = page.board.stages["J4"].cards
    numbers = [cards.table.row(number).customer_no for number in range(cards.table.rowCount())]
    at = numbers.index(row.customer_no)
    words = str(cards.table.index(at, 0).data())
    assert "客户说要转走" in words
    assert "手工到 2027-02-14 为止;系统判断:稳定经营期" in words
    cards.setFocus()
    cards.selectRow(at)
    again = dialog_of(page)
    assert not again.back.isHidden()
    assert "系统判断:稳定经营期" in again.machine.text()
    again.back.click()
    qtbot.waitUntil(lambda: not page.tasks.busy and not page.reading)
    assert journey.of(row.customer_no).code == "J3"
    assert journey.moves.in_force(row.customer_no) is None
