"""画像: one customer on one page; masked until a reason is given, every figure with the way to the rows it came from."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent

from ui.dialogs import ReasonDialog
from ui.pages.portrait.cards import (
    fill_behaviour,
    fill_family,
    fill_gene,
    fill_tags,
    fill_todo,
    fill_why,
    head_chips,
    lines,
    standing_lines,
)
from ui.pages.portrait.cells import Cells
from ui.pages.portrait.chart import ChartCard
from ui.pages.portrait.chips import Chip
from ui.pages.portrait.columns import GAP, CardColumns
from ui.pages.portrait.customer_page import CustomerPage
from ui.pages.portrait.facts import FactsCard
from ui.pages.portrait.hand import ByHand
from ui.pages.portrait.pin_bar import PinBar
from ui.pages.portrait.rows import HoldingCard, TouchCard
from ui.pages.portrait.why import FactsDialog, TagReasonDialog, UnknownTags
from ui.tasks import Tasks
from ui.widgets.parts import Card, button, column, flow, label, light_label
from ui.widgets.preview import PreviewDialog
from ui.widgets.wrapped import Strip
from ui.words import light_word, masked, number_tail
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.people.privacy import tail
from workbench.sheets.glyphs import readable
from workbench.sheets.portrait_sheet import names

if TYPE_CHECKING:
    from workbench.app import Workbench

#: page width in pixels from which the cards stand in four columns
WIDE = 1500
MOST_CHIPS = 6


class PortraitPage(CustomerPage):
    """`place(customer_no)` chooses the customer."""

    name = "portrait"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks)
        self.cells = Cells(self)
        self.by_hand = ByHand(self)
        self._words: dict[str, str] = {}
        self.say(_("画像"), "")
        self.add_primary(_("记一次联系"), lambda: self.go.emit("touch", self.customer_no))
        self.add_action(_("返回"), lambda: self.go.emit("back", None), tip="Alt+← / Esc", always=True)
        self.plan_button = self.add_action(
            _("放进本周计划"), lambda: self.go.emit("to_plan", self.customer_no), tip="Ctrl+B"
        )
        self.print_button = self.add_action(_("打印一页"), self.print_page, tip="Ctrl+P")
        self.print_button.setShortcut("Ctrl+P")
        self.card_button = self.add_action(_("旅程卡"), self.print_card, tip=_("半张 A4,正反两面,可折可裁"))
        self.strip = Strip()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(20)
        self._settled.timeout.connect(self._arrange)
        self._build_cards()
        self.columns = CardColumns()
        self.aged = label("", "alarm", wrap=True)
        self.aged.hide()
        self.pin_bar = PinBar(self)
        whole = column(self.aged, self.pin_bar, self.strip)
        whole.addLayout(self.columns.side, 1)
        self.content = flow(whole)
        if (inside := self.content.widget()) is not None:
            inside.installEventFilter(self)
        self.waits_for = _("正在读取这位客户…")
        self.shown = self.stage(self.content, _("账本里还没有客户。"))
        self._arrange()

    def _build_cards(self) -> None:
        self.chart_card = ChartCard(self.tasks, self.cells.of_months, self.cells.of_month)
        self.chart = self.chart_card.chart
        self.why = Card(_("为什么"))
        self.todo = Card(_("接下来三件事"))
        self.tier = Card(_("层级与差距"))
        self.gene = Card(_("基因卡"), button(_("观察卡"), self.by_hand.tick_cues, "link"))
        self.behaviour = Card(_("交易行为"))
        self.family = Card(_("家庭与企业"), button(_("+ 添加关系"), self.by_hand.add_link, "link"))
        self.all_tags = button(_("无法判断"), self._show_unknown_tags, "link")
        self.tags = Card(_("标签"), button(_("+ 打标签"), self.by_hand.give_tag, "link"), self.all_tags)
        self.facts = FactsCard(self._show_facts_dialog, self._ask_reason, self.cells.of_field)
        self.all_facts, self.unmask_button = self.facts.all_facts, self.facts.unmask_button
        self.holding_card = HoldingCard(self.workbench.rules, self.cells.of_holding, self._figures)
        self.touch_card = TouchCard(self.cells.of_touch)
        self.touches = self.touch_card.rows

    def _arrange(self) -> None:
        """Four columns on a wide window, three on a narrow one, fewer where the cards would be cut off."""
        first, second, third = (
            [self.chart_card, self.holding_card],
            [self.why, self.tier],
            [self.todo, self.gene],
        )
        loose = [self.facts, self.behaviour, self.touch_card, self.family]
        # without the scroll bar's width, whether it is shown or not: otherwise it would change the placing and go
        room = self.content.width() - self.content.verticalScrollBar().sizeHint().width()
        widest = max(card.minimumSizeHint().width() for card in (*first, *second, *third, self.tags, *loose))
        fitting = max(1, (room + GAP) // (widest + GAP))
        ways: dict[int, list[list[Card]]] = {
            4: [first, second, third, [self.tags]],
            3: [first, second, third],
            2: [[*third, self.holding_card], [self.chart_card, *second]],
            1: [[*second, *third, *first]],
        }
        fixed = ways[min(fitting, 4 if self.width() >= WIDE else 3)]
        self.columns.place(fixed, loose if len(fixed) == 4 else [self.tags, *loose], room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange the cards again when new content has its size, which it gets only on the screen."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settled.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards for the new width."""
        super().resizeEvent(event)
        self._arrange()

    # -- reading -------------------------------------------------------------------------------------------

    def place(self, argument: object) -> None:
        """Show the customer with this number, masked if it is another one."""
        number = str(argument)
        if number != self.customer_no:
            self.unmasked = self.trail.unmasked = False
            self.portrait = None
            self.say(_("画像"), "")
            self.wait()  # the content is another customer's
        self.customer_no = number
        self.refresh()

    def reload(self) -> None:
        """Read the portrait."""
        number = self.customer_no
        if number:
            self.read(lambda: self._portrait(number), self._show)
            self.read(lambda: self.workbench.outreach.pins.on(number), self.pin_bar.fill, key="pin")

    def _portrait(self, number: str) -> tuple[Portrait, dict[str, str]]:
        outreach = self.workbench.outreach
        words = names(self.workbench.rules, outreach.channels(), outreach.results())
        return self.workbench.insight.portrait(number), words

    def failed(self, error: Exception) -> None:
        """Also hide the portrait, which is not this customer's."""
        super().failed(error)
        if isinstance(error, WorkbenchError):
            self.shown.hide()

    def _show(self, read: tuple[Portrait, dict[str, str]]) -> None:
        portrait, words = read
        self.portrait, self._words = portrait, words
        self._show_head(portrait)
        self.chart_card.show_points(portrait.points)
        fill_why(
            self.why,
            portrait,
            self.workbench.rules,
            self.cells.of_verdict,
            self._figures,
            self.by_hand.confirm_cause,
        )
        fill_todo(self.todo, portrait.next_actions, portrait.do_not_say, self._figures)
        self._show_tier(portrait)
        self.behaviour.clear()
        fill_behaviour(self.behaviour.body, portrait.behaviour, self._figures, portrait.problems)
        self.holding_card.show_held(portrait)
        self.touch_card.show_touches(portrait.touches, words)
        self._show_gene(portrait)
        self._show_family(portrait)
        self._show_tags(portrait)
        self.facts.show_facts(portrait, unmasked=self.unmasked)

    def _show_tier(self, portrait: Portrait) -> None:
        self.tier.clear()
        lines(self.tier.body, standing_lines(portrait.standing, portrait), self._figures)
        self.tier.body.addWidget(label(_("层级线为本系统口径,可换预设。"), "second", wrap=True))
        self.tier.body.addStretch(1)

    def _show_head(self, portrait: Portrait) -> None:
        name = readable(portrait.name) if self.unmasked else masked(portrait.name)
        facts = {key: value for key, _label, value in portrait.facts}
        # the age that tags and advice use, so that the page shows one age
        age_in_force = portrait.picture.values.age if portrait.picture is not None else None
        age = facts.get("age") if age_in_force is None else age_in_force
        parts = [
            _("客户号 {number}").format(
                number=portrait.customer_no if self.unmasked else number_tail(portrait.customer_no)
            ),
            facts.get("gender", ""),
            "" if age is None else _("{age} 岁").format(age=age),
            portrait.by_number_words,
            _("数据日期 {date}").format(date=portrait.as_of) if portrait.as_of else _("还没有月度数据"),
        ]
        self.say(name, " · ".join(part for part in parts if part))
        self.aged.setText(portrait.fresh.sentence if portrait.fresh else "")
        self.aged.setVisible(bool(self.aged.text()))
        self.strip.clear()
        self._show_light(portrait)
        for words, behind, alarm in head_chips(portrait, self.workbench.rules):
            self.strip.add(Chip(words, partial(self._figures, words, behind), alarm=alarm))
        held = [tag for tag in portrait.tags if tag.state == "hit" and tag.kind == "flag" and tag.layer > 2]
        for tag in held[:MOST_CHIPS]:
            self.strip.add(Chip(tag.label, partial(self._show_tag, tag), tag.reason))
        more = sum(tag.state == "hit" for tag in portrait.tags) - min(len(held), MOST_CHIPS)
        if more > 0:
            self.strip.add(Chip(f"+{more}", self._to_tags, _("看全部标签")))

    def _show_light(self, portrait: Portrait) -> None:
        risk = portrait.risk
        if risk is None:
            return
        words = _("未亮灯")
        if risk.light is not None:
            words = _("{light}灯").format(light=light_word(risk.light))
        self.strip.add(light_label(risk.light, words))
        place = _("风险 {risk} · 第 {rank} 名").format(risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}")
        behind = ("risk", *(one.code for one in risk.signals))
        self.strip.add(Chip(place, partial(self._figures, place, behind), alarm=risk.light == "red"))

    def _show_gene(self, portrait: Portrait) -> None:
        self.gene.clear()
        if portrait.gene is not None:
            fill_gene(self.gene.body, portrait.gene, self._figures)
        else:
            self.gene.body.addWidget(
                label(_("还没有月度数据,看不出客户基因。导入客户清单后显示。"), "second", wrap=True)
            )
            self.gene.body.addStretch(1)

    def _show_family(self, portrait: Portrait) -> None:
        self.family.clear()
        if portrait.household is not None:
            fill_family(
                self.family.body,
                portrait.household,
                lambda number: self.go.emit("portrait", number),
                self.by_hand.ask_remove,
                self._figures,
                unmasked=self.unmasked,
            )

    def _show_tags(self, portrait: Portrait) -> None:
        self.tags.clear()
        held, unknown = fill_tags(self.tags.body, portrait.tags, self._show_tag)
        self.tags.note.setText(_("{n} 个,点一下看依据").format(n=held) if held else "")
        self.all_tags.setText(_("{n} 个无法判断").format(n=unknown))
        self.all_tags.setVisible(unknown > 0)

    # -- what stands behind --------------------------------------------------------------------------------

    def _figures(self, title: str, behind: tuple[str, ...]) -> None:
        if self.portrait is not None and behind:
            self.trail.figures(self.portrait, title, behind)

    def _show_tag(self, tag: TagOnCustomer) -> None:
        if self.portrait is not None:
            dialog = TagReasonDialog(self.trail, self.portrait, tag, self)
            dialog.correct_requested.connect(self.by_hand.correct)
            self.trail.dialog = dialog
            dialog.open()

    def _show_unknown_tags(self) -> None:
        if self.portrait is not None:
            unknown = [tag for tag in self.portrait.tags if tag.state == "unknown"]
            dialog = UnknownTags(unknown, self._show_tag, self)
            self.trail.dialog = dialog
            dialog.open()

    def _to_tags(self) -> None:
        self.content.ensureWidgetVisible(self.tags)

    # -- by hand -------------------------------------------------------------------------------------------

    def _show_facts_dialog(self) -> None:
        if self.portrait is not None:
            dialog = FactsDialog(self.trail, self.portrait, self)
            dialog.correct_requested.connect(self.by_hand.correct)
            dialog.end_requested.connect(self.by_hand.end_correction)
            self.trail.dialog = dialog
            dialog.open()

    # -- print ---------------------------------------------------------------------------------------------

    def print_page(self) -> None:
        """Preview one masked A4 page for the meeting."""
        portrait, words = self.portrait, self._words
        if portrait is None:
            return
        self.trail.dialog = PreviewDialog(
            self.workbench,
            self.tasks,
            lambda: self.workbench.sheets.portrait_pdf(portrait, words),
            parent=self,
        )
        self.trail.dialog.open()

    def print_card(self) -> None:
        """Preview the journey card: half an A4, front and back, masked."""
        portrait = self.portrait
        if portrait is None:
            return
        make = partial(self.workbench.sheets.journey_card, portrait)
        self.trail.dialog = PreviewDialog(self.workbench, self.tasks, make, parent=self)
        self.trail.dialog.open()

    # -- unmasking -----------------------------------------------------------------------------------------

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(self)
        dialog.given.connect(self.unmask)
        dialog.open()

    def unmask(self, reason: str) -> None:
        """Register the reason, then unmask; if it cannot be registered, nothing is unmasked."""
        whom = self.customer_no
        self.tasks.run(
            lambda: self.workbench.register.unmasked(tail(whom), reason),
            lambda _none: self._unmasked(whom),
            owner=self,
        )

    def _unmasked(self, customer_no: str) -> None:
        if customer_no != self.customer_no:  # another customer was opened meanwhile
            return
        self.unmasked = self.trail.unmasked = True
        if self.portrait is not None:
            self._show_head(self.portrait)
            self.facts.show_facts(self.portrait, unmasked=True)
            self._show_family(self.portrait)

    def focus_first(self) -> None:
        """The button that logs a contact."""
        if self.primary is not None:
            self.primary.setFocus()
