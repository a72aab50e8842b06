"""The face of intake: read a file, list and undo imports, keep dialects, settle who is who."""

from collections.abc import Callable, Sequence
from pathlib import Path

from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns import custom, dialect_edits, dialect_files
from workbench.intake.columns.dialects import Dialect, HeadingChoice, read_all
from workbench.intake.history import ImportHistory, Undone
from workbench.intake.reading.frames import Cell
from workbench.intake.reading.process import Limits
from workbench.intake.reading.reader import RawSheet, read_file
from workbench.intake.review.file_set import FileSet
from workbench.intake.review.office_forms import office_forms
from workbench.intake.review.recognise import Knowledge
from workbench.intake.review.session import ImportSession
from workbench.intake.who import identity, merging
from workbench.intake.who.identity import Pair
from workbench.intake.who.merging import Merge
from workbench.people.office_form import OfficeForm
from workbench.rules.parameters import Rules

#: first rows of a sheet in which a sheet of our own is recognised
_HEAD = 40


class Intake(ImportHistory):
    """Spreadsheets into the book, and back out of it."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        give_up_drafts: Callable[[], object] = lambda: None,
        bring_forward: Callable[[], object] = lambda: None,
        is_ours: Callable[[Sequence[Sequence[Sequence[Cell]]]], bool] = lambda _heads: False,
    ) -> None:
        """`bring_forward` computes what is asked of the book after an import; called when one is in it. `is_ours` answers for
        the first rows of a file's sheets whether it is a sheet of our own, filled in."""
        super().__init__(book, rules, give_up_drafts)
        self._bring_forward = bring_forward
        self._is_ours = is_ours

    def read(
        self, path: Path, *, as_of: str | None = None, sheet: str | None = None, progress: Progress = silent
    ) -> ImportSession:
        """Read a file and recognise its sheets; nothing is written and no content is refused yet.

        `as_of` is 'YYYY-MM' or 'YYYY-MM-DD', `sheet` the only sheet to take. Raises WorkbenchError bad_as_of, own_sheet (a
        sheet of ours: `Workbench.results` takes it) and the codes of `reading.reader.read_file`; Cancelled from `progress`.
        """
        raw = read_file(
            path, sheet=sheet, cells_max=self._rules.whole("intake.cells_max"), limits=Limits.of(self._rules),
            progress=progress,
        )  # fmt: skip
        if self._is_ours([head(one) for one in raw.sheets]):
            raise WorkbenchError(
                "own_sheet",
                _("{file} 是本系统打出来的单子,不是总行的名单。").format(file=raw.path.name),
                _("请在「录入结果」里录入它,或者用 workbench results。"),
            )
        session = ImportSession(self._book, self._rules, catalogue(), raw, self._bring_forward)
        session.look(as_of)
        progress(0.4, _("读取完成"))
        return session

    def office_forms(self, path: Path, progress: Progress = silent) -> tuple[OfficeForm, ...]:
        """The worksheets of a file as forms to be filled in, the likeliest first; () where no headings are recognised.
        Nothing is written. Raises WorkbenchError as `reading.reader.read_file`; Cancelled from `progress`."""
        raw = read_file(
            path,
            cells_max=self._rules.whole("intake.cells_max"),
            limits=Limits.of(self._rules),
            progress=progress,
        )
        with in_words(), self._book.read() as conn:
            knowledge = Knowledge(catalogue(), self._rules, read_all(conn), custom.read_all(conn))
            return office_forms(conn, raw, knowledge)

    def together(self, paths: Sequence[Path] = ()) -> FileSet:
        """Several files to be reviewed and written as one; nothing is read yet."""
        files = FileSet(self._book, lambda path, progress: self.read(path, progress=progress))
        files.add(paths)
        return files

    def show_values(self, field: str, *, shown: bool) -> Change:
        """Show the values of a custom field without a mask, or mask them; see `custom.show_values`."""
        return custom.show_values(self._book, field, shown=shown)

    # -- head office's dialects ----------------------------------------------------------------------------

    def dialects(self) -> tuple[Dialect, ...]:
        """The dialects learnt on commit, by name."""
        with in_words(), self._book.read() as conn:
            return read_all(conn)

    def rename_dialect(self, old: str, new: str) -> Change:
        """Rename a dialect. Raises WorkbenchError no_dialect, no_dialect_name, dialect_exists."""
        return dialect_edits.rename(self._book, old, new)

    def forget_dialect(self, name: str) -> Change:
        """Remove a dialect: the next sheet of its kind is asked about anew. Raises WorkbenchError no_dialect."""
        return dialect_edits.forget(self._book, name)

    def edit_dialect(self, name: str, heading: str, choice: HeadingChoice | None) -> Change:
        """Change the choice for one heading; raises as `dialect_edits.edit`."""
        return dialect_edits.edit(self._book, name, heading, choice, catalogue())

    def export_dialects(self, path: Path, *, replace: bool = False) -> int:
        """Write all dialects to a file for a colleague; returns how many. Raises as `Register.save` does."""
        return dialect_files.to_file(self._book, path, replace=replace)

    def import_dialects(self, path: Path) -> Change:
        """Take a colleague's dialects, all or none. Raises WorkbenchError bad_dialects, file_missing."""
        return dialect_files.from_file(self._book, path, catalogue())

    # -- who is who ----------------------------------------------------------------------------------------

    def identity_queue(self) -> tuple[Pair, ...]:
        """Undecided pairs of customers who may be one person, the likeliest first."""
        with in_words(), self._book.read() as conn:
            return identity.queue(conn, self._rules)

    def merge(self, keep_no: str, other_no: str, reason: str, evidence: Sequence[str] = ()) -> Change:
        """Merge two numbers of one person; all data goes to `keep_no`. Undoable; raises as `merging.merge`."""
        return merging.merge(self._book, keep_no, other_no, reason, self._rules, evidence)

    def unmerge(self, other_no: str) -> Undone:
        """Undo the merge that took `other_no` in; data that came later stays with the kept customer.

        Raises WorkbenchError not_merged.
        """
        with in_words(), self._book.read() as conn:
            merge = next((one for one in merging.merges(conn) if one.other_no == other_no), None)
        if merge is None:
            raise WorkbenchError(
                "not_merged", _("客户号 {number} 没有并入别的客户号。").format(number=other_no),
                _("请用 workbench identity 查看已合并的客户号。"),
            )  # fmt: skip
        return self._back(merge.change_id, forward=False)

    def keep_apart(self, one_no: str, other_no: str, reason: str) -> Change:
        """Record that two customers are two persons. Undoable; raises as `merging.apart`."""
        return merging.apart(self._book, one_no, other_no, reason)

    def merges(self) -> tuple[Merge, ...]:
        """Merges in force, the newest first."""
        with in_words(), self._book.read() as conn:
            return merging.merges(conn)


def head(sheet: RawSheet) -> list[list[Cell]]:
    """The first rows of a sheet, by which a sheet of our own is known."""
    return [[column[number] for column in sheet.columns] for number in range(min(_HEAD, sheet.height))]
