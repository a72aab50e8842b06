"""The one write door: every write to the given tables records its reverse, so it can be undone and redone."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, repeat
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Table,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from db.errors import BookError
from db.tables import DATA, changes, journal, metadata

#: Longest run of new ids in one journal row: bounds the image that an undo packs at once.
RUN = 20_000
#: Rows handed to the driver at once: bounds what a large insert holds in memory.
CHUNK = 5_000
#: From how many rows on an insert may be a bulk load.
BULK = 5_000


class Writer:
    """Writes inside one change. Ids are handed out here and never twice, so a journal row always names its row."""

    def __init__(self, conn: Connection, change_id: int) -> None:
        self.conn = conn
        self.change_id = change_id
        self.counts: dict[str, int] = {}

    @property
    def touched_data(self) -> bool:
        return any(table.name in self.counts for table in DATA)

    def next_id(self, table: Table) -> int:
        used = self.conn.execute(select(func.max(table.c.id))).scalar() or 0
        given = select(func.max(journal.c.last_id)).where(journal.c.table_name == table.name)
        return int(max(used, self.conn.execute(given).scalar() or 0)) + 1

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> range:
        """Insert rows (all with the same keys) and return their ids in order."""
        if not rows:
            return range(0)
        first = self.next_id(table)
        self.conn.execute(insert(table), [{"id": first + n, **row} for n, row in enumerate(rows)])
        return self._born(table, first, len(rows))

    def insert_columns(self, table: Table, columns: Mapping[str, Any], count: int) -> range:
        """Insert `count` rows given column-wise: a list per column, or one plain value for all rows."""
        if not count:
            return range(0)
        first = self.next_id(table)
        ids = range(first, first + count)
        given: dict[str, Any] = {"id": ids, **columns}
        names = [column.name for column in table.columns if column.name in given]
        if len(names) != len(given):
            raise KeyError(f"{table.name} lacks a column of {sorted(given)}")
        statement = str(insert(table).compile(dialect=self.conn.dialect, column_keys=names))
        sources = (given[name] for name in names)
        rows = zip(
            *(source if isinstance(source, list | range) else repeat(source, count) for source in sources),
            strict=True,
        )
        with self._indexed_after(table, count):
            while chunk := list(islice(rows, CHUNK)):
                self.conn.exec_driver_sql(statement, chunk)
        return self._born(table, first, count)

    @contextmanager
    def _indexed_after(self, table: Table, count: int) -> Iterator[None]:
        """For a load larger than what is there: indexes built once at the end cost a fraction of keeping them."""
        there = (
            self.conn.execute(select(func.count()).select_from(table)).scalar_one()
            if count >= BULK
            else count
        )
        bulk = sorted(table.indexes, key=lambda index: str(index.name)) if there < count else []
        for index in bulk:
            index.drop(self.conn)
        yield
        for index in bulk:
            index.create(self.conn)

    def _born(self, table: Table, first: int, count: int) -> range:
        rows = [
            {"change_id": self.change_id, "table_name": table.name, "op": "insert",
             "row_id": start, "last_id": min(start + RUN, first + count) - 1}
            for start in range(first, first + count, RUN)
        ]  # fmt: skip
        self.conn.execute(insert(journal), rows)
        self._count(table, count)
        return range(first, first + count)

    def update(self, table: Table, row_id: int, values: Mapping[str, Any]) -> bool:
        """Set columns of one row; True when something differed."""
        return self.update_many(table, [(row_id, values)]) == 1

    def update_many(self, table: Table, changed: Iterable[tuple[int, Mapping[str, Any]]]) -> int:
        """Set columns of many rows; rows already as wanted are left alone. Returns how many differed."""
        wanted = dict(changed)
        done = 0
        ids = list(wanted)
        for start in range(0, len(ids), 500):
            chunk = ids[start : start + 500]
            entries: list[dict[str, Any]] = []
            news: list[tuple[int, Mapping[str, Any]]] = []
            for row in self.conn.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                new = {k: v for k, v in wanted[row["id"]].items() if row[k] != v}
                if new:
                    entries.append(self._entry(table, row, new))
                    news.append((row["id"], new))
            if not entries:
                continue
            self.conn.execute(insert(journal), entries)
            alike: defaultdict[tuple[str, ...], list[tuple[int, Mapping[str, Any]]]] = defaultdict(list)
            for one in news:
                alike[tuple(sorted(one[1]))].append(one)
            for keys, rows in alike.items():
                statement = update(table).where(table.c.id == bindparam("_id"))
                statement = statement.values({key: bindparam("_" + key) for key in keys})
                self.conn.execute(
                    statement, [{"_id": row_id, **{"_" + k: v for k, v in to.items()}} for row_id, to in rows]
                )
            done += len(entries)
        self._count(table, done)
        return done

    def _entry(self, table: Table, row: RowMapping, new: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "change_id": self.change_id, "table_name": table.name, "op": "update",
            "row_id": row["id"], "last_id": row["id"],
            "before": json.dumps({k: row[k] for k in new}, ensure_ascii=False),
            "after": json.dumps(dict(new), ensure_ascii=False),
        }  # fmt: skip

    def delete(self, table: Table, ids: Iterable[int]) -> int:
        """Delete rows by id, keeping their images. Returns how many."""
        gone = 0
        for first, last in _runs(ids):
            image = _take(self.conn, table, first, last)
            if image is None:
                continue
            entry = {"change_id": self.change_id, "table_name": table.name, "op": "delete"}
            self.conn.execute(insert(journal), {**entry, "row_id": first, "last_id": last, "images": image})
            gone += last - first + 1
        self._count(table, gone)
        return gone

    def _count(self, table: Table, number: int) -> None:
        if number:
            self.counts[table.name] = self.counts.get(table.name, 0) + number


def _runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of ids as (first, last), none longer than RUN."""
    ordered = sorted(set(ids))
    start = 0
    for n, row_id in enumerate(ordered):
        if n + 1 == len(ordered) or ordered[n + 1] != row_id + 1 or n + 1 - start == RUN:
            yield ordered[start], row_id
            start = n + 1


def _take(conn: Connection, table: Table, first: int, last: int) -> bytes | None:
    """Pack the rows of a run of ids and delete them."""
    run = table.c.id.between(first, last)
    rows = conn.execute(select(table).where(run).order_by(table.c.id)).all()
    if not rows:
        return None
    conn.execute(delete(table).where(run))
    keys = [column.name for column in table.columns]
    used = [n for n, _ in enumerate(keys) if any(row[n] is not None for row in rows)]
    image = {"columns": [keys[n] for n in used], "rows": [[row[n] for n in used] for row in rows]}
    return zlib.compress(json.dumps(image, ensure_ascii=False).encode(), 1)


def _put(conn: Connection, table: Table, image: bytes) -> None:
    """Put packed rows back exactly as they were."""
    packed = json.loads(zlib.decompress(image))
    conn.execute(insert(table), [dict(zip(packed["columns"], row, strict=True)) for row in packed["rows"]])


def _steps(conn: Connection, change_id: int, *, backwards: bool) -> list[RowMapping]:
    order = journal.c.id.desc() if backwards else journal.c.id
    return list(
        conn.execute(select(journal).where(journal.c.change_id == change_id).order_by(order)).mappings()
    )


def later_changes(conn: Connection, change_id: int) -> list[int]:
    """Changes still in force that were made after this one to rows it touched."""
    other = journal.alias("other")
    overlap = and_(
        other.c.table_name == journal.c.table_name,
        other.c.row_id <= journal.c.last_id,
        other.c.last_id >= journal.c.row_id,
    )
    found = (
        select(other.c.change_id)
        .distinct()
        .select_from(journal.join(other, overlap).join(changes, changes.c.id == other.c.change_id))
        .where(journal.c.change_id == change_id, other.c.change_id > change_id, changes.c.state == "done")
    )
    return sorted(conn.execute(found).scalars())


def _set(conn: Connection, table: Table, row_id: int, expected: str, wanted: str) -> None:
    old, new = json.loads(expected), json.loads(wanted)
    row = conn.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if row is None or any(row[key] != value for key, value in old.items()):
        raise BookError("changed_later", changes=[])
    conn.execute(update(table).where(table.c.id == row_id).values(new))


def reverse(conn: Connection, change_id: int, *, forward: bool = False) -> set[str]:
    """Undo a change, or with `forward` do it again; returns the names of the tables touched.

    Raises BookError no_such_change, state (not done / not undone), changed_later (a later change stands on these
    rows; facts: changes), needed_later (other rows refer to what would go).
    """
    state = conn.execute(select(changes.c.state).where(changes.c.id == change_id)).scalar()
    if state is None:
        raise BookError("no_such_change", change=change_id)
    if state != ("undone" if forward else "done"):
        raise BookError("state", change=change_id, state=state)
    if later := later_changes(conn, change_id):
        raise BookError("changed_later", changes=later)
    touched: set[str] = set()
    try:
        for step in _steps(conn, change_id, backwards=not forward):
            table = metadata.tables[step["table_name"]]
            touched.add(table.name)
            if step["op"] == "update":
                pair = (step["before"], step["after"]) if forward else (step["after"], step["before"])
                _set(conn, table, step["row_id"], *pair)
                continue
            image: bytes | None = None
            if (step["op"] == "insert") == forward:
                _put(conn, table, step["images"])
            else:
                image = _take(conn, table, step["row_id"], step["last_id"])
            conn.execute(update(journal).where(journal.c.id == step["id"]).values(images=image))
    except IntegrityError as error:
        raise BookError("needed_later", change=change_id) from error
    conn.execute(
        update(changes).where(changes.c.id == change_id).values(state="done" if forward else "undone")
    )
    return touched
