"""Who is about to be lost sight of, and whose portfolio is to be reviewed: two lists, each a click from the customer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from ui.widgets.parts import column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import tier_word, who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.cadence.losing import LosingCustomer, LosingList
from workbench.outreach.cadence.reviews import ReviewDue, ReviewsDue
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.app import Workbench

TALKS, REVIEWS = "talks", "reviews"


def losing_lists(workbench: "Workbench") -> tuple[LosingList, ReviewsDue]:
    """What the two lists show, read on the book's thread."""
    return workbench.outreach.cadence.losing(), workbench.outreach.cadence.reviews_due()


class Losing(QWidget):
    """快失去联系的客户 and 要做检视. `opened(customer number)` on Enter or a double click."""

    opened = Signal(str)

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.tables = {
            TALKS: Table(_talk_columns(rules), name="calendar.talks", wrap=True, steady=True),
            REVIEWS: Table(_review_columns(rules), name="calendar.reviews", wrap=True, steady=True),
        }
        self.words = {name: label("", "second", wrap=True) for name in self.tables}
        self.tabs = QTabWidget()
        for name, title in ((TALKS, _("快失去联系的客户")), (REVIEWS, _("要做检视"))):
            inside = QWidget()
            lines = column(self.words[name], self.tables[name])
            lines.setStretch(1, 1)
            lines.addStretch(0)
            inside.setLayout(lines)
            self.tabs.addTab(inside, title)
            self.tables[name].setAccessibleName(title)
            self.tables[name].opened.connect(lambda row, name=name: self._open(name, row))
        around = column(self.tabs)
        around.setContentsMargins(0, 0, 0, 0)
        self.setLayout(around)

    def fill(self, losing: LosingList, reviews: ReviewsDue) -> None:
        """Show both lists; who cannot be told stands behind the others."""
        self._show(TALKS, losing.words, (*losing.customers, *losing.untold))
        self._show(REVIEWS, reviews.words, reviews.customers)

    def _show(self, name: str, words: str, rows: tuple[LosingCustomer | ReviewDue, ...]) -> None:
        self.words[name].setText(words)
        self.tables[name].table.fill(rows)
        self.tables[name].setVisible(bool(rows))

    def focus_first(self) -> None:
        """Put the keyboard on the first row of the list that is shown."""
        table = self.tables[TALKS if self.tabs.currentIndex() == 0 else REVIEWS]
        if table.table.rowCount():
            table.setFocus()
            table.setCurrentIndex(table.table.index(0, 0))

    def _open(self, name: str, row: int) -> None:
        one = self.tables[name].table.row(row)
        if isinstance(one, LosingCustomer | ReviewDue):
            self.opened.emit(one.customer_no)


def _talk_columns(rules: Rules) -> list[Column[LosingCustomer]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("层级"), lambda x: tier_word(rules, x.tier), 72, value=lambda x: x.tier, largest=True),
        Column(
            _("资产"), lambda x: "—" if x.assets_fen is None else wan(x.assets_fen), 84, number=True,
            fen=lambda x: x.assets_fen,
        ),
        Column(_("上次有效联系"), lambda x: x.last_talk or _("看不出"), 100, value=lambda x: x.last_talk),
        Column(_("间隔"), lambda x: _span(x.interval), 72, number=True, value=lambda x: x.interval,
               tip=lambda x: _("自定") if x.own else None),
        Column(
            _("超出"), lambda x: _beyond(x.over), 96, number=True, value=lambda x: x.over,
            ink=lambda x: "red" if x.over is not None and x.over > 0 else None,
        ),
        Column(_("原因"), lambda x: _with(x.reason, x.aside), 0),
    ]  # fmt: skip


def _review_columns(rules: Rules) -> list[Column[ReviewDue]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("塔"), lambda x: x.tower_name, 84),
        Column(_("层级"), lambda x: tier_word(rules, x.tier), 72, value=lambda x: x.tier, largest=True),
        Column(_("上次检视"), lambda x: x.last or _("没有登记过"), 100, value=lambda x: x.last),
        Column(_("应在"), lambda x: x.due or "—", 96),
        Column(
            _("超出"), lambda x: _beyond(x.over), 96, number=True, value=lambda x: x.over,
            ink=lambda x: "red" if x.over is not None and x.over > 0 else None,
        ),
        Column(_("原因"), lambda x: x.reason, 0),
    ]  # fmt: skip


def _span(days: int | None) -> str:
    return _("看不出") if days is None else _("{n} 天").format(n=days)


def _beyond(over: int | None) -> str:
    """Days beyond, or left."""
    if over is None:
        return _("看不出")
    if not over:
        return _("今天到期")
    return (_("超 {n} 天") if over > 0 else _("还有 {n} 天")).format(n=abs(over))


def _with(reason: str, aside: str) -> str:
    return _("{reason}({aside})").format(reason=reason, aside=aside) if aside else reason
