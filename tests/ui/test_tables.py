"""The one table: a list of any length is read in windows, only where it is looked at."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.tables import WINDOW, Column, Table, TableModel
from ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def columns() -> list[Column]:
    return [
        Column("No", lambda row: f"{row:,}", 80, number=True, tip=lambda row: f"exactly {row}", order="no"),
        Column("Light", lambda _row: "红", 60, light=lambda _row: "red"),
    ]


def test_of_a_hundred_thousand_rows_only_the_windows_looked_at_are_read(qtbot: QtBot, tasks: Tasks) -> None:
    asked: list[int] = []

    def fetch(offset: int, limit: int) -> list[int]:
        asked.append(offset)
        return list(range(offset, min(offset + limit, 100_000)))

    table = Table(columns(), tasks)
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    table.table.read(lambda: 100_000, fetch)
    qtbot.waitUntil(lambda: table.table.rowCount() == 100_000)
    qtbot.waitUntil(lambda: not tasks.busy)
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.table.row(99_999) == 99_999)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert asked[0] == 0
    assert asked[-1] == 100_000 - WINDOW
    assert len(asked) < 12


def test_numbers_stand_right_with_the_exact_value_in_the_tooltip(qtbot: QtBot) -> None:
    model = TableModel(columns())
    model.fill([1234567])
    index = model.index(0, 0)
    assert index.data() == "1,234,567"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "exactly 1234567"
    assert not model.index(0, 1).data(Qt.ItemDataRole.DecorationRole).isNull()


def test_a_head_asks_the_source_to_sort(qtbot: QtBot) -> None:
    model = TableModel(columns())
    with qtbot.waitSignal(model.sort_asked) as asked:
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert asked.args == ["no", True]


def test_rows_are_thirty_pixels_and_enter_opens(qtbot: QtBot) -> None:
    table = Table(columns())
    qtbot.addWidget(table)
    table.show()
    table.table.fill([1, 2, 3])
    assert table.rowHeight(1) == 30
    table.setCurrentIndex(table.table.index(1, 0))
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
