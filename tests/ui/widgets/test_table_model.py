"""The table model: what a cell shows, how it is edited, and which windows of a long list are kept."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.ui.bot import Bot
from ui.tasks import Tasks
from ui.theme import THEMES
from ui.widgets.table_model import KEPT, WINDOW, Column, TableModel

Fetch = Callable[[int, int], list[int]]


def numbers(total: int, read: list[int] | None = None) -> Fetch:
    """A list of the numbers from 0; notes the first row of every window that is read."""

    def fetch(offset: int, limit: int) -> list[int]:
        if read is not None:
            read.append(offset)
        return list(range(offset, min(offset + limit, total)))

    return fetch


def plain() -> TableModel:
    """A model of one column, without a window to read in."""
    return TableModel([Column("No", str)])


def test_a_table_without_tasks_reads_nothing() -> None:
    with pytest.raises(TypeError):
        plain().read(lambda: 1, numbers(1))


def test_an_empty_list_is_not_fetched(qtbot: Bot, tasks: Tasks) -> None:
    read: list[int] = []
    model = TableModel([Column("No", str)], tasks)
    with qtbot.waitSignal(model.loaded) as loaded:
        model.read(lambda: 0, numbers(0, read))
    assert loaded.args == [0]
    assert read == []


def test_a_row_that_is_being_read_shows_a_sign_and_then_itself(qtbot: Bot, tasks: Tasks) -> None:
    model = TableModel([Column("No", str, tip=str)], tasks)
    with qtbot.waitSignal(model.loaded):
        model.read(lambda: 500, numbers(500))
    index = model.index(450, 0)
    assert index.data() == "…"
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None
    with qtbot.waitSignal(model.dataChanged) as changed:
        pass
    assert (changed.args[0].row(), changed.args[1].row()) == (400, 499), "the last window ends with the list"
    assert index.data() == "450"


def test_only_so_many_windows_are_kept(qtbot: Bot, tasks: Tasks) -> None:
    total, read = WINDOW * (KEPT + 2), []
    model = TableModel([Column("No", str)], tasks)
    with qtbot.waitSignal(model.loaded):
        model.read(lambda: total, numbers(total, read))
    for window in range(1, KEPT + 1):
        model.row(window * WINDOW)
        qtbot.waitUntil(lambda window=window: model.row(window * WINDOW) is not None)  # type: ignore[misc]
    before = len(read)
    assert model.row(0) is None, "the first window went when there were too many"
    assert model.row(WINDOW) is not None
    qtbot.waitUntil(lambda: model.row(0) == 0)
    assert read[before:] == [0]


def test_of_windows_that_scrolled_by_only_the_last_are_read(qtbot: Bot, tasks: Tasks) -> None:
    total, read = WINDOW * 40, []
    model = TableModel([Column("No", str)], tasks)
    with qtbot.waitSignal(model.loaded):
        model.read(lambda: total, numbers(total, read))
    for window in range(1, 30):
        model.row(window * WINDOW)
    qtbot.waitUntil(lambda: model.row(29 * WINDOW) is not None)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert read == [0, 27 * WINDOW, 28 * WINDOW, 29 * WINDOW]


def test_other_columns_or_rows_at_hand_end_a_list_that_is_read(qtbot: Bot, tasks: Tasks) -> None:
    model = TableModel([Column("No", str)], tasks)
    with qtbot.waitSignal(model.loaded):
        model.read(lambda: 1_000, numbers(1_000))
    model.mark(0, descending=True)
    model.put_columns([Column("A", str), Column("B", str)])
    assert (model.rowCount(), model.columnCount()) == (0, 2)
    assert model.title(0) == "A", "the order went with the columns"
    model.fill(["x"])
    assert (model.rowCount(), model.row(0), model.row(1)) == (1, "x", None)
    assert model.rowCount(model.index(0, 0)) == 0, "rows have no rows below them"


@pytest.fixture
def edits() -> list[tuple[int, str]]:
    return []


@pytest.fixture
def editable(edits: list[tuple[int, str]]) -> TableModel:
    """A column that can be changed and one that cannot."""
    model = TableModel(
        [
            Column("名", str.upper, edit=lambda number, text: edits.append((number, text)), raw=str),
            Column("长", lambda word: str(len(word))),
        ]
    )
    model.fill(["one", "two"])
    return model


def test_a_changed_cell_is_handed_on_and_an_unchanged_one_is_not(
    editable: TableModel, edits: list[tuple[int, str]]
) -> None:
    cell = editable.index(1, 0)
    assert cell.data() == "TWO"
    assert cell.data(Qt.ItemDataRole.EditRole) == "two", "the editor begins with what is stored"
    assert editable.setData(cell, "two")
    assert edits == []
    assert editable.setData(cell, "three")
    assert edits == [(1, "three")]


def test_what_cannot_be_edited_is_not(editable: TableModel, edits: list[tuple[int, str]]) -> None:
    first, second = editable.index(0, 0), editable.index(0, 1)
    assert editable.flags(first) & Qt.ItemFlag.ItemIsEditable
    assert not editable.flags(second) & Qt.ItemFlag.ItemIsEditable
    assert not editable.setData(second, "9")
    assert not editable.setData(first, "x", Qt.ItemDataRole.DisplayRole)
    assert edits == []


def test_ink_ground_and_alignment_follow_the_column() -> None:
    light = THEMES["light"]
    model = TableModel(
        [
            Column("变化", str, number=True, ink=lambda x: "red" if x < 0 else None),
            Column("行", str, ground=lambda x: "bad_cell" if x < 0 else None),
        ]
    )
    model.fill([-1, 1])
    assert model.index(0, 0).data(Qt.ItemDataRole.ForegroundRole) == QColor(light.red)
    assert model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.BackgroundRole) == QColor(light.bad_cell)
    assert model.index(1, 1).data(Qt.ItemDataRole.BackgroundRole) is None
    right, left = (
        model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) for at in (0, 1)
    )
    assert right == model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole)
    assert right != left


def test_rows_are_numbered_only_where_the_view_wants_it() -> None:
    model = plain()
    model.fill([12, 13])
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    model.heading = lambda row: f"第 {row} 行"
    assert model.headerData(1, Qt.Orientation.Vertical) == "第 13 行"
    assert model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole) is None


def test_the_source_sorts_by_what_it_has_a_key_for_and_the_table_by_the_rest() -> None:
    model = TableModel([Column("资产", str, order="aum"), Column("层级", lambda x: f"L{9 - x}")])
    requested: list[tuple[str, bool]] = []
    model.sort_requested.connect(lambda key, down: requested.append((key, down)))
    model.sort(7)
    model.sort(0)
    assert requested == [("aum", False)]
    assert model.title(0) == "资产 ↑"
    model.fill([1, 2, 3])
    model.sort(1)
    assert requested == [("aum", False)]
    assert [model.row(n) for n in range(3)] == [3, 2, 1]
    assert model.title(1) == "层级 ↑"
