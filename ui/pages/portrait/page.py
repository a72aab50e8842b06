"""画像: one customer on one page; masked until a reason is given, every figure with the way to the rows it came from."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.dialogs import ReasonDialog
from ui.pages.portrait.below import Below
from ui.pages.portrait.cells import Cells
from ui.pages.portrait.customer_page import CustomerPage
from ui.pages.portrait.facts_dialog import FactsDialog
from ui.pages.portrait.first_screen import FirstScreen
from ui.pages.portrait.giver_bar import GiverLine, giver_line
from ui.pages.portrait.hand import ByHand
from ui.pages.portrait.head import HeadChips, person_words
from ui.pages.portrait.interval import IntervalButton
from ui.pages.portrait.needs_card import WantedByCustomer
from ui.pages.portrait.phone_bar import PhoneBar
from ui.pages.portrait.pin_bar import PinBar
from ui.pages.portrait.say_bar import SayBar
from ui.pages.portrait.stage_card import StageCard
from ui.pages.portrait.stays import StaysDialog
from ui.pages.portrait.tab_order import tab_through
from ui.pages.portrait.tag_dialogs import TagReasonDialog, UnknownTags
from ui.pages.portrait.unseen_bar import UnseenDialog
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.parts import Card, column, flow, label, row
from ui.widgets.preview import PreviewDialog
from ui.widgets.wide import WIDE
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.journey.stages import TAG, PastStay
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.outreach.archive.archive import ServiceArchive
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.words import Words
from workbench.people.privacy import tail
from workbench.sheets.portrait_sheet import names

if TYPE_CHECKING:
    from workbench.app import Workbench

#: how deep cards stand in the page, layout in layout
_LEVELS = 8


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
        #: of who is gone: by the state of his light, or by his stage
        self.win_button = self.add_action(
            _("开始赢回"), lambda: self.go.emit("cases", ("win_backs", self.customer_no))
        )
        self.win_button.hide()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(20)
        self._settled.timeout.connect(self._arrange)
        self._build()
        self.waits_for = _("正在读取这位客户…")
        self.shown = self.stage(self.content, _("账本里还没有客户。"))
        self._arrange()

    def _build(self) -> None:
        rules = self.workbench.rules
        self.aged = label("", "alarm", wrap=True)
        self.aged.hide()
        self.phone = PhoneBar(self)
        self.pin_bar = PinBar(self)
        self.interval = IntervalButton(self)
        self.chips = HeadChips(self._figures, self._show_tag, self._to_tags)
        stage = StageCard(
            rules, self._figures, self._show_stage_rule, self.by_hand.move_stage, self._show_stays,
            self.by_hand.tick_tasks,
        )  # fmt: skip
        say = SayBar(self.workbench, self.tasks, lambda number: self.go.emit("scripts", number))
        self.first = FirstScreen(
            rules, self._figures, self._to_evidence, stage, self._show_unseen, say,
            lambda number: self.go.emit("referrals", ("moments", number)),
        )  # fmt: skip
        self.first.todo.complaint_requested.connect(
            lambda: self.go.emit("cases", ("complaints", self.customer_no))
        )
        self.below = Below(
            self, self.cells, self.by_hand, self._figures, self._show_tag, self._show_unknown_tags,
            self._show_facts_dialog, self._ask_reason,
        )  # fmt: skip
        for one in self.below.sections:
            one.turned.connect(self._settled.start)
        reach = QWidget()
        bars = row(self.phone, self.pin_bar, self.interval, spacing=12)
        bars.setStretch(1, 1)
        bars.setContentsMargins(0, 0, 0, 0)
        reach.setLayout(bars)
        #: from top to bottom, as the eye and Tab go
        self.parts = (reach, self.chips, self.first, *self.below.sections)
        whole = column(self.aged, *self.parts)
        whole.addStretch(1)
        self.content = flow(whole)
        if (inside := self.content.widget()) is not None:
            inside.installEventFilter(self)

    def _arrange(self) -> None:
        """Place the cards for the width; on a wide window the evidence moves up to the first screen."""
        # without the scroll bar's width, whether it is shown or not: otherwise it would change the placing and go
        room = self.content.width() - self.content.verticalScrollBar().sizeHint().width()
        above: list[Card] = [self.below.foremost] if self.width() >= px(WIDE) else []
        self.first.arrange(room, above)
        self.below.arrange(room, above=above)
        reach, chips, _first, *sections = self.parts
        tab_through((reach, chips, *self.first.in_order(), *sections))

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
            self.first.giver.hide()
            self.below.facts.show_birthday(None)
            self.below.fill_pots(None)
            self.below.fill_file(None)
            self.below.fill_wanted(None)
            self.say(_("画像"), "")
            self.wait()  # the content is another customer's
            self.content.verticalScrollBar().setValue(0)
        self.customer_no = number
        self.refresh()

    def reload(self) -> None:
        """Read the portrait, then his place on the list of the week."""
        number = self.customer_no
        if number:
            self.read(lambda: self._portrait(number), self._show)
            self.read(lambda: self.workbench.outreach.pins.on(number), self.pin_bar.fill, key="pin")
            cadence = self.workbench.outreach.cadence
            self.read(lambda: cadence.interval_of(number), self.interval.fill, key="interval")
            pots = self.workbench.insight.allocation
            self.read(lambda: pots.of(number), self._show_pots, key="pots")
            ways = self.workbench.outreach.birthday_ways
            self.read(lambda: ways.of(number), self.below.facts.show_birthday, key="birthday")

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
        portrait, self._words = read
        self.portrait = portrait
        self._show_head(portrait)
        staged = portrait.stage is not None and portrait.stage.code == "J5"
        gone = portrait.risk is not None and portrait.risk.state == "gone"
        self.win_button.setVisible(staged or gone)
        self.first.fill(portrait)
        self.below.fill(portrait, self._words, unmasked=self.unmasked)
        self.first.unseen.fill(portrait, self.below.nothing(portrait))
        weeks = self.workbench.outreach.weeks
        outreach = self.workbench.outreach
        self.read(lambda: self._wanted(portrait), partial(self._show_wanted, portrait), key="wanted")
        self.read(
            lambda: outreach.words_on_portrait(portrait), partial(self._show_words, portrait), key="words"
        )
        self.read(lambda: giver_line(outreach, portrait), partial(self._show_giver, portrait), key="giver")
        self.read(
            lambda: weeks.entry_of(portrait.customer_id), partial(self._show_why, portrait), key="why_now"
        )

    def _show_pots(self, made: Allocation) -> None:
        archives, number = self.workbench.outreach.archives, made.customer_no
        self.read(lambda: archives.of(number, made), self._show_file, key="file")
        self.below.fill_pots(made)
        if self.portrait is not None:
            self.first.unseen.fill(self.portrait, self.below.nothing(self.portrait))

    def _show_file(self, made: ServiceArchive) -> None:
        if made.customer_no == self.customer_no:
            self.below.fill_file(made)

    def _wanted(self, portrait: Portrait) -> WantedByCustomer:
        outreach = self.workbench.outreach
        goals = outreach.family_goals.on(portrait.customer_id)
        return WantedByCustomer(
            outreach.needs.on(portrait), goals, outreach.meetings.of(portrait.customer_no)
        )

    def _show_wanted(self, portrait: Portrait, wanted: WantedByCustomer) -> None:
        if self.portrait is portrait:
            self.below.fill_wanted(wanted)

    def _show_words(self, portrait: Portrait, words: Words) -> None:
        if self.portrait is portrait:
            self.first.say.fill(portrait.customer_no, words)

    def _show_giver(self, portrait: Portrait, line: GiverLine) -> None:
        if self.portrait is portrait:
            self.first.giver.fill(line)

    def _show_why(self, portrait: Portrait, entry: WeekEntry | None) -> None:
        if self.portrait is portrait:
            self.first.fill_why(portrait, entry)

    def _show_head(self, portrait: Portrait) -> None:
        self.say(*person_words(portrait, unmasked=self.unmasked))
        self.aged.setText(portrait.fresh.sentence if portrait.fresh else "")
        self.aged.setVisible(bool(self.aged.text()))
        self.phone.fill(portrait)
        self.chips.fill(portrait)

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

    def _show_stage_rule(self) -> None:
        """The rule of the stage, with the way to set it right."""
        if self.portrait is not None:
            tag = next((one for one in self.portrait.tags if one.column == TAG), None)
            if tag is not None:
                self._show_tag(tag)

    def _show_stays(self, stay: PastStay) -> None:
        if self.portrait is not None and self.portrait.stage is not None:
            self.trail.dialog = StaysDialog(self.portrait.stage.history, stay, self)
            self.trail.dialog.open()

    def _show_unseen(self) -> None:
        if self.portrait is not None:
            self.trail.dialog = UnseenDialog(self.portrait.untold, self)
            self.trail.dialog.open()

    def _show_unknown_tags(self) -> None:
        if self.portrait is not None:
            unknown = [tag for tag in self.portrait.tags if tag.state == "unknown"]
            dialog = UnknownTags(unknown, self._show_tag, self)
            self.trail.dialog = dialog
            dialog.open()

    def _to_tags(self) -> None:
        self.below.all_tags.open()
        self._lead_to(self.below.tags)

    def _to_evidence(self) -> None:
        self.below.evidence.open()
        self._lead_to(self.below.signals)

    def _lead_to(self, card: Card) -> None:
        """Scroll to a card once it has its place, and put the keyboard on what it leads to."""
        self._arrange()
        first = next(
            (one for one in card.findChildren(QWidget) if one.focusPolicy() and one.isVisible()), card
        )
        first.setFocus()
        QTimer.singleShot(0, card, lambda: self._scroll_to(card))

    def _scroll_to(self, card: Card) -> None:
        # cards that were just shown ask for their room one inside another
        for _level in range(_LEVELS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.content.ensureWidgetVisible(card, 0, 0)

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
            self.below.fill_person(self.portrait, unmasked=True)

    def focus_first(self) -> None:
        """The button that logs a contact."""
        if self.primary is not None:
            self.primary.setFocus()
