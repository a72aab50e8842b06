"""Asks for the password of a file that leaves the book, twice."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.trust.locked_files import check_file_password


class LockDialog(QDialog):
    """The password stays in the dialog until `password()` hands it to the door."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("给文件加口令"))
        self.first, self.second = QLineEdit(), QLineEdit()
        self.first.setAccessibleName(_("文件口令"))
        self.second.setAccessibleName(_("再输一遍"))
        self.fault = FaultLine()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.addWidget(label(_("文件 {name} 打开时要这个口令。").format(name=path.name), wrap=True))
        for words, field in ((_("文件口令"), self.first), (_("再输一遍"), self.second)):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            layout.addWidget(label(words, "second"))
            layout.addWidget(field)
        layout.addWidget(
            label(
                _("口令不会存下来,忘了就打不开。请另行告诉收件人,不要写在同一封邮件里。"), "second", wrap=True
            )
        )
        layout.addWidget(self.fault)
        self.yes = button(_("用这个口令"), self.answer, "primary")
        self.yes.setDefault(True)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.yes))
        self.setMinimumWidth(420)

    def password(self) -> str:
        """What was typed."""
        return self.first.text()

    def answer(self) -> None:
        """Take it where both fields agree and it is not soon tried out."""
        if self.first.text() != self.second.text():
            self.fault.setText(_("两次输入的口令不一样。"))
            self.second.setFocus()
            return
        try:
            check_file_password(self.first.text())
        except WorkbenchError as error:
            self.fault.setText(error.sentence())
            self.first.setFocus()
            return
        self.accept()
