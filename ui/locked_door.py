"""What is seen while the window is locked: a field for the passphrase, or those of the recovery code. The book stays open
behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout

from ui import theme
from ui.countdown import Countdown
from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.fitting import grow
from ui.widgets.parts import button, label, row
from ui.widgets.passphrase_form import PassphraseForm
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.trust import attempts, entering


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
        self._form = PassphraseForm((workbench.book.path.stem,))
        self.code, self.first, self.again = self._form.code, self._form.first, self._form.again
        #: whether the recovery code is asked for, and a new passphrase
        self.recovering = False
        self.waits = Countdown(self)
        self.waits.changed.connect(self._name_button)
        self.fault = FaultLine()
        self.go = button("", self.try_words, "primary")
        self.go.setDefault(True)
        self.forgotten = button("", self._by_code, "link")
        self.shut = button(_("关闭账本"), self.book_closed.emit, "link")
        self.shut.setToolTip(_("没有保存的输入会丢失;别的窗口或命令可以打开这个账本。"))
        self.words = label("", "second", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(_("已锁定"), "title"))
        layout.addWidget(self.words)
        layout.addLayout(self._form)
        layout.addWidget(self.fault)
        layout.addLayout(row(self.shut, self.forgotten, None, self.go))
        self._show_kind()
        self.waits.begin(attempts.wait_for(workbench.book.path))

    def try_words(self) -> None:
        """Hold what was typed against the book."""
        secret, code = self.first.text(), self.code.text()
        if not secret:
            self.fault.setText(_("请先输入口令。"))
            self.first.setFocus()
            return
        if self.recovering and secret != self.again.text():
            self.fault.setText(_("两次输入的口令不一样。"))
            self.again.setFocus()
            return
        if self.waits.left and not self.recovering:
            return
        bench, by_code = self._workbench, self.recovering
        self.setEnabled(False)

        def job() -> bool:
            """Beside the worker of the book, which may be at work."""
            if not by_code:
                return entering.again(bench.book, secret)
            entering.again_by_code(bench.book, code, secret)
            return True

        self._tasks.run(job, self._answered, failed=self._failed, owner=self, where="files")

    def _by_code(self) -> None:
        """By the recovery code and a new passphrase, or by the passphrase again."""
        self.recovering = not self.recovering
        self.fault.setText("")
        for field in (self.code, self.first, self.again):
            field.clear()
        self._show_kind()
        (self.code if self.recovering else self.first).setFocus()

    def _show_kind(self) -> None:
        self.words.setText(
            _("请照着恢复单输入恢复码(8 组,每组 5 个字符),再定一个新口令。")
            if self.recovering
            else _("打开的窗口和没有写完的内容都还在,输入口令就接着用。")
        )
        self._form.ask(code=self.recovering, fresh=self.recovering)
        self.forgotten.setText(_("用口令打开") if self.recovering else _("忘了口令…"))
        self._name_button()
        grow(self)

    def _name_button(self) -> None:
        """The button says how long the next try waits."""
        waits = self.waits.left > 0 and not self.recovering
        self.go.setEnabled(not waits)
        if waits:
            self.go.setText(_("请等 {n} 秒").format(n=self.waits.left))
        else:
            self.go.setText(_("换口令并打开") if self.recovering else _("解锁"))

    def _answered(self, fits: bool) -> None:
        self.setEnabled(True)
        self.first.clear()
        if fits:
            self.unlocked.emit()
            return
        self.fault.setText(_("口令不对。请重新输入;大小写和空格都算在内。"))
        self._wait()

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self.fault.setText(error.sentence() if isinstance(error, WorkbenchError) else str(error))
        self._wait()

    def _wait(self) -> None:
        """Wrong ones wait as at the door; the field is ready for the next."""
        self.waits.begin(attempts.wait_for(self._workbench.book.path))
        self.first.setFocus()

    def reject(self) -> None:
        """Esc opens nothing."""
