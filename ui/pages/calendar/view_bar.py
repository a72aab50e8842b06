"""Which view of the calendar is shown, and of which days; digits choose the view."""

import datetime as dt
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.pages.calendar.days import VIEWS
from ui.pages.calendar.words import day_title
from ui.widgets.parts import button, label
from ui.widgets.wrapped import together
from workbench.base.dates import week_of
from workbench.base.i18n import _


class ViewBar(QObject):
    """The parts of the bar. `view_requested(view)`, `turn_requested(-1 or 1)`, `today_requested()`."""

    view_requested = Signal(str)
    turn_requested = Signal(int)
    today_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.views: dict[str, QPushButton] = {}
        words = {"year": _("全年"), "month": _("当月"), "week": _("当周"), "day": _("当天")}
        for at, view in enumerate(VIEWS, start=1):
            made = QPushButton(f"{at} {words[view]}")
            made.setCheckable(True)
            made.setShortcut(str(at))
            made.setToolTip(_("按 {key} 也行").format(key=at))
            self.views[view] = made
        self.before = button("‹", partial(self._turn, -1))
        self.after = button("›", partial(self._turn, 1))
        for one, name in ((self.before, _("往前翻")), (self.after, _("往后翻"))):
            one.setAccessibleName(name)
            one.setToolTip(name)
        self.now = button(_("今天").capitalize(), lambda: self.today_requested.emit())
        self.span = label("", "heading")
        self.parts: tuple[QWidget, ...] = (
            together(*self.views.values()),
            together(self.before, self.span, self.after, self.now),
        )
        self._group = QButtonGroup(self)
        for view, made in self.views.items():
            self._group.addButton(made)
            made.clicked.connect(lambda _checked=False, view=view: self.view_requested.emit(view))

    def show_view(self, view: str, day: dt.date) -> None:
        """Mark the view and name its days."""
        self.views[view].setChecked(True)
        self.span.setText(span_title(view, day))

    def _turn(self, steps: int) -> None:
        self.turn_requested.emit(steps)


def span_title(view: str, day: dt.date) -> str:
    """The days of a view in words."""
    if view == "year":
        return _("{year} 年").format(year=day.year)
    if view == "month":
        return _("{year} 年 {month} 月").format(year=day.year, month=day.month)
    if view == "week":
        week = week_of(day)
        return _("{year} 年第 {number} 周").format(year=week[:4], number=int(week[-2:]))
    return f"{day.year} · {day_title(day)}"
