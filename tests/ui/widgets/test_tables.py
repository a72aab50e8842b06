"""The one table: a list of any length is read in windows, only where it is looked at."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.waits import opened
from ui.tasks import Tasks
from ui.widgets.table_model import WINDOW, Column, TableModel
from ui.widgets.tables import Table


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


def test_rows_of_the_list_before_never_stand_in_the_new_one(qtbot: QtBot, tasks: Tasks) -> None:
    model = TableModel([Column("Row", str)], tasks)
    begun, gate = threading.Event(), threading.Event()

    def before(offset: int, limit: int) -> list[str]:
        if offset:
            begun.set()
            opened(gate)
        return [f"old {n}" for n in range(offset, offset + limit)]

    def after(offset: int, limit: int) -> list[str]:
        return [f"new {n}" for n in range(offset, offset + limit)]

    model.read(lambda: 1_000, before)
    qtbot.waitUntil(lambda: model.rowCount() == 1_000)
    assert model.row(900) is None
    qtbot.waitUntil(begun.is_set)
    # while the old list's rows are on their way, the table is pointed at another one
    model.show_windows(1_000, after, after(0, WINDOW))
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert model.row(0) == "new 0"
    assert model.row(900) in (None, "new 900")
    qtbot.waitUntil(lambda: model.row(900) == "new 900")


@pytest.mark.parametrize("shorter", ["fill", "put_columns"])
def test_late_rows_change_nothing_in_a_table_that_was_filled_or_emptied(
    qtbot: QtBot, tasks: Tasks, shorter: str
) -> None:
    model = TableModel([Column("Row", str)], tasks)
    begun, gate = threading.Event(), threading.Event()

    def before(offset: int, limit: int) -> list[int]:
        if offset:
            begun.set()
            opened(gate)
        return list(range(offset, offset + limit))

    model.read(lambda: 1_000, before)
    qtbot.waitUntil(lambda: model.rowCount() == 1_000)
    assert model.row(900) is None
    qtbot.waitUntil(begun.is_set)
    if shorter == "fill":
        model.fill(["here"])
    else:
        model.put_columns([Column("Other", str)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert changed == []
    assert [model.row(n) for n in range(2)] == (["here", None] if shorter == "fill" else [None, None])


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
    with qtbot.waitSignal(model.sort_requested) as asked:
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


def test_a_column_grows_with_its_words_until_somebody_drags_it(qtbot: QtBot, tasks: Tasks) -> None:
    table = Table([Column("Tier", str, 60), Column("Why", lambda _row: "", 0)], tasks)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.table.fill(["short"])
    assert table.columnWidth(0) == 60
    table.table.fill(["a tier with a long name"])
    grown = table.columnWidth(0)
    assert grown >= table.fontMetrics().horizontalAdvance("a tier with a long name")
    table.table.fill(["word " * 200])
    before = table.columnWidth(0)
    assert grown < before < 300
    heads = table.horizontalHeader()
    edge = QPoint(heads.sectionViewportPosition(1) - 1, heads.height() // 2)
    qtbot.mousePress(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    drag(heads.viewport(), edge, edge - QPoint(100, 0))
    qtbot.mouseRelease(heads.viewport(), Qt.MouseButton.LeftButton, pos=edge - QPoint(100, 0))
    dragged = table.columnWidth(0)
    assert dragged == before - 100
    table.table.fill(["word " * 200])
    assert table.columnWidth(0) == dragged


def drag(over: QWidget, begin: QPoint, end: QPoint) -> None:
    """Move with the left button held: QTest's own moves carry no button."""
    for at in (begin, end):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(at), QPointF(over.mapToGlobal(at)), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(over, event)


def test_the_title_says_the_order_and_a_click_asks_once(qtbot: QtBot, tasks: Tasks) -> None:
    table = Table(columns(), tasks)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    table.put_columns(columns())
    asked: list[tuple[str, bool]] = []
    table.table.sort_requested.connect(lambda key, down: asked.append((key, down)))
    table.mark_sorted("no", descending=True)
    heads = table.horizontalHeader()
    assert table.table.headerData(0, Qt.Orientation.Horizontal) == "No ↓"
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, heads.height() // 2))
    assert asked == [("no", False)]
    assert table.table.headerData(0, Qt.Orientation.Horizontal) == "No ↑"
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, heads.height() // 2))
    assert asked == [("no", False)], "the source has no key for the lights: they are sorted here"
    assert table.table.headerData(1, Qt.Orientation.Horizontal) == "Light ↓"
