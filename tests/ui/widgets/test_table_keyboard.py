"""Lists that are read again while they are sorted, filtered or scrolled: the keyboard stays on its row."""

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tests.ui.bot import Bot, delivered
from ui.selected import selected_below
from ui.tasks import Tasks
from ui.widgets.table_column import Column
from ui.widgets.tables import Table

Person = tuple[str, int]


def columns() -> list[Column[Person]]:
    return [
        Column("客户", lambda x: x[0], 60, key=True),
        Column("资产", lambda x: f"{x[1]}", 70, number=True),
    ]


@pytest.fixture
def table(qtbot: Bot, tasks: Tasks) -> Table:
    made = Table(columns(), tasks)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def people(count: int) -> list[Person]:
    return [(f"p{n:04}", n * 7 % count) for n in range(count)]


def names(table: Table) -> list[str]:
    return [table.table.row(n)[0] for n in range(table.table.rowCount())]


def test_a_list_that_is_read_again_comes_in_its_order_at_once(qtbot: Bot, table: Table, tasks: Tasks) -> None:
    everybody = people(500)

    def read() -> None:
        table.table.read(lambda: len(everybody), lambda offset, limit: everybody[offset : offset + limit])
        qtbot.waitUntil(lambda: not tasks.busy)

    read()
    table.sort_by(1, descending=True)
    qtbot.waitUntil(lambda: not table.table.windowed)
    table.selectRow(300)
    order, kept = names(table), table.current()
    states: list[Sequence[str]] = []
    table.table.loaded.connect(lambda _total: states.append(names(table)))
    table.table.loaded.connect(lambda _total: table.stay())
    read()
    assert states == [order], "never in another order meanwhile"
    assert (table.current(), table.currentIndex().row()) == (kept, 300)


def test_where_the_row_is_gone_the_keyboard_stays_at_its_place(table: Table) -> None:
    table.table.fill(people(5))
    table.selectRow(2)
    table.table.fill(people(5)[:2])
    table.stay()
    assert table.currentIndex().row() == 1, "the last that is left"
    table.table.fill(people(5)[3:])
    table.sort_by(1, descending=False)
    table.stay(first=1)
    assert table.current() is not None


def test_what_the_page_leaves_nowhere_goes_back_to_its_row(table: Table) -> None:
    table.table.fill(people(5))
    table.setCurrentIndex(table.table.index(3, 1))
    table.table.fill(people(5)[::-1])
    delivered()
    assert table.current() == people(5)[3]
    assert table.currentIndex().column() == 1


def test_columns_with_the_same_titles_keep_order_and_filters(table: Table) -> None:
    table.table.fill(people(5))
    table.sort_by(1, descending=True)
    table.keep(0, frozenset({"p0001", "p0002", "p0003"}))
    order = names(table)
    table.put_columns(columns())
    table.table.fill(people(5))
    assert names(table) == order
    table.put_columns([Column("别的", lambda x: x[0], 60)])
    table.table.fill(people(5))
    assert len(names(table)) == 5


def test_while_the_keyboard_is_elsewhere_only_a_selected_row_is_acted_upon(table: Table) -> None:
    table.table.fill(people(5))
    table.selectRow(1)
    selection = table.selectionModel()
    selection.setCurrentIndex(table.table.index(4, 0), selection.SelectionFlag.NoUpdate)
    table.clearFocus()
    assert table.current() == people(5)[1]


def test_a_button_is_about_the_list_that_had_the_keyboard_last(qtbot: Bot) -> None:
    page = QWidget()
    lists = [
        Table([Column("客户", lambda x: x.customer_no, 60, key=True)], parent=page) for _each in range(2)
    ]
    pressed = QPushButton("记一次联系", page)
    inside = QVBoxLayout(page)
    for part in (*lists, pressed):
        inside.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    for table, number in zip(lists, "12", strict=True):
        table.table.fill([SimpleNamespace(customer_no=number)])
        table.selectRow(0)
        table.setFocus()
    qtbot.waitUntil(lists[1].hasFocus)
    pressed.setFocus()
    chosen = selected_below(page)
    assert chosen is not None
    assert chosen.customer_no == "2"
    lists[1].setFocus()
    lists[1].keep(0, frozenset({"nobody"}))
    assert selected_below(page) is None, "nobody is seen where the keyboard is"
