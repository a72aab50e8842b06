"""本周: whom to contact today, the week's 531 and how far it is, what the last import changed, and the dates of the week."""

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.earlier_checks import EarlierChecks
from ui.page import Page
from ui.pages.week.first import FirstCard
from ui.pages.week.goals import GoalsCard
from ui.pages.week.last_lights import LastLights
from ui.pages.week.overview import WeekDates, WeekSeen
from ui.pages.week.plan_card import PlanCard
from ui.pages.week.side import ChangesCard, DatesCard, LastCard, ProgressCard
from ui.plan_actions import PlanActions
from ui.tasks import Reader, Tasks
from ui.theme import px
from ui.widgets.parts import flow
from ui.widgets.wide import WIDE
from ui.words import week_title
from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.outreach.week.room import LOGGED

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.outreach.outcomes.lights import OutcomeRow

#: pixels: the width of the page below which the cards beside the list lie below it, and the most that they take beside it
_NARROW, _SIDE = 840, 340
_UNBOUND = 16_777_215


class WeekPage(Page):
    """The week at a glance. Customers come from the week's list alone; the page neither picks nor sorts any."""

    name = "week"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self._dates: tuple[Hashable, WeekDates] | None = None
        #: whether the line about last month's lights still holds
        self._ended = False
        #: whether nobody is listed, so that the room of the list is free
        self._nobody = False
        self._earlier = EarlierChecks(self, self._read_last_lights)
        self.say(_("本周"), "")
        self.waits_for = _("正在检查客户、排本周的先后…")
        self.plan_actions = PlanActions(self)
        self.first = FirstCard(workbench.rules, self.go.emit)
        self.first.opened.connect(lambda number: self.go.emit("portrait", number))
        self.first.room_made.connect(self._read_words)
        self.plan_card = PlanCard(self.go.emit)
        self.last_lights = LastLights(lambda: self.go.emit("outcomes", None))
        self.progress = ProgressCard()
        self.goals = GoalsCard(self)
        self.changes = ChangesCard(self.go.emit)
        self.dates = DatesCard()
        self.last = LastCard()
        self.content = self.stage(
            self._laid_out(),
            _("账本里还没有客户。把总行下发的名单导入进来,这里就会列出本周先联系谁、为什么。"),
        )

    def _laid_out(self) -> QWidget:
        left, self._right, self._under = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for side in (left, self._right):
            side.setSpacing(12)
        left.addWidget(self.first)
        left.addWidget(self.last_lights)
        self._under.setSpacing(12)
        left.addLayout(self._under)
        left.addStretch(1)
        for part in (self.progress, self.goals, self.plan_card, *self._moving, self.last):
            self._right.addWidget(part)
        self._right.addStretch(1)
        self._beside = QWidget()
        self._beside.setLayout(self._right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._beside.setMinimumWidth(240)
        self._beside.setMaximumWidth(_SIDE)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        self._sides.addLayout(left, 5)
        self._sides.addWidget(self._beside, 2)
        return flow(self._sides)

    @property
    def _moving(self) -> tuple[QWidget, ...]:
        """The cards that stand below the list where the window is wide or nobody is listed, else beside it."""
        return self.changes, self.dates

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the page out for its width."""
        super().resizeEvent(event)
        self._use_room()

    def _use_room(self) -> None:
        self._stack_sides(stacked=self.width() < px(_NARROW))
        wide = self.width() >= px(WIDE)
        self.first.take_room(wide=wide)
        below = wide or self._nobody
        if below == (self._under.count() > 0):
            return
        for number, part in enumerate(self._moving):
            if below:
                self._right.removeWidget(part)
                self._under.addWidget(part, number + 1)
            else:
                self._under.removeWidget(part)
                self._right.insertWidget(self._right.indexOf(self.last), part)

    def _stack_sides(self, *, stacked: bool) -> None:
        """The cards beside the list below it, where there is no room for both."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if stacked == (self._sides.direction() == down):
            return
        self._sides.setDirection(down if stacked else across)
        self._sides.setStretch(0, 0 if stacked else 5)
        self._sides.setStretch(1, 0 if stacked else 2)
        self._beside.setMaximumWidth(_UNBOUND if stacked else px(_SIDE))

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the lists of week and day, and what was logged; dates and changes follow where they may differ."""
        self.compute(self._read_week, self._show)

    def tables_written(self, tables: frozenset[str], shown_by: Reader | None = None) -> None:
        """What is logged, ticked or planned moves no dates, and what became of last month's lights is told by the lists: both
        are counted over the whole book and stay."""
        if not tables <= LOGGED:
            self._ended = False
            if shown_by is not self:
                self._dates = None
        super().tables_written(tables, shown_by)

    def _read_week(self, progress: Progress) -> WeekSeen | None:
        workbench = self.workbench
        summary = workbench.insight.summary()
        if not summary.customers:
            return None
        check = workbench.insight.check(progress=progress)
        plan = workbench.outreach.plan()
        week = workbench.outreach.weeks.of_plan(plan)
        return WeekSeen(
            summary, check, plan, week, workbench.outreach.days.names(week=week), workbench.outreach.review(plan.week),
            workbench.workdays.week(plan.week),
        )  # fmt: skip

    def _show(self, seen: WeekSeen | None) -> None:
        if seen is None:
            self.plan_actions.show(None)
            self.say(_("本周"), _("先导入一份名单。"))
            self.show_nothing()
            return
        plan = seen.plan
        self._nobody = not seen.lines
        self._use_room()
        self.say(week_title(plan.week), (plan.fresh.sentence if plan.fresh else "") or self._what_to_do(seen))
        self.first.fill(seen)
        self._read_words()
        self.plan_card.fill(seen)
        self.progress.fill(seen)
        self.goals.ask()
        self.last.fill(seen.review)
        self._show_dates(seen)
        self.plan_actions.show(plan)
        if not self._ended:
            self._read_last_lights()

    @staticmethod
    def _what_to_do(seen: WeekSeen) -> str:
        if seen.plan.draft:
            return _("531 还是草稿:看一遍,确认,再打印带去晨会。")
        return seen.day.todo

    def _read_words(self) -> None:
        """What to say is read behind the names, where the window has room for it."""
        names, days = self.first.names, self.workbench.outreach.days
        if names is not None and self.first.has_room:
            self.read(lambda: days.spoken(names), self.first.speak, key="words")

    def _show_dates(self, seen: WeekSeen) -> None:
        """Show changes and dates as they are known; read them where they are not."""
        known = self._dates[1] if self._dates is not None and self._dates[0] == seen.beneath else None
        self.changes.fill(seen, known)
        self.dates.fill(seen, known)
        if known is None:
            self.read(
                lambda: WeekDates.of(self.workbench.outreach.leads.whole(seen.plan.week)),
                partial(self._dates_read, seen),
                key="dates",
            )

    def _dates_read(self, seen: WeekSeen, dates: WeekDates) -> None:
        self._dates = (seen.beneath, dates)
        self.changes.fill(seen, dates)
        self.dates.fill(seen, dates)

    def _read_last_lights(self) -> None:
        """What became of last month's lights; where that month was never checked, it is checked now."""

        def show(read: "tuple[OutcomeRow | None, tuple[str, ...]]") -> None:
            """Show the line, or catch up with the month before."""
            lights, never = read
            self.last_lights.show_row(lights)
            self._ended = lights is not None
            if lights is None:
                self._earlier.begin(never[:1])

        outreach = self.workbench.outreach  # whose room is loaded beside, behind what is shown
        self.read(
            lambda: (outreach.outcomes.last_month(), outreach.outcomes.unchecked()), show, key="last_lights"
        )

    # -- acting --------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        """ "print" previews the paper of the week, once the plan is read."""
        if argument == "print":
            self.print_plan()

    def print_plan(self) -> None:
        """Preview the paper of the week."""
        self.plan_actions.print_plan()

    def focus_first(self) -> None:
        """The customers of the day; without any, what is to be done with the plan. Until the week is read, the page itself
        holds the keyboard."""
        if not self.ready:
            return
        if self.first.list.isHidden():
            super().focus_first()
        else:
            self.first.list.setFocus()
