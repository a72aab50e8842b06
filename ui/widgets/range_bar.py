"""A share of the whole against its range: a track with the range as a block and the share as a line that ends in a mark."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import colours, px

_HEIGHT = 16


class RangeBar(QWidget):
    """`share`: from its least to its greatest figure (of 1), None where nothing is known; `range_`: from, to, None for none."""

    def __init__(
        self,
        words: str,
        share: tuple[float, float] | None = None,
        range_: tuple[float, float] | None = None,
    ) -> None:
        """`words` describe it to a screen reader and in the tooltip."""
        super().__init__()
        self.share, self.range_ = share, range_
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """It grows sideways."""
        return QSize(px(120), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its ends can still be told apart."""
        return QSize(px(60), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The track, the block of the range, the line of the share; a share between two figures is a dashed frame."""
        painter, of = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, middle = self.width() - px(10), self.height() / 2
        left = px(5)
        painter.setPen(QPen(QColor(of.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, middle - px(3), wide, px(6)))
        if self.range_ is not None and self.range_[1] > 0:
            low, high = self.range_
            painter.setPen(QPen(QColor(of.second), 1))
            painter.setBrush(QColor(of.pale))
            painter.drawRect(
                QRectF(left + wide * low, middle - px(6), max(px(3), wide * (high - low)), px(12))
            )
        if self.share is not None:
            least, most = self.share
            if most - least > 0.0005:
                painter.setPen(QPen(QColor(of.ink), 1, Qt.PenStyle.DashLine))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(left + wide * least, middle - px(3), wide * (most - least), px(6)))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(of.accent))
                painter.drawRect(QRectF(left, middle - px(2), wide * least, px(4)))
                painter.drawEllipse(QPointF(left + wide * least, middle), px(4), px(4))
        painter.end()
