"""Heads: a click sorts, amounts by the largest first, a third click gives the page's order back; the row keeps the keyboard."""

import threading

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from tests.ui.bot import Bot
from tests.waits import opened
from ui.tasks import Tasks
from ui.widgets.table_column import Column
from ui.widgets.table_rows import WHOLE
from ui.widgets.tables import Table


@pytest.fixture
def table(qtbot: Bot, tasks: Tasks) -> Table:
    made = Table([Column("名", str, 90), Column("数", str, 90, number=True)], tasks)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def click(qtbot: Bot, table: Table, column: int) -> None:
    heads = table.horizontalHeader()
    at = QPoint(heads.sectionViewportPosition(column) + 12, heads.height() // 2)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)


def rows(table: Table) -> list[int]:
    return [table.table.row(n) for n in range(table.table.rowCount())]


def test_a_number_begins_with_the_largest_and_the_third_click_ends_it(qtbot: Bot, table: Table) -> None:
    table.table.fill([20, 100, 3])
    table.selectRow(0)
    chosen: list[int] = []
    table.chosen.connect(chosen.append)
    for wanted in ([100, 20, 3], [3, 20, 100], [20, 100, 3]):
        click(qtbot, table, 1)
        assert rows(table) == wanted
        assert table.current() == 20, "the row keeps the keyboard"
    assert chosen == [1, 1, 0], "the page hears where it stands now"
    click(qtbot, table, 0)
    assert rows(table) == [3, 20, 100], "words begin at their beginning, numbers in them by size"
    table.table.fill([9, 1000])
    assert rows(table) == [9, 1000], "the order holds when the list is read again"
    assert table.table.place(1) == 1


def test_a_list_in_windows_is_read_whole_for_what_its_source_cannot_sort(qtbot: Bot, table: Table) -> None:
    table.table.read(lambda: 450, lambda offset, limit: list(range(offset, min(450, offset + limit))))
    qtbot.waitUntil(lambda: table.table.rowCount() == 450)
    click(qtbot, table, 1)
    assert table._left_out.isVisible(), "it says that it reads"
    qtbot.waitUntil(lambda: not table.table.windowed)
    assert not table._left_out.isVisible()
    assert (table.table.row(0), table.table.row(449)) == (449, 0)
    table.keep(0, frozenset({"7", "8"}))
    assert rows(table) == [8, 7]


def test_a_list_too_long_for_that_is_left_as_it_is(qtbot: Bot, table: Table) -> None:
    table.table.show_windows(WHOLE + 1, lambda offset, limit: list(range(offset, offset + limit)), [0])
    click(qtbot, table, 1)
    table.keep(0, frozenset({"7"}))
    assert table.table.windowed
    assert not table.table.order
    assert table.table.title(1) == "数"


def test_rows_of_a_replaced_list_are_not_taken_for_the_new_one(qtbot: Bot, table: Table) -> None:
    gate = threading.Event()

    def slow(offset: int, limit: int) -> list[int]:
        if offset or limit > 200:
            opened(gate)
        return list(range(offset, offset + limit))

    table.table.show_windows(300, slow, list(range(200)))
    click(qtbot, table, 1)
    table.table.fill([5, 6])
    gate.set()
    qtbot.waitUntil(lambda: table.table._tasks is not None and not table.table._tasks.busy)
    assert rows(table) == [6, 5]


def test_fixed_rows_keep_their_places(qtbot: Bot) -> None:
    table = Table([Column("数", str, 90, number=True)], fixed=True)
    qtbot.addWidget(table)
    table.show()
    table.table.fill([1, 2])
    click(qtbot, table, 0)
    assert rows(table) == [1, 2]


def test_tab_comes_to_a_row_so_that_one_sees_where_the_keyboard_is(table: Table) -> None:
    table.table.fill([1, 2])
    QApplication.sendEvent(table, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert table.currentIndex().row() == 0
