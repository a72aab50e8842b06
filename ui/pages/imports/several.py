"""Several files at once: reading and comparing them, the table, writing them in their order, taking them back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.pages.imports.together import FilesCard, anything, waiting
from ui.tasks import Task, Tasks
from ui.widgets.waiting import Waiting
from workbench.base.change import Cancelled, Change, Progress
from workbench.base.i18n import _
from workbench.intake.report import HistoryRow
from workbench.intake.review.file_set import FileLine, FileSet

if TYPE_CHECKING:
    from workbench.app import Workbench


class SeveralFiles(QStackedWidget):
    """The files of a drop: progress while they are read or written, else the table.

    `changed()` when there is something else to say of them, `written(lines)` after files were written, `refused(error)`
    when something failed, `emptied()` when no file is left, `take_back(row)` for the history to undo one import.
    """

    changed = Signal()
    written = Signal(object)
    refused = Signal(object)
    emptied = Signal()
    take_back = Signal(object)

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__()
        self.workbench = workbench
        self.tasks = tasks
        self.files: FileSet | None = None
        self._task: Task | None = None
        self.waiting = Waiting()
        self.waiting.cancelled.connect(self._stop)
        self.card = FilesCard()
        self.card.left.connect(self.leave)
        self.card.undo.connect(self._undo)
        self.card.undo_all.connect(self.undo_all)
        for part in (self.waiting, self.card):
            self.addWidget(part)

    # -- what is told of them ------------------------------------------------------------------------------

    @property
    def lines(self) -> list[FileLine]:
        """The files in their order."""
        return self.files.lines if self.files is not None else []

    @property
    def busy(self) -> bool:
        """Whether files are being read or written."""
        return self._task is not None

    @property
    def open_points(self) -> int:
        """How many questions keep files from being written."""
        return sum(map(waiting, self.lines))

    @property
    def ready(self) -> int:
        """How many files hold something to write."""
        return sum(
            1 for line in self.lines if not line.written and line.session is not None and anything(line)
        )

    @property
    def free(self) -> tuple[FileLine, ...]:
        """The files that can be written now: they ask nothing, nor does one that must go before them."""
        if self.files is None:
            return ()
        asking = [line for line in self.lines if waiting(line)]
        return tuple(line for line in self.files.free_of(asking) if anything(line))

    def title(self) -> str:
        """'7 个文件'."""
        return _("{n} 个文件").format(n=len(self.lines))

    def hint(self) -> str:
        """What is to be done now, in one sentence."""
        if self.busy:
            return _("随时可以取消,没有写完的文件不会留下一半。")
        if self.open_points:
            return _("还有 {n} 项需要确认才能写入,按右上角的按钮查看。").format(n=self.open_points)
        written = sum(line.written for line in self.lines)
        left = len(self.lines) - written - self.ready
        if not self.ready and written:
            undo = _("如有错误,可以一起撤销,也可以只撤销一个。")
            return (_("写好了,{n} 个文件没有写入;").format(n=left) if left else _("都写好了;")) + undo
        if not self.ready:
            return _("这些文件里没有可以写入的行。")
        words = _("按顺序排好了:先客户、再按月份。没有要问的,一次写入。")
        return words + (_("{n} 个文件读不了或没有内容,不影响其余。").format(n=left) if left else "")

    def primary(self) -> str:
        """The words of the page's button, '' where there is nothing to write."""
        if self.busy:
            return ""
        if self.open_points:
            return _("还有 {n} 项需要确认").format(n=self.open_points)
        return _("写入 {n} 个文件").format(n=self.ready) if self.ready else ""

    def beside(self) -> str:
        """The words of the button that writes what asks nothing while others still ask, '' where there is nothing such."""
        free = len(self.free)
        if self.busy or not self.open_points or not free:
            return ""
        return _("先写入不用确认的 {n} 个").format(n=free)

    # -- reading -------------------------------------------------------------------------------------------

    def begin(self, paths: Sequence[Path]) -> None:
        """Start with these files alone."""
        self.files = self.workbench.intake.together()
        self.add(paths)

    def add(self, paths: Sequence[Path] = ()) -> None:
        """Take more files in; all are compared again."""
        files = self.files
        if files is None:
            return
        files.add(paths)

        def foresee(_read: None) -> None:
            """Once all are read: in one rehearsal on the book's thread."""
            if self.files is files:
                self._task = self.tasks.follow(
                    files.foresee,
                    self.waiting.tell,
                    lambda _done: self._show(),
                    failed=self._failed,
                    owner=self,
                )

        self._wait(_("正在读取 {n} 个文件").format(n=len(files.lines)))
        self._task = self.tasks.follow(
            files.read, self.waiting.tell, foresee, failed=self._failed, owner=self, where="files"
        )
        self.changed.emit()

    def close_files(self) -> None:
        """Let go of the files; nothing more is written."""
        self._stop()
        self._task = self.files = None
        self.card.show_lines([])

    def leave(self, line: FileLine) -> None:
        """Go on without one of the files."""
        if self.files is None or self.busy:
            return
        self.files.leave(line)
        if self.files.lines:
            self.add()
        else:
            self.emptied.emit()

    def _wait(self, words: str) -> None:
        self.setCurrentWidget(self.waiting)
        self.waiting.start(words)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show(self) -> None:
        self._task = None
        self.setCurrentWidget(self.card)
        self.card.show_lines(self.lines)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._task = None
        if self.files is None:
            return
        if isinstance(error, Cancelled) and not any(line.report for line in self.lines):
            self.emptied.emit()
            return
        self._show()
        if not isinstance(error, Cancelled):
            self.refused.emit(error)

    # -- writing and taking back ---------------------------------------------------------------------------

    def asking(self) -> FileLine | None:
        """The first file that asks something."""
        return next((line for line in self.lines if waiting(line)), None)

    def commit(self) -> None:
        """Write the files that ask nothing in their order, each in a transaction of its own."""
        files, only = self.files, self.free
        if files is None or self.busy or not only:
            return

        def job(progress: Progress) -> tuple[FileLine, ...]:
            """On the book's thread."""
            return files.commit(progress, only)

        def done(lines: Sequence[FileLine]) -> None:
            """Tell what was written before the table is shown again."""
            self._task = None
            self.written.emit(lines)
            self._show()

        self._wait(_("正在写入账本"))
        self._task = self.tasks.follow(job, self.waiting.tell, done, failed=self._failed, owner=self)
        self.changed.emit()

    def _undo(self, line: FileLine) -> None:
        """Take one written file back; what later changes keep is asked about, as in the history."""

        def find(rows: Sequence[HistoryRow]) -> None:
            """Give the row of the history on."""
            written = next((one for one in rows if one.batch == line.batch), None)
            if written is not None:
                self.take_back.emit(written)

        self.tasks.run(self.workbench.intake.history, find, failed=self.refused.emit, owner=self)

    def undo_all(self) -> None:
        """Take all written files back, the last one first, so that nothing of them stays."""
        batches = [line.batch for line in reversed(self.card.in_force()) if line.batch is not None]

        def job() -> Change:
            """On the book's thread: a copy of the whole book first; each file is a change of its own."""
            self.workbench.back_up_before("undo")
            changes = [self.workbench.intake.undo(batch) for batch in batches]
            return Change(frozenset().union(*(one.tables for one in changes)), len(changes), None)

        words = _("已撤销 {n} 个文件。").format(n=len(batches))
        self.tasks.write(job, words=words, failed=self.refused.emit, owner=self)
