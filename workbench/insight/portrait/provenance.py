"""Where every figure of a customer came from: file, sheet, row, column heading, date and import, and the values before it
(domain 16.5), read from the stored rows and the journal."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sqlalchemy import BigInteger, Connection, Table, select

from db.record import NOTHING, batches, changes, custom_fields, journal
from db.tables import (  # fmt: skip
    complaints,
    customers,
    flows,
    holdings,
    payrolls,
    referrals,
    snapshots,
    touches,
)
from workbench.base.sensitivity import CLOSED, Sensitivity, sensitivity_of
from workbench.people.find import customer_id
from workbench.people.labels import label
from workbench.people.legible import legible

By = Literal["file", "edit", "fix", "merge", "hand"]
_TABLES = (customers, snapshots, holdings, flows, payrolls, touches, complaints, referrals)
#: Columns that identify a row or repeat another column for searching: no figures of their own.
_NOT_FIGURES = frozenset({
    "id", "customer_id", "month", "as_of", "batch_id", "source_row", "line", "kind", "extra", "rows",
    "name_pinyin", "name_initials", "no_reversed", "phone_reversed",
})  # fmt: skip
_MONEY = {table.name: {c.name for c in table.columns if isinstance(c.type, BigInteger)} for table in _TABLES}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """A value that the same cell held before, and where it came from; all None but `value` if typed by hand."""

    value: Any
    file: str | None
    sheet: str | None
    row: int | None
    as_of: str | None
    batch: int | None
    imported_at: str | None


@dataclass(frozen=True, slots=True)
class FigureSource:
    """One figure of the book and where it came from.

    `month` is 'YYYY-MM' of a monthly row, the ISO date of a dated line, None for the row of the customer; `row_id`
    tells lines apart. `value` is as stored (fen for money). `field` is the column of the book, or the heading of a
    column that was matched to no field. `row` is as Excel shows it, `column` the heading in the file, `cell` like 'F12'
    ('' if the column is unknown). `earlier` is newest first.
    """

    table: str
    row_id: int
    month: str | None
    field: str
    label: str
    value: Any
    by: By
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str = ""
    cell: str = ""
    as_of: str | None = None
    batch: int | None = None
    imported_at: str | None = None
    earlier: tuple[EarlierValue, ...] = ()
    #: how `value` and the earlier ones are masked
    masks: Sensitivity = CLOSED

    def as_json(self) -> dict[str, Any]:
        """The source for the command line, money in yuan."""
        return {
            "table": self.table, "month": self.month, "field": self.field, "value": self._plain(self.value),
            "by": self.by, "file": self.file, "sheet": self.sheet, "row": self.row, "column": self.column,
            "cell": self.cell, "as_of": self.as_of, "batch": self.batch, "imported_at": self.imported_at,
            "earlier": [
                {
                    "value": self._plain(one.value), "file": one.file, "sheet": one.sheet, "row": one.row,
                    "as_of": one.as_of, "batch": one.batch, "imported_at": one.imported_at,
                }
                for one in self.earlier
            ],
        }  # fmt: skip

    def _plain(self, value: Any) -> Any:
        return value / 100 if value is not None and self.field in _MONEY[self.table] else value


def provenance(conn: Connection, customer_no: str, as_of: str | None = None) -> tuple[FigureSource, ...]:
    """The source of every figure stored of a customer up to a month (None: all), by table, then by month.

    Raises WorkbenchError no_such_customer.
    """
    customer = customer_id(conn, customer_no)
    imports = _Imports(conn)
    sources: list[FigureSource] = []
    for table in _TABLES:
        sources.extend(_of_table(conn, table, customer, (as_of or "9999-12")[:7], imports))
    return tuple(sources)


def _of_table(
    conn: Connection, table: Table, customer: int, last: str, imports: "_Imports"
) -> Iterator[FigureSource]:
    when = next((name for name in ("date", "month") if name in table.c), None)
    query = select(table).where((table.c.id if table is customers else table.c.customer_id) == customer)
    if when:
        query = query.where(table.c[when] <= last + "-99").order_by(table.c[when], table.c.id)
    rows = conn.execute(query).mappings().all()
    changed = _changes(conn, table, [row["id"] for row in rows])
    for row in rows:
        values = _flat(row)
        history = _History(values, changed.get(row["id"], ()))
        for name, value in values.items():
            if value is not None and name not in _NOT_FIGURES and name != when:
                figure = FigureSource(
                    table.name, row["id"], row[when] if when else None, name, imports.labelled(name), value, "hand",
                    masks=sensitivity_of(name, imports.legible),
                )  # fmt: skip
                yield _sourced(figure, history, imports)


def _sourced(figure: FigureSource, history: "_History", imports: "_Imports") -> FigureSource:
    """A figure with where it came from and what its cell held before."""
    origin, *before = history.of(figure.field)
    earlier = tuple(
        imports.earlier(one) for one in before if one.value is not None and one.value != figure.value
    )
    batch = imports[origin.batch] if origin.batch is not None else None
    if batch is None or origin.by_hand:
        return replace(figure, by="merge" if origin.change == "merge" else "hand", earlier=earlier)
    column, letter = batch.columns.get((figure.table, figure.field), ("", ""))
    return replace(
        figure, by=batch.by(origin.row, letter, column), file=batch.file, sheet=batch.sheet, row=origin.row, column=column,
        cell=f"{letter}{origin.row}" if letter and origin.row is not None else "", as_of=batch.as_of, batch=origin.batch,
        imported_at=batch.at, earlier=earlier,
    )  # fmt: skip


def _flat(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as a dict, with the unmatched columns kept in `extra` beside its own, by their headings."""
    values = dict(row)
    if extra := values.get("extra"):
        values.update({key: text for key, text in json.loads(extra).items() if key not in values})
    return values


# -- the history of a row ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """An update that is in force: the changed cells of the row before and after, and the kind of the change."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    change: str


@dataclass(frozen=True, slots=True)
class _PlaceValue:
    """One value that a cell held, and the import and row, or the change by hand, that wrote it."""

    value: Any
    batch: int | None
    row: int | None
    change: str
    by_hand: bool


def _changes(conn: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[_Step]]:
    """Row id -> its updates that are in force, the oldest first."""
    steps: defaultdict[int, list[_Step]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        query = (
            select(journal.c.row_id, journal.c.before, journal.c.after, changes.c.kind)
            .join(changes, changes.c.id == journal.c.change_id)
            .where(
                journal.c.table_name == table.name, journal.c.last_id.in_(ids[start : start + _CHUNK]),
                journal.c.op == "update", changes.c.state == "done", journal.c.after != NOTHING,
            )
            .order_by(journal.c.change_id, journal.c.id)
        )  # fmt: skip
        for row_id, before, after, kind in conn.execute(query):
            old, new = _flat(json.loads(before)), _flat(json.loads(after))
            steps[row_id].append(_Step(old, new, kind))
    return steps


class _History:
    """The history of a row: rolled back to how it was first written, then forward, so that each value is assigned to the
    import and file row in force when it was written. A change that names no import was made by hand."""

    def __init__(self, now: Mapping[str, Any], steps: Sequence[_Step]) -> None:
        self._now = now
        self._steps = steps
        first = dict(now)
        for step in reversed(steps):
            first.update(step.before)
            for gone in set(step.after) - set(step.before):  # a heading that `extra` did not have yet
                first[gone] = None
        self._first = first
        self._places: list[tuple[int | None, int | None]] = []
        batch, row = first.get("batch_id"), first.get("source_row")
        for step in steps:
            batch, row = step.after.get("batch_id", batch), step.after.get("source_row", row)
            self._places.append((batch, row))

    def of(self, name: str) -> list[_PlaceValue]:
        """The values of one column, the one in force first."""
        batch, row = self._first.get("batch_id"), self._first.get("source_row")
        history = [_PlaceValue(self._first.get(name), batch, row, "", batch is None)]
        for step, (batch, row) in zip(self._steps, self._places, strict=True):
            if name in step.after and step.after[name] != history[-1].value:
                by_hand = "batch_id" not in step.after
                history.append(_PlaceValue(step.after[name], batch, row, step.change, by_hand))
        return history[::-1]


# -- the imports -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Import:
    """One import. `columns`: (table, column of the book) -> (heading in the file, its letter)."""

    at: str
    file: str
    sheet: str
    as_of: str | None
    columns: Mapping[tuple[str, str], tuple[str, str]]
    #: (row as Excel shows it, heading or letter) of cells changed before the commit -> 'edit' or 'fix'
    edited: Mapping[tuple[int, str], By] = field(default_factory=dict)
    #: letters of the columns whose reading a fix changed (unit, field, order of dates)
    fixed: frozenset[str] = frozenset()

    def by(self, row: int | None, letter: str, column: str) -> By:
        """What gave a cell its value: 'file', or an edit or fix before the commit."""
        if row is None or not (self.edited or self.fixed):
            return "file"
        otherwise: By = "fix" if letter in self.fixed else "file"
        return self.edited.get((row, letter)) or self.edited.get((row, column)) or otherwise


class _Imports:
    """Imports by number and labels by field, each looked up once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[int, _Import | None] = {}
        self._labels: dict[str, str] = {}
        self.legible = legible(conn)
        self._custom: dict[str, str] = {
            row[0]: row[1] for row in conn.execute(select(custom_fields.c.key, custom_fields.c.label))
        }

    def __getitem__(self, number: int) -> _Import | None:
        if number not in self._known:
            row = self._conn.execute(select(batches).where(batches.c.id == number)).mappings().first()
            self._known[number] = None if row is None else _Import(
                row["at"], row["file"], row["sheet"], row["as_of"],
                dict(_columns(json.loads(row["mapping"]), self._custom)), _edited(row["edits"]), _fixed(row["edits"]),
            )  # fmt: skip
        return self._known[number]

    def labelled(self, name: str) -> str:
        """The label of a field in the language in use."""
        if name not in self._labels:
            self._labels[name] = label(name)
        return self._labels[name]

    def earlier(self, one: _PlaceValue) -> EarlierValue:
        """An earlier value with the import that it came from; without one if it was typed by hand."""
        batch = self[one.batch] if one.batch is not None and not one.by_hand else None
        if batch is None:
            return EarlierValue(one.value, None, None, None, None, None, None)
        return EarlierValue(one.value, batch.file, batch.sheet, one.row, batch.as_of, one.batch, batch.at)


def _columns(
    mapping: Iterable[Mapping[str, Any]], custom: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """(table, column of the book) -> (heading, letter) for each column of a sheet.

    An older import that did not keep its places has columns named like its fields. A column matched to no field lies
    in `extra` under its heading (the second of two equal ones as 备注(2)), a custom field under its label.
    """
    seen: Counter[str] = Counter()
    for entry in mapping:
        heading, field_key = entry["column"], entry.get("field")
        where = (heading, entry.get("letter") or "")
        if field_key and entry.get("how") not in ("similar", "asked"):
            places = entry.get("columns") or [(table.name, field_key) for table in _TABLES]
        else:
            name = custom.get(entry.get("custom") or "", heading)
            seen[name] += 1
            places = [(table.name, name if seen[name] == 1 else f"{name}({seen[name]})") for table in _TABLES]
        for table_name, name in places:
            yield (table_name, name), where


def _edited(edits: str | None) -> dict[tuple[int, str], By]:
    """(row, letter or heading) of each cell that was changed before the import -> 'edit' (by a person) or 'fix'."""
    edited: dict[tuple[int, str], By] = {}
    for one in json.loads(edits) if edits else ():
        by: By = "fix" if one.get("by") == "fix" else "edit"
        for key in ("letter", "column"):
            if one.get("row") is not None and one.get(key):
                edited[(int(one["row"]), str(one[key]))] = by
    return edited


def _fixed(edits: str | None) -> frozenset[str]:
    """Letters of the columns whose unit, field or date order a fix changed before the import."""
    return frozenset(letter for one in json.loads(edits or "[]") for letter in one.get("letters", ()))
