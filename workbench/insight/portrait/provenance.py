"""Where every figure of a customer came from: file, sheet, row, column as found, date and import, and what stood there
before (domain 16.5-24), read back from the rows and the journal."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
#: Columns that say where a row lies, or repeat another one for searching.
_NOT_FIGURES = frozenset({
    "id", "customer_id", "month", "as_of", "batch_id", "source_row", "line", "kind", "extra", "rows",
    "name_pinyin", "name_initials", "no_reversed", "phone_reversed",
})  # fmt: skip
_MONEY = {table.name: {c.name for c in table.columns if isinstance(c.type, BigInteger)} for table in _TABLES}
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value that stood in the same place before, and where it came from."""

    value: Any
    file: str | None
    sheet: str | None
    row: int | None
    as_of: str | None
    batch: int | None
    imported_at: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One figure of the book and where it came from.

    `month` is 'YYYY-MM' of a monthly row, the ISO date of a dated line, None for the customer himself; `row_id` tells
    lines apart. `value` is as stored (fen for money). `field` is the column of the book, or the heading of a column
    that no field took. `row` is as Excel shows it, `column` the heading as found, `cell` like 'F12' ('' when the
    column is not known). `earlier` is newest first.
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
    earlier: tuple[Earlier, ...] = ()
    #: how `value` and the earlier ones are masked
    masks: Sensitivity = CLOSED

    def as_json(self) -> dict[str, Any]:
        """Money in yuan."""
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


def provenance(conn: Connection, customer_no: str, as_of: str | None = None) -> tuple[Source, ...]:
    """The source of every figure told of a customer up to a month (None: all), by table, then by month.

    Raises WorkbenchError no_such_customer.
    """
    found = customer_id(conn, customer_no)
    told = _Batches(conn)
    sources: list[Source] = []
    for table in _TABLES:
        sources.extend(_of_table(conn, table, found, (as_of or "9999-12")[:7], told))
    return tuple(sources)


def _of_table(conn: Connection, table: Table, customer: int, last: str, told: "_Batches") -> Iterator[Source]:
    when = next((name for name in ("date", "month") if name in table.c), None)
    asked = select(table).where((table.c.id if table is customers else table.c.customer_id) == customer)
    if when:
        asked = asked.where(table.c[when] <= last + "-99").order_by(table.c[when], table.c.id)
    rows = conn.execute(asked).mappings().all()
    changed = _changes(conn, table, [row["id"] for row in rows])
    for row in rows:
        values = _flat(row)
        history = _History(values, changed.get(row["id"], ()))
        for name, value in values.items():
            if value is not None and name not in _NOT_FIGURES and name != when:
                yield _source(table.name, row["id"], row[when] if when else None, name, value, history, told)


def _source(
    table: str, row_id: int, month: str | None, name: str, value: Any, history: "_History", told: "_Batches"
) -> Source:
    given, *before = history.of(name)
    earlier = tuple(told.earlier(one) for one in before if one.value is not None and one.value != value)
    said = told.labelled(name)
    batch = told[given.batch] if given.batch is not None else None
    if batch is None or given.by_hand:
        by: By = "merge" if given.change == "merge" else "hand"
        return Source(
            table,
            row_id,
            month,
            name,
            said,
            value,
            by,
            earlier=earlier,
            masks=sensitivity_of(name, told.legible),
        )
    column, letter = batch.columns.get((table, name), ("", ""))
    cell = f"{letter}{given.row}" if letter and given.row is not None else ""
    return Source(
        table, row_id, month, name, said, value, batch.by(given.row, letter, column), batch.file, batch.sheet, given.row,
        column, cell, batch.as_of, given.batch, batch.at, earlier, sensitivity_of(name, told.legible),
    )  # fmt: skip


def _flat(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row with the columns that no field took beside its own, by their headings."""
    values = dict(row)
    if extra := values.get("extra"):
        values.update({key: text for key, text in json.loads(extra).items() if key not in values})
    return values


# -- the history of a row ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Step:
    """An update in force: what the row said before and after, and the kind of the change."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    change: str


@dataclass(frozen=True, slots=True)
class _Given:
    """One value of one place and who gave it."""

    value: Any
    batch: int | None
    row: int | None
    change: str
    by_hand: bool


def _changes(conn: Connection, table: Table, ids: Sequence[int]) -> dict[int, list[_Step]]:
    """Updates in force by row, the oldest first."""
    steps: defaultdict[int, list[_Step]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        asked = (
            select(journal.c.row_id, journal.c.before, journal.c.after, changes.c.kind)
            .join(changes, changes.c.id == journal.c.change_id)
            .where(
                journal.c.table_name == table.name, journal.c.last_id.in_(ids[start : start + _CHUNK]),
                journal.c.op == "update", changes.c.state == "done", journal.c.after != NOTHING,
            )
            .order_by(journal.c.change_id, journal.c.id)
        )  # fmt: skip
        for row_id, before, after, kind in conn.execute(asked):
            old, new = _flat(json.loads(before)), _flat(json.loads(after))
            steps[row_id].append(_Step(old, new, kind))
    return steps


class _History:
    """Walks a row back to how it was first told, then forward, so that each value is known by the batch and the row
    in force when it was given; a change that names no batch was made by a person."""

    def __init__(self, now: Mapping[str, Any], steps: Sequence[_Step]) -> None:
        self._now = now
        self._steps = steps
        first = dict(now)
        for step in reversed(steps):
            first.update(step.before)
            for gone in set(step.after) - set(step.before):  # a heading that the older text did not have
                first[gone] = None
        self._first = first
        self._places: list[tuple[int | None, int | None]] = []
        batch, row = first.get("batch_id"), first.get("source_row")
        for step in steps:
            batch, row = step.after.get("batch_id", batch), step.after.get("source_row", row)
            self._places.append((batch, row))

    def of(self, name: str) -> list[_Given]:
        """The values of one place, the one in force first."""
        batch, row = self._first.get("batch_id"), self._first.get("source_row")
        found = [_Given(self._first.get(name), batch, row, "", batch is None)]
        for step, (batch, row) in zip(self._steps, self._places, strict=True):
            if name in step.after and step.after[name] != found[-1].value:
                by_hand = "batch_id" not in step.after
                found.append(_Given(step.after[name], batch, row, step.change, by_hand))
        return found[::-1]


# -- the imports -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Batch:
    """One import: `columns` leads from (table, column of the book) to (heading as found, its letter)."""

    at: str
    file: str
    sheet: str
    as_of: str | None
    columns: Mapping[tuple[str, str], tuple[str, str]]
    #: (row as Excel shows it, heading or letter) of cells typed over or fixed before the commit -> by what
    edited: Mapping[tuple[int, str], By] = field(default_factory=dict)
    #: letters of columns that a fix read in another way than they are written
    fixed: frozenset[str] = frozenset()

    def by(self, row: int | None, letter: str, column: str) -> By:
        if row is None or not (self.edited or self.fixed):
            return "file"
        otherwise: By = "fix" if letter in self.fixed else "file"
        return self.edited.get((row, letter)) or self.edited.get((row, column)) or otherwise


class _Batches:
    """Imports by number, each asked once, and labels of fields, each looked up once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[int, _Batch | None] = {}
        self._labels: dict[str, str] = {}
        self.legible = legible(conn)
        self._custom: dict[str, str] = {
            row[0]: row[1] for row in conn.execute(select(custom_fields.c.key, custom_fields.c.label))
        }

    def __getitem__(self, number: int) -> _Batch | None:
        if number not in self._known:
            row = self._conn.execute(select(batches).where(batches.c.id == number)).mappings().first()
            self._known[number] = None if row is None else _Batch(
                row["at"], row["file"], row["sheet"], row["as_of"],
                dict(_columns(json.loads(row["mapping"]), self._custom)), _edited(row["edits"]), _fixed(row["edits"]),
            )  # fmt: skip
        return self._known[number]

    def labelled(self, name: str) -> str:
        if name not in self._labels:
            self._labels[name] = label(name)
        return self._labels[name]

    def earlier(self, one: _Given) -> Earlier:
        batch = self[one.batch] if one.batch is not None and not one.by_hand else None
        if batch is None:
            return Earlier(one.value, None, None, None, None, None, None)
        return Earlier(one.value, batch.file, batch.sheet, one.row, batch.as_of, one.batch, batch.at)


def _columns(
    mapping: Iterable[Mapping[str, Any]], custom: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Places in the book of each column of a sheet. An import that did not keep them has columns named as its fields;
    one that no field took lies in `extra` under its heading (the second of two alike as 备注(2)), a custom field
    under its label."""
    seen: Counter[str] = Counter()
    for entry in mapping:
        heading, field_key = entry["column"], entry.get("field")
        where = (heading, entry.get("letter") or "")
        if field_key and entry.get("how") != "similar":
            places = entry.get("columns") or [(table.name, field_key) for table in _TABLES]
        else:
            name = custom.get(entry.get("custom") or "", heading)
            seen[name] += 1
            places = [(table.name, name if seen[name] == 1 else f"{name}({seen[name]})") for table in _TABLES]
        for table_name, name in places:
            yield (table_name, name), where


def _edited(edits: str | None) -> dict[tuple[int, str], By]:
    """Cells that a person typed over ('edit') or a fix changed ('fix') before the import."""
    found: dict[tuple[int, str], By] = {}
    for one in json.loads(edits) if edits else ():
        by: By = "fix" if one.get("by") == "fix" else "edit"
        for key in ("letter", "column"):
            if one.get("row") is not None and one.get(key):
                found[(int(one["row"]), str(one[key]))] = by
    return found


def _fixed(edits: str | None) -> frozenset[str]:
    """Letters of the columns whose unit, field or order of dates a fix changed before the import."""
    return frozenset(letter for one in json.loads(edits or "[]") for letter in one.get("letters", ()))
