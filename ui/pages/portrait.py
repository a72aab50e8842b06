"""画像: one customer on one page; masked until a reason is given, every figure with the way to the rows it came from."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.charts import BalanceChart
from ui.dialogs import ReasonDialog
from ui.masked import mask_fact
from ui.page import Page
from ui.pages.portrait_cards import (
    fill_behaviour,
    fill_family,
    fill_gene,
    fill_tags,
    fill_todo,
    fill_why,
    head_chips,
    leading,
    lines,
    masked_relative,
    standing_lines,
)
from ui.pages.portrait_chart import balances
from ui.pages.portrait_chips import Chip, Chips
from ui.pages.portrait_columns import Columns
from ui.pages.portrait_dialogs import Correctable, CorrectDialog, LinkDialog
from ui.pages.portrait_why import FactsDialog, TagDialog, Trail, UnknownTags, facts_of
from ui.parts import Card, ask, button, column, empty, flow, label, light_label, row
from ui.preview import Preview
from ui.sources import Figure, Sources, source_words
from ui.tables import Column, Table
from ui.tasks import Tasks
from ui.words import exact, light_word, number_tail
from workbench.i18n import _
from workbench.insight.facts import HoldingRow, MonthPoint, Portrait, TouchRow, Verdict
from workbench.insight.links import Relation
from workbench.insight.tags.explain import TagOnCustomer
from workbench.money import wan
from workbench.sheets.masking import mask_name, tail
from workbench.sheets.portrait_sheet import names

if TYPE_CHECKING:
    from workbench.app import Workbench

MOST_MONTHS = 24
#: from this width on (of the page) the cards stand in four columns
WIDE = 1500
#: facts that are looked for first; how many stand on the page
FIRST = (
    "gender", "age", "phone", "id_no", "birth_date", "occupation", "employer", "residence_city", "risk_level",
    "risk_expiry_date", "open_date", "manager_name", "branch", "product_count", "wecom_friend", "last_txn_date",
)  # fmt: skip
MOST_FACTS = 16
MOST_CHIPS = 6


class PortraitPage(Page):
    """`place(customer_no)` chooses whom."""

    name = "portrait"
    topics: ClassVar[frozenset[str]] = frozenset(
        {
            "customers", "snapshots", "holdings", "touches", "settings", "relations", "corrections", "tags",
            "observations", "services",
        }
    )  # fmt: skip

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.customer_no = ""
        self.found: Portrait | None = None
        self.unmasked = False
        self.sources = Sources(workbench, tasks, self)
        self.trail = Trail(workbench, tasks, self)
        self._words: dict[str, str] = {}
        self.say(_("画像"), "")
        self.add_primary(_("记一次联系"), lambda: self.go.emit("touch", self.customer_no))
        self.add_action(_("返回"), lambda: self.go.emit("back", None), tip="Alt+← / Esc")
        self.print_button = self.add_action(_("打印一页"), self.print_page, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.strip = Chips()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(20)
        self._settled.timeout.connect(self._arrange)
        self._build_cards()
        self.columns = Columns()
        whole = column(self.strip)
        whole.addLayout(self.columns.side, 1)
        self.content = flow(whole)
        if (inside := self.content.widget()) is not None:
            inside.installEventFilter(self)
        self.content.hide()
        self.put(self.content)
        self._arrange()

    def _build_cards(self) -> None:
        self.chart = BalanceChart(self.tasks)
        self.chart.chosen.connect(self._source_of_month)
        self.chart_card = Card(_("资产走势"), button(_("逐月数据"), self._show_months, "link"))
        self.chart.setFixedHeight(190)
        self.chart_card.body.addWidget(self.chart)
        self.why = Card(_("为什么"))
        self.todo = Card(_("接下来三件事"))
        self.tier = Card(_("层级与差距"))
        self.gene = Card(_("基因卡"), button(_("观察卡"), self._tick_cues, "link"))
        self.behaviour = Card(_("交易行为"))
        self.family = Card(_("家庭与企业"), button(_("+ 添加关系"), self._add_link, "link"))
        self.all_tags = button(_("无法判断"), self._show_unknown_tags, "link")
        self.tags = Card(_("标签"), self.all_tags)
        self.unmask_button = button(_("显示完整信息…"), self._ask_reason, "link")
        self.all_facts = button(_("全部与更正"), self._show_facts_dialog, "link")
        aside = QWidget()
        buttons = row(self.all_facts, self.unmask_button)
        buttons.setContentsMargins(0, 0, 0, 0)
        aside.setLayout(buttons)
        self.facts = Card(_("客户信息"), aside)
        self.holdings = Table(self._holding_columns(), bare=True)
        self.holdings.opened.connect(self._source_of_holding)
        self.holding_card = Card(_("持有与到期"))
        self.no_holdings = label(
            _("名单里没有这位客户的产品或到期明细。导入产品持有表或到期表后显示。"), "second", wrap=True
        )
        self.offers = column(spacing=2)
        for part in (self.holdings, self.no_holdings):
            self.holding_card.body.addWidget(part)
        self.holding_card.body.addLayout(self.offers)
        self.holding_card.body.addStretch(1)
        self.touches = Table(self._touch_columns(), bare=True)
        self.touches.horizontalHeader().hide()
        self.touches.opened.connect(self._source_of_touch)
        self.touch_card = Card(_("联系记录"))
        self.no_touches = label(
            _("还没有联系记录。联系之后点右上角“记一次联系”,20 秒记完。"), "second", wrap=True
        )
        self.touch_card.body.addWidget(self.touches)
        self.touch_card.body.addWidget(self.no_touches)
        self.touch_card.body.addStretch(1)

    def _arrange(self) -> None:
        """Four columns on a wide window, three on a narrow one."""
        count = 4 if self.width() >= WIDE else 3
        fixed: list[list[Card]] = [
            [self.chart_card, self.holding_card], [self.why, self.tier], [self.todo, self.gene], [self.tags],
        ][:count]  # fmt: skip
        loose = [self.facts, self.behaviour, self.touch_card, self.family]
        # as if the scroll bar were there, so that it does not change the placing by which it comes and goes
        room = self.content.width() - self.content.verticalScrollBar().sizeHint().width()
        self.columns.place(fixed, loose if count == 4 else [self.tags, *loose], room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """New content has no size until it is on the screen: then the layout asks to be done again."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settled.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

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
            Column(_("到期日"), lambda x: x.maturity_date or "—", 92, ink=self._soon),
            Column(_("风险"), lambda x: x.product_risk or "—", 52),
        ]

    def _soon(self, line: HoldingRow) -> str | None:
        """Red for what matures within 30 days."""
        seen = self.found.picture if self.found else None
        days = seen.get("next_maturity_days") if seen else None
        near = days is not None and days <= self.workbench.rules.whole("advice.maturity_days")
        return "red" if near and seen and line.maturity_date == seen.get("next_maturity") else None

    def _touch_columns(self) -> list[Column]:
        return [
            Column("", lambda x: x.date, 92, ink=lambda x: "second"),
            Column("", lambda x: self._words.get(x.channel, x.channel), 64),
            Column("", self._touch_words, tip=self._touch_words),
        ]

    def _touch_words(self, touch: "object") -> str:
        result = self._words.get(getattr(touch, "result", ""), getattr(touch, "result", ""))
        parts = [result, getattr(touch, "note", None) or ""]
        if following := getattr(touch, "next_date", None):
            parts.append(_("下次 {date}").format(date=following))
        return " · ".join(part for part in parts if part)

    # -- reading -------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        number = str(argument)
        if number != self.customer_no:
            self.unmasked = self.trail.unmasked = False
            self.found = None
        self.customer_no = number
        self.setProperty("customer_no", number)
        self.refresh()

    def reload(self) -> None:
        number = self.customer_no
        if number:
            self.read(lambda: self._portrait(number), self._show)

    def _portrait(self, number: str) -> tuple[Portrait, dict[str, str]]:
        outreach = self.workbench.outreach
        words = names(self.workbench.rules, outreach.channels(), outreach.results())
        return self.workbench.insight.portrait(number), words

    def failed(self, error: Exception) -> None:
        self.content.hide()
        super().failed(error)

    def _show(self, read: tuple[Portrait, dict[str, str]]) -> None:
        found, self._words = read
        self.found = found
        self.content.show()
        self._show_head(found)
        self._show_chart(found)
        fill_why(self.why, found, self.workbench.rules, self._source_of_verdict, self._figures)
        fill_todo(self.todo, found.next_actions, found.do_not_say, self._figures)
        self._show_tier(found)
        self.behaviour.clear()
        fill_behaviour(self.behaviour.body, found.behaviour, self._figures)
        self._show_rows(found)
        self._show_gene(found)
        self._show_family(found)
        self._show_tags(found)
        self._show_facts(found)

    def _show_tier(self, found: Portrait) -> None:
        self.tier.clear()
        lines(self.tier.body, standing_lines(found.standing, found), self._figures)
        self.tier.body.addWidget(label(_("层级线为本系统口径,可换预设。"), "second", wrap=True))
        self.tier.body.addStretch(1)

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
        self.strip.clear()
        self._show_light(found)
        for words, behind, alarm in head_chips(found, self.workbench.rules):
            self.strip.add(Chip(words, partial(self._figures, words, behind), alarm=alarm))
        held = [tag for tag in found.tags if tag.state == "hit" and tag.kind == "flag" and tag.layer > 2]
        for tag in held[:MOST_CHIPS]:
            self.strip.add(Chip(tag.label, partial(self._show_tag, tag), tag.reason))
        more = sum(tag.state == "hit" for tag in found.tags) - min(len(held), MOST_CHIPS)
        if more > 0:
            self.strip.add(Chip(f"+{more}", self._to_tags, _("看全部标签")))

    def _show_light(self, found: Portrait) -> None:
        risk = found.risk
        if risk is None:
            return
        words = _("未亮灯")
        if risk.light is not None:
            words = _("{light}灯").format(light=light_word(risk.light))
        self.strip.add(light_label(risk.light, words))
        place = _("风险 {risk} · 第 {rank} 名").format(risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}")
        behind = ("risk", *(one.code for one in risk.signals))
        self.strip.add(Chip(place, partial(self._figures, place, behind), alarm=risk.light == "red"))

    def _show_chart(self, found: Portrait) -> None:
        points = found.points[-MOST_MONTHS:]
        data = balances(points)
        words = _("柱 {bars},线 月日均,万元") if data.line else _("柱 {bars},万元")
        bars = _("时点余额") if any("aum_balance" in point.figures for point in points) else _("月日均")
        self.chart_card.note.setText(words.format(bars=bars) if points else _("还没有月度数据"))
        self.chart_card.setToolTip(_("点一根柱子看它的来源"))
        self.chart.show_data(data)

    def _show_rows(self, found: Portrait) -> None:
        for table, rows, words in (
            (self.holdings, found.holdings, self.no_holdings),
            (self.touches, found.touches, self.no_touches),
        ):
            table.table.fill(rows)
            table.setVisible(bool(rows))
            words.setVisible(not rows)
            table.fit(6)
        empty(self.offers)
        if found.offers:
            self.offers.addWidget(label(_("可以谈(不超过风险等级)"), "second"))
        for one in found.offers:
            words_of = leading(f"{one.product or one.name} · {one.reason}", "\n".join(one.verdict.reasons))
            title, names = (
                one.product or one.name,
                (f"holds_{one.family}", "risk_class", "risk_valid_days", "balance"),
            )
            words_of.asked.connect(partial(self._figures, title, names))
            self.offers.addWidget(words_of)

    def _show_gene(self, found: Portrait) -> None:
        self.gene.clear()
        if found.gene is not None:
            fill_gene(self.gene.body, found.gene, self._figures)
        else:
            self.gene.body.addWidget(
                label(_("还没有月度数据,看不出客户基因。导入客户清单后显示。"), "second", wrap=True)
            )
            self.gene.body.addStretch(1)

    def _show_family(self, found: Portrait) -> None:
        self.family.clear()
        if found.household is not None:
            fill_family(
                self.family.body,
                found.household,
                lambda number: self.go.emit("portrait", number),
                self._ask_remove,
                self._figures,
                unmasked=self.unmasked,
            )

    def _show_tags(self, found: Portrait) -> None:
        self.tags.clear()
        held, unknown = fill_tags(self.tags.body, found.tags, self._show_tag)
        self.tags.note.setText(_("{n} 个,点一下看依据").format(n=held) if held else "")
        self.all_tags.setText(_("{n} 个无法判断").format(n=unknown))
        self.all_tags.setVisible(unknown > 0)

    def _show_facts(self, found: Portrait) -> None:
        card = self.facts
        card.clear()
        self.unmask_button.setVisible(not self.unmasked)
        told = facts_of(found)
        places = {key: at for at, key in enumerate(FIRST)}
        shown = sorted(told, key=lambda one: (one.correction is None, places.get(one.key, len(places))))
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(10)
        for at, one in enumerate(shown[:MOST_FACTS]):
            down, across = at // 2, 2 * (at % 2)
            value = one.value if self.unmasked else mask_fact(one.key, one.value)
            tip = ""
            if one.correction is not None:
                value = _("{value}(更正)").format(value=value)
                machine = one.machine if self.unmasked else mask_fact(one.key, one.machine)
                tip = _("机器的值:{machine};理由:{why};有效到 {date}").format(
                    machine=machine, why=one.correction.reason, date=one.correction.expires
                )
            made = Figure(value, tip, selectable=self.unmasked)
            made.setIndent(0)
            made.asked.connect(partial(self._source_of_field, one.key, one.label))
            grid.addWidget(label(one.label, "second"), down, across, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, down, across + 1)
        for at in (1, 3):
            grid.setColumnStretch(at, 1)
        card.body.addLayout(grid)
        self.all_facts.setText(_("全部 {n} 项与更正").format(n=len(told)))
        if found.source is not None:
            card.body.addWidget(
                label(_("来源:{where}").format(where=source_words(found.source)), "second", wrap=True)
            )
        card.body.addStretch(1)

    # -- what stands behind --------------------------------------------------------------------------------

    def _figures(self, title: str, behind: tuple[str, ...]) -> None:
        if self.found is not None and behind:
            self.trail.figures(self.found, title, behind)

    def _show_tag(self, tag: TagOnCustomer) -> None:
        if self.found is not None:
            dialog = TagDialog(self.trail, self.found, tag, self)
            dialog.correct_asked.connect(self.correct)
            self.trail.dialog = dialog
            dialog.open()

    def _show_unknown_tags(self) -> None:
        if self.found is not None:
            unknown = [tag for tag in self.found.tags if tag.state == "unknown"]
            dialog = UnknownTags(unknown, self._show_tag, self)
            self.trail.dialog = dialog
            dialog.open()

    def _to_tags(self) -> None:
        self.content.ensureWidgetVisible(self.tags)

    # -- by hand -------------------------------------------------------------------------------------------

    def _show_facts_dialog(self) -> None:
        if self.found is not None:
            dialog = FactsDialog(self.trail, self.found, self)
            dialog.correct_asked.connect(self.correct)
            dialog.end_asked.connect(self._end_correction)
            self.trail.dialog = dialog
            dialog.open()

    def correct(self, key: str, words: str, machine: str) -> None:
        """Ask for the right value of a fact or tag; `machine` is what the machine says, in words."""
        number = self.customer_no

        def ask_value(choices: tuple[tuple[str, str], ...]) -> None:
            what = Correctable(key, words, machine, choices)
            self.trail.dialog = CorrectDialog(self.workbench, self.tasks, number, what, self)
            self.trail.dialog.open()

        self.tasks.run(
            lambda: self.workbench.insight.corrections.choices(key),
            ask_value,
            failed=self.refused,
            owner=self,
        )

    def _end_correction(self, correction: int) -> None:
        self.tasks.write(
            lambda: self.workbench.insight.corrections.end(correction),
            words=_("已取消更正,恢复机器的值。"),
            failed=self.refused,
            owner=self,
        )

    def _add_link(self) -> None:
        self.trail.dialog = LinkDialog(self.workbench, self.tasks, self.customer_no, self)
        self.trail.dialog.open()

    def _ask_remove(self, relation: Relation) -> None:
        name = relation.name if self.unmasked else masked_relative(relation)
        words = _("删除关系“{kind} {name}”?").format(kind=relation.kind_name, name=name)
        ask(
            self, _("删除关系"), words, _("删除后可以撤销。"), _("删除"), _("不删"),
            lambda: self.tasks.write(
                lambda: self.workbench.insight.links.remove(relation.id), words=_("已删除关系。"), failed=self.refused,
                owner=self,
            ),
        )  # fmt: skip

    def _tick_cues(self) -> None:
        from ui.style_test import CueDialog

        self.trail.dialog = CueDialog(self.workbench, self.tasks, self.customer_no, self)
        self.trail.dialog.open()

    def refused(self, error: Exception) -> None:
        """A write that was refused stands in the banner; the page stays."""
        Page.failed(self, error)

    # -- print ---------------------------------------------------------------------------------------------

    def print_page(self) -> None:
        """One A4 page for the meeting, masked, in the preview."""
        found, words = self.found, self._words
        if found is None:
            return
        self.trail.dialog = Preview(
            self.workbench,
            self.tasks,
            lambda: self.workbench.sheets.portrait_pdf(found, words),
            kind="portrait_pdf",
            name=_("客户画像_{tail}").format(tail=tail(found.customer_no)),
            parent=self,
        )
        self.trail.dialog.open()

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
        self.unmasked = self.trail.unmasked = True
        if self.found is not None:
            self._show_head(self.found)
            self._show_facts(self.found)
            self._show_family(self.found)

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

    def _source_of_field(self, field: str, words: str) -> None:
        title = _("{field} 的来源").format(field=words)
        self.sources.field(self.customer_no, title, field, unmasked=self.unmasked)

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

    def _source_of_touch(self, number: int) -> None:
        found = self.touches.table.row(number)
        if isinstance(found, TouchRow):
            self.sources.trace(
                self.customer_no,
                _("联系记录的来源"),
                lambda one: one.table == "touches" and one.row_id == found.id,
                unmasked=self.unmasked,
            )

    def focus_first(self) -> None:
        if self.primary is not None:
            self.primary.setFocus()


def _holding_tip(found: HoldingRow) -> str:
    return source_words(found.source) if found.source else ""
