"""The short question why a masked value is to be seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.parts import button, label, row
from workbench.base.i18n import _


class ReasonDialog(QDialog):
    """Asks why a masked value is to be shown; `given(reason)`. The reason goes to the audit (domain 17)."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("显示完整信息"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如:电话核对身份"))
        self.go = button(_("显示"), self._give, "primary")
        self.reason.textChanged.connect(self._typed)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_("为什么需要看完整信息?原因会记入操作日志。"), wrap=True))
        layout.addWidget(self.reason)
        layout.addLayout(row(None, button(_("取消"), self.reject), self.go))
        self.setMinimumWidth(400)

    def _typed(self, text: str) -> None:
        self.go.setEnabled(len(text.strip()) >= 2)

    def _give(self) -> None:
        self.given.emit(self.reason.text().strip())
        self.accept()
