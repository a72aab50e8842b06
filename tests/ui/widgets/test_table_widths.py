"""Columns as the person left them: hidden, moved, sized, remembered on this PC; the key column is never cut."""

import pytest

from tests.ui.bot import Bot, at_rest
from ui.widgets.table_column import Column
from ui.widgets.tables import Table


def columns() -> list[Column[str]]:
    return [
        Column("客户", str, 60, key=True),
        Column("层级", lambda _x: "L3", 80),
        Column("资产", lambda x: f"{len(x)}", 70, number=True),
        Column("理由", lambda _x: "", 0),
    ]


@pytest.fixture
def table(qtbot: Bot) -> Table:
    return made(qtbot)


def made(qtbot: Bot, name: str = "here") -> Table:
    """A table that is remembered."""
    table = Table(columns(), name=name)
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    table.table.fill(["one", "two"])
    return table


def shown(table: Table) -> list[str]:
    heads = table.horizontalHeader()
    numbers = [heads.logicalIndex(place) for place in range(heads.count())]
    return [table.table.columns[n].title for n in numbers if not table.isColumnHidden(n)]


def test_what_was_hidden_moved_and_sized_stands_so_again_and_can_be_reset(qtbot: Bot, table: Table) -> None:
    table.widths.hide(1, True)
    table.horizontalHeader().moveSection(2, 0)
    table.widths.widen(2)
    table.setColumnWidth(2, 131)
    qtbot.waitUntil(lambda: at_rest(table))
    again = made(qtbot)
    assert shown(again) == ["资产", "客户", "理由"]
    assert again.columnWidth(2) == 131
    assert shown(made(qtbot, "elsewhere")) == ["客户", "层级", "资产", "理由"]
    again.widths.reset()
    assert shown(again) == ["客户", "层级", "资产", "理由"]
    assert shown(made(qtbot)) == ["客户", "层级", "资产", "理由"]


def test_the_key_column_is_never_hidden_nor_narrower_than_its_words(qtbot: Bot, table: Table) -> None:
    table.widths.hide(0, True)
    assert "客户" in shown(table)
    long = "(ji)** 12345678901234567890 " * 3
    table.resize(300, 200)
    table.table.fill([long])
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(long)
    assert table.horizontalScrollBar().maximum() > 0, "the table scrolls sideways instead"


def test_columns_that_stretch_fill_the_room_that_the_others_leave(table: Table) -> None:
    assert sum(table.columnWidth(n) for n in range(4)) == table.viewport().width()
    table.widths.hide(1, True)
    assert sum(table.columnWidth(n) for n in (0, 2, 3)) == table.viewport().width()
    table.widths.withhold(2, True)
    assert shown(table) == ["客户", "理由"]
    assert 2 not in table.widths.offered(), "the page has nothing to say in it"
    table.widths.withhold(2, False)
    assert shown(table) == ["客户", "资产", "理由"]


def test_columns_give_up_white_space_before_a_reason_is_squeezed_and_never_their_words(qtbot: Bot) -> None:
    declared = [
        Column("客户", str, 200, key=True),
        Column("层级", lambda _x: "L3", 200),
        Column("资产", lambda _x: "123,456", 200, number=True),
        Column("理由", lambda _x: "", 0),
    ]
    table = Table(declared)
    qtbot.addWidget(table)
    table.resize(800, 200)
    table.show()
    table.table.fill(["one", "two"])
    assert [table.columnWidth(number) for number in range(3)] == [200] * 3
    table.resize(480, 200)
    assert sum(table.columnWidth(number) for number in range(4)) <= table.viewport().width()
    assert table.columnWidth(3) >= 120, "a reason can still be read"
    words = table.fontMetrics().horizontalAdvance
    assert table.columnWidth(2) > words("123,456"), "a figure is whole"
    assert table.columnWidth(0) > words("two")
