"""The tables of the portrait: products and maturities with what can be offered, and the contacts so far."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.pages.portrait.lines import Open, leading
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import Card, column, empty, label
from ui.widgets.sources import Figure, source_words
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.portrait.portrait import HoldingRow, Portrait, TouchRow
from workbench.insight.products.offers import Offer
from workbench.rules.parameters import Rules

#: rows that are shown without scrolling
MOST_ROWS = 6


class HoldingCard(PartCard):
    """What the customer holds and, below, what may be offered; Enter on a line opens its source."""

    def __init__(self, rules: Rules, source: Callable[[HoldingRow], object], show: Open) -> None:
        super().__init__(_("持有与到期"))
        self._rules = rules
        self._source = source
        self._show = show
        self._portrait: Portrait | None = None
        self.rows = Table(self._columns(), name="portrait.holdings", bare=True)
        # products of one kind differ at the end of their names
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.rows.opened.connect(self._open)
        self.none = label(
            _("名单里没有这位客户的产品或到期明细。导入产品持有表或到期表后显示。"), "second", wrap=True
        )
        self.offers = column(spacing=2)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.none)
        self.body.addLayout(self.offers)
        self.body.addStretch(1)

    def _columns(self) -> list[Column[HoldingRow]]:
        return [
            Column(
                _("产品"),
                lambda x: x.product_name or x.product_code or x.category or "—",
                0,
                tip=lambda x: source_words(x.source) if x.source else "",
            ),
            Column(
                _("金额"),
                lambda x: wan(x.amount_fen),
                76,
                number=True,
                fen=lambda x: x.amount_fen,
            ),
            Column(_("到期日"), self._due, 90, ink=self._soon),
            Column(_("风险"), lambda x: x.product_risk or "—", 52),
        ]

    def _due(self, line: HoldingRow) -> str:
        """The maturity date, and whether it is past."""
        picture = self._portrait.picture if self._portrait else None
        past = line.matured(picture.day) if picture else False
        return _("{date} 已到期").format(date=line.maturity_date) if past else line.maturity_date or "—"

    def _soon(self, line: HoldingRow) -> str | None:
        """Red for the next maturity, within the days of the rule `advice.maturity_days`."""
        picture = self._portrait.picture if self._portrait else None
        days = picture.values.next_maturity_days if picture else None
        near = days is not None and days <= self._rules.whole("advice.maturity_days")
        return "red" if near and picture and line.maturity_date == picture.get("next_maturity") else None

    def _open(self, number: int) -> None:
        holding = self.rows.table.row(number)
        if isinstance(holding, HoldingRow):
            self._source(holding)

    def show_held(self, portrait: Portrait) -> None:
        """Show holdings and offers, or why nothing may be offered."""
        self._portrait = portrait
        _fill(self.rows, portrait.holdings, self.none)
        empty(self.offers)
        if portrait.offers:
            self.offers.addWidget(label(_("可以谈(不超过风险等级)"), "second"))
        elif portrait.consent is not None and portrait.consent.held:
            why = _("不推荐产品:{why}").format(why=portrait.consent.sentence)
            self.offers.addWidget(label(why, "second", wrap=True))
        for one in portrait.offers:
            self.offers.addWidget(self._offer(one))
        held = bool(portrait.holdings) or self.offers.count() > 0
        self.nothing = "" if held else _("持有与到期:导入产品持有表或到期表就有")

    def _offer(self, one: Offer) -> Figure:
        title = one.product or one.name
        made = leading(f"{title} · {one.reason}", "\n".join(one.verdict.reasons))
        behind = (f"holds_{one.family}", "risk_class", "risk_valid_days", "balance")
        made.activated.connect(partial(self._show, title, behind))
        return made


class TouchCard(Card):
    """The contacts, the newest first; Enter on a line opens its source."""

    def __init__(self, source: Callable[[TouchRow], object]) -> None:
        super().__init__(_("联系记录"))
        self._source = source
        #: channel or result -> its name
        self._names: Mapping[str, str] = {}
        self.rows = Table(
            [
                Column("", lambda x: x.date, 92, ink=lambda x: "second"),
                Column("", lambda x: self._names.get(x.channel, x.channel), 64),
                Column("", self._outcome, tip=self._outcome),
            ],
            bare=True,
        )
        self.rows.horizontalHeader().hide()
        self.rows.opened.connect(self._open)
        self.none = label(_("还没有联系记录。联系之后点右上角“记一次联系”,20 秒记完。"), "second", wrap=True)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.none)
        self.body.addStretch(1)

    def _outcome(self, touch: TouchRow) -> str:
        parts = [self._names.get(touch.result, touch.result), touch.note or ""]
        if touch.next_date:
            parts.append(_("下次 {date}").format(date=touch.next_date))
        return " · ".join(part for part in parts if part)

    def _open(self, number: int) -> None:
        touch = self.rows.table.row(number)
        if isinstance(touch, TouchRow):
            self._source(touch)

    def show_touches(self, touches: Sequence[TouchRow], names: Mapping[str, str]) -> None:
        """Show the contacts; `names` maps codes of channels and results to their names."""
        self._names = names
        _fill(self.rows, touches, self.none)


def _fill(table: Table, rows: Sequence[object], none: QWidget) -> None:
    table.table.fill(rows)
    table.setVisible(bool(rows))
    none.setVisible(not rows)
    table.fit(MOST_ROWS)
