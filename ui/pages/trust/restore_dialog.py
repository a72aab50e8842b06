"""What a restore would change, before it is done."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db import vault
from ui.safety import RestoreOrder
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.trust.comparing import BackupDifference, compare, returning_words, sentence

if TYPE_CHECKING:
    from workbench.app import Workbench

#: lost changes shown one by one
_MOST = 6


class AnsweredDialog(QDialog):
    """A dialog whose last line is 取消 and a button."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)

    def ending(self, go: QPushButton) -> QHBoxLayout:
        """The last line."""
        go.setDefault(True)
        return row(None, button(_("取消"), self.reject), go)


class RestoreDialog(AnsweredDialog):
    """Compares in the background, then offers the restore; `chosen(RestoreOrder)`. A backup of another book, or of an older
    version, needs its own passphrase first."""

    chosen = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks, backup: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._tasks = tasks
        self.backup = backup
        self.difference: BackupDifference | None = None
        self.setWindowTitle(_("恢复备份"))
        self.what = label(_("备份 {name}").format(name=backup.name), wrap=True)
        self.words = label(_("正在和现在的账本比较…"), wrap=True)
        self.details = label("", "second", wrap=True)
        self.after = label(_("恢复时先关闭账本;现在的账本改名留在原处,不会删除。"), "second", wrap=True)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(_("这份备份的口令"))
        self.secret.hide()
        self.go = button(_("恢复"), self._go, "primary")
        self.go.setEnabled(False)
        self.secret.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for part in (self.what, self.words, self.details, self.secret, self.after):
            layout.addWidget(part)
        layout.addLayout(self.ending(self.go))
        self._compare()

    def _compare(self) -> None:
        book, backup, secret = self._workbench.book, self.backup, self.secret.text()
        self._tasks.run(lambda: compare(book, backup, secret), self._show, failed=self._failed, owner=self)

    def _show(self, difference: BackupDifference) -> None:
        self.difference = difference
        self.words.setText(sentence(difference))
        self.details.setText("\n".join(_lines(difference)))
        self.secret.hide()
        self.go.setText(_("恢复"))
        self.go.setEnabled(True)
        self.adjustSize()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, WorkbenchError):
            self._tasks.failed.emit(error)
            return
        if error.code == "wrong_passphrase":
            self.words.setText(
                error.sentence()
                if self.secret.text()
                else _("这份备份用另一把钥匙加密(别的账本,或旧版本做的),请输入它的口令。")
            )
            self.go.setText(_("比较"))
            self.secret.show()
            self.secret.setFocus()
            self.go.setEnabled(bool(self.secret.text()))
        else:
            self.words.setText(error.sentence())
        self.adjustSize()

    def _go(self) -> None:
        if self.difference is None:
            self.go.setEnabled(False)
            self._compare()
            return
        secret = self.secret.text()
        book = self._workbench.book
        self.chosen.emit(
            RestoreOrder(
                self.backup, vault.real(book.path), secret, None if secret else book.secret, book.secret
            )
        )
        self.accept()


def _lines(one: BackupDifference) -> list[str]:
    lines = []
    if one.month_now != one.month_then:
        words = _("最新名单:现在 {now},备份 {then}")
        lines.append(words.format(now=one.month_now or _("无"), then=one.month_then or _("无")))
    lines += [
        _("{what}:现在 {now} 行,备份 {then} 行").format(what=table.words, now=table.now, then=table.then)
        for table in one.tables
    ]
    if one.gone:
        lines.append(_("会少 {n} 位客户").format(n=one.gone))
    if one.back:
        lines.append(_("会多出 {n} 位客户").format(n=one.back))
    if words := returning_words(one):
        lines.append(words)
    lines += [_("会失去:{at} {words}").format(at=lost.at, words=lost.words) for lost in one.lost[:_MOST]]
    if one.lost_count > _MOST:
        lines.append(_("等共 {n} 项改动").format(n=one.lost_count))
    return lines
