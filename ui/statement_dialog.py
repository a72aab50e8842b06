"""本行授权使用: who at the bank approved that this book is used on this PC."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.settings import Statement
from workbench.trust import statement

if TYPE_CHECKING:
    from workbench.app import Workbench


class StatementDialog(QDialog):
    """`kept` once it stands in the book; 以后再填 leaves it open."""

    kept = Signal()

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._tasks = tasks
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("本行授权使用"))
        self.setMinimumWidth(480)
        offered = statement.suggested(str(today()))
        self.approver = QLineEdit(offered["approver"])
        self.date = QLineEdit(offered["date"])
        self.device = QLineEdit(offered["device"])
        self.account = QLineEdit(offered["account"])
        self.fault = FaultLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        words = _(
            "本人声明:本行已同意在这台电脑上、用这个账号,用本程序处理本人管户的客户资料;资料只用于维护客户,不带出本行。"
        )
        layout.addWidget(label(words, wrap=True))
        for name, field in (
            (_("批准人"), self.approver),
            (_("批准日期"), self.date),
            (_("设备"), self.device),
            (_("账号"), self.account),
        ):
            field.setAccessibleName(name)
            layout.addWidget(label(name, "second"))
            layout.addWidget(field)
        layout.addWidget(self.fault)
        self.later = button(_("以后再填"), self.reject, tip=_("下次打开账本时再问"))
        self.go = button(_("保存声明"), self.keep, "primary")
        self.go.setDefault(True)
        layout.addLayout(row(None, self.later, self.go))
        self.approver.setFocus()

    def answer(self) -> Statement:
        """What stands in the fields."""
        return {
            "approver": self.approver.text(),
            "date": self.date.text(),
            "device": self.device.text(),
            "account": self.account.text(),
        }

    def keep(self) -> None:
        """Keep it and close; a sentence when a field is missing."""
        given = self.answer()
        self.go.setEnabled(False)
        self._tasks.run(
            lambda: statement.state(self._workbench.book, given), self._done, failed=self._failed, owner=self
        )

    def _done(self, _change: object) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
        else:
            self._tasks.failed.emit(error)
