"""月: a row a week; each cell with day, lunar date, festivals, load in words and as a bar, and its main reasons."""

import datetime as dt

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from ui.pages.calendar import heat
from ui.pages.calendar.day_grid import DayGrid, fitted
from ui.pages.calendar.words import (
    ReasonWord,
    event_words,
    events_of_day,
    load_words,
    minutes,
    off_mark,
    top_reasons,
)
from ui.theme import colours, px
from ui.words import weekday_word
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.year_day import YearDay

_HEAD, _LOW, _PAD, _LINE = 22, 62, 5, 15


class MonthGrid(DayGrid):
    """Up to six weeks of a month."""

    def __init__(self, word: ReasonWord) -> None:
        super().__init__(word)
        self.setAccessibleName(_("当月"))

    def sizeHint(self) -> QSize:
        """As low as can be read: what scrolls a page goes by this height, and gives more where there is room."""
        return QSize(840, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Below it words would overlap."""
        return QSize(7 * 60, px(_HEAD) + 6 * px(_LOW))

    # -- geometry ------------------------------------------------------------------------------------------

    def _first(self) -> dt.date:
        first = self.day.replace(day=1)
        return first - dt.timedelta(days=first.weekday())

    def _weeks(self) -> int:
        last = (self.day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return (last - self._first()).days // 7 + 1

    def rect_of(self, day: dt.date) -> QRect:
        """The cell of a day of the month."""
        if day not in self.days or (day.year, day.month) != (self.day.year, self.day.month):
            return QRect()
        row, at = divmod((day - self._first()).days, 7)
        high = (self.height() - px(_HEAD)) / self._weeks()
        left, top = round(at * self.width() / 7), round(px(_HEAD) + row * high)
        return QRect(
            left, top, round((at + 1) * self.width() / 7) - left, round(px(_HEAD) + (row + 1) * high) - top
        )

    def day_at(self, point: QPoint) -> dt.date | None:
        """The day of the month at a place."""
        if point.y() < px(_HEAD) or self.day == dt.date.min:
            return None
        row = int((point.y() - px(_HEAD)) / ((self.height() - px(_HEAD)) / self._weeks()))
        day = self._first() + dt.timedelta(days=row * 7 + point.x() * 7 // max(1, self.width()))
        return day if self.rect_of(day).contains(point) else None

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The weekdays, the cells, the frame of the day under the keyboard."""
        if self.day == dt.date.min:
            return
        painter = QPainter(self)
        painter.setFont(self.sized(12))
        painter.setPen(QColor(colours().second))
        for at in range(7):
            left = round(at * self.width() / 7)
            word = weekday_word(self._first() + dt.timedelta(days=at))
            painter.drawText(
                QRect(left + px(_PAD), 0, px(120), px(_HEAD)), int(Qt.AlignmentFlag.AlignVCenter), word
            )
        for offset in range(7 * self._weeks()):
            day = self._first() + dt.timedelta(days=offset)
            if not (rect := self.rect_of(day)).isEmpty():
                self._paint_day(painter, rect, day, self.days[day])
        self.paint_focus(painter)
        painter.end()

    def _paint_day(self, painter: QPainter, rect: QRect, day: dt.date, here: AgendaDay) -> None:
        c = colours()
        painter.fillRect(rect, QColor(c.card if here.workday else c.ground))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inside = rect.adjusted(px(_PAD), 3, -px(_PAD), -4)
        self._paint_top(painter, inside, day, here)
        top = inside.top() + 20
        painter.setFont(self.sized(12))
        for event in self._named(here, rect.height()):
            painter.setPen(QColor(c.second if event.stream == "term" else c.accent))
            words = fitted(painter.fontMetrics(), event_words(event), inside.width())
            painter.drawText(QRect(inside.left(), top, inside.width(), px(_LINE)), 0, words)
            top += px(_LINE)
        self._paint_load(painter, QRect(inside.left(), top, inside.width(), inside.bottom() - top), here)

    @staticmethod
    def _named(here: AgendaDay, height: int) -> tuple[YearDay, ...]:
        """The events that begin or stand for themselves, as many as leave room for the load."""
        return events_of_day(here)[: max(1, (height - px(62)) // px(_LINE))]

    def _paint_top(self, painter: QPainter, inside: QRect, day: dt.date, here: AgendaDay) -> None:
        c = colours()
        line = QRect(inside.left(), inside.top(), inside.width(), 18)
        painter.setFont(self.sized(14, bold=True))
        painter.setPen(QColor(c.accent if day == today() else c.ink if here.workday else c.second))
        number = f"{day.day} " + (_("今天") if day == today() else "")
        if painter.fontMetrics().horizontalAdvance(number) > line.width():
            number = f"{day.day} "
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), number)
        used = painter.fontMetrics().horizontalAdvance(number) + 2
        painter.setFont(self.sized(11))
        mark = off_mark(here)
        right = painter.fontMetrics().horizontalAdvance(mark) + 2 if mark else 0
        painter.setPen(QColor(c.second))
        words = fitted(painter.fontMetrics(), here.lunar, line.width() - used - right)
        painter.drawText(line.adjusted(used, 2, -right, 0), int(Qt.AlignmentFlag.AlignVCenter), words)
        if mark:
            painter.setPen(QColor(c.ink))
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), mark)

    def _paint_load(self, painter: QPainter, room: QRect, here: AgendaDay) -> None:
        """The load in words over its bar, with the main reasons below as far as there is room."""
        words, c = load_words(here), colours()
        if not words:
            return
        step = heat.step_of(here.load, here.capacity)
        if step == heat.OVER:
            words = _("{words} 超出").format(words=words)
        painter.setFont(self.sized(11))
        painter.setPen(QColor(c.red if step == heat.OVER else c.ink))
        # figures are never cut: where the unit has no room it is left out
        whole = painter.fontMetrics().horizontalAdvance(words) <= room.width()
        shown = words if whole else f"{minutes(here.load)}/{minutes(here.capacity)}"
        painter.drawText(QRect(room.left(), room.top(), room.width(), px(_LINE)), 0, shown)
        bar = QRect(room.left(), room.top() + px(_LINE) + 1, room.width(), 6)
        painter.fillRect(bar, QColor(c.hover))
        done = QRect(bar.left(), bar.top(), round(bar.width() * heat.share_of(here.load, here.capacity)), 6)
        painter.fillRect(done, QColor(c.accent))
        painter.setPen(QPen(QColor(c.second if step else c.line), 1))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
        top = bar.bottom() + 3
        painter.setPen(QColor(c.second))
        lines = (room.bottom() + 4 - top) // px(_LINE)
        for reason in _folded(top_reasons(here, self.word), lines):
            line = fitted(painter.fontMetrics(), reason, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), px(_LINE)), 0, line)
            top += px(_LINE)


def _folded(reasons: tuple[str, ...], lines: int) -> tuple[str, ...]:
    """The reasons in so many lines; the last line holds the rest."""
    if lines <= 0:
        return ()
    if len(reasons) <= lines:
        return reasons
    return (*reasons[: lines - 1], " · ".join(reasons[lines - 1 :]))
