"""日: the list of a day, and beside it what the day is: its events, what to do and what not to say."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.calendar.touch_list import ChannelWord, TouchList, beyond_words, day_columns
from ui.pages.calendar.words import (
    ReasonWord,
    day_title,
    event_words,
    events_of_day,
    load_words,
    off_mark,
    spans_of_day,
    top_reasons,
)
from ui.widgets.parts import Card, beside, column, flow, label
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules


class DayFacts(Card):
    """What a day is. `brief`: an event in one line, what to do and not to say on pointing at it, so that the names of the day
    stay in sight."""

    def __init__(self, word: ReasonWord, *, brief: bool = False) -> None:
        super().__init__(_("这一天"))
        self.word = word
        self.brief = brief

    def show_day(self, day: dt.date, here: AgendaDay | None) -> None:
        """Show a day; None: the plan of its year is not read."""
        self.clear()
        self.heading.setText(day_title(day))
        if here is None:
            return
        lines = [_("农历{lunar}").format(lunar=here.lunar), *filter(None, [here.off or off_mark(here)])]
        self.body.addWidget(label(" · ".join(lines), "second", wrap=True))
        load = load_words(here)
        count = sum(here.touches.values())
        words = _("{n} 次联系").format(n=f"{count:,}") + (f" · {load}" if load else "")
        if not here.workday and not count:
            words = _("不上班,没有安排联系。")
        self.body.addWidget(label(words, wrap=True))
        if count:
            self.body.addWidget(label(" · ".join(top_reasons(here, self.word)), "second", wrap=True))
        for event in events_of_day(here):
            self._tell(event)
        if spans := spans_of_day(here):
            self.body.addSpacing(8)
            self.body.addWidget(label(_("这段时间"), "second"))
            if self.brief:
                names = " · ".join(event.name for event in spans)
                self.body.addWidget(label(names, wrap=True, tip="\n".join(map(_lasting, spans))))
                spans = ()
            for event in spans:
                self.body.addWidget(label(_lasting(event), wrap=True, tip=_advice(event)))
        self.body.addStretch(1)

    def _tell(self, event: YearDay) -> None:
        """An event with what to do and what not to say."""
        if self.brief and not event.silent:
            words = _lasting(event) if event.last > event.date else event_words(event)
            self.body.addWidget(label(words, "todo", wrap=True, tip=_advice(event)))
            return
        self.body.addSpacing(6)
        self.body.addWidget(label(event_words(event), "todo", wrap=True))
        if event.last > event.date:
            self.body.addWidget(label(_("到 {last}").format(last=event.last), "second", wrap=True))
        if event.says:
            self.body.addWidget(label(event.says, wrap=True))
        if event.forbids:
            self.body.addWidget(label(_("注意:{words}").format(words=event.forbids), "red", wrap=True))


def _lasting(event: YearDay) -> str:
    return _("{name}(到 {last})").format(name=event.name, last=event.last)


def _advice(event: YearDay) -> str:
    """What to do, and what not to say."""
    forbids = _("注意:{words}").format(words=event.forbids) if event.forbids else ""
    return "\n".join(filter(None, (event.says, forbids)))


class DayTouches(TouchList):
    """The list of a day; `turned(-1 or 1)` on left and right."""

    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the day before and after."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.turned.emit(side)
            return
        super().keyPressEvent(event)


class DayPane(QWidget):
    """`opened(customer_no)`, `turned(days)`."""

    opened = Signal(str)
    turned = Signal(int)

    def __init__(self, rules: Rules, word: ReasonWord, channel: ChannelWord) -> None:
        super().__init__()
        self.day = dt.date.min
        self.nobody = label("", "second", wrap=True)
        self.list = DayTouches(day_columns(rules, channel), name="calendar.day")
        self.list.opened.connect(lambda _row: self._open())
        self.list.turned.connect(self.turned)
        self.list.setMinimumHeight(140)
        self.facts = DayFacts(word)
        left = QWidget()
        inside = column(self.nobody, self.list)
        inside.setStretch(1, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        left.setLayout(inside)
        right = flow(column(self.facts, None))
        right.setMinimumWidth(220)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(beside(left, right, (820, 300), (4, 1)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.list)

    def show_day(self, day: dt.date, here: AgendaDay | None) -> None:
        """Show what a day is; its touches follow."""
        self.day = day
        self.facts.show_day(day, here)
        self.list.setAccessibleName(day_title(day))

    def show_touches(self, touches: Sequence[PlannedTouch], words: str) -> None:
        """Show its touches; `words` where there are none."""
        self.list.show_touches(touches)
        shown = words if not touches else beyond_words(len(touches))
        self.nobody.setText(shown)
        self.nobody.setVisible(bool(shown))

    def _open(self) -> None:
        if (touch := self.list.touch()) is not None:
            self.opened.emit(touch.customer_no)
