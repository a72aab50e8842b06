"""Values of a column to choose from, by keyboard."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from ui.widgets.table_column import Column
from ui.widgets.table_filter import FilterPopup, value_word
from ui.widgets.table_model import ROOM
from ui.widgets.tables import Table

LEVELS = ("金卡", "金卡", "白金", "—", "普通")


@pytest.fixture
def table(qtbot: Bot) -> Table:
    made = Table([Column("号", lambda x: str(x), 60, number=True), Column("级", lambda x: LEVELS[x], 80)])
    qtbot.addWidget(made)
    made.resize(300, 260)
    made.show()
    made.table.fill(list(range(5)))
    return made


def popup(table: Table) -> FilterPopup:
    (found,) = [one for one in table.findChildren(FilterPopup) if one.isVisible()]
    return found


def rows(table: Table) -> list[int]:
    return [table.table.row(n) for n in range(table.table.rowCount())]


def test_alt_down_offers_the_values_with_their_counts_and_typing_takes_one(qtbot: Bot, table: Table) -> None:
    table.setCurrentIndex(table.table.index(2, 1))
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened = popup(table)
    assert [opened.list.item(n).text() for n in range(4)] == [
        "白金  1",
        "金卡  2",
        "普通  1",
        f"{value_word('—')}  1",
    ]
    opened.search.setText("金卡")
    qtbot.keyClick(opened.search, Qt.Key.Key_Return)
    assert rows(table) == [0, 1]
    assert table.table.title(1) == "级" + ROOM, "with the triangle of a filtered column"
    assert "2 / 5" in table._left_out.text()
    assert table._left_out.isVisible()
    assert table.current() == 0, "the row under the keyboard went: the first takes it"
    table.table.fill([1, 2, 3])
    assert rows(table) == [1], "the filter holds when the list is read again"
    qtbot.mouseClick(table._left_out, Qt.MouseButton.LeftButton)
    assert rows(table) == [1, 2, 3]
    assert not table._left_out.isVisible()


def test_what_is_unknown_can_be_chosen_and_nothing_at_all_cannot(qtbot: Bot, table: Table) -> None:
    table.open_filter(1)
    opened = popup(table)
    qtbot.mouseClick(opened.none, Qt.MouseButton.LeftButton)
    assert not opened.take.isEnabled()
    opened.list.item(3).setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(opened.take, Qt.MouseButton.LeftButton)
    assert rows(table) == [3]
    table.open_filter(1)
    qtbot.keyClick(popup(table), Qt.Key.Key_Escape)
    assert rows(table) == [3]
    table.keep(1, None)
    assert rows(table) == [0, 1, 2, 3, 4]
