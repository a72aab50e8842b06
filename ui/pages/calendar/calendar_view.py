"""The four views behind one bar, the filters, and the touch that is carried from day to day."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.page import Page
from ui.pages.calendar.carrying import TouchOnTheWay
from ui.pages.calendar.day_view import DayFacts, DayPane
from ui.pages.calendar.days import span_of, turned, within
from ui.pages.calendar.filters import GROUP, AgendaFilters, group_word
from ui.pages.calendar.legend import HeatLegend
from ui.pages.calendar.month_grid import MonthGrid
from ui.pages.calendar.notes_line import NotesLine
from ui.pages.calendar.touch_list import Key, TouchList, beyond_words, key_of, side_columns
from ui.pages.calendar.view_bar import ViewBar
from ui.pages.calendar.week_view import WeekView
from ui.pages.calendar.words import day_line, reason_words
from ui.pages.calendar.year_grid import YearGrid
from ui.widgets.parts import beside, button, column, flow, label, row
from ui.widgets.wrapped import Strip
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.agenda.agenda import AgendaDay, AgendaFilter, AgendaYear
from workbench.outreach.yearplan.plan import PlannedTouch

_DAY = dt.timedelta(days=1)


class CalendarView(QWidget):
    """`opened(customer_no)`, `year_requested()` when the day stands in another year or other touches are wanted,
    `touch_chosen()` when another touch, or none, is under the keyboard, `copy_requested()` for the words of that touch."""

    opened = Signal(str)
    year_requested = Signal()
    touch_chosen = Signal()
    copy_requested = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        rules = page.workbench.rules
        self.word = reason_words(rules)
        names = {**dict(page.workbench.outreach.channels()), GROUP: group_word()}

        def channel(code: str) -> str:
            """The name of a channel; a code that the rules do not know stands for itself."""
            return names.get(code) or code

        self.agenda: AgendaYear | None = None
        self.days: dict[dt.date, AgendaDay] = {}
        self.day = within(today())
        self.view = "year"
        #: the touches of the view's days as they were read
        self.touches: tuple[PlannedTouch, ...] = ()
        self._follow: Key | None = None
        self.carrying = TouchOnTheWay(page)
        self.carrying.known = self._known
        self.bar, self.filters = ViewBar(self), AgendaFilters(page.workbench, self.word)
        self.notes = NotesLine()
        #: lies over the tools: days must not move away beneath what is dragged
        self.carried = label("", "banner", wrap=True)
        self.carried.setParent(self)
        self.carried.hide()
        self.year, self.month = YearGrid(self.word), MonthGrid(self.word)
        self.week = WeekView(rules, channel, self.carrying)
        self.one_day = DayPane(rules, self.word, channel)
        self.legend, self.line = HeatLegend(), label("", "second", wrap=True)
        self.names_button = button(_("看名单"), lambda: self.open_day(self.day), "link", tip="Enter")
        self.side_list = TouchList(side_columns(rules, channel), name="calendar.side")
        self.side_facts = DayFacts(self.word, brief=True)
        self.side_list.horizontalHeader().hide()
        self.views = QStackedWidget()
        places = (self._year_place(), self._month_place(), self.week, self.one_day)
        self._places: dict[str, QWidget] = dict(zip(("year", "month", "week", "day"), places, strict=True))
        for one in places:
            self.views.addWidget(one)
        tip = _("Ctrl+Shift+C;只记为已拟稿,不算联系过")
        self.copy_button = button(_("复制话术"), self.copy_requested.emit, tip=tip)
        self.copy_button.setShortcut("Ctrl+Shift+C")
        self._tools = Strip(*self.bar.parts, *self.filters.fields, self.copy_button, gap=8, lines=4)
        whole = column(self._tools, self.notes, self.views, spacing=6)
        whole.setStretch(2, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self._connect()
        self._mark()

    def _year_place(self) -> QWidget:
        place = QWidget()
        line = row(self.line, self.names_button)
        line.setStretch(0, 1)
        inside = column(self.year, line, self.legend, spacing=4)
        inside.setStretch(0, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        place.setLayout(inside)
        return place

    def _month_place(self) -> QWidget:
        side = QWidget()
        self.side_list.setMinimumHeight(160)
        self.side_nobody = label("", "second", wrap=True)
        inside = column(self.side_facts, self.side_nobody, self.side_list)
        inside.setStretch(2, 1)
        inside.setContentsMargins(0, 0, 0, 0)
        side.setLayout(inside)
        right = flow(column(side))
        right.setMinimumWidth(230)
        return beside(self.month, right, (840, 310), (3, 1))

    def _connect(self) -> None:
        self.bar.view_requested.connect(self.show_view)
        self.bar.turn_requested.connect(lambda steps: self.go_to(turned(self.view, self.day, steps)))
        self.bar.today_requested.connect(lambda: self.go_to(today()))
        self.filters.changed.connect(self.year_requested)
        for grid in (self.year, self.month):
            grid.day_chosen.connect(self.go_to)
            grid.opened.connect(self.open_day)
            self.carrying.listen(grid.drops)
        self.week.opened.connect(self.opened)
        self.week.day_opened.connect(self.open_day)
        self.week.day_chosen.connect(self.go_to)
        self.one_day.opened.connect(self.opened)
        self.one_day.list.turned.connect(lambda side: self.go_to(self.day + side * _DAY))
        self.side_list.opened.connect(lambda _row: self._open_side())
        self.carrying.words_changed.connect(self._show_carried)
        self.carrying.put_down.connect(self._keep_on)
        for one in self.lists():
            one.chosen.connect(lambda _row: self.touch_chosen.emit())
            one.drag_begun.connect(self._drag_begun)
            one.drag_ended.connect(self._drag_ended)
        for keys, act in (("Ctrl+X", self._take), ("Ctrl+V", self._put)):
            pressed = QShortcut(QKeySequence(keys), self)
            pressed.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            pressed.activated.connect(act)

    def lists(self) -> tuple[TouchList, ...]:
        """Every list of touches."""
        return (self.side_list, self.one_day.list, *(one.cards for one in self.week.columns))

    # -- showing -------------------------------------------------------------------------------------------

    def wanted(self) -> AgendaFilter:
        """Which touches are counted."""
        return self.filters.wanted()

    def fill(self, agenda: AgendaYear) -> None:
        """Show a year; the day under the keyboard stays."""
        self.agenda = agenda
        self.days = {dt.date.fromisoformat(one.date): one for one in agenda.days}
        self.filters.show_reasons(code for one in agenda.days for code in one.touches)
        self.notes.show_notes(agenda.notes)
        self._show()

    def _show(self) -> None:
        """Show the day in the view in front, and read its touches."""
        self._mark()
        if self.day not in self.days:
            return
        here = self.days[self.day]
        if self.view == "year":
            self.year.show_days(self.days, self.day)
            self.line.setText(day_line(here, self.word))
            self.touch_chosen.emit()
            return
        if self.view == "month":
            self.month.show_days(self.days, self.day)
            self.side_facts.show_day(self.day, here)
        elif self.view == "week":
            self.week.show_week(span_of("week", self.day)[0], self.days)
        else:
            self.one_day.show_day(self.day, here)
        self._read_touches()

    def _read_touches(self) -> None:
        view, wanted, agenda = self.view, self.wanted(), self._page.workbench.outreach.agenda
        first, last = span_of(view, self.day)

        def show(touches: tuple[PlannedTouch, ...]) -> None:
            """Fill the lists, unless the person went on."""
            if (view, first) == (self.view, span_of(self.view, self.day)[0]):
                self._show_touches(touches)

        self._page.read(
            lambda: agenda.touches(first.isoformat(), last.isoformat(), wanted), show, key="touches"
        )

    def _show_touches(self, touches: Sequence[PlannedTouch]) -> None:
        self.touches = tuple(touches)
        if self.view == "month":
            self.side_list.show_touches(self.touches)
            words = self._nobody() if not touches else beyond_words(len(touches))
            self.side_nobody.setText(words)
            self.side_nobody.setVisible(bool(words))
            self.side_list.setVisible(bool(touches))
        elif self.view == "week":
            keyboard = self.week.at() is not None or self._page.window().focusWidget() in (None, self._page)
            self.week.show_touches(self.touches)
            if keyboard:
                self.week.begin(self.day)
        else:
            self.one_day.show_touches(self.touches, self._nobody())
        if self._follow is not None:
            followed, self._follow = self._follow, None
            for one in self.lists():
                if one.isVisible():
                    one.select(followed)
        self.touch_chosen.emit()

    def _nobody(self) -> str:
        here = self.days.get(self.day)
        if self.wanted() != AgendaFilter():
            return _("这一天没有符合筛选的联系。")
        if here is not None and not here.workday:
            return _("这一天不上班,没有安排联系。")
        return _("这一天没有安排联系。")

    def _mark(self) -> None:
        self.bar.show_view(self.view, self.day)
        self.views.setCurrentWidget(self._places[self.view])

    # -- moving about --------------------------------------------------------------------------------------

    def show_view(self, view: str) -> None:
        """Change the view; the day stays."""
        self.view = view
        self._show()
        self.begin()

    def go_to(self, day: dt.date) -> None:
        """Put the keyboard on a day, which may stand in another year."""
        day = within(day)
        if self.carrying.touch is not None:
            self.carrying.over(day)
        if day == self.day and self.day in self.days:
            return
        self.day = day
        if day in self.days:
            self._show()
        else:
            self._mark()
            self.year_requested.emit()

    def open_day(self, day: dt.date) -> None:
        """From a year or month to the names of a day; a touch that is carried is put down there."""
        if self.carrying.touch is not None:
            self.carrying.put(day)
            return
        self.day = within(day)
        self.show_view("day")

    def begin(self) -> None:
        """Put the keyboard where the view begins."""
        if self.view == "year":
            self.year.setFocus()
        elif self.view == "month":
            self.month.setFocus()
        elif self.view == "week":
            self.week.begin(self.day)
        else:
            self.one_day.list.begin()

    # -- the touch under the keyboard ----------------------------------------------------------------------

    def touch(self) -> PlannedTouch | None:
        """The touch that an act is about."""
        if self.view == "month":
            return self.side_list.touch() if self.side_list.isVisible() else None
        if self.view == "week":
            return self.week.touch()
        return self.one_day.list.touch() if self.view == "day" else None

    def _known(self, touch_id: int) -> PlannedTouch | None:
        return next((one for one in self.touches if one.id == touch_id), self.carrying.touch)

    def _open_side(self) -> None:
        if (touch := self.side_list.touch()) is not None:
            self.opened.emit(touch.customer_no)

    def _keep_on(self, touch: PlannedTouch) -> None:
        self._follow = key_of(touch)

    # -- carrying ------------------------------------------------------------------------------------------

    def _take(self) -> None:
        if (touch := self.touch()) is None:
            return
        self.carrying.take(touch)
        if self.view == "day":
            self.view = "month"
            self._show()
        if self.view == "month":
            self.month.setFocus()

    def _put(self) -> None:
        self.carrying.put(self.day)

    def give_up(self) -> bool:
        """Leave what is carried where it was; whether anything was."""
        carried = self.carrying.touch is not None
        self.carrying.give_up()
        return carried

    def _drag_begun(self, touch: PlannedTouch) -> None:
        self.carrying.take(touch)

    def _drag_ended(self) -> None:
        self.carrying.give_up()

    def _show_carried(self, words: str) -> None:
        self.carried.setText(words)
        self.carried.setVisible(bool(words))
        self._lay_over()

    def _lay_over(self) -> None:
        """Put what is said of the touch on its way over the tools."""
        tools = self._tools.geometry()
        needs = self.carried.heightForWidth(tools.width())
        self.carried.setGeometry(tools.left(), tools.top(), tools.width(), max(tools.height(), needs))
        self.carried.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the width of the tools."""
        super().resizeEvent(event)
        if not self.carried.isHidden():
            self._lay_over()
