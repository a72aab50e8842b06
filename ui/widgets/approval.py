"""Asks for a supervisor's confirmation when more rows leave the book than may without one (domain 17)."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ApprovalDialog(FormDialog):
    """Name and reason go into the row of the register; they count for this one exit."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, why: str, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("主管确认"), _("确认并继续"), parent)
        self.by, self.reason = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText(_("例如:分行检查要求提供全部名单"))
        self.line("", label(why, wrap=True))
        self.line(_("主管姓名"), self.by)
        self.line(_("理由"), self.reason)
        self.line("", label(_("请主管本人在场填写;姓名和理由记入登记簿,只用于这一次。"), "second", wrap=True))

    def answer(self) -> None:
        """Hand it to the door; the job is done again once the dialog is accepted."""
        try:
            self.workbench.register.approve(self.by.text(), self.reason.text())
        except WorkbenchError as error:
            self.say(error.sentence())
            (self.reason if self.by.text().strip() else self.by).setFocus()
            return
        self.accept()
