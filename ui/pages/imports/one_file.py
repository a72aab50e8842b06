"""One file in the background: read and checked, then written."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.pages.imports.grid import first_look
from ui.tasks import Task, Tasks
from workbench.base.change import Progress
from workbench.intake.report import FileReport, SheetPreview

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.intake.review.session import ImportSession

Read = tuple["ImportSession", tuple[str, SheetPreview] | None]


class OneFile(QObject):
    """The jobs of a file under review; nothing is delivered of one that was left meanwhile.

    `read(session, first)` with the sheet to show first or None, `compared(report)`, `unread(error)`, `written(report)`,
    `unwritten(error)`; `progressed(share, words)` on the way.
    """

    read = Signal(object, object)
    compared = Signal(object)
    unread = Signal(object)
    written = Signal(object)
    unwritten = Signal(object)
    progressed = Signal(float, str)

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.path: Path | None = None
        self._session: ImportSession | None = None
        self._task: Task | None = None

    def begin(self, path: Path) -> None:
        """Read a file and choose the sheet to show first, then check and compare it."""
        self.path, self._session = path, None

        def job(progress: Progress) -> Read:
            """On a file thread."""
            session = self.workbench.intake.read(path, progress=progress)
            return session, first_look(session)

        self._task = self.tasks.follow(
            job, self.progressed.emit, self._compare, failed=self.unread.emit, owner=self, where="files"
        )

    def _compare(self, read: Read) -> None:
        session, first = read
        self._session = session
        self.read.emit(session, first)

        def job(progress: Progress) -> FileReport:
            """On the book's thread."""
            return session.report(progress)

        def done(report: FileReport) -> None:
            """Tell of the report, unless the file was left meanwhile."""
            if self._session is session:
                self.compared.emit(report)

        def failed(error: Exception) -> None:
            """Tell of the error, unless the file was left meanwhile."""
            if self._session is session:
                self.unread.emit(error)

        self._task = self.tasks.follow(job, self.progressed.emit, done, failed=failed, owner=self)

    def commit(self, session: "ImportSession") -> None:
        """Write a file in one transaction."""

        def job(progress: Progress) -> FileReport:
            """On the book's thread."""
            return session.commit(progress)

        self._task = self.tasks.follow(
            job, self.progressed.emit, self.written.emit, failed=self.unwritten.emit, owner=self
        )

    def cancel(self) -> None:
        """Stop reading or writing; the book stays as it was."""
        if self._task is not None:
            self._task.cancel()

    def leave(self) -> None:
        """Stop, and deliver nothing more of the file."""
        self._session = None
        self.cancel()
