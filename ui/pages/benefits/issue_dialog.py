"""Give a benefit to somebody who is not in the list: a person, and why he gets it all the same."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.parts import label
from ui.widgets.person_dialog import PersonDialog
from workbench.base.i18n import _
from workbench.outreach.benefits.benefit import BenefitRule

if TYPE_CHECKING:
    from workbench.app import Workbench


class BenefitIssueDialog(PersonDialog):
    """Whom, and the reason where he does not meet the conditions. Enter gives it."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, rule: BenefitRule, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("发给一位客户"), _("发放"), parent)
        self.rule = rule
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("符合条件的不用写;不符合或无法判断的,写一句理由"))
        self.line(_("权益"), label(rule.title))
        self.ask_person()
        self.line(_("理由"), self.reason)
        self.person.line.setFocus()

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.reason

    def answer(self) -> None:
        """Give it; a customer that is still being typed is looked for first."""
        whom = self.whom()
        if whom is None:
            return
        why, room = self.reason.text(), self.workbench.outreach.benefits
        self.write(
            lambda: room.issue(self.rule.code, [whom()], why).change,
            _("发了一份“{name}”。").format(name=self.rule.title),
        )
