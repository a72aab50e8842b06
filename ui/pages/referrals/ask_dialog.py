"""记一次开口: whom, at which moment, what came of it; and what somebody answered later (domain 7)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from ui.widgets.person_dialog import PersonDialog
from ui.words import who
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.codes import codes
from workbench.outreach.referrals.asks import NewAsk, ReferralAsk, answer_names
from workbench.outreach.referrals.moments import MomentEntry
from workbench.outreach.referrals.task import GIVER_KINDS, MOMENTS

if TYPE_CHECKING:
    from workbench.app import Workbench


class AskDialog(PersonDialog):
    """Writes the asking and the contact that it is; who may not be asked now is refused with the day from which he may."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        customer_no: str = "",
        entry: MomentEntry | None = None,
    ) -> None:
        number = entry.customer_no if entry is not None else customer_no
        super().__init__(workbench, tasks, _("记一次开口"), _("记下"), parent, number)
        self.setMinimumWidth(600)
        text = workbench.rules.text
        self.moment = ChoiceButtons(tuple((code, text(f"referrals.moment.{code}")) for code in MOMENTS))
        self.ground = QLineEdit()
        self.ground.setPlaceholderText(_("他为什么满意,例如:到期收益达到预期"))
        self.kind = ChoiceButtons(
            tuple((code, text(f"referrals.giver.{code}")) for code in GIVER_KINDS), preset=False
        )
        self.channel = ChoiceButtons(tuple(codes("channels")), 7)
        self.date = date_edit(today(), by_day=True)
        self.reply = ChoiceButtons(answer_names())
        self.note = QLineEdit()
        self.ask_person()
        self.line(_("良机"), self.moment)
        self.line(_("满意的事"), self.ground)
        self.line(_("类型"), self.kind)
        self.line(_("方式"), self.channel)
        self.line(_("日期"), self.date)
        self.line(_("他怎么说"), self.reply)
        self.line(_("备注"), self.note)
        hint = _("同时记一次联系;给了名字的,接着在“转介单”里登记。不许诺返利、佣金。")
        self.line("", label(hint, "second", wrap=True))
        if self.customer_no:
            self.person.preset(self.customer_no)
        if entry is not None:
            self.moment.take(entry.moment.code)
            self.ground.setText(entry.moment.what)
            if entry.giver.kind is not None:
                self.kind.take(entry.giver.kind)
        (self.reply.focus_checked if self.customer_no else self.person.line.setFocus)()

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.ground

    def answer(self) -> None:
        """Write it; a customer who is still being typed is looked for first."""
        whom = self.whom()
        if whom is None:
            return
        asking = self.workbench.outreach.asking
        moment, channel, day = (
            self.moment.code(),
            self.channel.code(),
            self.date.date().toString("yyyy-MM-dd"),
        )
        ground, giver, reply, note = self.ground.text(), self.kind.code(), self.reply.code(), self.note.text()
        self.write(
            lambda: asking.note(NewAsk(whom(), moment, channel, day, ground, giver, reply, note)),
            _("记下了这次开口。"),
        )


class AskAnswerDialog(FormDialog):
    """What a customer answered to an asking."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, ask: ReferralAsk, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("记回话"), _("记下"), parent)
        self.ask = ask
        self.reply = ChoiceButtons(answer_names())
        self.reply.take(ask.answer)
        self.note = QLineEdit(ask.note)
        self.line(_("客户"), label(who(ask.name, ask.customer_no)))
        self.line(_("开口"), label(ask.date))
        self.line(_("他怎么说"), self.reply)
        self.line(_("备注"), self.note)
        self.reply.focus_checked()

    def answer(self) -> None:
        """Write it."""
        asking, ask, reply, note = (
            self.workbench.outreach.asking, self.ask.id, self.reply.code(), self.note.text(),
        )  # fmt: skip
        self.write(lambda: asking.answer(ask, reply, note), _("记下了回话。"))
