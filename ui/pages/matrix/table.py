"""A table of figures that are looked at cell by cell: the ground tells how much, the number says it, Enter opens it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import colours
from ui.widgets.delegates import Index
from ui.widgets.tables import Table

Heat = Callable[[int, int], float | None]
_STRONGEST = 0.62


def mix(first: QColor, last: QColor, share: float) -> QColor:
    """A colour between two: 0 the first, 1 the last."""
    pairs = ((first.red(), last.red()), (first.green(), last.green()), (first.blue(), last.blue()))
    return QColor(*(round(low + (high - low) * share) for low, high in pairs))


def blend(share: float) -> QColor:
    """Between the card and the accent: 0 the card itself, 1 as strong as words on it can still be read."""
    c = colours()
    return mix(QColor(c.card), QColor(c.pale), max(0.0, min(1.0, share)) * _STRONGEST)


class HeatDelegate(QStyledItemDelegate):
    """Paints the ground of a cell by its share of the greatest; None leaves it to the column."""

    def __init__(self, heat: Heat, parent: Table) -> None:
        super().__init__(parent)
        self._heat = heat

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        share = self._heat(index.row(), index.column())
        ground = blend(share) if share else index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class FigureTable(Table):
    """`looked(row, column)` when the keyboard or a click comes to a cell, `drilled(row, column)` on Enter or a double
    click. The first column holds the names of the rows."""

    looked = Signal(int, int)
    drilled = Signal(int, int)

    def __init__(self, heat: Heat) -> None:
        super().__init__([])
        self.setProperty("role", "grid")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(HeatDelegate(heat, self))
        self.setShowGrid(True)
        self.selectionModel().currentChanged.connect(lambda now, _old: self._look(now))
        self.doubleClicked.connect(lambda index: self.drilled.emit(index.row(), index.column()))

    def _look(self, index: Index) -> None:
        if index.isValid():
            self.looked.emit(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.drilled.emit(self.currentIndex().row(), self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.viewport().update()
