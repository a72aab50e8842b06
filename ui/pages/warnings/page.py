"""预警: whose light is worked on this week, and the ranking of all; what could not be checked."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from ui.earlier_checks import EarlierChecks
from ui.page import Page
from ui.pages.warnings.deciding import DIALOGS
from ui.pages.warnings.fold import MOST
from ui.pages.warnings.ranking import RankingView
from ui.pages.warnings.words import unseen_signals
from ui.pages.warnings.working import WeekOfLights, WorkingView
from ui.selected import Selected
from ui.tasks import Tasks
from ui.theme import light_icon
from ui.widgets.parts import EmptyState, column, label
from ui.widgets.unseen_line import UnseenLine
from ui.widgets.wrapped import Strip
from ui.words import LIGHTS, light_word
from workbench.base.change import Progress
from workbench.base.i18n import _
from workbench.insight.churn.verdict import CheckSummary

if TYPE_CHECKING:
    from workbench.app import Workbench

#: the first view; the others are named by their light, None for the ranking of all
WEEK = "week"


class WarningsPage(Page):
    """Two views behind one line of buttons: the week's lights, and the ranking by light."""

    name = "warnings"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.check: CheckSummary | None = None
        #: WEEK, a light, or None for all
        self.view: str | None = WEEK
        #: the view whose ranking is listed
        self._listed: str | None = WEEK
        self.waits_for = _("正在逐户检查流失信号…")
        self._earlier = EarlierChecks(self, self.refresh)
        self.say(_("预警"), _("从上往下做:读理由,打电话,打完记一笔。"))
        self.add_primary(_("记一次联系"), self._touch)
        self.plan_button = self.add_action(_("放进本周计划"), lambda: self._ask("to_plan"), tip="Ctrl+B")
        self.guard = label("", "alarm", wrap=True)
        self.guard.hide()
        self.off = UnseenLine(lambda: self.go.emit("imports", None))
        self._filters = QButtonGroup(self)
        self.week_button = self._choice(_("本周先办"), WEEK)
        self.filters: dict[str | None, QPushButton] = {}
        for light in (*LIGHTS, None):
            self.filters[light] = self._choice(light_word(light) if light else _("全部排名"), light)
        self.working = WorkingView(workbench.rules)
        self.working.act_chosen.connect(self.act)
        self.working.opened.connect(self._open)
        self.working.ranking_requested.connect(lambda: self._choose(None))
        self.ranking = RankingView(workbench, tasks)
        self.ranking.opened.connect(self._open)
        self.ranking.win_back_requested.connect(lambda number: self.go.emit("cases", ("win_backs", number)))
        self.ranking.table.table.loaded.connect(self._loaded)
        self.tools = QWidget()
        above = column(Strip(self.week_button, *self.filters.values(), gap=8), self.guard, self.off)
        above.setContentsMargins(0, 0, 0, 0)
        self.tools.setLayout(above)
        self.put(self.tools, 0)
        self.views = QStackedWidget()
        self.views.addWidget(self.working)
        self.views.addWidget(self.ranking)
        self.nobody = EmptyState(_("这个灯色下没有客户。"), _("看全部排名"), lambda: self._choose(None))
        self.content = self.stage(
            self.views,
            _("还没有可以检查的数据。导入至少一个月的名单后,这里会按风险排出所有客户。"),
            self.nobody,
        )
        self.week_button.setChecked(True)

    def _choice(self, words: str, view: str | None) -> QPushButton:
        made = QPushButton(words)
        made.setCheckable(True)
        if view in LIGHTS:
            made.setIcon(light_icon(view))
        made.clicked.connect(lambda _checked=False: self._choose(view))
        self._filters.addButton(made)
        return made

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Check all customers, then read the week's lights, and the ranking where it is shown."""
        self.compute(self._read, self._show)

    def _read(self, progress: Progress) -> WeekOfLights:
        check = self.workbench.insight.check(progress=progress)
        lights = self.workbench.outreach.lights
        week = lights.of()
        for part in (week.waiting, week.gone, week.resting):
            # read whole here, not when the fold is opened
            part[:MOST]
        changed = week.changes
        ids = (*changed.new, *changed.worse, *changed.better, *changed.back, *changed.out, *changed.gone)
        counted = lights.confirmed_causes()
        confirmed = tuple((name, counted[code]) for code, name in lights.causes())
        unseen = unseen_signals(check, self.workbench.insight.reported(), self.workbench.rules)
        return WeekOfLights(
            check, week, lights.names(ids), confirmed, self.workbench.outreach.outcomes.unchecked(), unseen
        )

    def _show(self, lights: WeekOfLights) -> None:
        check = lights.check
        self.check = self.ranking.check = check
        if not check.customers:
            self.show_nothing()
            return
        words = _("数据日期 {as_of}。从上往下做:读理由,打电话,打完记一笔。")
        self.say(
            _("预警"), (words if lights.week.working else _("数据日期 {as_of}。")).format(as_of=check.as_of)
        )
        self.week_button.setText(_("本周先办  {n}").format(n=len(lights.week.working)))
        for light in LIGHTS:
            self.filters[light].setText(f"{light_word(light)}  {check.lights.get(light, 0):,}")
        self.filters[None].setText(_("全部排名  {n}").format(n=f"{check.customers:,}"))
        notices = [check.guard or "", check.fresh.sentence if check.fresh else ""]
        self.guard.setText("\n".join(filter(None, notices)))
        self.guard.setVisible(any(notices))
        self.off.show_parts(lights.unseen)
        self.working.fill(lights)
        self._show_view()
        self._earlier.begin(lights.unchecked)

    def _show_view(self) -> None:
        check, view = self.check, self.view
        if check is None:
            return
        if view == WEEK:
            self.week_button.setChecked(True)
            self.views.setCurrentWidget(self.working)
            self.content.show_content()
            self.enable(True)
            return
        self.filters[view].setChecked(True)
        self.views.setCurrentWidget(self.ranking)
        total = check.lights.get(view, 0) if view else check.customers
        insight = self.workbench.insight
        self.read_rows(
            self.ranking.table.table,
            lambda: total,
            lambda offset, limit: insight.ranking(check.month, light=view, offset=offset, limit=limit),
        )

    def _loaded(self, total: int) -> None:
        if self.view != WEEK:
            if total:
                self.content.show_content()
                self.ranking.stay(anew=self._listed != self.view)
                self._listed = self.view
            else:
                self.content.show_other(self.nobody)
            self.enable(bool(total))
        self.rows_are_there()

    def enable(self, on: bool) -> None:
        """The views can be chosen as soon as the book has customers."""
        super().enable(on)
        checked = self.check is not None and bool(self.check.customers)
        for made in (self.week_button, *self.filters.values()):
            made.setEnabled(checked)

    # -- acting --------------------------------------------------------------------------------------------

    def _choose(self, view: str | None) -> None:
        self.view = view
        self._show_view()
        self.focus_first()

    def place(self, argument: object) -> None:
        """Show the ranking of the light `argument`."""
        if argument in LIGHTS:
            self.view = str(argument)
            self._show_view()

    def focus_first(self) -> None:
        """The list."""
        if self.view == WEEK:
            self.working.focus_first()
        else:
            self.ranking.table.setFocus()

    def selected(self) -> Selected | None:
        """The customer of the working list, unless the keyboard is in another one."""
        return (self.working.selected() if self.view == WEEK else None) or super().selected()

    def act(self, code: str, customer_no: str) -> None:
        """Do one of `acts.ACTS` about a customer: open the contact log, or ask what the decision needs."""
        if code == "call":
            self.go.emit("touch", customer_no)
            return
        dialog = DIALOGS[code](self.workbench, self.tasks, customer_no, self.window())
        # where the keyboard was, or the row that came up in its place
        dialog.finished.connect(self._back_to_the_list)
        dialog.open()

    def _back_to_the_list(self, _result: int) -> None:
        if self.view == WEEK and self.isVisible():
            self.working.return_keyboard()

    def _open(self, number: str) -> None:
        self.go.emit("portrait", number)

    def _touch(self) -> None:
        self._ask("touch")

    def _ask(self, what: str) -> None:
        """Ask the window to do something about the customer of the list in front."""
        chosen = self.working.selected() if self.view == WEEK else self.ranking.current()
        if chosen is not None:
            self.go.emit(what, chosen.customer_no)
