"""The weeks before: how their rows ended, how many customers were planned and reached, and what came of it."""

from collections.abc import Sequence

from ui.widgets.parts import Card, label
from ui.widgets.table_model import Column
from ui.widgets.whole_table import WholeTable
from workbench.base.i18n import _, commas
from workbench.outreach.review import WeekReview


class WeeksBefore(Card):
    """A line for each week that had a plan; the reasons of what was missed below."""

    def __init__(self) -> None:
        super().__init__(_("前四周"))
        self.list = WholeTable(
            [
                Column(_("周"), lambda x: x.week[5:]),
                Column(_("完成"), lambda x: str(x.done), 44, number=True),
                Column(_("一半"), lambda x: str(x.half), 44, number=True),
                Column(_("未做"), lambda x: str(x.missed), 44, number=True),
                Column(_("计划 / 接通"), lambda x: f"{x.planned:,} / {x.reached:,}", 84, number=True),
                Column(_("约见"), lambda x: str(x.appointments), 44, number=True),
                Column(_("办成"), lambda x: str(x.deals), 44, number=True),
            ],
            name="plan.history",
        )
        self.list.setAccessibleName(_("前四周"))
        self.reasons = label("", "second", wrap=True)
        self.body.addWidget(self.list)
        self.body.addWidget(self.reasons)

    def fill(self, weeks: Sequence[WeekReview]) -> None:
        """Show the weeks; without any, that there are none yet."""
        self.list.table.fill(weeks)
        self.list.setVisible(bool(weeks))
        why: dict[str, int] = {}
        for one in weeks:
            for reason, count in one.reasons:
                why[reason] = why.get(reason, 0) + count
        words = commas(f"{reason} × {count}" for reason, count in sorted(why.items(), key=lambda x: -x[1]))
        if not weeks:
            self.reasons.setText(_("还没有做过计划的周,从这一周开始记。"))
        else:
            self.reasons.setText(_("未完成的原因:{why}").format(why=words) if words else "")
        self.reasons.setVisible(bool(self.reasons.text()))
