"""What stands beside the list of the day: how far the week is, what the last import changed, dates, last week's results."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.pages.week.overview import WeekDates, WeekSeen
from ui.widgets.parts import Card, button, label
from ui.words import LIGHTS, weekday_word, who
from workbench.base.dates import week_days
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.workdays import unannounced_words
from workbench.outreach.leads.lead import Lead
from workbench.outreach.review import WeekReview

Go = Callable[[str, object], object]


class ProgressCard(Card):
    """How far the week is, and, apart from it, what it has room for."""

    def __init__(self) -> None:
        super().__init__(_("本周进度"))

    def fill(self, seen: WeekSeen) -> None:
        """Show the counts."""
        self.clear()
        people, plan = seen.week.entries, seen.plan
        contacted = sum(bool(one.contacts) for one in people)
        words = _("本周 {all} 户,已联系 {done} 户").format(all=f"{len(people):,}", done=f"{contacted:,}")
        if not people:
            words = _("本周的名单上没有客户")
        self.body.addWidget(label(words, "big", wrap=True))
        reached = sum(one.reached for one in people)
        if contacted:
            self.body.addWidget(label(_("办结 {n} 户").format(n=f"{reached:,}"), wrap=True))
        room = _(
            "一周安排得下 {calls_limit} 通电话、{visits_limit} 次面访,计划用了 {calls} 通、{visits} 次。"
        )
        self.body.addWidget(
            label(
                room.format(
                    calls_limit=plan.calls_limit, visits_limit=plan.visits_limit, calls=plan.calls,
                    visits=plan.visits,
                ),
                "second", wrap=True,
            )
        )  # fmt: skip


class ChangesCard(Card):
    """What the last import changed, each figure with the way to those behind it."""

    def __init__(self, go: Go) -> None:
        super().__init__(_("这次导入带来的变化"))
        self._go = go

    def fill(self, seen: WeekSeen, dates: WeekDates | None) -> None:
        """Show the counts; `dates` None: maturities are being counted."""
        self.clear()
        summary, check = seen.summary, seen.check
        lights = " / ".join(f"{check.lights.get(light, 0):,}" for light in LIGHTS)
        lines = (
            (_("新增客户"), f"{summary.new:,}", "imports"),
            (_("有变化的客户"), f"{summary.changed:,}", "imports"),
            (_("不在名单上了"), f"{summary.vanished:,}", "imports"),
            (_("临界到期"), _maturing(dates), "plan"),
            (_("红 / 橙 / 黄灯"), lights, "warnings"),
            (_("七类临界客户"), _("看名单"), "critical"),
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for at, (words, figure, page) in enumerate(lines):
            grid.addWidget(label(words, wrap=True), at, 0)
            link = button(figure, partial(self._go, page, None), "link")
            grid.addWidget(link, at, 1, Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(grid)
        if check.guard:
            self.body.addWidget(label(check.guard, "red", wrap=True))


class DatesCard(Card):
    """Each workday of the week: how many are planned for it, what is due on it."""

    def __init__(self) -> None:
        super().__init__(_("本周日历"))

    def fill(self, seen: WeekSeen, dates: WeekDates | None) -> None:
        """Show the days; birthdays on a day off are moved to the workday before. `dates` None: they are being read."""
        self.clear()
        plan = seen.plan
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        for at, day in enumerate(seen.work.workdays or week_days(plan.week)[:5]):
            iso = day.isoformat()
            planned = sum(one.day == iso for one in seen.week.entries)
            events = [_("联系 {n} 户").format(n=planned)] if planned else []
            events += [m.what for item in plan.this_week for m in item.milestones if m.day == iso]
            if dates is not None:
                events += _dated(dates, iso)
            grid.addWidget(label(weekday_word(day), "second"), at, 0, Qt.AlignmentFlag.AlignTop)
            words = " · ".join(events) or (_("正在读取") if dates is None else "—")
            grid.addWidget(label(words, "" if events else "second", wrap=True), at, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        if notice := unannounced_words(seen.work.unannounced):
            self.body.addWidget(label(notice + _("。"), "second", wrap=True))


class LastCard(Card):
    """How the rows of the week before ended; not there without a plan of that week."""

    def __init__(self) -> None:
        super().__init__(_("上周结果"))
        self.hide()

    def fill(self, review: WeekReview | None) -> None:
        """Show the counts and the reasons."""
        self.clear()
        self.setVisible(review is not None)
        if review is None:
            return
        summary = _("完成 {done} / {rows},一半 {half},未做 {missed},没有打勾 {unticked}").format(
            done=review.done,
            rows=review.rows,
            half=review.half,
            missed=review.missed,
            unticked=review.unticked,
        )
        self.body.addWidget(label(summary, wrap=True))
        for reason, count in review.reasons[:3]:
            self.body.addWidget(label(f"{reason} × {count}", "second", wrap=True))


def _maturing(dates: WeekDates | None) -> str:
    """How many have money coming due, and how much; that no list tells maturities, where so."""
    if dates is None:
        return _("正在统计")
    if not dates.dated:
        return _("名单没有到期日")
    due = dates.maturing
    if not due:
        return _("{n} 户").format(n=0)
    return _("{n} 户 · {amount}").format(n=len(due), amount=wan(sum(lead.value_fen for lead in due)))


def _dated(dates: WeekDates, day: str) -> list[str]:
    words = []
    if due := dates.due(day):
        words.append(_("{n} 户到期要联系").format(n=due))
    if born := dates.born(day):
        words.append(_("{names} 生日").format(names=commas([_birthday(one) for one in born[:3]])))
        if len(born) > 3:
            words[-1] += _(" 等 {n} 位").format(n=len(born))
    return words


def _birthday(lead: Lead) -> str:
    """Whose birthday it is; with the date, where the greeting is due on another day."""
    day = str(lead.evidence.get("birthday") or lead.due)
    name = who(lead.name, lead.customer_no)
    return name if day == lead.due else f"{name} ({day[5:]})"
