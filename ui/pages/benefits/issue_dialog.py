"""Give a benefit to somebody who is not in the list: a person, and why he gets it all the same."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from ui.widgets.person import PersonSearch
from workbench.base.i18n import _
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.people.customer import CustomerHit

if TYPE_CHECKING:
    from workbench.app import Workbench


class BenefitIssueDialog(FormDialog):
    """Whom, and the reason where he does not meet the conditions. Enter gives it."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, rule: BenefitRule, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("发给一位客户"), _("发放"), parent)
        self.rule = rule
        self.customer_no = ""
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号或手机号末几位"))
        self.person.taken.connect(self._taken)
        self.person.typed.connect(self._typed)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("符合条件的不用写;不符合或无法判断的,写一句理由"))
        self.line(_("权益"), label(rule.title))
        self.line(_("客户"), self.person.line)
        self.line("", self.person.below)
        self.line(_("理由"), self.reason)
        self.person.line.setFocus()

    def _taken(self, hit: CustomerHit) -> None:
        self.customer_no = hit.customer_no
        self.reason.setFocus()

    def _typed(self) -> None:
        self.customer_no = ""

    def answer(self) -> None:
        """Give it; a customer that is still being typed is looked for first."""
        if not self.customer_no and self.person.take():
            return
        typed = self.person.line.text().strip()
        if not self.customer_no and not typed:
            self.say(_("请先选一位客户。"))
            self.person.line.setFocus()
            return
        number, why, room = self.customer_no, self.reason.text(), self.workbench.outreach.benefits
        self.write(
            lambda: room.issue(self.rule.code, [number or self.person.sole(typed)], why).change,
            _("发了一份“{name}”。").format(name=self.rule.title),
        )
