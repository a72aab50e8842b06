"""A person who had his data deleted agreed to be kept again: lists may bring him from now on."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import label
from workbench.base.change import Change
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ReturnDialog(FormDialog):
    """Asks for the number of the receipt and the reason."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("恢复收录"), _("恢复收录"), parent)
        self.receipt, self.reason = QLineEdit(), QLineEdit()
        self.receipt.setPlaceholderText("SC-20261201-01")
        self.reason.setPlaceholderText(_("例如:本人重新办理业务,书面同意"))
        self.line(_("回执号"), self.receipt)
        self.line(_("原因"), self.reason)
        self.line("", label(_("以前删除的数据不会回来;以后的名单里有他的行可以导入。"), "second", wrap=True))
        self.receipt.setFocus()

    def answer(self) -> None:
        """Let lists bring him again."""
        personal, number, why = self.workbench.personal, self.receipt.text(), self.reason.text()

        def job() -> Change:
            """Lift the marks; there is nothing to undo."""
            return Change(frozenset({"tombstones"}), personal.lift(number, why), None)

        self.write(job, _("已恢复收录,已登记。"))
