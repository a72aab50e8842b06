"""Writes compared sheets into the book, inside the one transaction of an import."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import insert, select

from db.journal import ColumnOfRows, Writer
from db.record import batches
from db.tables import customers, metadata, snapshots
from db.values import Value, text
from workbench.base.dates import now
from workbench.base.errors import ProblemJson
from workbench.intake.book.diff import Diff
from workbench.intake.book.diff_flows import FlowDiff
from workbench.intake.book.diff_lines import stored_kind
from workbench.intake.book.movement_rows import write_movements
from workbench.intake.book.reissue import replace
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.catalogue.sheet_kinds import KindOfSheet
from workbench.intake.cells.parsed import Read, as_texts
from workbench.intake.checking.deleted import DELETED
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.columns.dialects import MISFIT, learn, read_all
from workbench.intake.documents import HandChange, MappedColumn
from workbench.intake.reading.reader import RawFile
from workbench.intake.report import SheetReport
from workbench.intake.review.lost_fields import filled
from workbench.intake.review.same_month import Ready
from workbench.people.id_hashes import id_key
from workbench.people.long_numbers import without_ids
from workbench.people.names import backwards, pinyin
from workbench.rules.parameters import Rules

_T = TypeVar("_T")
_PROBLEMS_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class HistoryNotes:
    """What the history keeps of an import beside its report."""

    #: why the lights stay off (None: they do not)
    guard: str | None = None
    #: code of a question -> the reason given
    reasons: Mapping[str, str] = field(default_factory=dict)
    edits: Sequence[HandChange] = ()
    #: field -> its places in the book, so that a figure finds its column again
    columns: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    #: field -> how full its column was (0..1), for comparison with the next list
    shares: Mapping[str, float] = field(default_factory=dict)


_NO_NOTES = HistoryNotes()


def write_batch(writer: Writer, report: SheetReport, digest: str, notes: HistoryNotes = _NO_NOTES) -> int:
    """Insert the history row of one sheet; returns its id. Not journalled: history stays when an import is undone."""
    mapping: list[MappedColumn] = [
        {
            **entry,
            "columns": [list(place) for place in notes.columns.get(entry["field"] or "", ())],
            "filled": round(notes.shares.get(entry["field"] or "", 0.0), 4),
        }
        for entry in report.as_json()["mapping"]
    ]
    quality = report.quality
    hashes = id_key(writer.conn) is not None
    gone = {one["row"] for one in report.as_json()["problems"] if one["code"] == DELETED}
    edits = [one for one in notes.edits if one.get("row") not in gone]
    row = {
        "change_id": writer.change_id, "at": now(), "file": report.file, "file_hash": digest,
        "sheet": report.sheet, "kind": report.kind, "header_row": report.header_row, "as_of": report.as_of,
        "month": (report.as_of or "")[:7], "unit": report.unit, "rows": report.rows, "new": report.new,
        "changed": report.changed, "unchanged": report.unchanged, "vanished": report.vanished,
        "refused": report.refused, "guard": notes.guard, "dialect": report.dialect or None, "replaces": report.replaces,
        "quality": quality.score if quality else None,
        "quality_parts": _json(quality.as_json()) if quality else None,
        "reasons": _json(notes.reasons) if notes.reasons else None, "edits": _kept_edits(edits, hashes=hashes),
        "not_data": _json(report.not_data), "mapping": _json(mapping), "totals": _json(report.as_json()["totals"]),
        "problems": _json(_kept_problems(report.as_json()["problems"], hashes=hashes)[:_PROBLEMS_KEPT]),
    }  # fmt: skip
    writer.note(batches)
    result = writer.conn.execute(insert(batches).returning(batches.c.id), row)
    return int(result.scalar_one())


def _kept_problems(problems: Sequence[ProblemJson], *, hashes: bool) -> list[ProblemJson]:
    """What the history keeps of faults: of a row about a deleted person that it was refused, and no value; no identity number
    where only `hashes` are kept."""
    gone = {one["row"] for one in problems if one["code"] == DELETED}
    kept = [one for one in problems if one["row"] not in gone or one["code"] == DELETED]
    return [_without_id(one) for one in kept] if hashes else kept


def _kept_edits(edits: Sequence[HandChange], *, hashes: bool) -> str | None:
    if not edits:
        return None
    return without_ids(_json(edits)) if hashes else _json(edits)


def _without_id(one: ProblemJson) -> ProblemJson:
    value = None if one.get("field") == "id_no" else one["value"]
    return {**one, "value": without_ids(value) if value else value, "message": without_ids(one["message"])}


def _json(body: object) -> str:
    return json.dumps(body, ensure_ascii=False)


def write_sheet(
    writer: Writer, ready: Ready, report: SheetReport, raw: RawFile, catalogue: FieldCatalogue, rules: Rules
) -> None:
    """Write one sheet: history row, content, movements, and what was learnt of its form; nothing if nothing differs."""
    state, checked = ready
    diff = state.diff
    if diff is None or not diff.writes():
        return
    guard = None if "data_guard_lit" in state.reasons else diff.guard
    places = {
        match.field: catalogue[match.field].columns for match in state.matches if match.field is not None
    }
    notes = HistoryNotes(guard, state.reasons, state.typed(), places, filled(checked))
    batch = write_batch(writer, report, raw.digest, notes)
    state.batch = batch
    if checked.kind == "customers":
        write_customers(writer, batch, checked, diff, catalogue)
        writer.confirm(snapshots, diff.confirmed)
        if state.issue is not None and diff.removed_snapshots:
            replace(writer, diff.removed_snapshots, state.issue.chain)
        write_movements(writer, batch, checked.as_of[:7], state.movements)
    elif catalogue.kinds[checked.kind].policy == "key":
        write_keyed(writer, batch, checked, diff, catalogue)
    else:
        write_lines(writer, batch, checked, diff, catalogue)
    if state.earlier_part:
        return
    taken = {dialect.name for dialect in read_all(writer.conn)}
    answered: dict[str, Sequence[str]] = {
        question.code: question.subjects for question in report.questions if question.reason
    }
    if chosen := state.chosen_against_values():
        answered[MISFIT] = (*answered.get(MISFIT, ()), *chosen)
    learn(writer, state.learnt(raw.path, taken, rules, answered))


def write_customers(
    writer: Writer, batch: int, checked: AcceptedRows, diff: Diff, catalogue: FieldCatalogue
) -> None:
    """Insert new customers and the snapshots of the month column-wise, then update existing rows."""
    fresh = _Picker(diff.fresh, len(checked.keys))
    own = _table_columns(checked, catalogue, "customers")
    numbers = fresh(checked.keys)
    names = fresh(as_texts(own["name"])) if "name" in own else [None] * len(numbers)
    phones = fresh(as_texts(own["phone"])) if "phone" in own else [None] * len(numbers)
    full, initials = pinyin(names) if numbers else ([], [])
    ids = writer.insert_columns(
        customers,
        {
            "customer_no": numbers, **{column: fresh(values) for column, values in own.items()},
            "name_pinyin": full, "name_initials": initials, "no_reversed": backwards(numbers),
            "phone_reversed": backwards(phones), "extra": fresh(checked.extra),
            "batch_id": batch, "source_row": fresh(checked.rows),
        },
        len(numbers),
    )  # fmt: skip
    owners = {**diff.owners, **dict(zip(diff.fresh, ids, strict=True))}
    monthly = _Picker(diff.snapshot_fresh, len(checked.keys))
    writer.insert_columns(
        snapshots,
        {
            "customer_id": [owners[position] for position in diff.snapshot_fresh],
            "month": checked.as_of[:7], "as_of": checked.as_of, "batch_id": batch,
            "source_row": monthly(checked.rows),
            **{c: monthly(v) for c, v in _table_columns(checked, catalogue, "snapshots").items()},
        },
        len(diff.snapshot_fresh),
    )  # fmt: skip
    writer.update_many(customers, [(row, _searchable(_sourced(new, batch))) for row, new in diff.updates])
    writer.update_many(snapshots, [(row, _sourced(new, batch)) for row, new in diff.snapshot_updates])


def write_lines(
    writer: Writer, batch: int, checked: AcceptedRows, diff: Diff, catalogue: FieldCatalogue
) -> None:
    """Delete, update and insert lines (of transactions: days)."""
    kind = catalogue.kinds[checked.kind]
    table = metadata.tables[kind.table]
    writer.delete(table, diff.deletes)
    writer.update_many(table, [(row, _sourced(new, batch)) for row, new in diff.updates])
    writer.confirm(table, diff.confirmed)
    if not diff.fresh:
        return
    if isinstance(diff, FlowDiff):
        numbers = [str(number) for number in diff.days["customer_no"]]
        rows: dict[str, ColumnOfRows] = {
            name: days for name, days in diff.days.items() if name != "customer_no"
        }
    else:
        rows = _line_columns(checked, diff, catalogue, kind)
        numbers = list(_Picker(diff.fresh, len(checked.keys))(checked.keys))
    ids = {row[0]: row[1] for row in writer.conn.execute(select(customers.c.customer_no, customers.c.id))}
    rows |= {"customer_id": [ids[number] for number in numbers], "batch_id": batch}
    writer.insert_columns(table, rows, len(numbers))


def _line_columns(
    checked: AcceptedRows, diff: Diff, catalogue: FieldCatalogue, kind: KindOfSheet
) -> dict[str, ColumnOfRows]:
    """The new lines column-wise; blanks take the kind's default."""
    table = metadata.tables[kind.table]
    fresh = _Picker(diff.fresh, len(checked.keys))
    columns = {c: fresh(v) for c, v in _table_columns(checked, catalogue, kind.table).items()}
    rows: dict[str, ColumnOfRows] = dict(columns)
    for key, value in kind.defaults.items():
        column = str(catalogue[key].column(kind.table))
        rows[column] = (
            [value if cell is None else cell for cell in columns[column]] if column in columns else value
        )
    rows |= {"source_row": fresh(checked.rows), "extra": fresh(checked.extra)}
    if kind.date and "month" in table.c:
        rows["month"] = [str(date)[:7] for date in columns["date"]]
    if kind.dated:
        rows |= {"month": checked.as_of[:7], "as_of": checked.as_of, "kind": stored_kind(checked)}
    if "line" in table.c:
        rows["line"] = [diff.lines[position] for position in diff.fresh]
    return rows


def write_keyed(
    writer: Writer, batch: int, checked: AcceptedRows, diff: Diff, catalogue: FieldCatalogue
) -> None:
    """Insert new products (events) and update known ones."""
    kind = catalogue.kinds[checked.kind]
    table = metadata.tables[kind.table]
    fresh = _Picker(diff.fresh, len(checked.keys))
    writer.insert_columns(
        table,
        {
            str(catalogue[kind.key].column(kind.table)): fresh(checked.keys),
            "batch_id": batch, "source_row": fresh(checked.rows), "extra": fresh(checked.extra),
            **{c: fresh(v) for c, v in _table_columns(checked, catalogue, kind.table).items()},
        },
        len(diff.fresh),
    )  # fmt: skip
    writer.update_many(table, [(row, _sourced(new, batch)) for row, new in diff.updates])
    writer.confirm(table, diff.confirmed)


def _table_columns(checked: AcceptedRows, catalogue: FieldCatalogue, table: str) -> dict[str, list[Read]]:
    placed = ((catalogue[key].column(table), values) for key, values in checked.columns.items())
    return {column: values for column, values in placed if column is not None}


class _Picker:
    """Picks the values at some positions of a column; for all positions in order it returns the column itself."""

    def __init__(self, positions: Sequence[int], count: int) -> None:
        self._positions = positions
        self._all = len(positions) == count

    def __call__(self, values: Sequence[_T]) -> Sequence[_T]:
        return values if self._all else [values[position] for position in self._positions]


def _sourced(new: Mapping[str, Value], batch: int) -> dict[str, Value]:
    """A change with the batch it came from; a change of the date alone gets none."""
    return {**new, "batch_id": batch} if "source_row" in new else dict(new)


def _searchable(new: dict[str, Value]) -> dict[str, Value]:
    if "name" in new:
        full, initials = pinyin([text(new["name"])])
        new |= {"name_pinyin": full[0], "name_initials": initials[0]}
    if "phone" in new:
        new["phone_reversed"] = backwards([text(new["phone"])])[0]
    return new
