"""What grids of days have in common: a day under the keyboard, a tip for the day under the mouse, touches dropped on days."""

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from ui.pages.calendar import heat
from ui.pages.calendar.days import month_later
from ui.pages.calendar.dropping import DropDays
from ui.pages.calendar.words import ReasonWord, day_line, event_words, events_of_day
from ui.theme import colours, px
from workbench.outreach.agenda.agenda import AgendaDay

_DAY = dt.timedelta(days=1)


class DayGrid(QWidget):
    """`day_chosen(day)` when the keyboard or a click goes to another day, `opened(day)` on Enter and a double click;
    `drops` tells what is dragged over the days."""

    day_chosen = Signal(object)
    opened = Signal(object)
    #: days that the arrows up and down move by; 0: a month
    upright: ClassVar[int] = 7

    def __init__(self, word: ReasonWord) -> None:
        super().__init__()
        self.word = word
        self.days: Mapping[dt.date, AgendaDay] = {}
        self.day = dt.date.min
        self.drops = DropDays(self, self.day_at)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_days(self, days: Mapping[dt.date, AgendaDay], day: dt.date) -> None:
        """Show days with one of them under the keyboard."""
        self.days = days
        self.choose(day)

    def choose(self, day: dt.date) -> None:
        """Put the keyboard on a day."""
        self.day = day
        here = self.days.get(day)
        self.setAccessibleDescription(day_line(here, self.word) if here is not None else "")
        self.update()

    def day_at(self, _point: QPoint) -> dt.date | None:
        """The day at a place; None beside the days."""
        raise NotImplementedError

    def rect_of(self, _day: dt.date) -> QRect:
        """The place of a day; empty where it is not shown."""
        raise NotImplementedError

    # -- keyboard and mouse --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by days and rows, Page Up and Down by months, with Ctrl by years; Enter opens the day."""
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
            return
        wanted = self._moved(key, by_year=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.day_chosen.emit(wanted)

    def _moved(self, key: Qt.Key, *, by_year: bool) -> dt.date | None:
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in months:
            return month_later(self.day, months[key] * (12 if by_year else 1))
        if by_year:
            return None
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key in days:
            return self.day + days[key] * _DAY
        if key in rows and self.upright:
            return self.day + rows[key] * self.upright * _DAY
        if key in rows:
            return month_later(self.day, rows[key])
        first = self.day.replace(day=1)
        return {Qt.Key.Key_Home: first, Qt.Key.Key_End: month_later(first, 1) - _DAY}.get(key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the day."""
        day = self.day_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and day is not None:
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the day."""
        day = self.day_at(event.position().toPoint())
        if day is not None:
            self.opened.emit(day)

    def event(self, event: QEvent) -> bool:
        """The tip of a day."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.tip_at(event.pos())
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> str:
        """What stands at a place, with what to do and what not to say; '' beside the days."""
        day = self.day_at(point)
        here = self.days.get(day) if day is not None else None
        if here is None:
            return ""
        lines = [day_line(here, self.word)]
        lines += [f"{event_words(one)}: {one.says}" for one in events_of_day(here) if one.says]
        return "\n".join(lines)

    # -- painting ------------------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter, rect: QRect, day: AgendaDay) -> QColor:
        """The heat of a day, hatched where it is not worked; gives the colour of the words on it."""
        c = colours()
        step = heat.step_of(day.load, day.capacity)
        ground = heat.ground_of(step) if day.workday or step else QColor(c.ground)
        painter.fillRect(rect, ground)
        if not day.workday:
            painter.fillRect(rect, QColor(c.line) if not step else ground)
            painter.fillRect(rect.adjusted(1, 1, -1, -1), ground)
        return heat.ink_on(ground)

    def paint_bar(self, painter: QPainter, rect: QRect, day: AgendaDay, ink: QColor) -> None:
        """How much of the capacity is planned, as a bar; with a line at its end where it is more than that."""
        if day.load <= 0:
            return
        share = heat.share_of(day.load, day.capacity)
        painter.fillRect(
            QRect(rect.left(), rect.top(), max(2, round(rect.width() * share)), rect.height()), ink
        )

    def paint_focus(self, painter: QPainter) -> None:
        """A frame about the day under the keyboard: thicker while the grid has the keyboard."""
        rect = self.rect_of(self.day)
        if rect.isEmpty():
            return
        c = colours()
        pen = QPen(QColor(c.ink), 2 if self.hasFocus() else 1)
        pen.setStyle(Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if (over := self.drops.over) is not None and not (target := self.rect_of(over)).isEmpty():
            painter.setPen(QPen(QColor(c.accent), 3))
            painter.drawRect(target.adjusted(1, 1, -2, -2))

    def sized(self, pixels: int, *, bold: bool = False) -> QFont:
        """The font of the page at a size."""
        font = QFont(self.font())
        font.setPixelSize(px(pixels))
        font.setBold(bold)
        return font


def fitted(metrics: QFontMetrics, words: str, width: int) -> str:
    """Words shortened to a width with '…'."""
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
