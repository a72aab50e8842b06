"""良机: whom to ask for a referral now, the best score first, why now and in which words; below, the asks and their answers."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.page import Page
from ui.pages.referrals.ask_dialog import AskAnswerDialog, AskDialog
from ui.pages.referrals.new_dialog import NewReferralDialog
from ui.pages.referrals.tab import ReferralTab
from ui.widgets.parts import Card, beside, button, column, label
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.words_line import WordsLine
from ui.widgets.wrapped import Strip
from ui.words import tier_word, who
from workbench.base.change import Progress
from workbench.base.day_words import short_day
from workbench.base.i18n import _, semicolons
from workbench.outreach.codes import codes
from workbench.outreach.referrals.asks import ReferralAsk, answer_names
from workbench.outreach.referrals.moments import MomentEntry, MomentQueue, nobody_now
from workbench.outreach.words import words_from
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class MomentsBook:
    """What the tab shows."""

    queue: MomentQueue
    asks: tuple[ReferralAsk, ...]


class MomentsTab(ReferralTab):
    """The queue at the left, the one under the keyboard at the right."""

    name = "moments"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.book: MomentsBook | None = None
        self.nothing = label(
            nobody_now(),
            "second",
            wrap=True,
        )
        self.out = label("", "second", wrap=True)
        self.table = Table(_columns(self.workbench.rules), name="referrals.moments", steady=True, wrap=True)
        self.table.setAccessibleName(_("现在可以请谁转介"))
        self.asks = Table(_ask_columns(self.workbench.rules), name="referrals.asks", steady=True, wrap=True)
        self.asks.setAccessibleName(_("开口记录"))
        self.asks_heading = label("", "heading", wrap=True)
        self.reply = button(_("记回话…"), self._reply)
        self.named = button(_("登记被转介人…"), self._named, tip=_("给了名字的,新建一张转介单"))
        self.asks.offer(self.reply, self.named)
        self.detail = Card(" ")
        self.when, self.kind, self.how, self.score = (label("", wrap=True) for _each in range(4))
        self.how.setProperty("role", "todo")
        self.words = WordsLine(
            self.workbench, page.tasks, more=lambda number: page.go.emit("scripts", number)
        )
        for part in (self.when, self.how, self.kind, self.score, self.words):
            self.detail.body.addWidget(part)
        self.detail.body.addStretch(1)
        right = QWidget()
        inside = column(self.detail, Strip(self.asks_heading, self.reply, self.named, gap=6), self.asks)
        inside.setStretch(0, 3)
        inside.setStretch(2, 2)
        inside.setContentsMargins(0, 0, 0, 0)
        right.setLayout(inside)
        left = QWidget()
        lines = column(self.nothing, self.table, self.out)
        lines.setStretch(1, 1)
        lines.addStretch(0)
        lines.setContentsMargins(0, 0, 0, 0)
        left.setLayout(lines)
        whole = column(beside(left, right, (640, 500), (4, 3)))
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.table.chosen.connect(lambda _row: self._chosen())
        self.table.opened.connect(lambda _row: self._open())
        self.asks.chosen.connect(lambda _row: self.follow())
        self.asks.opened.connect(lambda _row: self._reply())

    # -- what the page asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """良机, with how many there are."""
        count = len(self.book.queue.entries) if self.book is not None else 0
        return _("良机({n} 户)").format(n=count) if count else _("良机")

    def hint(self) -> str:
        """What to do here."""
        return _("趁客户刚满意的这几天开口;先请他问过朋友愿不愿意,再记名字。")

    def primary_words(self) -> str:
        """The button that notes an asking."""
        return _("记一次开口")

    def primary_act(self, customer_no: str = "") -> None:
        """Ask what came of it: of the customer under the keyboard, or of another one."""
        entry = None if customer_no else self.entry()
        self.show_dialog(
            AskDialog(self.workbench, self.page.tasks, self.window(), customer_no=customer_no, entry=entry)
        )

    def reload(self) -> None:
        """Read the queue and the asks."""
        asking = self.workbench.outreach.asking

        def read(progress: Progress) -> MomentsBook:
            """Both."""
            return MomentsBook(asking.queue(progress), asking.all())

        self.page.compute(read, self._show)

    def place(self, argument: object) -> None:
        """Note an asking of this customer (number)."""
        if isinstance(argument, str):
            self.primary_act(argument)

    def focus_first(self) -> None:
        """The queue, or the button that notes an asking."""
        if self.table.table.rowCount():
            self.table.setFocus()
        elif self.page.primary is not None:
            self.page.primary.setFocus()

    def follow(self) -> None:
        """What can be done with the asking under the keyboard."""
        ask = self.asks.current()
        chosen = isinstance(ask, ReferralAsk)
        self.reply.setEnabled(chosen)
        self.named.setEnabled(isinstance(ask, ReferralAsk) and ask.answer == "gave")

    # -- showing -------------------------------------------------------------------------------------------

    def entry(self) -> MomentEntry | None:
        """The customer under the keyboard."""
        row = self.table.current()
        return row if isinstance(row, MomentEntry) else None

    def _show(self, book: MomentsBook) -> None:
        self.book = book
        entries, waiting = book.queue.entries, sum(one.answer == "waiting" for one in book.asks)
        self.nothing.setVisible(not entries)
        self.table.setVisible(bool(entries))
        self.table.table.fill(entries)
        if entries:
            self.table.stay()
        out = book.queue.out_words(self.workbench.rules)
        self.out.setText(_("{why}。").format(why=out) if out else "")
        self.out.setVisible(bool(out))
        order = sorted(book.asks, key=lambda one: one.answer != "waiting")
        self.asks.table.fill(order)
        for part in (self.asks, self.reply, self.named):
            part.setVisible(bool(order))
        if order:
            self.asks.stay()
        self.asks_heading.setText(
            _("开口记录:{n} 次,{waiting} 次还没回话").format(n=len(order), waiting=waiting)
            if order
            else _("还没有开口记录。开过口的按“记一次开口”记下,{days} 天内不再请他。").format(
                days=self.workbench.rules.whole("tag.referral_pause")
            )
        )
        self._chosen()
        self.arrived.emit()

    def _chosen(self) -> None:
        entry, rules = self.entry(), self.workbench.rules
        self.detail.setVisible(entry is not None)
        if entry is None:
            self.words.fill(None, self.words.words)
            self.follow()
            return
        self.detail.heading.setText(who(entry.name, entry.customer_no))
        moments = [
            _("{name}:{what}").format(name=one.name(rules), what=one.what)
            for one in (entry.moment, *entry.others)
        ]
        self.when.setText(
            _("{moments};最晚 {day} 开口。").format(moments=semicolons(moments), day=short_day(entry.until))
        )
        self.how.setText(_("怎么请:{how}。").format(how=entry.giver.how))
        self.kind.setText(_("{kind}:{why}。").format(kind=entry.giver.name, why=entry.giver.why))
        score = semicolons(filter(None, (entry.score.words, entry.score.past)))
        self.score.setText(_("{why}。").format(why=score))
        number, asking = entry.customer_no, self.workbench.outreach.asking
        self.page.read(
            lambda: asking.words([entry]).get(entry.customer_id),
            lambda choice: self.words.fill(number, words_from(choice)) if choice is not None else None,
            key="words",
        )
        self.follow()

    def _open(self) -> None:
        if (entry := self.entry()) is not None:
            self.open_customer(entry.customer_no)

    def _reply(self) -> None:
        ask = self.asks.current()
        if isinstance(ask, ReferralAsk):
            self.show_dialog(AskAnswerDialog(self.workbench, self.page.tasks, ask, self.window()))

    def _named(self) -> None:
        ask = self.asks.current()
        if isinstance(ask, ReferralAsk):
            self.show_dialog(
                NewReferralDialog(
                    self.workbench,
                    self.page.tasks,
                    self.window(),
                    giver_no=ask.customer_no,
                    ask_id=ask.id,
                    moment=ask.moment or "",
                    giver=ask.giver or "",
                )
            )


def _columns(rules: Rules) -> list[Column[MomentEntry]]:
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 104, key=True,
               tip=lambda x: tier_word(rules, x.tier)),
        Column(_("良机"), lambda x: x.moment.name(rules), 88),
        Column(_("为什么现在"), lambda x: x.moment.what, 0, tip=lambda x: x.moment.what),
        Column(_("类型"), lambda x: x.giver.name, 100, tip=lambda x: x.giver.why),
        Column(_("得分"), lambda x: str(x.score.score), 50, number=True, value=lambda x: x.score.score,
               tip=lambda x: x.score.words),
        Column(_("最晚"), lambda x: short_day(x.until), 66, value=lambda x: x.until),
    ]  # fmt: skip


def _ask_columns(rules: Rules) -> list[Column[ReferralAsk]]:
    answers, channels = dict(answer_names()), dict(codes("channels"))
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 104, key=True),
        Column(_("日期"), lambda x: x.date, 92),
        Column(_("良机"), lambda x: rules.text(f"referrals.moment.{x.moment}") if x.moment else "", 0,
               tip=lambda x: semicolons(filter(None, (channels.get(x.channel, x.channel), x.ground))) or None),
        Column(_("回话"), lambda x: answers[x.answer], 76, ink=lambda x: "accent" if x.answer == "waiting" else None),
    ]  # fmt: skip
