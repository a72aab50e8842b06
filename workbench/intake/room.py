"""The face of intake: read a file, list and undo imports, keep dialects, settle who is who."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sqlalchemy import select

from db.engine import Book
from db.record import batches, changes
from db.turn import Kept
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.book.kept_cells import kept_cells
from workbench.intake.book.reissue import Versions, versions
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.problems import field_of_cell
from workbench.intake.columns import custom, dialect_edits, dialect_files
from workbench.intake.columns.dialects import Dialect, HeadingChoice, read_all
from workbench.intake.documents import BatchJson
from workbench.intake.reading.frames import Cell
from workbench.intake.reading.process import Limits
from workbench.intake.reading.reader import RawSheet, read_file
from workbench.intake.report import HistoryRow, KeptCell
from workbench.intake.review.file_set import FileSet
from workbench.intake.review.office_forms import office_forms
from workbench.intake.review.recognise import Knowledge
from workbench.intake.review.session import ImportSession
from workbench.intake.who import identity, merging
from workbench.intake.who.identity import Pair
from workbench.intake.who.merging import Merge
from workbench.people.office_form import OfficeForm
from workbench.rules.parameters import Rules

_COLUMNS = (
    "at", "file", "sheet", "kind", "as_of", "rows", "new", "changed", "unchanged", "vanished", "refused", "guard",
    "quality", "replaces",
)  # fmt: skip

#: first rows of a sheet in which a sheet of our own is recognised
_HEAD = 40


@dataclass(frozen=True, slots=True)
class Undone(Change):
    """An import undone or redone, and what stays because later changes stand on it."""

    #: at most 10,000; `kept_count` is complete
    kept: tuple[KeptCell, ...] = ()
    kept_count: int = 0


class Intake:
    """Spreadsheets into the book, and back out of it."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        give_up_drafts: Callable[[], object] = lambda: None,
        bring_forward: Callable[[], object] = lambda: None,
        is_ours: Callable[[Sequence[Sequence[Sequence[Cell]]]], bool] = lambda _heads: False,
    ) -> None:
        """`give_up_drafts` removes plans that the program drafted by itself; called before an import is undone.
        `bring_forward` computes what is asked of the book after an import; called when one is in it. `is_ours` answers for
        the first rows of a file's sheets whether it is a sheet of our own, filled in."""
        self._book = book
        self._rules = rules
        self._give_up_drafts = give_up_drafts
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

    # -- history -------------------------------------------------------------------------------------------

    def history(self, limit: int | None = None) -> tuple[HistoryRow, ...]:
        """Past imports, newest first; at most `limit`."""
        statement = (
            select(
                batches.c.id, batches.c.change_id, changes.c.state, batches.c.dialect, batches.c.reasons,
                *(batches.c[name] for name in _COLUMNS),
            )
            .select_from(batches.join(changes, changes.c.id == batches.c.change_id))
            .order_by(batches.c.id.desc())
            .limit(limit)
        )  # fmt: skip
        with in_words(), self._book.read() as conn:
            return tuple(
                HistoryRow(
                    batch=row["id"], change=row["change_id"], state=row["state"], dialect=row["dialect"] or "",
                    reasons=json.loads(row["reasons"] or "{}"), **{name: row[name] for name in _COLUMNS},
                )
                for row in conn.execute(statement).mappings()
            )  # fmt: skip

    def details(self, batch: int) -> BatchJson:
        """What was recorded of one import: mapping, totals, problems, not_data, edits, quality_parts.

        Raises WorkbenchError no_such_batch.
        """
        names = ("mapping", "totals", "problems", "not_data", "edits", "quality_parts")
        with in_words(), self._book.read() as conn:
            row = (
                conn.execute(select(*(batches.c[n] for n in names)).where(batches.c.id == batch))
                .mappings()
                .first()
            )
        if row is None:
            raise _no_batch(batch)
        details = cast(BatchJson, {name: json.loads(row[name] or "null") for name in names})
        fields = {
            entry["column"]: entry["field"] or entry.get("custom") for entry in details["mapping"] or ()
        }
        # the field says how a cell is masked
        for problem in details["problems"] or ():
            if "field" not in problem:
                problem["field"] = field_of_cell(fields.get(problem["column"] or ""), problem["value"])
        for edit in details["edits"] or ():
            if "text" in edit:
                edit["field"] = field_of_cell(fields.get(edit["column"]), edit["text"])
        return details

    def show_values(self, field: str, *, shown: bool) -> Change:
        """Show the values of a custom field without a mask, or mask them; see `custom.show_values`."""
        return custom.show_values(self._book, field, shown=shown)

    def versions(self, batch: int) -> Versions:
        """What an import changed in data of earlier files: old and new, side by side."""
        with in_words(), self._book.read() as conn:
            return versions(conn, batch, catalogue(), self._rules.whole("intake.changes_shown"))

    def undo(self, batch: int | None = None) -> Undone:
        """Undo the import of a file: the newest in force, or the one with `batch`.

        Later changes to the same customers and cells stay and are listed. Raises WorkbenchError nothing_to_undo,
        no_such_batch, state.
        """
        return self._reverse(batch, forward=False)

    def redo(self, batch: int | None = None) -> Undone:
        """Redo an undone import: the earliest one, or the one with `batch`.

        Raises WorkbenchError nothing_to_redo, no_such_batch, state.
        """
        return self._reverse(batch, forward=True)

    def what_undo_keeps(self, batch: int) -> tuple[KeptCell, ...]:
        """What would stay in the book if this import were undone now."""
        change = self._change(batch, forward=False)
        with in_words():
            self._give_up_drafts()
            kept = self._book.would_keep(change)
            return self._kept_cells(kept)

    def _reverse(self, batch: int | None, *, forward: bool) -> Undone:
        return self._back(self._change(batch, forward=forward), forward=forward)

    def _back(self, change: int, *, forward: bool) -> Undone:
        with in_words():
            if not forward:
                self._give_up_drafts()
            reversal = self._book.reverse(change, forward=forward, keep_later=True)
            with self._book.read() as conn:
                counts = conn.execute(
                    select(batches.c.new, batches.c.changed).where(batches.c.change_id == change)
                ).all()
            kept = self._kept_cells(reversal.kept)
        count = sum(row[0] + row[1] for row in counts)
        return Undone(reversal.tables, count, change if forward else None, kept, reversal.kept_count)

    def _kept_cells(self, kept: tuple[Kept, ...]) -> tuple[KeptCell, ...]:
        if not kept:
            return ()
        with self._book.read() as conn:
            return tuple(kept_cells(conn, kept, catalogue()))

    def _change(self, batch: int | None, *, forward: bool) -> int:
        joined = batches.join(changes, changes.c.id == batches.c.change_id)
        statement = select(batches.c.change_id).select_from(joined)
        if batch is not None:
            statement = statement.where(batches.c.id == batch)
        else:
            # undone imports are redone in the order in which they were made
            order = batches.c.change_id if forward else batches.c.change_id.desc()
            statement = statement.where(changes.c.state == ("undone" if forward else "done")).order_by(order)
        with in_words(), self._book.read() as conn:
            change = conn.execute(statement.limit(1)).scalar()
        if change is not None:
            return int(change)
        if batch is not None:
            raise _no_batch(batch)
        raise WorkbenchError(
            "nothing_to_redo" if forward else "nothing_to_undo",
            _("没有可以重做的导入。") if forward else _("没有可以撤销的导入。"),
        )

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


def _no_batch(batch: int) -> WorkbenchError:
    return WorkbenchError(
        "no_such_batch", _("没有编号为 {batch} 的导入。").format(batch=batch),
        _("请用 workbench imports 查看编号。"), batch=batch,
    )  # fmt: skip
