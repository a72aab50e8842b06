"""记一次开口: whom, at which moment, what came of it; and what somebody answered later (domain 7)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import date_edit, label
from ui.widgets.person import PersonSearch
from ui.words import who
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.codes import codes
from workbench.outreach.referrals.asks import NewAsk, ReferralAsk, answer_names
from workbench.outreach.referrals.moments import MomentEntry
from workbench.outreach.referrals.task import GIVER_KINDS, MOMENTS
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class AskDialog(FormDialog):
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
        super().__init__(workbench, tasks, _("记一次开口"), _("记下"), parent)
        self.setMinimumWidth(600)
        self.customer_no = entry.customer_no if entry is not None else customer_no
        text = workbench.rules.text
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.taken.connect(self._taken)
        self.person.typed.connect(self._typed)
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
        self.line(_("客户"), self.person.line)
        self.line("", self.person.below)
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

    def _taken(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.ground.setFocus()

    def _typed(self) -> None:
        self.customer_no = ""

    def answer(self) -> None:
        """Write it; a customer who is still being typed is looked for first."""
        if not self.customer_no and self.person.take():
            return
        typed = self.person.line.text().strip()
        if not self.customer_no and not typed:
            self.say(_("请先选一位客户。"))
            self.person.line.setFocus()
            return
        number, asking = self.customer_no, self.workbench.outreach.asking
        moment, channel, day = (
            self.moment.code(),
            self.channel.code(),
            self.date.date().toString("yyyy-MM-dd"),
        )
        ground, giver, reply, note = self.ground.text(), self.kind.code(), self.reply.code(), self.note.text()
        self.write(
            lambda: asking.note(
                NewAsk(number or self.person.sole(typed), moment, channel, day, ground, giver, reply, note)
            ),
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
