"""What is seen while the window is locked: one field for the passphrase. The book stays open behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from ui import theme
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _


class LockedDoor(QDialog):
    """`unlocked` after the right passphrase (or the recovery code); `book_closed` when somebody else shall have the book."""

    unlocked = Signal()
    book_closed = Signal()

    def __init__(self, workbench: Workbench, tasks: Tasks) -> None:
        super().__init__()
        theme.dress(self)
        self._workbench = workbench
        self._tasks = tasks
        self.setWindowTitle(_("客户工作台"))
        self.setMinimumWidth(420)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.first = QLineEdit()
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        self.first.setAccessibleName(_("口令"))
        self.fault = FaultLine()
        self.go = button(_("解锁"), self.try_words, "primary")
        self.go.setDefault(True)
        self.shut = button(_("关闭账本"), self.book_closed.emit, "link")
        self.shut.setToolTip(_("没有保存的输入会丢失;别的窗口或命令可以打开这个账本。"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(_("已锁定"), "title"))
        layout.addWidget(label(_("打开的窗口和没有写完的内容都还在,输入口令就接着用。"), "second", wrap=True))
        layout.addWidget(self.first)
        layout.addWidget(self.fault)
        layout.addLayout(row(self.shut, None, self.go))

    def try_words(self) -> None:
        """Hold what was typed against the book."""
        secret = self.first.text()
        if not secret:
            self.fault.setText(_("请先输入口令。"))
            self.first.setFocus()
            return
        bench = self._workbench
        self.setEnabled(False)

        def job() -> bool:
            """Beside the worker of the book, which may be at work."""
            from workbench.trust import entering

            return entering.again(bench.book, secret)

        self._tasks.run(job, self._answered, failed=self._failed, owner=self, where="files")

    def _answered(self, fits: bool) -> None:
        self.setEnabled(True)
        self.first.clear()
        if fits:
            self.unlocked.emit()
            return
        self.fault.setText(_("口令不对。请重新输入;大小写和空格都算在内。"))
        self.first.setFocus()

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self.first.setFocus()
        self.fault.setText(error.sentence() if isinstance(error, WorkbenchError) else str(error))

    def reject(self) -> None:
        """Esc opens nothing."""
