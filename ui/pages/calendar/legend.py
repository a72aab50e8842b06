"""What the colours and marks of the year mean."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.calendar import heat
from ui.theme import colours
from workbench.base.i18n import _

_BOX, _GAP = 14, 10


class HeatLegend(QWidget):
    """The six steps with their words, the marks behind them."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._words())

    @staticmethod
    def _marks() -> str:
        return _("▲ 到期多少  ◆ 名称放不下的节日  色带 产品节奏  灰框 不上班")

    def _words(self) -> str:
        return _("一天排了多少:{steps}").format(steps=" / ".join(heat.step_words()))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(600, 20)

    def minimumSizeHint(self) -> QSize:
        """What is left out on a narrow window stands in the tip of each day."""
        return QSize(100, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Boxes and words as far as there is room."""
        painter, c = QPainter(self), colours()
        metrics, left = painter.fontMetrics(), 0
        for step, words in enumerate(heat.step_words()):
            painter.fillRect(QRect(left, 3, _BOX, _BOX), heat.ground_of(step))
            painter.setPen(QPen(QColor(c.second), 1))
            painter.drawRect(QRect(left, 3, _BOX - 1, _BOX - 1))
            if step:
                share = 1.0 if step == heat.OVER else step / 4
                ink = heat.ink_on(heat.ground_of(step))
                painter.fillRect(QRect(left + 1, _BOX, round((_BOX - 2) * share), 2), ink)
            left += _BOX + 4
            width = metrics.horizontalAdvance(words)
            painter.setPen(QColor(c.second))
            painter.drawText(QRect(left, 0, width + 2, 20), int(Qt.AlignmentFlag.AlignVCenter), words)
            left += width + _GAP
        marks = self._marks()
        if left + metrics.horizontalAdvance(marks) <= self.width():
            painter.drawText(
                QRect(left, 0, self.width() - left, 20), int(Qt.AlignmentFlag.AlignVCenter), marks
            )
        painter.end()
