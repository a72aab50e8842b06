"""What the door offers for a book that is damaged: the newest backup in its place, or what can still be read in a new book."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db import vault
from ui.file_questions import existing_file
from ui.safety import RestoreOrder
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.trust.backups import FOLDER

if TYPE_CHECKING:
    from db.salvaging import Salvaged
    from workbench.trust.replacing import Replaced


class RescueOffer(QWidget):
    """Two buttons and what came of them; `done(path)` with the book that may be opened now."""

    done = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._book = Path()
        self._secret = ""
        self.words = label("", "second", wrap=True)
        self.back = button(_("恢复备份…"), self._choose)
        self.rescue = button(_("抢救到新账本"), self.salvage)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.back, self.rescue, None))
        layout.addWidget(self.words)
        self.hide()

    def offer(self, book: Path, passphrase: str, *, damaged: bool) -> None:
        """Show the buttons for a damaged book, hide them for any other."""
        self._book, self._secret = book, passphrase
        self.setVisible(damaged)
        self.words.setText(_("有备份先恢复备份;没有备份再抢救,原来的文件都留着。") if damaged else "")

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the damaged book, which is kept under another name."""
        order = RestoreOrder(backup, vault.real(self._book), self._secret)
        self._begin(_("正在恢复备份…"))
        self._tasks.run(order.carry_out, self._restored, failed=self._failed, owner=self)

    def salvage(self) -> None:
        """Make a new book beside the damaged one from what can be read of it."""
        from workbench.app import Workbench

        book, secret = self._book, self._secret
        target = vault.free_name(book.with_name(_("{name}-抢救").format(name=book.stem) + book.suffix))
        self._begin(_("正在抢救,每一页都要读一遍…"))
        self._tasks.run(
            lambda: Workbench.salvage(book, target, secret), self._salvaged, failed=self._failed, owner=self
        )

    def _begin(self, words: str) -> None:
        self.words.setText(words)
        for one in (self.back, self.rescue):
            one.setEnabled(False)

    def _end(self, words: str) -> None:
        self.words.setText(words)
        for one in (self.back, self.rescue):
            one.setEnabled(True)

    def _restored(self, came: "Replaced") -> None:
        words = _("备份已恢复,请再按“打开”。")
        kept = _("损坏的账本留在 {path}。").format(path=came.kept) if came.kept is not None else ""
        self._end(words + kept + came.words())
        self.done.emit(self._book)

    def _salvaged(self, done: "Salvaged") -> None:
        from workbench.trust.salvage_words import report

        self._end("\n".join(report(done)))
        self.done.emit(done.book)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, WorkbenchError):
            self._end(error.sentence())
        else:
            self._end("")
            self._tasks.failed.emit(error)

    def _choose(self) -> None:
        folder = self._book.parent / FOLDER
        chosen = existing_file(
            self,
            _("恢复哪一份备份"),
            str(folder if folder.is_dir() else self._book.parent),
            _("客户账本 (*.book)"),
        )
        if chosen:
            self.restore(Path(chosen))
