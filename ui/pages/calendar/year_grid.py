"""年: a row a month, a cell a day: the heat of its load, its festival, maturities as marks, product rhythm as bands below."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF

from ui.pages.calendar.day_grid import DayGrid, fitted
from ui.pages.calendar.words import ReasonWord, off_mark
from ui.theme import colours, px
from ui.words import weekday_word
from workbench.base.dates import today
from workbench.base.day_words import month_name
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.year_day import YearDay

#: pixels: the names of months, the weekdays above, the least height of a month, a named band and a thin one
_NAMES, _HEAD, _LOW, _BAND, _THIN = 44, 18, 34, 10, 3
#: the height of a cell that has room for a name below the number, and for one below a number in small
_NAMED, _TIGHT = 24, 19
#: columns: six weeks less five days
_COLUMNS = 37


@dataclass(frozen=True, slots=True)
class RhythmBand:
    """The part of an event within a month, from a day of the month to another, in a lane below the cells."""

    event: YearDay
    first: int
    last: int
    lane: int


class YearGrid(DayGrid):
    """Twelve rows. Arrows up and down go to the next month."""

    upright = 0

    def __init__(self, word: ReasonWord) -> None:
        super().__init__(word)
        self._bands: dict[int, tuple[RhythmBand, ...]] = {}
        self._waves: dict[dt.date, int] = {}
        self.setAccessibleName(_("全年"))

    def sizeHint(self) -> QSize:
        """As low as can be read: what scrolls a page goes by this height, and gives more where there is room."""
        return QSize(1150, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Below it numbers would overlap."""
        return QSize(px(_NAMES) + _COLUMNS * px(16), px(_HEAD) + 12 * px(_LOW))

    def show_days(self, days: Mapping[dt.date, AgendaDay], day: dt.date) -> None:
        """Show a year."""
        self._bands = bands(days)
        self._waves = waves(days)
        super().show_days(days, day)

    # -- geometry ------------------------------------------------------------------------------------------

    def _row(self) -> int:
        return max(px(_LOW), (self.height() - px(_HEAD)) // 12)

    def _across(self) -> float:
        return (self.width() - px(_NAMES)) / _COLUMNS

    def rect_of(self, day: dt.date) -> QRect:
        """The cell of a day."""
        if day not in self.days:
            return QRect()
        at = dt.date(day.year, day.month, 1).weekday() + day.day - 1
        left, right = round(px(_NAMES) + at * self._across()), round(px(_NAMES) + (at + 1) * self._across())
        top = px(_HEAD) + (day.month - 1) * self._row()
        return QRect(left, top, right - left, self._cell())

    def _cell(self) -> int:
        return self._row() - px(_BAND) - px(_THIN) - 1

    def day_at(self, point: QPoint) -> dt.date | None:
        """The day at a place; bands belong to the days above them."""
        month = (point.y() - px(_HEAD)) // self._row() + 1
        if point.y() < px(_HEAD) or point.x() < px(_NAMES) or not 1 <= month <= 12 or not self.days:
            return None
        first = dt.date(next(iter(self.days)).year, month, 1)
        number = int((point.x() - px(_NAMES)) / self._across()) - first.weekday()
        day = first + dt.timedelta(days=number)
        return day if number >= 0 and day.month == month and day in self.days else None

    # -- painting ------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The heads, the months, the frame of the day under the keyboard."""
        painter = QPainter(self)
        self._paint_heads(painter)
        most = max(self._waves.values(), default=0)
        for day, here in self.days.items():
            self._paint_day(painter, day, here)
            if count := self._waves.get(day):
                self._paint_wave(painter, self.rect_of(day), count / most)
        for month, row in self._bands.items():
            for band in row:
                self._paint_band(painter, month, band)
        self.paint_focus(painter)
        painter.end()

    def _paint_heads(self, painter: QPainter) -> None:
        c = colours()
        names = tuple(weekday_letter(at) for at in range(7))
        painter.setFont(self.sized(11))
        painter.setPen(QColor(c.second))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        for at in range(_COLUMNS):
            left = px(_NAMES) + at * self._across()
            painter.drawText(QRect(round(left), 0, round(self._across()), px(_HEAD)), centre, names[at % 7])
        painter.setFont(self.sized(12, bold=True))
        painter.setPen(QColor(c.ink))
        for month in range(1, 13):
            rect = QRect(0, px(_HEAD) + (month - 1) * self._row(), px(_NAMES) - 4, self._cell())
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), month_name(month))

    def _paint_day(self, painter: QPainter, day: dt.date, here: AgendaDay) -> None:
        c, cell = colours(), self.rect_of(day)
        rect = cell.adjusted(0, 0, -1, -1)
        ink = self.paint_ground(painter, rect, here)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawRect(rect)
        self.paint_bar(painter, QRect(rect.left() + 1, rect.bottom() - 2, rect.width() - 1, 2), here, ink)
        named = festival(here)
        below = named is not None and px(_TIGHT) <= rect.height()
        size = 8 if below and rect.height() < px(_NAMED) else 10
        painter.setFont(self.sized(size, bold=day == today()))
        painter.setPen(ink if here.workday and day >= today() else QColor(c.second))
        painter.drawText(rect.adjusted(3, -3, 0, 0), int(Qt.AlignmentFlag.AlignTop), str(day.day))
        mark = off_mark(here) or (_("静") if any(one.silent for one in here.events) else "")
        used = painter.fontMetrics().horizontalAdvance(str(day.day)) + 4
        painter.setFont(self.sized(size))
        if mark and used + painter.fontMetrics().horizontalAdvance(mark) + 2 <= rect.width():
            painter.drawText(rect.adjusted(0, -3, -2, 0), int(Qt.AlignmentFlag.AlignRight), mark)
        if named is not None and not below:
            self._paint_named(painter, rect, ink)
        elif named is not None:
            painter.setFont(self.sized(10))
            painter.setPen(ink)
            foot = QRect(rect.left() + 1, rect.bottom() - px(13), rect.width() - 1, px(14))
            words = short_name(named, painter.fontMetrics(), foot.width())
            painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), words)

    @staticmethod
    def _paint_named(painter: QPainter, rect: QRect, ink: QColor) -> None:
        """The ◆ of a day whose name has no room, below its number."""
        x, y = rect.center().x() + 0.5, rect.bottom() - 6.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(
            QPolygonF([QPointF(x - 3, y), QPointF(x, y - 3), QPointF(x + 3, y), QPointF(x, y + 3)])
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_wave(self, painter: QPainter, rect: QRect, share: float) -> None:
        """A triangle, the larger the more is coming due."""
        side = 4 + round(share * 4)
        right, bottom = rect.right() - 1, rect.bottom() - 3
        painter.setPen(QPen(QColor(colours().card), 1))
        painter.setBrush(QColor(colours().orange))
        corners = ((right - side, bottom), (right, bottom), (right - side / 2, bottom - side))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_band(self, painter: QPainter, month: int, band: RhythmBand) -> None:
        c = colours()
        year = next(iter(self.days)).year
        start = self.rect_of(dt.date(year, month, band.first))
        end = self.rect_of(dt.date(year, month, band.last))
        top = start.bottom() + 1 + (px(_BAND) if band.lane else 0)
        height = (px(_THIN) if band.lane else px(_BAND)) - 1
        rect = QRect(start.left(), top, end.right() - start.left(), height)
        painter.fillRect(rect, QColor(c.total_row if not band.lane else c.pale))
        painter.fillRect(QRect(rect.left(), top, 2, height), QColor(c.second))
        if not band.lane:
            painter.setFont(self.sized(10))
            painter.setPen(QColor(c.ink))
            words = fitted(painter.fontMetrics(), band.event.name, rect.width() - 8)
            painter.drawText(rect.adjusted(5, -1, 0, 1), int(Qt.AlignmentFlag.AlignVCenter), words)


def weekday_letter(at: int) -> str:
    """The weekday, 0 Monday, as short as a column is narrow: '一', 'Mo'."""
    word = weekday_word(dt.date(2024, 1, 1) + dt.timedelta(days=at))
    return word[:2] if word.isascii() else word[-1]


def festival(day: AgendaDay) -> YearDay | None:
    """The event that a cell names: a festival before a term before a date of a segment that stands for itself."""
    for stream in ("festival", "term"):
        for event in day.events:
            if event.stream == stream and event.date == event.last:
                return event
    return next((one for one in day.events if one.stream == "festival" and one.date == day.date), None)


def short_name(event: YearDay, metrics: QFontMetrics, width: int) -> str:
    """A festival's name as far as it fits into a cell, then its short name, then two characters; '◆' where nothing does."""
    plain = event.name.split("(")[0].strip()
    short = event.short or plain
    tries = (plain, plain.removesuffix("节"), short, *((short[:2],) if not short.isascii() else ()))
    return next((one for one in tries if one and metrics.horizontalAdvance(one) <= width), "◆")


def bands(days: Mapping[dt.date, AgendaDay]) -> dict[int, tuple[RhythmBand, ...]]:
    """Month -> the bands of product events below its days: the longest event in the first lane, the others in the second."""
    events = {
        one.code: one for day in days.values() for one in day.events if one.stream == "product" and one.last > one.date
    }  # fmt: skip
    made: dict[int, tuple[RhythmBand, ...]] = {}
    year = next(iter(days)).year if days else 0
    ranked = sorted(events.values(), key=lambda one: (-_length(one), one.date, one.code))
    for month in range(1, 13):
        first, last = dt.date(year or 1, month, 1), calendar.monthrange(year or 1, month)[1]
        taken: tuple[set[int], set[int]] = (set(), set())
        row = []
        for event in ranked:
            begin, end = dt.date.fromisoformat(event.date), dt.date.fromisoformat(event.last)
            low = max(1, (begin - first).days + 1)
            high = min(last, (end - first).days + 1)
            span = set(range(low, high + 1))
            lane = next((lane for lane in (0, 1) if span and not span & taken[lane]), None)
            if lane is not None:
                taken[lane].update(span)
                row.append(RhythmBand(event, low, high, lane))
        made[month] = tuple(row)
    return made


def _length(event: YearDay) -> int:
    return (dt.date.fromisoformat(event.last) - dt.date.fromisoformat(event.date)).days


def waves(days: Mapping[dt.date, AgendaDay]) -> dict[dt.date, int]:
    """The touches for maturities by day."""
    counts = {
        day: sum(count for code, count in here.touches.items() if code.startswith("maturity"))
        for day, here in days.items()
    }
    return {day: count for day, count in counts.items() if count}
