"""`ImportHistory`: past imports, what they changed, how they are undone and redone; without what reads a file."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from db.engine import Book
from db.record import batches, changes
from db.turn import Kept
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words, reversing
from workbench.base.i18n import _
from workbench.intake.documents import BatchJson
from workbench.intake.report import HistoryRow, KeptCell
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.intake.book.reissue import Versions

_COLUMNS = (
    "at", "file", "sheet", "kind", "as_of", "rows", "new", "changed", "unchanged", "vanished", "refused", "guard",
    "quality", "replaces",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undone(Change):
    """An import undone or redone, and what stays because later changes stand on it."""

    #: at most 10,000; `kept_count` is complete
    kept: tuple[KeptCell, ...] = ()
    kept_count: int = 0


class ImportHistory:
    """Imports that were committed. `give_up_drafts` removes plans that the program drafted by itself; called before an import is
    undone."""

    def __init__(self, book: Book, rules: Rules, give_up_drafts: Callable[[], object] = lambda: None) -> None:
        self._book = book
        self._rules = rules
        self._give_up_drafts = give_up_drafts

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
        from workbench.intake.checking.problems import field_of_cell

        # the field says how a cell is masked
        for problem in details["problems"] or ():
            if "field" not in problem:
                problem["field"] = field_of_cell(fields.get(problem["column"] or ""), problem["value"])
        for edit in details["edits"] or ():
            if "text" in edit:
                edit["field"] = field_of_cell(fields.get(edit["column"]), edit["text"])
        return details

    def versions(self, batch: int) -> "Versions":
        """What an import changed in data of earlier files: old and new, side by side."""
        from workbench.intake.book.reissue import versions
        from workbench.intake.catalogue.fields import catalogue

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
        with reversing(forward=forward):
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
        from workbench.intake.book.kept_cells import kept_cells
        from workbench.intake.catalogue.fields import catalogue

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


def _no_batch(batch: int) -> WorkbenchError:
    return WorkbenchError(
        "no_such_batch", _("没有编号为 {batch} 的导入。").format(batch=batch),
        _("请用 workbench imports 查看编号。"), batch=batch,
    )  # fmt: skip
