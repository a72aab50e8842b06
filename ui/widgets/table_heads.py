"""The heads of a table: a click sorts, the small triangle or a right click opens what a column offers, a drag moves it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme import colours, px

#: pixels of the triangle at the end of a head, and what is left there to drag its edge
_SIGN, _EDGE = 16, 5


class Heads(QHeaderView):
    """`menu_requested(column, place on the screen)`. `filtered` says of which columns only some values are shown."""

    menu_requested = Signal(int, QPoint)

    def __init__(self, filtered: Callable[[int], bool], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._filtered = filtered
        self._over = -1
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMouseTracking(True)

    def sign_of(self, column: int) -> QRect:
        """Where the triangle of a column stands: beside its words, left of those that stand right."""
        begins = self.sectionViewportPosition(column)
        aligned = self.model().headerData(
            column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        right = int(aligned or 0) & int(Qt.AlignmentFlag.AlignRight)
        wide, edge = px(_SIGN), px(_EDGE)
        left = begins + edge if right else begins + self.sectionSize(column) - edge - wide
        return QRect(left, 1, wide, self.height() - 3)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The head, and its triangle while the mouse is over it or some of its values are filtered out."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        on = self._filtered(logicalIndex)
        if logicalIndex != self._over and not on:
            return
        sign = self.sign_of(logicalIndex)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(sign, QColor(colours().soft if on else colours().hover))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().accent if on else colours().second))
        x, y = sign.center().x() + 0.5, sign.center().y() + 0.5
        painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 2), QPointF(x + 4, y - 2), QPointF(x, y + 3)]))
        painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the triangle of the head under the mouse."""
        over = self.logicalIndexAt(event.position().toPoint())
        if over != self._over and not event.buttons():
            self._over = over
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No triangle any more."""
        self._over = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The triangle opens what the column offers; anywhere else a click sorts and a drag moves."""
        at = event.position().toPoint()
        column = self.logicalIndexAt(at)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and column == self._over and column >= 0 and self.sign_of(column).contains(at):
            self._offer(column)
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the column under the mouse offers."""
        column = self.logicalIndexAt(event.pos())
        if column >= 0:
            self.menu_requested.emit(column, event.globalPos())

    def _offer(self, column: int) -> None:
        below = self.sign_of(column).bottomLeft()
        self.menu_requested.emit(column, self.viewport().mapToGlobal(below))
