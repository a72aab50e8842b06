"""日历: the year of contact by year, month, week and day; what does not fit; what the last planning moved (domain 6)."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from ui import clipboard
from ui.page import Page
from ui.pages.calendar.calendar_view import CalendarView
from ui.pages.calendar.days import VIEWS, within
from ui.pages.calendar.days_editor import DaysEditor
from ui.pages.calendar.gifts import GiftsTab
from ui.pages.calendar.losing import Losing, losing_lists
from ui.pages.calendar.maturing import MaturingTab
from ui.pages.calendar.misfits import MisfitsTab
from ui.pages.calendar.move_dialog import MoveTouchDialog, NoTouchDialog
from ui.pages.calendar.moved import MovedTab
from ui.pages.calendar.papers import YearPapers
from ui.pages.calendar.planning_line import PlanningLine
from ui.pages.calendar.salons import SalonsTab
from ui.pages.calendar.words import misfits, touch_words, year_hint
from ui.tasks import Tasks
from ui.widgets.parts import column, flow, tells_nothing
from ui.widgets.unseen_line import UnseenLine
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.base.unlocks_file import unlocks_file
from workbench.insight.measures.unseen import Unseen, in_words
from workbench.insight.towers.critical_class import MATURING as MATURING_CLASS
from workbench.outreach.agenda.agenda import AgendaYear
from workbench.outreach.words import Words
from workbench.outreach.yearplan.plan import PlannedTouch, YearPlan

if TYPE_CHECKING:
    from workbench.app import Workbench

#: what `place` opens beside the views and a day (ISO): the tabs by name
DAYS, MISFITS, MOVED, MATURING, LOSING = "days", "misfits", "moved", "maturing", "losing"
GIFTS, SALONS = "gifts", "salons"

#: features of the unlock table, and the note of the plan that says the same
_NOTED = {"birthday": "birthday", MATURING_CLASS: "maturity", "C7_id": "id_expiry", "risk_test": "risk_test"}


class CalendarPage(Page):
    """Tabs: the four views of the year first."""

    name = "calendar"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.waits_for = _("正在排全年的联系…")
        self.say(_("日历"), "")
        papers = self.add_action(_("打印和导出"), lambda: None, always=True)
        self.papers = YearPapers(self, papers, lambda: self.calendar.day)
        self.days_button = self.add_action(_("编辑节日…"), self._edit_days, always=True)
        self.back_button = self.add_action(_("取回"), self._take_back, tip=_("恢复自动安排的日期"))
        self.out_button = self.add_action(_("不联系…"), self._leave_out, tip="Delete")
        self.out_button.setShortcut("Delete")
        self.move_button = self.add_action(
            _("改到…"), self._move, tip=_("Ctrl+M;也可以拖动,或 Ctrl+X 再 Ctrl+V")
        )
        self.move_button.setShortcut("Ctrl+M")
        self.add_primary(_("记一次联系"), self._log)
        self.tabs = QTabWidget()
        self._places: dict[str, QWidget] = {}
        #: tab -> what scrolls it
        self._holders: dict[QWidget, QWidget] = {}
        #: the tabs that read by themselves, and those of them that did not since the last write
        self._beside: dict[QWidget, Callable[[], object]] = {}
        self._unread: set[QWidget] = set()
        self.agenda: AgendaYear | None = None
        self.calendar, self.misfits, self.moved = CalendarView(self), MisfitsTab(self), MovedTab(self)
        self.maturing, self.losing = MaturingTab(self), Losing(workbench.rules)
        for listed in self.calendar.lists():
            listed.offer(self.calendar.copy_button, self.move_button, self.out_button, self.back_button)
        for listed in (self.misfits.list, self.moved.list):
            listed.offer(self.move_button, self.out_button, self.back_button)
        self._add_tab(DAYS, _("日历"), self.calendar)
        self._add_tab(MISFITS, _("排不下"), self.misfits, lambda: self._fill(self.misfits.fill))
        self._add_tab(MOVED, _("重排动了谁"), self.moved, lambda: self._fill(self.moved.fill))
        self._add_tab(
            MATURING, _("到期日历"), self.maturing, lambda: self.maturing.reload(self.calendar.day.year)
        )
        self._add_tab(LOSING, _("快失去联系"), self.losing, self._read_losing)
        self.gifts, self.salons = GiftsTab(self), SalonsTab(self)
        self._add_tab(GIFTS, _("礼品"), self.gifts, lambda: self.gifts.reload(self.calendar.day.year))
        self._add_tab(SALONS, _("沙龙"), self.salons, lambda: self.salons.reload(self.calendar.day.year))
        self.calendar.year_requested.connect(self.reload)
        self.calendar.copy_requested.connect(self._copy)
        for one in (self.calendar, self.misfits, self.moved):
            one.opened.connect(self._open)
            one.touch_chosen.connect(lambda: self.enable(self.agenda is not None))
        self.maturing.opened.connect(self._open)
        for other in (self.losing, self.gifts, self.salons):
            other.opened.connect(self._open)
        self.tabs.currentChanged.connect(self._turned)
        self.planning = PlanningLine()
        self.planning.stop_requested.connect(self._stop_planning)
        self.unseen = UnseenLine(lambda: self.go.emit("imports", None))
        self.put(self.unseen, 0)
        self.put(self.planning, 0)
        self.content = self.stage(
            self.tabs,
            _(
                "还没有客户数据。导入一个月的客户清单后,这里会把全年的联系排进每个工作日,说明哪天该找谁、为什么。"
            ),
        )

    def _add_tab(self, name: str, title: str, tab: QWidget, read: Callable[[], object] | None = None) -> None:
        """Add a tab; `read` fills it when it is in front and the book was written to since."""
        holder = flow(column(tab))  # each tab as high as it needs, whatever the others do
        self.tabs.addTab(holder, title)
        self._holders[tab] = holder
        self._places[name] = tab
        if read is not None:
            self._beside[tab] = read

    def front(self) -> QWidget:
        """The tab in front."""
        shown = self.tabs.currentWidget()
        return next(tab for tab, holder in self._holders.items() if holder is shown)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the year of the day under the keyboard by the plan that is stored, then bring the plan up to date behind it; a
        year without a plan is planned first."""
        agenda, year, wanted = self.workbench.outreach.agenda, self.calendar.day.year, self.calendar.wanted()
        self.compute(
            lambda progress: agenda.standing(year, wanted) or agenda.year(year, wanted, progress),
            self._show_stored,
        )

    def _show_stored(self, agenda: AgendaYear) -> None:
        """Show what is stored, and plan where it no longer stands on the present."""
        self._show(agenda)
        plans, shown = self.workbench.outreach.year_plans, agenda.plan
        self.planning.begin()
        self.compute(
            lambda progress: plans.of(shown.year, progress), partial(self._planned, shown), key="plan"
        )

    def _planned(self, shown: YearPlan, plan: YearPlan) -> None:
        self.planning.end()
        if plan == shown or plan.year != self.calendar.day.year:
            return
        agenda, wanted = self.workbench.outreach.agenda, self.calendar.wanted()
        self.read(lambda: agenda.standing(plan.year, wanted), self._show_planned)

    def _show_planned(self, agenda: AgendaYear | None) -> None:
        if agenda is not None:
            self._show(agenda)

    def _stop_planning(self) -> None:
        """Keep what is shown."""
        if (task := self._reads.get("plan")) is not None:
            task.cancel()
        self.planning.end()

    def _hear(self, share: float, words: str) -> None:
        """Progress of planning behind what is shown."""
        if self.planning.begun:
            self.planning.tell(share, words)

    def _show(self, agenda: AgendaYear) -> None:
        self.agenda = agenda
        self.say(_("日历"), year_hint(agenda))
        count = misfits(agenda)
        self.tabs.setTabText(
            self.tabs.indexOf(self._holders[self.misfits]),
            f"{_('排不下')} {count:,}" if count else _("排不下"),
        )
        moved = f"{_('重排动了谁')} {agenda.plan.moved:,}" if agenda.plan.moved else _("重排动了谁")
        self.tabs.setTabText(self.tabs.indexOf(self._holders[self.moved]), moved)
        self.calendar.fill(agenda)
        self.read(lambda: self.workbench.insight.unseen("calendar"), self._show_unseen, key="unseen")
        self._unread = set(self._beside)
        self._read_front()

    def _show_unseen(self, unseen: Sequence[Unseen]) -> None:
        """What no list tells in its line; the notes of the plan need not say it again."""
        self.unseen.show_parts(in_words(unseen))
        if self.agenda is None or not unseen:
            return
        names = {one.what for one in unseen}
        features, rules = unlocks_file()["features"], self.workbench.rules
        again = {
            rules.text(f"touch.note.{note}")
            for key, note in _NOTED.items()
            if _(features[key]["name"]) in names
        }
        self.calendar.notes.show_notes([one for one in self.agenda.notes if str(one) not in again])

    def _fill(self, fill: Callable[[AgendaYear], object]) -> None:
        if self.agenda is not None:
            fill(self.agenda)

    def _read_front(self) -> None:
        tab = self.front()
        if tab in self._unread:
            self._unread.discard(tab)
            self._beside[tab]()

    def _read_losing(self) -> None:
        self.read(lambda: losing_lists(self.workbench), lambda lists: self.losing.fill(*lists), key="losing")

    def _turned(self, _at: int) -> None:
        self._read_front()
        self.enable(self.agenda is not None)

    def failed(self, error: Exception) -> None:
        """A year without a plan still has its days."""
        self.planning.end()
        if tells_nothing(error):
            self.agenda = None
        super().failed(error)

    # -- acting --------------------------------------------------------------------------------------------

    def touch(self) -> PlannedTouch | None:
        """The touch under the keyboard, of the tab in front."""
        tab = self.front()
        return tab.touch() if isinstance(tab, CalendarView | MisfitsTab | MovedTab) else None

    def enable(self, on: bool) -> None:
        """The actions are about the touch under the keyboard."""
        touch = self.touch() if on else None
        super().enable(touch is not None)
        if self.primary is not None:
            self.primary.setEnabled(on)
        self.back_button.setEnabled(touch is not None and (touch.chosen or touch.state == "left_out"))
        self.out_button.setEnabled(touch is not None and touch.state != "left_out")
        copied = touch is not None and touch.day is not None and not touch.done
        self.calendar.copy_button.setEnabled(copied)

    def place(self, argument: object) -> None:
        """Open a tab by its name, a view by its name ('month'), or a day (ISO)."""
        name = str(argument or "")
        if name in self._places:
            self.tabs.setCurrentWidget(self._holders[self._places[name]])
            return
        self.tabs.setCurrentWidget(self._holders[self.calendar])
        if name in VIEWS:
            self.calendar.show_view(name)
        elif name:
            self.calendar.day = within(dt.date.fromisoformat(name))
            self.calendar.show_view("day")
            if self.calendar.day not in self.calendar.days:
                self.refresh()

    def focus_first(self) -> None:
        """The days, or the list of the tab in front."""
        tab = self.front()
        if not self.ready:
            return
        if tab is self.calendar:
            self.calendar.begin()
        else:
            begin: Callable[[], object] = getattr(tab, "focus_first", tab.setFocus)
            begin()

    def escape(self) -> None:
        """Esc leaves what is carried where it was, then goes from a day to its year, then back."""
        if not self.calendar.give_up():
            super().escape()

    def _move(self) -> None:
        if (touch := self.touch()) is not None:
            MoveTouchDialog(self.workbench, self.tasks, touch, self.window()).open()

    def _leave_out(self) -> None:
        if (touch := self.touch()) is not None:
            NoTouchDialog(self.workbench, self.tasks, touch, self.window()).open()

    def _take_back(self) -> None:
        if (touch := self.touch()) is not None:
            plans = self.workbench.outreach.year_plans
            words = _("「{touch}」已恢复自动安排。").format(touch=touch_words(touch))
            self.tasks.write(lambda: plans.take_back(touch.id), words=words, owner=self)

    def _copy(self) -> None:
        """Put the words for the touch on the clipboard, and log them as drafted."""
        if (touch := self.touch()) is not None:
            drafts = self.workbench.outreach.drafts
            self.read(lambda: drafts.words([touch])[touch.id], partial(self._copied, touch), key="words")

    def _copied(self, touch: PlannedTouch, words: Words) -> None:
        if not words.say:
            nothing = _("「{touch}」没有现成的话术,请按右边的提示自己写。").format(touch=touch_words(touch))
            self.tasks.wrote.emit(Change.nothing(), nothing)
            return
        clipboard.put(words.say)
        drafts = self.workbench.outreach.drafts
        told = _("已复制话术 {code},记为已拟稿:{text}").format(code=words.script, text=words.say)
        self.tasks.write(lambda: drafts.keep(touch, words.script), words=told, owner=self)

    def _edit_days(self) -> None:
        DaysEditor(self.workbench, self.tasks, self.window(), self.calendar.day.year).open()

    def _log(self) -> None:
        selected = self.touch() or self.selected()
        self.go.emit("touch", selected.customer_no if selected is not None else None)

    def _open(self, customer_no: str) -> None:
        self.go.emit("portrait", customer_no)
