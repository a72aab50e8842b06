"""A table of figures looked at cell by cell: the ground tells how much, Enter opens it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from tests.ui.bot import Bot
from ui import theme
from ui.pages.calendar.heat import contrast
from ui.pages.matrix.table import FigureTable, HeatDelegate, blend, mix
from ui.theme import THEMES, colours
from ui.widgets.table_model import Column

SHARES = {(0, 1): 0.0, (0, 2): 0.5, (1, 1): 1.0}


def heat(row: int, column: int) -> float | None:
    return SHARES.get((row, column))


@pytest.fixture
def table(qtbot: Bot) -> FigureTable:
    made = FigureTable(heat, "matrix.test")
    qtbot.addWidget(made)
    made.put_columns(
        [
            Column("大类", str, 80),
            Column("全部", str, 80, ground=lambda _row: "total_row"),
            Column("年轻", str, 80),
        ]
    )
    made.table.fill([10, 20])
    made.resize(400, 200)
    made.show()
    return made


def test_a_cell_is_looked_at_by_key_and_opened_by_enter(qtbot: Bot, table: FigureTable) -> None:
    looked: list[tuple[int, int]] = []
    drilled: list[tuple[int, int]] = []
    table.looked.connect(lambda row, column: looked.append((row, column)))
    table.drilled.connect(lambda row, column: drilled.append((row, column)))
    table.setCurrentIndex(table.table.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Enter)
    assert looked == [(0, 1), (0, 2), (1, 2)]
    assert drilled == [(1, 2)]


def test_a_double_click_opens_the_cell_under_it(qtbot: Bot, table: FigureTable) -> None:
    at = table.visualRect(table.table.index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.drilled) as drilled:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert drilled.args == [1, 1]


def test_the_ground_is_the_cells_share_and_without_one_the_columns(table: FigureTable) -> None:
    def ground(row: int, column: int) -> QColor:
        pixmap = QPixmap(40, 20)
        pixmap.fill(Qt.GlobalColor.magenta)
        option = QStyleOptionViewItem()
        option.rect = pixmap.rect()
        option.widget = table
        painter = QPainter(pixmap)
        HeatDelegate(heat, table).paint(painter, option, table.table.index(row, column))
        painter.end()
        return pixmap.toImage().pixelColor(QPoint(2, 10))

    table.setStyleSheet("QTableView::item { border: none; }")
    light = THEMES["light"]
    assert ground(1, 1) == blend(1.0)
    assert ground(0, 2) == blend(0.5)
    assert ground(0, 1) == QColor(light.total_row), "nothing is no heat"
    assert ground(1, 2) == QColor(Qt.GlobalColor.magenta)


def test_a_colour_between_two_is_in_proportion() -> None:
    black, white = QColor(0, 0, 0), QColor(200, 100, 50)
    assert mix(black, white, 0.0) == black
    assert mix(black, white, 1.0) == white
    assert mix(black, white, 0.5) == QColor(100, 50, 25)


@pytest.mark.parametrize("name", THEMES)
def test_more_is_further_from_the_card_and_its_figure_can_be_read(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    try:
        grounds = [blend(step / 10) for step in range(11)]
        assert [blend(-1.0), blend(3.0)] == [grounds[0], grounds[-1]]
        far = [contrast(one, QColor(colours().card)) for one in grounds]
        assert far == sorted(far), "in either theme the strongest tint is the greatest figure"
        assert far[-1] > 1.7
        assert all(contrast(QColor(colours().ink), one) >= 4.5 for one in grounds)
    finally:
        theme.apply(qapp, "light")
