"""礼品 in the window, by keyboard: written down, ordered, given, refused in the dialog; what is short (issue 16, 9)."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from tests.workbench.outreach.made import put_customers
from ui.pages.calendar.gift_dialogs import GiftDialog, ItemDialog
from ui.pages.calendar.gifts import GiftsTab
from ui.pages.calendar.page import CalendarPage
from ui.tasks import Tasks
from workbench.app import Workbench


@pytest.fixture
def tab(qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch) -> GiftsTab:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-21")
    put_customers(workbench.book, [1])
    page = CalendarPage(workbench, tasks)
    qtbot.addWidget(page)
    tasks.changed.connect(lambda _tables, _by: page.gifts.reload(2026))
    tasks.wrote.connect(lambda _change, _words: page.gifts.reload(2026))
    page.gifts.reload(2026)
    qtbot.waitUntil(lambda: not tasks.busy)
    return page.gifts


def typed(qtbot: Bot, tasks: Tasks, dialog: GiftDialog | ItemDialog) -> None:
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tasks.busy)


def test_an_empty_ledger_says_how_it_is_filled(tab: GiftsTab) -> None:
    assert not tab.nobody.isHidden()
    assert not tab.nothing.isHidden()
    assert "添一笔" in tab.nobody.text()
    assert (tab.gifts.isHidden(), tab.give.isEnabled()) == (True, False)


def test_a_gift_of_the_stock_is_written_down_and_given(tab: GiftsTab, qtbot: Bot, tasks: Tasks) -> None:
    tab.add_item.click()
    item = tab.dialog
    assert isinstance(item, ItemDialog)
    item.name.setText("雨伞")
    item.unit.setText("40")
    typed(qtbot, tasks, item)
    tab.add.click()
    gift = tab.dialog
    assert isinstance(gift, GiftDialog)
    gift.customer_no = "900000000001"
    gift.item.setCurrentIndex(1)
    assert not gift.amount.isEnabled()
    gift.occasion.setText("存满 5 万")
    typed(qtbot, tasks, gift)
    assert "存款" in gift.fault.text()
    gift.occasion.setText("生日")
    typed(qtbot, tasks, gift)
    assert tab.ledger is not None
    assert tab.short.text().startswith("雨伞还缺 1 件")
    assert tab.gifts.table.index(0, 1).data() == "雨伞"
    tab.order.click()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert tab.items.table.index(0, 2).data() == "1 件"
    tab.give.click()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert tab.gifts.table.index(0, 6).data() == "已送 09-21"
    assert (tab.give.isEnabled(), tab.short.isHidden()) == (False, True)
    assert "已送 40 元" in tab.sums.text()
    with qtbot.waitSignal(tab.opened) as opened:
        qtbot.keyClick(tab.gifts, Qt.Key.Key_Return)
    assert opened.args == ["900000000001"]
