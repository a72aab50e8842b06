"""The first room's door: read a file, look at past imports, take one back."""

from pathlib import Path

from sqlalchemy import select

from db.engine import Book
from db.tables import batches, changes
from workbench.change import Change, Progress, silent
from workbench.errors import WorkbenchError, in_words
from workbench.i18n import _
from workbench.intake.fields import catalogue
from workbench.intake.reader import read_file
from workbench.intake.report import HistoryRow
from workbench.intake.session import ImportSession
from workbench.rules import Rules

_COLUMNS = (
    "at", "file", "sheet", "kind", "as_of", "rows", "new", "changed", "unchanged", "vanished", "refused", "guard",
)  # fmt: skip


class Intake:
    """Spreadsheets into the book, and back out of it."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules

    def read(
        self, path: Path, *, as_of: str | None = None, sheet: str | None = None, progress: Progress = silent
    ) -> ImportSession:
        """Read a file and recognise its sheets; nothing is written.

        `as_of` is 'YYYY-MM' or 'YYYY-MM-DD', `sheet` the only sheet to take. Raises WorkbenchError file_missing,
        file_unreadable, file_empty, file_encrypted, file_corrupt, not_a_spreadsheet, too_large, no_sheet,
        no_customer_number, no_as_of, bad_as_of; Cancelled from `progress`.
        """
        raw = read_file(path, sheet=sheet, cells_max=self._rules.whole("intake.cells_max"), progress=progress)
        session = ImportSession(self._book, self._rules, catalogue(), raw)
        session.look(as_of)
        progress(0.4, _("读取完成"))
        return session

    def history(self, limit: int | None = None) -> tuple[HistoryRow, ...]:
        """Past imports, newest first."""
        statement = (
            select(
                batches.c.id, batches.c.change_id, changes.c.state, *(batches.c[name] for name in _COLUMNS)
            )
            .select_from(batches.join(changes, changes.c.id == batches.c.change_id))
            .order_by(batches.c.id.desc())
            .limit(limit)
        )
        with in_words(), self._book.read() as conn:
            return tuple(
                HistoryRow(
                    batch=row["id"], change=row["change_id"], state=row["state"],
                    **{name: row[name] for name in _COLUMNS},
                )
                for row in conn.execute(statement).mappings()
            )  # fmt: skip

    def undo(self, batch: int | None = None) -> Change:
        """Take a file's import back: the newest still in force, or the one that `batch` belongs to.

        Raises WorkbenchError nothing_to_undo, no_such_batch, changed_later, needed_later, state.
        """
        return self._reverse(batch, forward=False)

    def redo(self, batch: int | None = None) -> Change:
        """Do an undone import again: the one undone last in time order, or the one that `batch` belongs to."""
        return self._reverse(batch, forward=True)

    def _reverse(self, batch: int | None, *, forward: bool) -> Change:
        change = self._change(batch, forward=forward)
        with in_words():
            topics = self._book.reverse(change, forward=forward)
            with self._book.read() as conn:
                counts = conn.execute(
                    select(batches.c.new, batches.c.changed).where(batches.c.change_id == change)
                ).all()
        return Change(frozenset(topics), sum(row[0] + row[1] for row in counts), change if forward else None)

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
            raise WorkbenchError(
                "no_such_batch", _("没有编号为 {batch} 的导入。").format(batch=batch),
                _("请用 workbench imports 查看编号。"), batch=batch,
            )  # fmt: skip
        raise WorkbenchError(
            "nothing_to_redo" if forward else "nothing_to_undo",
            _("没有可以重做的导入。") if forward else _("没有可以撤销的导入。"),
        )
