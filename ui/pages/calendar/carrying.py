"""A touch on its way to another day, by mouse or by keyboard: what a day would break is said before it is put down."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.page import Page
from ui.pages.calendar.dropping import DropDays
from ui.pages.calendar.words import breaks_words, day_title, touch_words
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.yearplan.plan import PlannedTouch

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.yearplan.room import YearPlans


def what_breaks(plans: "YearPlans", touch: PlannedTouch, day: dt.date) -> tuple[str, ...]:
    """What a touch would break on a day, in sentences; for a day that it can not have, why not."""
    try:
        return plans.breaks(touch.id, day.isoformat())
    except WorkbenchError as error:
        return (error.sentence(),)


class TouchOnTheWay(QObject):
    """`words_changed(words)`: what is to be shown of it, '' when nothing is carried; `put_down(touch)` when it was moved."""

    words_changed = Signal(str)
    put_down = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.touch: PlannedTouch | None = None
        self.day: dt.date | None = None
        #: whether it was taken by keyboard, and stays until it is put down
        self._held = False
        #: the touches on the screen by id
        self.known: Callable[[int], PlannedTouch | None] = lambda _id: None

    @property
    def _workbench(self) -> "Workbench":
        return self._page.workbench

    def listen(self, drops: DropDays) -> None:
        """Follow what is dragged over the days of a widget."""
        drops.hovered.connect(self._hovered)
        drops.dropped.connect(self._dropped)
        drops.left.connect(self._left)

    # -- by keyboard ---------------------------------------------------------------------------------------

    def take(self, touch: PlannedTouch) -> None:
        """Take a touch up."""
        self.touch, self.day, self._held = touch, None, True
        words = _("移动「{touch}」:用方向键选到那一天,看会违反哪些规则,Ctrl+V 放下,Esc 放弃。")
        self.words_changed.emit(words.format(touch=touch_words(touch)))

    def over(self, day: dt.date) -> None:
        """Say what the touch would break on a day."""
        touch = self.touch
        if touch is None or day == self.day:
            return
        self.day = day
        self.words_changed.emit(_("正在核对改到 {day} 会违反哪些规则…").format(day=day_title(day)))

        def show(broken: tuple[str, ...]) -> None:
            """Say it, unless the touch went on."""
            if (touch, day) == (self.touch, self.day):
                self.words_changed.emit(breaks_words(touch, day, broken))

        plans = self._workbench.outreach.year_plans
        self._page.read(lambda: what_breaks(plans, touch, day), show, key="breaks")

    def put(self, day: dt.date) -> None:
        """Put the touch down on a day: the manager's choice, undone by Ctrl+Z."""
        touch = self.touch
        if touch is None:
            return
        self.give_up()
        plans = self._workbench.outreach.year_plans
        words = _("「{touch}」改到 {day},以后重排也不动它。")
        self._page.tasks.write(
            lambda: plans.move(touch.id, day.isoformat()),
            lambda _change: self.put_down.emit(touch),
            words=words.format(touch=touch_words(touch), day=day_title(day)),
            owner=self._page,
        )

    def give_up(self) -> None:
        """Leave the touch where it is."""
        self.touch, self.day, self._held = None, None, False
        self.words_changed.emit("")

    # -- by mouse ------------------------------------------------------------------------------------------

    def _hovered(self, touch_id: int, day: dt.date) -> None:
        if self.touch is None or self.touch.id != touch_id:
            self.touch, self.day = self.known(touch_id), None
        self.over(day)

    def _dropped(self, touch_id: int, day: dt.date) -> None:
        if self.touch is None or self.touch.id != touch_id:
            self.touch = self.known(touch_id)
        self.put(day)

    def _left(self) -> None:
        if self._held:
            self.day = None
        else:
            self.give_up()
