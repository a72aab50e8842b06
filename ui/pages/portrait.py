"""画像: one customer on one page; masked until a reason is given, every figure with the row it came from."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.charts import BalanceChart, Balances, Series
from ui.dialogs import ReasonDialog
from ui.masked import mask_fact
from ui.page import Page
from ui.parts import Card, button, column, empty, flow, label, light_label, row
from ui.sources import Figure, Sources, source_words
from ui.tables import Column, Table
from ui.tasks import Tasks
from ui.words import exact, light_word, number_tail, severity_word
from workbench.i18n import _, commas
from workbench.insight.facts import HoldingRow, MonthPoint, Portrait, Verdict
from workbench.money import wan
from workbench.sheets.masking import mask_name, tail

if TYPE_CHECKING:
    from workbench.app import Workbench

#: stacked in the chart when the list tells them, in this order; the rest of the assets is 其他
STACKED = ("deposit", "wealth", "fund", "insurance")
DEPOSITS = ("demand", "time_deposit", "large_cd", "notice_deposit", "structured_deposit")
MOST_MONTHS = 24


class PortraitPage(Page):
    """`place(customer_no)` chooses whom."""

    name = "portrait"
    topics: ClassVar[frozenset[str]] = frozenset(
        {"customers", "snapshots", "holdings", "touches", "settings"}
    )

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.customer_no = ""
        self.found: Portrait | None = None
        self.unmasked = False
        self.sources = Sources(workbench, tasks, self)
        self._channels: dict[str, str] = {}
        self._results: dict[str, str] = {}
        self.say(_("画像"), "")
        self.add_primary(_("记一次联系"), lambda: self.go.emit("touch", self.customer_no))
        self.add_action(_("返回"), lambda: self.go.emit("back", None), tip="Alt+← / Esc")
        self.strip = QWidget()
        self._strip = row(None)
        self._strip.setContentsMargins(0, 0, 0, 0)
        self.strip.setLayout(self._strip)
        self.chart = BalanceChart(tasks)
        self.chart.chosen.connect(self._source_of_month)
        self.chart_card = Card(_("资产走势"), button(_("逐月数据"), self._show_months, "link"))
        self.chart_card.body.addWidget(self.chart, 1)
        self.why = Card(_("为什么"))
        self.tier = Card(_("层级与差距"))
        self.holdings = Table(self._holding_columns(), bare=True)
        self.holdings.opened.connect(self._source_of_holding)
        self.holding_card = Card(_("持有与到期"))
        self.no_holdings = label(
            _("名单里没有这位客户的产品或到期明细。导入产品持有表或到期表后显示。"), "second", wrap=True
        )
        self.holding_card.body.addWidget(self.holdings)
        self.holding_card.body.addWidget(self.no_holdings)
        self.holding_card.body.addStretch(1)
        self.touches = Table(self._touch_columns(), bare=True)
        self.touches.horizontalHeader().hide()
        self.touch_card = Card(_("联系记录"))
        self.no_touches = label(
            _("还没有联系记录。联系之后点右上角“记一次联系”,20 秒记完。"), "second", wrap=True
        )
        self.touch_card.body.addWidget(self.touches)
        self.touch_card.body.addWidget(self.no_touches)
        self.touch_card.body.addStretch(1)
        self.unmask_button = button(_("显示完整信息…"), self._ask_reason, "link")
        self.facts = Card(_("客户信息"), self.unmask_button)
        grid = QGridLayout()
        grid.setSpacing(12)
        places = (self.chart_card, self.why, self.holding_card, self.touch_card)
        for at, card in enumerate(places):
            grid.addWidget(card, at // 2, at % 2)
        grid.addLayout(column(self.tier, self.facts, spacing=12), 0, 2, 2, 1)
        for at, share in enumerate((10, 10, 8)):
            grid.setColumnStretch(at, share)
        grid.setRowMinimumHeight(0, 300)
        grid.setRowMinimumHeight(1, 240)
        grid.setRowStretch(1, 1)
        whole = column(self.strip)
        whole.addLayout(grid, 1)
        self.content = flow(whole)
        self.content.hide()
        self.put(self.content)

    def _holding_columns(self) -> list[Column]:
        return [
            Column(
                _("产品"),
                lambda x: x.product_name or x.product_code or x.category or "—",
                0,
                tip=_holding_tip,
            ),
            Column(
                _("金额"), lambda x: wan(x.amount_fen), 80, number=True, tip=lambda x: exact(x.amount_fen)
            ),
            Column(_("到期日"), lambda x: x.maturity_date or "—", 92),
            Column(_("风险"), lambda x: x.product_risk or "—", 52),
        ]

    def _touch_columns(self) -> list[Column]:
        return [
            Column("", lambda x: x.date, 92, ink=lambda x: "second"),
            Column("", lambda x: self._channels.get(x.channel, x.channel), 64),
            Column("", self._touch_words, tip=self._touch_words),
        ]

    def _touch_words(self, touch: "object") -> str:
        result = self._results.get(getattr(touch, "result", ""), getattr(touch, "result", ""))
        parts = [result, getattr(touch, "note", None) or ""]
        if following := getattr(touch, "next_date", None):
            parts.append(_("下次 {date}").format(date=following))
        return " · ".join(part for part in parts if part)

    # -- reading -------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        number = str(argument)
        if number != self.customer_no:
            self.unmasked = False
            self.found = None
        self.customer_no = number
        self.setProperty("customer_no", number)
        self.refresh()

    def reload(self) -> None:
        number = self.customer_no
        if number:
            self.read(lambda: self._portrait(number), self._show)

    def _portrait(self, number: str) -> tuple[Portrait, dict[str, str], dict[str, str]]:
        outreach = self.workbench.outreach
        return self.workbench.insight.portrait(number), dict(outreach.channels()), dict(outreach.results())

    def failed(self, error: Exception) -> None:
        self.content.hide()
        super().failed(error)

    def _show(self, read: tuple[Portrait, dict[str, str], dict[str, str]]) -> None:
        found, self._channels, self._results = read
        self.found = found
        self.content.show()
        self._show_head(found)
        self._show_chart(found)
        self._show_why(found)
        self._show_tier(found)
        self._show_rows(found)
        self._show_facts(found)

    def _show_head(self, found: Portrait) -> None:
        name = found.name if self.unmasked else mask_name(found.name)
        facts = {key: value for key, _label, value in found.facts}
        told = [
            _("客户号 {number}").format(
                number=found.customer_no if self.unmasked else number_tail(found.customer_no)
            ),
            facts.get("gender", ""),
            _("{age} 岁").format(age=facts["age"]) if facts.get("age") else "",
            _("数据日期 {date}").format(date=found.as_of) if found.as_of else _("还没有月度数据"),
        ]
        self.say(name, " · ".join(part for part in told if part))
        empty(self._strip)
        risk = found.risk
        if risk is not None:
            words = _("{light}灯 · 风险 {risk} · 第 {rank} 名").format(
                light=light_word(risk.light), risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}"
            )
            if risk.light is None:
                words = _("未亮灯 · 风险 {risk} · 第 {rank} 名").format(
                    risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}"
                )
            self._strip.addWidget(light_label(risk.light, words))
        chips = [
            found.tier_name or "",
            found.tower or "",
            _("本行 {level}").format(level=found.bank_level) if found.bank_level else "",
        ]
        chips += [self.workbench.rules.text(f"{code}.name") for code in (risk.profiles if risk else ())]
        for words in chips:
            if words:
                self._strip.addWidget(label(words, "chip"))
        self._strip.addStretch(1)

    def _show_chart(self, found: Portrait) -> None:
        points = found.points[-MOST_MONTHS:]
        data = balances(points, self._names())
        words = _("柱 {bars},线 月日均,万元") if data.line else _("柱 {bars},万元")
        bars = _("时点余额") if any("aum_balance" in point.figures for point in points) else _("月日均")
        self.chart_card.note.setText(words.format(bars=bars) if points else _("还没有月度数据"))
        self.chart_card.setToolTip(_("点一根柱子看它的来源"))
        self.chart.show_data(data)

    @staticmethod
    def _names() -> dict[str, str]:
        return {
            "deposit": _("存款"),
            "wealth": _("理财"),
            "fund": _("基金"),
            "insurance": _("保险"),
            "rest": _("其他"),
            "aum": _("金融资产"),
            "average": _("月日均"),
        }

    def _show_why(self, found: Portrait) -> None:
        card, rules, risk = self.why, self.workbench.rules, found.risk
        card.clear()
        body = card.body
        if risk is None:
            body.addWidget(label(_("还没有检查过这位客户(没有月度数据)。"), "second", wrap=True))
            body.addStretch(1)
            return
        lit = {"red": _("为什么亮红灯"), "orange": _("为什么亮橙灯"), "yellow": _("为什么亮黄灯")}
        card.heading.setText(lit.get(risk.light or "", _("没有亮灯")))
        if risk.hard_rule:
            body.addWidget(label(_("直接定灯:{reason}").format(reason=risk.hard_rule), "red", wrap=True))
        for verdict in risk.signals:
            title = f"{verdict.code} {rules.text(verdict.code + '.name')} · {severity_word(verdict.severity)}"
            source = button(_("来源"), partial(self._source_of_verdict, verdict), "link")
            body.addLayout(row(label(title, "heading"), None, source))
            body.addWidget(label(verdict.reason, wrap=True))
        if not risk.signals:
            body.addWidget(label(_("没有命中信号。"), "second"))
        if risk.cannot_tell:
            names = commas(f"{code} {rules.text(code + '.name')}" for code in risk.cannot_tell)
            body.addWidget(
                label(_("看不到(名单没有相应的列):{names}").format(names=names), "second", wrap=True)
            )
        body.addStretch(1)

    def _show_tier(self, found: Portrait) -> None:
        card = self.tier
        card.clear()
        latest = found.points[-1].figures if found.points else {}
        measure = "aum_daily_average" if "aum_daily_average" in latest else "aum_balance"
        lines: list[tuple[str, str, str, str]] = [
            (_("本系统层级"), found.tier_name or _("无法判断(没有月日均)"), "", measure),
            (_("塔位"), found.tower or "—", "", measure),
            (_("本行等级"), found.bank_level or "—", "", "bank_level"),
            (_("距上一级还差"), wan(found.to_upgrade_fen), exact(found.to_upgrade_fen), measure),
            (_("高出本级线"), wan(found.to_keep_fen), exact(found.to_keep_fen), measure),
        ]
        if found.points:
            measures = ((_("金融资产时点"), "aum_balance"), (_("金融资产月日均"), "aum_daily_average"))
            lines += [(words, wan(latest.get(key)), exact(latest.get(key)), key) for words, key in measures]
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(6)
        for at, (words, value, tip, field) in enumerate(lines):
            grid.addWidget(label(words, "second", wrap=True), at, 0)
            shown = self._figure(field, words, value, tip)
            grid.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(grid)
        card.body.addWidget(label(_("层级线为本系统口径,可换预设。"), "second", wrap=True))
        card.body.addStretch(1)

    def _show_rows(self, found: Portrait) -> None:
        for table, rows, words in (
            (self.holdings, found.holdings, self.no_holdings),
            (self.touches, found.touches, self.no_touches),
        ):
            table.table.fill(rows)
            table.setVisible(bool(rows))
            words.setVisible(not rows)
            table.fit(7)

    def _show_facts(self, found: Portrait) -> None:
        card = self.facts
        card.clear()
        self.unmask_button.setVisible(not self.unmasked)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        for at, (key, words, value) in enumerate(found.facts):
            shown = value if self.unmasked else mask_fact(key, value)
            grid.addWidget(label(words, "second", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._figure(key, words, shown), at, 1)
        card.body.addLayout(grid)
        if found.source is not None:
            card.body.addWidget(
                label(_("来源:{where}").format(where=source_words(found.source)), "second", wrap=True)
            )
        card.body.addStretch(1)

    # -- unmasking -----------------------------------------------------------------------------------------

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(self)
        dialog.given.connect(self.unmask)
        dialog.open()

    def unmask(self, reason: str) -> None:
        """Record why, then show; nothing is shown when it cannot be recorded."""
        number = tail(self.customer_no)
        self.tasks.run(
            lambda: self.workbench.record_unmask(number, reason), lambda _none: self._unmasked(), owner=self
        )

    def _unmasked(self) -> None:
        self.unmasked = True
        if self.found is not None:
            self._show_head(self.found)
            self._show_facts(self.found)

    # -- sources -------------------------------------------------------------------------------------------

    def _show_months(self) -> None:
        if self.found is not None:
            self._months(_("逐月数据与来源"), self.found.points)

    def _source_of_month(self, number: int) -> None:
        if self.found is not None:
            point = self.found.points[-MOST_MONTHS:][number]
            self._months(_("{month} 的来源").format(month=point.month), [point])

    def _source_of_verdict(self, verdict: Verdict) -> None:
        if self.found is not None:
            name = self.workbench.rules.text(f"{verdict.code}.name")
            self._months(_("{signal}:依据的月份").format(signal=name), self.found.points[-9:])

    def _months(self, title: str, points: Sequence[MonthPoint]) -> None:
        months = {point.month for point in points}
        self.sources.month(self.customer_no, title, months, unmasked=self.unmasked)

    def _source_of_holding(self, number: int) -> None:
        found = self.holdings.table.row(number)
        if isinstance(found, HoldingRow) and found.source is not None:
            place = (found.source.batch, found.source.row)
            self.sources.trace(
                self.customer_no,
                _("持有与到期的来源"),
                lambda one: one.table == "holdings" and (one.batch, one.row) == place,
                unmasked=self.unmasked,
            )

    def _figure(self, field: str, words: str, value: str, tip: str = "") -> Figure:
        """A value that leads to its source."""
        made = Figure(value, tip, selectable=self.unmasked)
        title = _("{field} 的来源").format(field=words)
        made.asked.connect(lambda: self.sources.field(self.customer_no, title, field, unmasked=self.unmasked))
        return made

    def focus_first(self) -> None:
        if self.primary is not None:
            self.primary.setFocus()


def balances(points: Sequence[MonthPoint], names: dict[str, str]) -> Balances:
    """The chart's data: bars of what the lists tell of the balances and the rest of the assets, a line for the
    daily average. Where a list gives daily averages only, the bars show those."""
    measure = "balance" if any("aum_balance" in point.figures for point in points) else "daily_average"

    def told(part: str) -> tuple[int | None, ...]:
        return tuple(_part(point, part, measure) for point in points)

    parts = [Series(names[part], values) for part in STACKED if any(values := told(part))]
    whole = told("aum")
    rest = tuple(
        None if total is None else max(0, total - sum(part.values[at] or 0 for part in parts))
        for at, total in enumerate(whole)
    )
    if any(rest):
        parts.append(Series(names["rest"] if parts else names["aum"], rest, rest=bool(parts)))
    average = tuple(point.figures.get("aum_daily_average") for point in points)
    shown = measure == "balance" and any(average)
    return Balances(
        tuple(point.month for point in points),
        tuple(parts),
        Series(names["average"], average) if shown else None,
    )


def _part(point: MonthPoint, part: str, measure: str) -> int | None:
    """One part of the assets in one month, fen; deposits from their kinds when the list gives no total."""
    value = point.figures.get(f"{part}_{measure}")
    if value is None and part == "deposit":
        kinds = [point.figures[key] for kind in DEPOSITS if (key := f"{kind}_{measure}") in point.figures]
        return sum(kinds) if kinds else None
    return value


def _holding_tip(found: HoldingRow) -> str:
    return source_words(found.source) if found.source else ""
