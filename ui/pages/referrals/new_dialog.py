"""新建转介单: who introduces whom, and that both agree; a phone is asked for only once the person agreed (domain 7, 17)."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.parts import date_edit
from ui.widgets.person_dialog import PersonDialog
from ui.widgets.refusals import fault_handler, under_way
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.codes import codes
from workbench.outreach.referrals.entered import EnteredReferral
from workbench.outreach.referrals.task import GIVER_KINDS, MOMENTS

if TYPE_CHECKING:
    from workbench.app import Workbench

_CONFIRM = "referral_to_confirm"


def answers() -> ChoiceButtons:
    """Whether somebody agreed."""
    return ChoiceButtons((("unknown", _("还没问")), ("yes", _("同意")), ("no", _("不同意"))))


class NewReferralDialog(PersonDialog):
    """The fields of the task sheet that are known at the beginning. Enter writes it; what looks wrong is shown first and written
    only once somebody ticked that he checked it."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        giver_no: str = "",
        ask_id: int | None = None,
        moment: str = "",
        giver: str = "",
    ) -> None:
        super().__init__(workbench, tasks, _("新建转介单"), _("登记"), parent, giver_no)
        self.setMinimumWidth(620)
        self._ask_id = ask_id
        text = workbench.rules.text
        self.date = date_edit(today(), by_day=True)
        self.channel = ChoiceButtons(tuple(codes("channels")), 7, preset=False)
        self.moment = ChoiceButtons(
            tuple((code, text(f"referrals.moment.{code}")) for code in MOMENTS), preset=False
        )
        self.kind = ChoiceButtons(
            tuple((code, text(f"referrals.giver.{code}")) for code in GIVER_KINDS), preset=False
        )
        self.giver_agreed, self.agreed = answers(), answers()
        self.name, self.phone, self.agreed_way = QLineEdit(), QLineEdit(), QLineEdit()
        self.relation, self.industry, self.need = QLineEdit(), QLineEdit(), QLineEdit()
        self.loan = ChoiceButtons((("unknown", _("不知道")), ("yes", _("是")), ("no", _("不是"))))
        self.checked = QCheckBox(_("核对过,确实要登记"))
        self.checked.hide()
        self.name.setPlaceholderText(_("怎么称呼,例如:张先生"))
        self.phone.setPlaceholderText(_("本人同意以后再记"))
        self.agreed_way.setPlaceholderText(_("怎样同意的,例如:本人微信回复可以联系"))
        self.relation.setPlaceholderText(_("例如:同事、邻居"))
        self.need.setPlaceholderText(_("他想了解什么"))
        self._lay()
        if giver_no:
            self.person.preset(giver_no)
        if moment:
            self.moment.take(moment)
        if giver:
            self.kind.take(giver)
        (self.name if giver_no else self.person.line).setFocus()

    def _lay(self) -> None:
        self.ask_person(_("转介人"))
        self.line(_("被转介人"), self.name)
        self.line(_("转介人同意说出是他介绍的"), self.giver_agreed)
        self.line(_("本人同意被联系"), self.agreed)
        self.line(_("本人怎样同意"), self.agreed_way)
        self.line(_("电话"), self.phone)
        self.line(_("关系"), self.relation)
        self.line(_("行业"), self.industry)
        self.line(_("需求线索"), self.need)
        self.line(_("为贷款而来"), self.loan)
        self.line(_("开口日期"), self.date)
        self.line(_("开口方式"), self.channel)
        self.line(_("良机"), self.moment)
        self.line(_("转介人类型"), self.kind)
        self.line("", self.checked)

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.name

    def entered(self, giver_no: str) -> EnteredReferral:
        """What was typed."""
        return EnteredReferral(
            giver_no=giver_no,
            name=self.name.text(),
            date=self.date.date().toString("yyyy-MM-dd"),
            giver=self.kind.code(),
            moment=self.moment.code(),
            channel=self.channel.code(),
            giver_agreed=self.giver_agreed.code(),
            agreed=self.agreed.code(),
            agreed_way=self.agreed_way.text(),
            phone=self.phone.text(),
            relation=self.relation.text(),
            industry=self.industry.text(),
            need=self.need.text(),
            loan=self.loan.code(),
            ask_id=self._ask_id,
        )

    def answer(self) -> None:
        """Write it; a giver who is still being typed is looked for first."""
        whom = self.whom(_("请先选转介人。"))
        if whom is None:
            return
        room, confirmed = self.workbench.outreach.referrals, self.checked.isChecked()
        new = self.entered(self.customer_no)

        def put() -> Change:
            """Who is still only typed must be one customer."""
            return room.enter(replace(new, giver_no=whom()), confirmed=confirmed)

        shown = fault_handler(self.fault, self.tasks)

        def refused(error: Exception) -> None:
            """What is only to be checked may be written once it was."""
            shown(error)
            if isinstance(error, WorkbenchError) and error.code == _CONFIRM:
                self.checked.show()
                self.checked.setFocus()

        failed = under_way(self, self.tasks, refused, self.yes)
        words = _("登记了一张转介单。")
        self.tasks.write(put, lambda _change: self.accept(), words=words, failed=failed, owner=self)
