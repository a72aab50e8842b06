"""The 531 of the week in brief: its rows with how many customers, and how many of them were contacted."""

from collections.abc import Callable
from functools import partial

from ui.pages.week.overview import WeekSeen
from ui.widgets.parts import Card, button, label, row
from workbench.base.i18n import _
from workbench.outreach.draft import PlanItem
from workbench.outreach.week.entry import WeekList


class PlanCard(Card):
    """Five, three and one, one under another."""

    def __init__(self, go: Callable[[str, object], object]) -> None:
        super().__init__(_("531"), button(_("查看与修改"), partial(go, "plan", None), "link"))

    def fill(self, seen: WeekSeen) -> None:
        """Show the plan."""
        self.clear()
        plan, week = seen.plan, seen.week
        self.note.setText(_("草稿,待确认") if plan.draft else _("已确认"))
        blocks = (
            ("5", _("方法") if plan.old else _("立即见效"), plan.quick_wins),
            ("3", _("需要支持"), plan.needs_resources),
            ("1", _("本周落地"), plan.this_week),
        )
        for sign, words, items in blocks:
            self.body.addLayout(row(label(sign, "big"), label(words, "heading"), None, spacing=6))
            for number, item in enumerate(items, start=1):
                words = f"{number}  {item.method}{_how_many(item, f'{sign}-{number}', week)}"
                role = "" if item.customers or sign == "1" else "second"
                self.body.addWidget(label(words, role, wrap=True, tip=item.action))


def _how_many(item: PlanItem, row: str, week: WeekList) -> str:
    """' · 6 户,已联系 2 户' by the week's list; '' for a row that names nobody."""
    if not item.customers:
        return ""
    people = week.of_row(row)
    contacted = sum(bool(one.contacts) for one in people)
    words = _("{n} 户").format(n=len(people))
    if contacted:
        words = _("{n} 户,已联系 {done} 户").format(n=len(people), done=contacted)
    return f" · {words}"
