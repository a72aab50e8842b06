"""After a book was made: its recovery sheet, without which a forgotten passphrase is the end."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.tasks import Tasks
from ui.widgets.fault_line import FaultLine
from ui.widgets.parts import button, label, row
from ui.widgets.saving import FilePlace, ask_place
from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _


class RecoveryOffer(QDialog):
    """Saves the sheet as a PDF to be printed, or is put off: the tab 口令与恢复码 of 登记簿 makes one later."""

    def __init__(self, workbench: Workbench, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._tasks = tasks
        self.setWindowTitle(_("恢复单"))
        self.setMinimumWidth(460)
        words = _(
            "忘了口令,只有恢复单能打开账本。请存一张,打印后锁起来,再把文件删掉:谁有这张纸和账本文件,谁就能打开账本。"
        )
        self.fault = FaultLine()
        self.save = button(_("存恢复单…"), self._save, "primary")
        self.save.setDefault(True)
        self.later = button(_("以后再存"), self.reject, "link")
        self.later.setToolTip(_("在“登记簿 / 口令与恢复码”里随时可以存。"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(12)
        layout.addWidget(label(_("存一张恢复单"), "title"))
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(self.fault)
        layout.addLayout(row(self.later, None, self.save))

    def _save(self) -> None:
        book = self._workbench.book.path
        name = _("恢复单-{book}.pdf").format(book=book.stem)
        place = ask_place(self, _("恢复单放在哪里"), name, _("PDF 文件 (*.pdf)"), ".pdf")
        if place is None:
            return
        self.setEnabled(False)
        self._tasks.run(lambda: written(self._workbench, place), self._kept, failed=self._refused, owner=self)

    def _kept(self, target: Path) -> None:
        words = _("恢复单已写入 {path};打印后请删掉这个文件,它能打开账本。").format(path=target)
        self._tasks.wrote.emit(Change.nothing(), words)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        if isinstance(error, WorkbenchError):
            self.fault.setText(error.sentence())
        else:
            self._tasks.failed.emit(error)


def written(workbench: Workbench, place: FilePlace) -> Path:
    """On the worker: a new recovery code, which counts once its sheet is written. Raises WorkbenchError of the file."""
    from workbench.sheets.recovery_sheet import recovery_pdf
    from workbench.trust.vault import RecoveryCode

    sheets = workbench.sheets

    def keep(code: RecoveryCode) -> None:
        """Write the sheet."""
        sheets.save(
            recovery_pdf(code, workbench.book.path, **sheets.foot()), place.path, replace=place.replace
        )

    workbench.vault.new_recovery(keep)
    return place.path
