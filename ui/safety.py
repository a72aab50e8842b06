"""What the program does for the safety of the book around its window: the backup on leaving, the look through the whole file,
the sentence at the opening, a restore."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout

from db import vault
from ui.errors import log
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.pc import PcSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from workbench.app import Workbench
    from workbench.trust.replacing import Replaced

#: seconds that a closing window waits for its backup before it says so
_MOMENT = 0.3
#: milliseconds after the opening before the file is looked through: the first page comes first
_LATER = 60_000


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """A backup that takes the place of the open book; `secret` of the book itself where the backup is its own, else the
    passphrase of the backup; `standing`: the key of the book that stands there, where it is known."""

    backup: Path
    place: Path
    passphrase: str = ""
    secret: bytes | None = None
    standing: bytes | None = None

    def carry_out(self) -> "Replaced":
        """On the worker: the restore. Raises WorkbenchError."""
        from workbench.trust.replacing import replace_by_backup

        return replace_by_backup(
            self.backup, self.place, self.passphrase, secret=self.secret, standing=self.standing
        )


def carry_out(
    order: RestoreOrder, tasks: Tasks, door: "QDialog", field: "QLineEdit", tell: Callable[[str], object]
) -> None:
    """Restore behind the door, which says what came of it and then asks for the passphrase."""
    door.setEnabled(False)
    tell(_("正在恢复备份…"))

    def done(came: "Replaced") -> None:
        """The door opens again."""
        door.setEnabled(True)
        words = _("已恢复备份 {name}。").format(name=order.backup.name)
        if came.kept is not None:
            words += _("原来的账本留在 {path}。").format(path=came.kept)
        tell(words + came.words())
        field.setFocus()

    def failed(error: Exception) -> None:
        """The book stands as it stood."""
        door.setEnabled(True)
        if not isinstance(error, WorkbenchError):
            tasks.failed.emit(error)
            return
        tell(_("没有恢复,账本还是原来的。{why}").format(why=error.sentence()))

    tasks.run(order.carry_out, done, failed=failed, owner=door)


def greeting(workbench: "Workbench", pc: PcSettings) -> str:
    """What is said when a book was opened: a backup that failed last time, a clock set back, a drive of the network."""
    from workbench.trust.mishaps import clock_words, drive_words

    trouble, pc.backup_trouble = pc.backup_trouble, ""
    try:
        return " ".join(
            filter(
                None,
                (trouble, clock_words(workbench.book, workbench.rules), drive_words(workbench.book.path)),
            )
        )
    except WorkbenchError as error:
        log.warning("not greeted: %s", error.code)
        return trouble


def back_up_while_leaving(workbench: "Workbench", pc: PcSettings) -> None:
    """Make the day's backup once the window is gone. It never keeps the program from ending: what is in the way is told at the
    next opening, and who does not want to wait need not."""
    came: list[str] = []

    def job() -> None:
        """In a thread of its own."""
        try:
            came.append(workbench.backups.daily(pc).words)
        except Exception as error:  # noqa: BLE001  (a program that ends has nobody to tell but its log)
            log.warning("no backup on leaving: %s", type(error).__name__)
            came.append(_("上次退出时没有自动备份成,原因记在日志里。"))

    try:
        if not pc.backup_by_itself or workbench.is_sample:
            return
        thread = threading.Thread(target=job, daemon=True)
        thread.start()
        thread.join(_MOMENT)
        if thread.is_alive():
            _Leaving(thread).wait()
        pc.backup_trouble = came[0] if came else _("上次退出时没有等自动备份做完。")
        pc.save()
    except WorkbenchError as error:
        log.warning("backup on leaving not kept: %s", error.code)


class _Leaving(QDialog):
    """正在备份: shown while a backup takes longer than a moment."""

    def __init__(self, thread: threading.Thread) -> None:
        super().__init__(None, Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(_("客户工作台"))
        self._thread = thread
        self._loop = QEventLoop(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(_("正在备份账本,备份好就自动退出…")))
        layout.addLayout(row(None, button(_("不等了,现在退出"), self.reject)))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def wait(self) -> None:
        """Until the backup is made or nobody wants to wait for it."""
        self.show()
        self._timer.start(100)
        self._loop.exec()
        self.hide()

    def reject(self) -> None:
        """Esc or the button: leave without it."""
        self._loop.quit()

    def _look(self) -> None:
        if not self._thread.is_alive():
            self._loop.quit()


class LookThrough(QObject):
    """The look through every page of the book's file, once in some days, in the background; `damaged(pages)` when a seal is
    broken."""

    damaged = Signal(int)
    _sound = Signal()

    def __init__(
        self, workbench: "Workbench", pc: PcSettings, over: QObject, tell: Callable[[str], object]
    ) -> None:
        super().__init__(over)
        self._workbench = workbench
        self._pc = pc
        self._tell_words = tell
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self.damaged.connect(self._tell)
        self._sound.connect(self._keep)
        self._place = str(vault.real(workbench.book.path))
        last = pc.looked_through.get(self._place, "")
        due = (today() - dt.timedelta(workbench.rules.whole("backup.look_days"))).isoformat()
        if last <= due or last > today().isoformat():
            QTimer.singleShot(_LATER, self, self.begin)

    def begin(self) -> None:
        """Start looking, in a thread of its own."""
        if self._thread is None and not self._ended.is_set():
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def end(self) -> None:
        """The book closes: stop looking, and wait until nobody reads it any more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            bad = self._workbench.book.damaged_pages(self._ended.is_set)
        except Exception as error:  # noqa: BLE001  (a look in passing must not disturb the work)
            log.warning("not looked through: %s", type(error).__name__)
            return
        if self._ended.is_set():
            return
        if bad:
            self.damaged.emit(len(bad))
        else:
            self._sound.emit()

    def _keep(self) -> None:
        self._pc.looked_through[self._place] = today().isoformat()
        try:
            self._pc.save()
        except WorkbenchError as error:
            log.warning("settings not kept: %s", error.code)

    def _tell(self, count: int) -> None:
        words = _("账本文件有 {n} 页损坏。请到“登记簿”的“备份与恢复”恢复最近的备份,或抢救到新账本。").format(
            n=count
        )
        self._tell_words(words)
