"""The pivot as bars: one bar per row, cut by the columns; a click opens the people behind a piece."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.pages.matrix.table import mix
from ui.theme import colours, px
from ui.zoom import measured

_LABEL, _FIGURE, _BAR, _GAP, _LEGEND = 104, 76, 18, 10, 22


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A part of a bar: size, tooltip, cell of the table (row, column), number in the legend.

    A negative size is drawn by its absolute value, in red.
    """

    size: float
    tip: str
    place: tuple[int, int]
    tone: int = 0


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A row of the table; `figure` is written behind the bar."""

    label: str
    figure: str
    pieces: tuple[BarSegment, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars with the names of their pieces; `unknown` is the index of 'cannot tell' among them, -1 for none."""

    names: tuple[str, ...]
    bars: tuple[StackedBar, ...]
    unknown: int = -1


def tones(count: int, unknown: int) -> list[QColor]:
    """A colour for each piece, from the accent to a pale one; 'cannot tell' in the colour of a frame."""
    c = colours()
    first, last = QColor(c.accent), QColor(c.pale)
    steps = max(1, count - (unknown >= 0) - 1)
    made = []
    place = 0
    for number in range(count):
        if number == unknown:
            made.append(QColor(c.line))
            continue
        made.append(mix(first, last, place / steps))
        place += 1
    return made


class BarChart(QWidget):
    """`chosen(row, column)` when a piece is clicked. By keyboard, the table beside it offers the same."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._data = Bars((), ())
        self._places: list[tuple[QRectF, BarSegment]] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_data(self, data: Bars) -> None:
        """Draw these bars; the widget grows to their number."""
        self._data = data
        self.setAccessibleName("; ".join(f"{bar.label} {bar.figure}" for bar in data.bars))
        self.setMinimumHeight(self._needed())
        measured(self)
        self.updateGeometry()
        self.update()

    def _needed(self) -> int:
        return self._legend_lines() * px(_LEGEND) + len(self._data.bars) * (px(_BAR) + px(_GAP)) + 16

    def _legend_lines(self) -> int:
        lines, used = 1, 0
        for width in self._legend_widths():
            if used and used + width > max(self.width(), 240):
                lines, used = lines + 1, 0
            used += width
        return lines

    def _legend_widths(self) -> list[int]:
        metrics = QFontMetrics(self.font())
        return [metrics.horizontalAdvance(name) + 28 for name in self._data.names]

    def sizeHint(self) -> QSize:
        """360 px wide, as high as legend and bars."""
        return QSize(360, self._needed())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The legend, then a line for each bar: label, pieces, figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = tones(len(self._data.names), self._data.unknown)
        top = self._paint_legend(painter, shades)
        self._places = []
        c = colours()
        most = max((sum(abs(p.size) for p in bar.pieces) for bar in self._data.bars), default=0.0)
        room = max(10, self.width() - px(_LABEL) - px(_FIGURE))
        metrics = QFontMetrics(self.font())
        for bar in self._data.bars:
            painter.setPen(QColor(c.ink))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, px(_LABEL) - 8)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                QRectF(0, top, px(_LABEL) - 8, px(_BAR)), int(middle | Qt.AlignmentFlag.AlignLeft), words
            )
            left = float(px(_LABEL))
            for piece in bar.pieces:
                width = abs(piece.size) / most * room if most else 0.0
                if width > 0:
                    box = QRectF(left, top, width, px(_BAR))
                    shade = QColor(c.red) if piece.size < 0 else shades[piece.tone]
                    painter.fillRect(box.adjusted(0, 0, -1 if width > 3 else 0, 0), shade)
                    self._places.append((box, piece))
                    left += width
            painter.setPen(QColor(c.second))
            painter.drawText(
                QRectF(left + 6, top, px(_FIGURE), px(_BAR)),
                int(middle | Qt.AlignmentFlag.AlignLeft),
                bar.figure,
            )
            top += px(_BAR) + px(_GAP)
        painter.end()

    def _paint_legend(self, painter: QPainter, shades: list[QColor]) -> int:
        left, top = 0, 0
        for name, width, shade in zip(self._data.names, self._legend_widths(), shades, strict=True):
            if left and left + width > self.width():
                left, top = 0, top + px(_LEGEND)
            painter.fillRect(QRectF(left, top + 5, 10, 10), shade)
            painter.setPen(QColor(colours().second))
            painter.drawText(left + 15, top + 14, name)
            left += width
        return top + px(_LEGEND) + 6

    def _at(self, x: float, y: float) -> BarSegment | None:
        return next((piece for box, piece in self._places if box.contains(x, y)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a piece."""
        over = self._at(event.position().x(), event.position().y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Emit `chosen` with the cell of the piece under a left click."""
        piece = self._at(event.position().x(), event.position().y())
        if piece is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(*piece.place)

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of the piece under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            piece = self._at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), piece.tip if piece else "", self)
            return True
        return super().event(event)
