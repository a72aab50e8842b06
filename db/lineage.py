"""Where the cells of a row came from: its versions by the journal, and the change that gave each cell in force."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, select

from db.dependencies import portions
from db.images import RUN, Image
from db.record import NOTHING, SOURCE, changes, journal
from db.values import Value, whole


@dataclass(frozen=True, slots=True)
class Version:
    """One change to a row. `values` are the cells as they became (of an insert all that were filled, of a delete none),
    `before` as they were beneath it (of an insert nothing, of a delete the row where the journal still holds it).

    `state` is 'done' or 'undone', `op` 'insert', 'update' or 'delete'; `before` of an undone update is as it was when
    it was undone.
    """

    change_id: int
    at: str
    state: str
    op: str
    values: Mapping[str, Value]
    before: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Origin:
    """What gave a cell its value: a change, and when that was a file its batch and the row as Excel shows it."""

    batch_id: int | None
    source_row: int | None
    change_id: int


def cells(conn: Connection, table: Table, ids: Sequence[int]) -> Mapping[int, tuple[Version, ...]]:
    """Every version of the rows, oldest first; rows that are out of the book too. Meant for a few hundred rows."""
    entries: defaultdict[int, list[RowMapping]] = defaultdict(list)
    for row_id, entry in (
        *_inserts(conn, table, ids),
        *_updates(conn, table, ids),
        *_deletes(conn, table, ids),
    ):
        entries[row_id].append(entry)
    now = _rows(conn, table, ids)
    images: dict[int, Image] = {}
    versions: dict[int, tuple[Version, ...]] = {}
    for row_id, of_row in entries.items():
        of_row.sort(key=lambda entry: int(entry["id"]))
        row = now.get(row_id) or _outside(conn, row_id, of_row, images)
        versions[row_id] = tuple(_versions(of_row, row))
    return versions


def givers(conn: Connection, table: Table, ids: Sequence[int]) -> Mapping[int, Mapping[str, Origin]]:
    """For each row and each column that was ever filled: the change, batch and source row of the value in force.

    Without batch and row when the change was a person's own.
    """
    return {row_id: _given(versions) for row_id, versions in cells(conn, table, ids).items()}


def giver(conn: Connection, table: Table, row_id: int) -> Mapping[str, Origin]:
    """`givers` of one row."""
    return givers(conn, table, [row_id]).get(row_id, {})


def _given(versions: Iterable[Version]) -> dict[str, Origin]:
    given: dict[str, Origin] = {}
    source_row: int | None = None
    for version in versions:
        # a row kept for later changes still has the cells that its undone insert gave
        if version.op == "delete" or (version.op == "update" and version.state != "done"):
            continue
        batch = whole(version.values.get("batch_id"))
        # books of before kept the row only where it differed from the one before
        source_row = whole(version.values.get("source_row", source_row))
        origin = Origin(batch, source_row if batch is not None else None, version.change_id)
        given |= dict.fromkeys(version.values.keys() - SOURCE, origin)
    return given


# -- reading the journal -----------------------------------------------------------------------------------

_ENTRY = (
    journal.c.id, journal.c.change_id, journal.c.op, journal.c.row_id, journal.c.last_id, journal.c.before,
    journal.c.after, changes.c.at, changes.c.state,
)  # fmt: skip


def _entries_of(table: Table, op: str) -> Select[int, int, str, int, int, str | None, str | None, str, str]:
    joined = select(*_ENTRY).join(changes, changes.c.id == journal.c.change_id)
    return joined.where(journal.c.table_name == table.name, journal.c.op == op)


def _inserts(conn: Connection, table: Table, ids: Sequence[int]) -> Iterable[tuple[int, RowMapping]]:
    nearest = _entries_of(table, "insert").where(journal.c.last_id >= bindparam("_id"))
    nearest = nearest.order_by(journal.c.last_id).limit(1)
    run: RowMapping | None = None
    for row_id in sorted(ids):
        if run is None or run["last_id"] < row_id:
            run = conn.execute(nearest, {"_id": row_id}).mappings().first()
        if run is not None and run["row_id"] <= row_id:
            yield row_id, run


def _updates(conn: Connection, table: Table, ids: Sequence[int]) -> Iterable[tuple[int, RowMapping]]:
    for part in portions(ids):
        statement = _entries_of(table, "update").where(
            journal.c.last_id.in_(part), journal.c.after != NOTHING
        )
        for entry in conn.execute(statement).mappings():
            yield entry["row_id"], entry


def _deletes(conn: Connection, table: Table, ids: Sequence[int]) -> Iterable[tuple[int, RowMapping]]:
    covering = _entries_of(table, "delete").where(
        journal.c.last_id.between(bindparam("_id"), bindparam("_far")), journal.c.row_id <= bindparam("_id")
    )
    for row_id in ids:
        for entry in conn.execute(covering, {"_id": row_id, "_far": row_id + RUN - 1}).mappings():
            yield row_id, entry


def _rows(conn: Connection, table: Table, ids: Sequence[int]) -> dict[int, dict[str, Value]]:
    rows_by_id: dict[int, dict[str, Value]] = {}
    for part in portions(ids):
        rows = conn.execute(select(table).where(table.c.id.in_(part))).mappings()
        rows_by_id |= {row["id"]: _filled(dict(row)) for row in rows}
    return rows_by_id


def _filled(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value is not None and name != "id"}


def _outside(
    conn: Connection, row_id: int, entries: Iterable[RowMapping], images: dict[int, Image]
) -> dict[str, Value]:
    """A row that is out of the book, from the image that holds it; empty when none does."""
    for entry in entries:
        if entry["op"] == "update":
            continue
        if entry["id"] not in images:
            packed = select(journal.c.images).where(journal.c.id == entry["id"])
            images[entry["id"]] = Image.unpack(conn.execute(packed).scalar())
        if row_id in images[entry["id"]].rows:
            return _filled(images[entry["id"]].row(row_id))
    return {}


def _versions(entries: Sequence[RowMapping], row: Mapping[str, Value]) -> Iterable[Version]:
    updates = {entry["id"]: (json.loads(entry["before"]), json.loads(entry["after"]))
               for entry in entries if entry["op"] == "update"}  # fmt: skip
    first = dict(row)
    for entry in reversed(entries):
        if entry["op"] == "update" and entry["state"] == "done":
            first |= updates[entry["id"]][0]
    for entry in entries:
        before, values = updates.get(entry["id"], ({}, {}))
        if entry["op"] == "insert":
            values = _filled(first)
        elif entry["op"] == "delete" and entry["state"] == "done":
            before = dict(row)
        yield Version(entry["change_id"], entry["at"], entry["state"], entry["op"], values, before)
