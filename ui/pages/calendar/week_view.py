"""周: a column a day with its touches, the days that are not worked narrower."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.pages.calendar import heat
from ui.pages.calendar.carrying import TouchOnTheWay
from ui.pages.calendar.dropping import DropDays
from ui.pages.calendar.touch_list import ChannelWord, Key, TouchList, card_columns
from ui.pages.calendar.words import event_words, events_of_day, load_words, off_mark
from ui.theme import colours, px
from ui.widgets.parts import button, label, restyle
from ui.words import weekday_word
from ui.zoom import measured
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules

#: how many touches a column shows; the day's own list has all
MOST = 60
_DAY = dt.timedelta(days=1)


class DayCards(TouchList):
    """The touches of a day as cards; `sideways(-1 or 1)` when the keyboard leaves it to the left or right."""

    sideways = Signal(int)

    def __init__(self, rules: Rules, channel: ChannelWord) -> None:
        super().__init__(card_columns(rules, channel))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbouring day."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.sideways.emit(side)
            return
        super().keyPressEvent(event)


class LoadBar(QWidget):
    """How much of the capacity is planned."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(8)

    def show_share(self, share: float) -> None:
        """Show a share 0..1."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame, filled from the left."""
        painter, c = QPainter(self), colours()
        rect = self.rect().adjusted(0, 0, -1, -1)
        painter.fillRect(rect, QColor(c.card))
        painter.fillRect(QRect(0, 0, round(rect.width() * self._share), rect.height()), QColor(c.accent))
        painter.setPen(QColor(c.second))
        painter.drawRect(rect)
        painter.end()


class DayColumn(QWidget):
    """A day of the week. `opened(customer_no)`, `day_opened(day)`."""

    opened = Signal(str)
    day_opened = Signal(object)

    def __init__(self, rules: Rules, channel: ChannelWord) -> None:
        super().__init__()
        self.day = dt.date.min
        self.head = button("", lambda: self.day_opened.emit(self.day), "link", tip=_("看这一天的名单"))
        self.notes = label("", "second", wrap=True)
        self.notes.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.load = label("", wrap=True)
        self.bar = LoadBar()
        self.cards = DayCards(rules, channel)
        self.cards.opened.connect(lambda _row: self._open())
        self.more = button("", lambda: self.day_opened.emit(self.day), "link")
        self.more.hide()
        self.drops = DropDays(self.cards.viewport(), lambda _point: self.day)
        self.top = QWidget()
        above = QVBoxLayout(self.top)
        above.setContentsMargins(2, 0, 2, 0)
        above.setSpacing(3)
        for part in (self.head, self.notes, self.load, self.bar):
            above.addWidget(part)
        above.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.top)
        layout.addWidget(self.cards, 1)
        layout.addWidget(self.more)
        self.cards.setMinimumHeight(140)

    def show_day(self, day: dt.date, here: AgendaDay | None) -> None:
        """Show the head of a day."""
        self.day = day
        mark = off_mark(here) if here is not None else ""
        self.head.setText(" ".join(filter(None, (weekday_word(day), f"{day.month}/{day.day}", mark))))
        self.cards.setAccessibleName(self.head.text())
        events = events_of_day(here) if here is not None else ()
        lunar = [here.lunar] if here is not None else []
        self.notes.setText(" · ".join([*lunar, *map(event_words, events)]))
        step = heat.step_of(here.load, here.capacity) if here is not None else 0
        words = load_words(here) if here is not None else ""
        self.load.setText(_("{words} 超出").format(words=words) if step == heat.OVER else words)
        restyle(self.load, "role", "red" if step == heat.OVER else "")
        self.bar.setVisible(bool(words))
        self.bar.show_share(heat.share_of(here.load, here.capacity) if here is not None else 0.0)

    def show_touches(self, touches: Sequence[PlannedTouch]) -> None:
        """Show its touches, the first of them."""
        self.cards.show_touches(touches[:MOST])
        self.more.setVisible(len(touches) > MOST)
        self.more.setText(_("还有 {n} 次,看这一天").format(n=f"{len(touches) - MOST:,}"))

    def height_of_top(self) -> int:
        """Pixels that the head needs at the present width."""
        layout = self.top.layout()
        return 0 if layout is None else layout.heightForWidth(self.width())

    def _open(self) -> None:
        if (touch := self.cards.touch()) is not None:
            self.opened.emit(touch.customer_no)


class WeekView(QWidget):
    """Seven columns. `opened(customer_no)`, `day_opened(day)`, `day_chosen(day)` when the keyboard goes to another day."""

    opened = Signal(str)
    day_opened = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, rules: Rules, channel: ChannelWord, carrying: TouchOnTheWay) -> None:
        super().__init__()
        self.columns = tuple(DayColumn(rules, channel) for _at in range(7))
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(6)
        for at, one in enumerate(self.columns):
            one.opened.connect(self.opened)
            one.day_opened.connect(self.day_opened)
            one.cards.sideways.connect(partial(self._sideways, at))
            carrying.listen(one.drops)
            self._across.addWidget(one, 1)

    def show_week(self, monday: dt.date, days: Mapping[dt.date, AgendaDay]) -> None:
        """Show the heads of a week; its touches follow."""
        for at, one in enumerate(self.columns):
            day = monday + at * _DAY
            here = days.get(day)
            one.show_day(day, here)
            idle = here is None or not (here.workday or here.load)
            self._across.setStretch(at, 2 if idle else 3)
        self._level()

    def show_touches(self, touches: Sequence[PlannedTouch]) -> None:
        """Show the touches of the week in their columns."""
        for one in self.columns:
            one.show_touches([touch for touch in touches if touch.day == one.day.isoformat()])
        self._level()

    def _level(self) -> None:
        highest = max(one.height_of_top() for one in self.columns)
        for one in self.columns:
            one.top.setFixedHeight(max(px(60), highest))
            measured(one.top)

    def resizeEvent(self, event: object) -> None:
        """Measure the heads again."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._level()

    def at(self) -> DayColumn | None:
        """The column that has the keyboard."""
        focused = self.window().focusWidget()
        return next((one for one in self.columns if one.cards is focused), None)

    def touch(self) -> PlannedTouch | None:
        """The touch under the keyboard, else that of the day that was chosen last."""
        column = self.at()
        return column.cards.touch() if column is not None else None

    def begin(self, day: dt.date) -> None:
        """Put the keyboard on a day."""
        self.columns[day.weekday()].cards.begin()

    def select(self, key: Key) -> None:
        """Put the keyboard on a touch, where the week has it."""
        for one in self.columns:
            if one.cards.select(key):
                one.cards.setFocus()

    def _sideways(self, at: int, side: int) -> None:
        self.day_chosen.emit(self.columns[at].day + side * _DAY)
