"""The cards of one stage: a list of any length, painted card by card; a card is as high as its words."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.tasks import Tasks
from ui.theme import colours
from ui.widgets.delegates import Index
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.insight.journey.facts import BoardRow

_SIDES, _ENDS, _GAP = 10, 7, 2
#: the height of a card that is still being read
_USUAL = 96
_BREAKS = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a card that breaks where it is full: its words, colour role, whether bold; `right`: words at its right end."""

    words: str
    ink: str = "ink"
    bold: bool = False
    right: str = ""


Lines = Callable[[BoardRow], tuple[CardLine, ...]]


class CardDelegate(QStyledItemDelegate):
    """Paints a card, and says how high it is at a width."""

    def __init__(self, view: Table, lines: Lines) -> None:
        super().__init__(view)
        self._view = view
        self._lines = lines

    def height(self, row: BoardRow, width: int) -> int:
        """Pixels that the words of a card need at the width of the list."""
        return sum(rect.height() for _line, rect in self._placed(row, width)) + 2 * _ENDS

    def _placed(self, row: BoardRow, width: int) -> list[tuple[CardLine, QRect]]:
        """The lines of a card, each with its place below the top."""
        placed = []
        top = 0
        for line in self._lines(row):
            metrics = QFontMetrics(self._font(line))
            room = max(40, width - 2 * _SIDES - self._right(line, metrics))
            box = metrics.boundingRect(QRect(0, 0, room, 10_000), _BREAKS, line.words)
            placed.append((line, QRect(0, top, room, box.height() + _GAP)))
            top += box.height() + _GAP
        return placed

    def _font(self, line: CardLine) -> QFont:
        font = QFont(self._view.font())
        font.setBold(line.bold)
        return font

    @staticmethod
    def _right(line: CardLine, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance(line.right) + 8 if line.right else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card with a line below it; tinted where the keyboard is."""
        row = self._view.table.row(index.row())
        c, rect = colours(), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        painter.fillRect(rect, QColor(c.soft if chosen else c.card))
        painter.setPen(QColor(c.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(c.accent))
        if isinstance(row, BoardRow):
            for line, place in self._placed(row, rect.width()):
                where = place.translated(rect.left() + _SIDES, rect.top() + _ENDS)
                painter.setFont(self._font(line))
                painter.setPen(QColor(getattr(c, line.ink)))
                painter.drawText(where, _BREAKS, line.words)
                if line.right:
                    end = QRect(rect.left(), where.top(), rect.width() - _SIDES, where.height())
                    painter.drawText(end, int(Qt.AlignmentFlag.AlignRight), line.right)
        else:
            painter.setPen(QColor(c.second))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), "…")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size that the row has: it was measured when it was read."""
        return QSize(self._view.viewport().width(), self._view.rowHeight(index.row()))


class CardList(Table):
    """One column of cards without a head. `sideways(-1 or 1)` when the keyboard leaves it to the left or right."""

    sideways = Signal(int)

    def __init__(self, tasks: Tasks, lines: Lines, tip: Callable[[BoardRow], str]) -> None:
        columns: list[Column[BoardRow]] = [
            Column("", lambda row: "\n".join(f"{x.words} {x.right}".strip() for x in lines(row)), 0, tip=tip)
        ]
        super().__init__(columns, tasks, bare=True)
        self._cards = CardDelegate(self, lines)
        self.setItemDelegate(self._cards)
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalHeader().setDefaultSectionSize(_USUAL)
        self.table.loaded.connect(lambda _total: self.grow())
        self.table.dataChanged.connect(lambda first, last, _roles=None: self.grow(first.row(), last.row()))

    def grow(self, first: int = 0, last: int | None = None) -> None:
        """Give the cards that are read, of these rows, the height of their words."""
        width = self.viewport().width()
        end = self.table.rowCount() - 1 if last is None else last
        for number in range(first, end + 1):
            row = self.table.at_hand(number)
            if isinstance(row, BoardRow):
                self.setRowHeight(number, self._cards.height(row, width))

    def card(self) -> BoardRow | None:
        """The card under the keyboard."""
        row = self.current()
        return row if isinstance(row, BoardRow) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again what is read when the width is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbouring stage."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.sideways.emit(side)
            return
        super().keyPressEvent(event)
