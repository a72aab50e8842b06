"""A table of figures for looking at single cells: the background shows how much, the number how many, Enter opens it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import colours
from ui.widgets.delegates import Index
from ui.widgets.tables import Table

Heat = Callable[[int, int], float | None]
#: of the way to the pale colour; words on it have a contrast of at least 4.5 in every theme
_STRONGEST = 1.0


def mix(first: QColor, last: QColor, share: float) -> QColor:
    """A colour between two: 0 the first, 1 the last."""
    pairs = ((first.red(), last.red()), (first.green(), last.green()), (first.blue(), last.blue()))
    return QColor(*(round(low + (high - low) * share) for low, high in pairs))


def blend(share: float) -> QColor:
    """The background for a share: 0 the card's colour, 1 as strong as text on it stays readable."""
    c = colours()
    return mix(QColor(c.card), QColor(c.pale), max(0.0, min(1.0, share)) * _STRONGEST)


class HeatDelegate(QStyledItemDelegate):
    """Paints a cell's background by its share of the greatest figure; None leaves it to the column."""

    def __init__(self, heat: Heat, parent: Table) -> None:
        super().__init__(parent)
        self._heat = heat
        self._source = parent.table.source

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the background, then draw the figure."""
        share = self._heat(self._source(index.row()), index.column())
        ground = blend(share) if share else index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(ground, QColor):
            painter.fillRect(option.rect, ground)
        super().paint(painter, option, index)


class FigureTable(Table):
    """The first column holds the names of the rows; rows go by their number as the page gave them, whatever their order.

    `looked(row, column)` when the keyboard or a click comes to a cell, `drilled(row, column)` on Enter or a double
    click.
    """

    looked = Signal(int, int)
    drilled = Signal(int, int)

    def __init__(self, heat: Heat, name: str = "") -> None:
        super().__init__([], name=name, kept=False)
        self.setProperty("role", "grid")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(HeatDelegate(heat, self))
        self.setShowGrid(True)
        self.selectionModel().currentChanged.connect(lambda now, _old: self._look(now))
        self.doubleClicked.connect(lambda index: self._drill(index))

    def _look(self, index: Index) -> None:
        if index.isValid():
            self.looked.emit(self.table.source(index.row()), index.column())

    def _drill(self, index: Index) -> None:
        self.drilled.emit(self.table.source(index.row()), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter emits `drilled`."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._drill(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.viewport().update()
