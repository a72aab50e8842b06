"""Several files under review together: read, put in order, foreseen as one, written one after the other."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.sheet_kinds import kinds
from workbench.intake.reading.doors import readable
from workbench.intake.report import FileReport, Kind, SheetReport
from workbench.intake.review.session import ImportSession

_CUSTOMERS: Kind = "customers"


@dataclass(slots=True, eq=False)
class FileLine:
    """One file of several: `session` None when it cannot be read; `error` why it cannot be read or was not written."""

    path: Path
    session: ImportSession | None = None
    report: FileReport | None = None
    error: WorkbenchError | None = None

    @property
    def name(self) -> str:
        """The file's name as a person reads it."""
        return readable(self.path).name

    @property
    def read(self) -> bool:
        """Whether reading it was tried."""
        return self.session is not None or self.error is not None

    @property
    def written(self) -> bool:
        """Whether it was written; it may have been taken back since."""
        return self.session is not None and self.session.committed

    @property
    def sheets(self) -> tuple[SheetReport, ...]:
        """The sheets that are known and taken."""
        sheets = self.report.sheets if self.report is not None else ()
        return tuple(sheet for sheet in sheets if sheet.kind != "none" and not sheet.skipped)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it holds, each kind once."""
        return tuple(dict.fromkeys(sheet.kind for sheet in self.sheets))

    @property
    def months(self) -> tuple[str, ...]:
        """The months of the sheets that have one, the earliest first."""
        known = kinds()
        dated = [
            one
            for one in self.sheets
            if one.kind != "none" and (known[one.kind].dated or known[one.kind].date)
        ]
        return tuple(sorted({sheet.as_of[:7] for sheet in dated if sheet.as_of}))

    @property
    def compared(self) -> bool:
        """Whether its sheets were compared with the book, so that what is counted is known."""
        return bool(self.sheets) and all(sheet.quality is not None for sheet in self.sheets)

    @property
    def batch(self) -> int | None:
        """An import of the history that stands for the file; None when nothing was written."""
        return next((sheet.batch for sheet in self.sheets if sheet.batch is not None), None)

    def sentence(self) -> str:
        """Why it cannot be read or written, '' where nothing speaks against it."""
        if self.error is not None:
            return self.error.sentence()
        return (self.report.error or "") if self.report is not None else ""


@dataclass
class FileSet:
    """The files in the order in which they are written, those that cannot be read at the end.

    `read_one` reads a file. Holds no connection; not for use by two threads at once.
    """

    book: Book
    read_one: Callable[[Path, Progress], ImportSession]
    lines: list[FileLine] = field(default_factory=list)

    def add(self, paths: Iterable[Path]) -> None:
        """Take more files in, each once."""
        known = {line.path for line in self.lines}
        self.lines += [FileLine(path) for path in dict.fromkeys(paths) if path not in known]

    def leave(self, line: FileLine) -> None:
        """Leave a file out."""
        self.lines.remove(line)
        self._arrange()

    def read(self, progress: Progress = silent) -> None:
        """Read the files that were not read yet; one that cannot be read becomes a line with its reason."""
        waiting = [line for line in self.lines if not line.read]
        for number, line in enumerate(waiting):
            start, width = number / len(waiting), 1 / len(waiting)

            def part(share: float, words: str, start: float = start, width: float = width) -> None:
                progress(start + width * share, words)

            part(0.0, _("正在读取 {file}").format(file=line.name))
            try:
                line.session = self.read_one(line.path, part)
            except WorkbenchError as error:
                line.error = error
        self._arrange()

    def foresee(self, progress: Progress = silent) -> None:
        """Compare every file with the book as those before it will leave it, in one rehearsal."""
        self._arrange()
        todo = self.todo()
        if not todo:
            return
        with in_words():
            revision = self.book.revision()
            with self.book.rehearsal("import", todo[0].path.name) as writer:
                for number, session in enumerate(todo):
                    progress(number / len(todo), _("核对 {file}").format(file=session.path.name))
                    session.renew(writer.conn)
                    session.rehearse(writer, revision)
        for line in self.lines:
            if line.session in todo and line.session is not None:
                line.report, line.error = line.session.report_foreseen(), None

    def free_of(self, asking: Collection[FileLine]) -> tuple[FileLine, ...]:
        """The files that may be written before those `asking` are answered, in their order.

        Behind a list of customers nothing is: its people and months come first. Behind another, none of the same kind.
        """
        barred: set[Kind] = set()
        free = []
        for line in self._writable():
            if line in asking:
                barred.update(line.kinds)
            elif _CUSTOMERS not in barred and barred.isdisjoint(line.kinds):
                free.append(line)
        return tuple(free)

    def commit(
        self, progress: Progress = silent, only: Collection[FileLine] | None = None
    ) -> tuple[FileLine, ...]:
        """Write the files in their order, each in a transaction of its own, up to the first that is refused; `only` some
        (None: all).

        Returns the lines written now. A file that holds nothing to write is passed over. Raises Cancelled.
        """
        written: list[FileLine] = []
        todo = [line for line in self._writable() if only is None or line in only]
        for number, line in enumerate(todo):
            if line.session is None:
                continue
            progress(number / len(todo), _("写入 {file}").format(file=line.name))
            try:
                line.session.renew()
                line.report = line.session.commit()
            except WorkbenchError as error:
                line.error = error
                break
            line.error = None
            written.append(line)
        return tuple(written)

    def todo(self) -> list[ImportSession]:
        """The files that were read and not written yet, in their order."""
        return [line.session for line in self.lines if line.session is not None and not line.written]

    def _writable(self) -> list[FileLine]:
        return [
            line for line in self.lines
            if line.session is not None and not line.written and not (line.report and line.report.error)
        ]  # fmt: skip

    def _arrange(self) -> None:
        """Order the lines, and tell every session which files come before it."""
        last = (99, "", "", "")
        self.lines.sort(
            key=lambda line: (line.session.order() if line.session else last, line.name, str(line.path))
        )
        before: list[ImportSession] = []
        for session in self.todo():
            session.behind = tuple(before)
            before.append(session)
