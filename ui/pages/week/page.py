"""本周: whom to contact first, the week's 531, what the last import changed, and the dates of the week."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.earlier_checks import EarlierChecks
from ui.page import Page
from ui.pages.week.last_lights import LastLights
from ui.tasks import Tasks
from ui.widgets.parts import Card, button, flow, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import LIGHTS, brief, exact, kind_word, tier_word, week_title, weekday_word, who
from workbench.base.change import Progress
from workbench.base.dates import week_days
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.workdays import WorkWeek, unannounced_words
from workbench.insight.churn.sentences import opening
from workbench.insight.churn.verdict import CheckSummary
from workbench.insight.summary import BookSummary
from workbench.insight.towers.critical_class import MATURING, NEAR_CHURN
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.room import WeekLeads
from workbench.outreach.lights.listed import light_of_row
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.outreach.review import WeekReview

if TYPE_CHECKING:
    from workbench.app import Workbench

#: customers on the first card; the others are on the pages behind it
FIRST = 10


@dataclass(frozen=True, slots=True)
class WeekOverview:
    """What the page shows first: stored results only, read in one go."""

    summary: BookSummary
    check: CheckSummary | None = None
    lit: tuple["WeekLine", ...] = ()
    plan: WeekPlan | None = None
    review: WeekReview | None = None
    #: which days of the week are worked
    work: WorkWeek | None = None


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One customer of the first card. `kind` as in Lead; `due` is '' until the week's leads are read."""

    kind: str
    customer_no: str
    name: str
    tier: str | None
    aum_fen: int | None
    reason: str
    due: str = ""


class WeekPage(Page):
    """The week at a glance: customers to contact, plan, changes, dates, last week's results."""

    name = "week"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.plan: WeekPlan | None = None
        self._as_of: str | None = None
        self._print_wanted = False
        self._earlier = EarlierChecks(self, self._read_last_lights)
        self.say(_("本周"), "")
        self.waits_for = _("正在检查客户、排本周的先后…")
        self.add_primary(_("打印周一包"), self.print_plan)
        self.first = Table(self._columns(), bare=True)
        self.first.horizontalHeader().hide()
        self.first.opened.connect(self._open)
        more = button(_("全部预警"), lambda: self.go.emit("warnings", None), "link")
        self.first_card = Card(_("今天先联系"), more)
        self.first_card.body.addWidget(self.first)
        self.plan_card = Card(
            _("531 行动计划"), button(_("查看与修改"), lambda: self.go.emit("plan", None), "link")
        )
        self.changes = Card(_("这次导入带来的变化"))
        self.dates = Card(_("本周日历"))
        self.last = Card(_("上周结果"))
        self.last.hide()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.first_card)
        left.addWidget(self.plan_card)
        self.last_lights = LastLights(lambda: self.go.emit("outcomes", None))
        left.addWidget(self.last_lights)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.changes)
        right.addWidget(self.dates)
        right.addWidget(self.last)
        right.addStretch(1)
        side = QWidget()
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        side.setMinimumWidth(230)
        side.setMaximumWidth(300)
        whole = QHBoxLayout()
        whole.setSpacing(12)
        whole.addLayout(left, 5)
        whole.addWidget(side, 2)
        self.content = self.stage(
            flow(whole),
            _("账本里还没有客户。把总行下发的名单导入进来,这里就会列出本周先联系谁、为什么。"),
        )

    def _columns(self) -> list[Column[WeekLine]]:
        rules = self.workbench.rules
        return [
            Column(
                "",
                lambda x: kind_word(rules, x.kind),
                96,
                light=lambda x: x.kind if x.kind in LIGHTS else None,
            ),
            Column("", lambda x: who(x.name, x.customer_no), 104),
            Column("", lambda x: tier_word(rules, x.tier), 68, ink=lambda x: "second"),
            Column("", lambda x: wan(x.aum_fen), 84, number=True, tip=lambda x: exact(x.aum_fen)),
            Column("", self._why, tip=lambda x: x.reason),
            Column(
                "",
                lambda x: _("{date} 前").format(date=x.due[5:]) if x.due else "",
                80,
                number=True,
                ink=lambda x: "accent",
            ),
        ]

    def _why(self, line: WeekLine) -> str:
        """The reason in one line: of a light the first clause, which has the key figures; 预警 tells the rest."""
        words = brief(self.workbench.rules, self._as_of, line.reason)
        if line.kind not in LIGHTS:
            return words
        return opening(words, self.workbench.rules)

    # -- reading -------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the stored results of the week; the leads follow."""
        self.compute(self._week, self._show)

    def _week(self, progress: Progress) -> WeekOverview:
        summary = self.workbench.insight.summary()
        if not summary.customers:
            return WeekOverview(summary)
        check = self.workbench.insight.check(progress=progress)
        plan = self.workbench.outreach.plan()
        work = self.workbench.workdays.week(plan.week)
        last = self.workbench.outreach.review(plan.week)
        return WeekOverview(summary, check, _lit(plan), plan, last, work)

    def _show(self, week: WeekOverview) -> None:
        self.plan = week.plan
        if week.plan is None or week.check is None:
            self.say(_("本周"), _("先导入一份名单。"))
            self.show_nothing()
            return
        self._as_of = week.check.as_of
        plan = week.plan
        freshness = plan.fresh.sentence if plan.fresh else ""
        self.say(week_title(plan.week), freshness or _("先联系名单上的客户,再确认 531,打印晨会表。"))
        self.first_card.heading.setText(_("先联系") if plan.old else _("今天先联系"))
        if self.first.table.rowCount() == 0:
            self._show_first(week.lit, _("正在排先后…"))
        self._show_plan(plan)
        self._show_changes(week.summary, week.check, None, dated=True)
        self._show_dates(plan, week.work, None)
        self._show_last(week.review)
        if self._print_wanted:
            self._print_wanted = False
            self.print_plan()
        self.read(
            lambda: self.workbench.outreach.leads.whole(plan.week),
            partial(self._show_leads, week),
            key="leads",
        )
        self._read_last_lights()

    def _read_last_lights(self) -> None:
        """What became of last month's lights; where that month was never checked, it is checked now."""
        room = self.workbench.outreach.outcomes

        def show(read: tuple[OutcomeRow | None, tuple[str, ...]]) -> None:
            """Show the line, or catch up with the month before."""
            lights, never = read
            self.last_lights.show_row(lights)
            if lights is None:
                self._earlier.begin(never[:1])

        self.read(lambda: (room.last_month(), room.unchecked()), show, key="last_lights")

    def _show_leads(self, week: WeekOverview, whole: WeekLeads) -> None:
        """Replace what rests on lights alone by the week's leads, which take longer to read."""
        if week.plan is None or week.check is None:
            return
        leads = tuple(lead for lead in whole.leads if lead.kind != NEAR_CHURN)
        dated = not any(one.of_all and one.condition.critical == MATURING for one in whole.blind or ())
        lines = _one_each(leads)
        if week.plan.old:
            lines = [replace(line, due="") for line in lines]
        words = _("共 {n} 位有理由联系,先看前 {shown} 位").format(
            n=f"{len(lines):,}", shown=min(FIRST, len(lines))
        )
        self._show_first(lines[:FIRST], words if lines else _("没有亮灯、到期或临界的客户"))
        if not lines and not week.plan.old:
            self.hint.setText(_("本周没有紧急客户,确认 531 就可以开晨会。"))
        self._show_changes(week.summary, week.check, leads, dated=dated)
        self._show_dates(week.plan, week.work, leads)

    def _show_first(self, lines: Sequence[WeekLine], words: str) -> None:
        self.first.table.fill(lines)
        self.first.setVisible(bool(lines))
        self.first.fit(FIRST)
        if lines:
            self.first.selectRow(0)
        self.first_card.note.setText(words)

    def _show_plan(self, plan: WeekPlan) -> None:
        card = self.plan_card
        card.clear()
        state = _("草稿,待确认") if plan.draft else _("已确认")
        card.note.setText(
            _("{state} · 通话 {calls} / {calls_limit} · 面访 {visits} / {visits_limit}").format(
                state=state, calls=plan.calls, calls_limit=plan.calls_limit,
                visits=plan.visits, visits_limit=plan.visits_limit,
            )
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        blocks = (
            ("5", _("方法") if plan.old else _("立即见效"), plan.quick_wins),
            ("3", _("需要支持"), plan.needs_resources),
            ("1", _("本周落地"), plan.this_week),
        )
        for at, (number, words, items) in enumerate(blocks):
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addLayout(row(label(number, "big"), label(words, "heading"), None, spacing=6))
            for place, item in enumerate(items, start=1):
                line = label(f"{place}  {item.method}{_how_many(item)}", wrap=True, tip=item.action)
                part.addWidget(line)
            if not items:
                part.addWidget(label(_("本周没有"), "second"))
            part.addStretch(1)
            grid.addLayout(part, 0, at)
            grid.setColumnStretch(at, 1)
        card.body.addLayout(grid)

    def _show_changes(
        self, summary: BookSummary, check: CheckSummary, leads: Sequence[Lead] | None, *, dated: bool
    ) -> None:
        """Show the counts; those that need the leads are '…' until they are read (None). `dated`: whether the lists tell
        maturities, so that none can be counted."""
        card = self.changes
        card.clear()
        due = [lead for lead in leads or () if lead.kind == MATURING]
        lines: list[tuple[str, str, str]] = [
            (_("新增客户"), f"{summary.new:,}", "imports"),
            (_("有变化的客户"), f"{summary.changed:,}", "imports"),
            (_("不在名单上了"), f"{summary.vanished:,}", "imports"),
            (
                _("30 天内到期"),
                "…"
                if leads is None
                else _("名单没有到期日")
                if not dated
                else _("{n} 户 · {amount}").format(
                    n=len(due), amount=wan(sum(lead.value_fen for lead in due))
                ),
                "plan",
            ),
        ]
        words = " / ".join(f"{check.lights.get(light, 0):,}" for light in LIGHTS)
        lines.append((_("红 / 橙 / 黄灯"), words, "warnings"))
        lines.append((_("七类临界客户"), _("看名单"), "critical"))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for at, (words, figure, page) in enumerate(lines):
            grid.addWidget(label(words, wrap=True), at, 0)
            link = button(figure, partial(self.go.emit, page, None), "link")
            grid.addWidget(link, at, 1, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(grid)
        if check.guard:
            card.body.addWidget(label(check.guard, "red", wrap=True))

    def _show_dates(self, plan: WeekPlan, work: WorkWeek | None, leads: Sequence[Lead] | None) -> None:
        """Show what is due on each workday; birthdays on a day off are moved to the workday before."""
        card = self.dates
        card.clear()
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        worked = work.workdays if work else ()
        for at, day in enumerate(worked or week_days(plan.week)[:5]):
            iso = day.isoformat()
            events = [m.what for item in plan.this_week for m in item.milestones if m.day == iso]
            born = [_born(x) for x in leads or () if x.kind == "birthday" and x.due == iso]
            due = sum(1 for x in leads or () if x.kind == MATURING and x.due == iso)
            if due:
                events.append(_("{n} 户到期要联系").format(n=due))
            if born:
                events.append(_("{names} 生日").format(names=commas(born[:3])))
            grid.addWidget(label(weekday_word(day), "second"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(
                label(
                    " · ".join(events) or ("…" if leads is None else "—"),
                    "" if events else "second",
                    wrap=True,
                ),
                at,
                1,
            )
        card.body.addLayout(grid)
        if work and (notice := unannounced_words(work.unannounced)):
            card.body.addWidget(label(notice + _("。"), "second", wrap=True))

    def _show_last(self, review: WeekReview | None) -> None:
        card = self.last
        card.clear()
        card.setVisible(review is not None)
        if review is None:
            return
        summary = _("完成 {done} / {rows},一半 {half},未做 {missed},没有打勾 {unticked}").format(
            done=review.done,
            rows=review.rows,
            half=review.half,
            missed=review.missed,
            unticked=review.unticked,
        )
        card.body.addWidget(label(summary, wrap=True))
        for reason, count in review.reasons[:3]:
            card.body.addWidget(label(f"{reason} × {count}", "second", wrap=True))

    # -- acting --------------------------------------------------------------------------------------------

    def _open(self, number: int) -> None:
        lead = self.first.table.row(number)
        if lead is not None:
            self.go.emit("portrait", lead.customer_no)

    def place(self, argument: object) -> None:
        """ "print" previews the Monday pack, once the plan is read."""
        if argument == "print":
            self._print_wanted = self.plan is None
            self.print_plan()

    def print_plan(self) -> None:
        """Preview the 531 sheet."""
        from ui.widgets.preview import preview_plan

        preview_plan(self, self.workbench, self.tasks, self.plan)

    def focus_first(self) -> None:
        """The customers to contact."""
        self.first.setFocus()


def _one_each(leads: Sequence[Lead]) -> list[WeekLine]:
    """The first lead of each customer, in the order given."""
    lines: dict[int, WeekLine] = {}
    for x in leads:
        if x.customer_id not in lines:
            lines[x.customer_id] = WeekLine(x.kind, x.customer_no, x.name, x.tier, x.aum_fen, x.reason, x.due)
    return list(lines.values())


def _born(lead: Lead) -> str:
    """Whose birthday it is; with the date, where the greeting is due on another day."""
    day = str(lead.evidence.get("birthday") or lead.due)
    name = who(lead.name, lead.customer_no)
    return name if day == lead.due else f"{name} ({day[5:]})"


def _lit(plan: WeekPlan) -> tuple[WeekLine, ...]:
    """The lit customers on a plan, in the order of the week."""
    places = plan.ranks()
    lines = [
        (places[one.customer_id], WeekLine(light, one.customer_no, one.name, None, one.aum_fen, one.reason))
        for item in plan.quick_wins
        if (light := light_of_row(item.kind)) is not None
        for one in item.customers
    ]
    return tuple(line for _place, line in sorted(lines, key=lambda pair: pair[0]))[:FIRST]


def _how_many(item: PlanItem) -> str:
    if not item.customers:
        return ""
    worth = sum(c.aum_fen or 0 for c in item.customers)
    return " · ".join(["", _("{n} 户").format(n=len(item.customers)), *([wan(worth)] if worth else [])])
