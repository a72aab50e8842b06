"""The one write door: every write to the given tables records its reverse, so it can be undone and redone."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, insert, select, update

from db import content_seal
from db.images import RUN, runs, take
from db.record import NOTHING, SOURCE, journal
from db.stores.store import store_of
from db.tables import DATA
from db.values import Value

#: A column of rows to insert: a value for each, or one value for all.
ColumnOfRows: TypeAlias = Sequence[Value] | Value


class Writer:
    """Writes inside one change. Ids are handed out here and never twice, so a journal row always names its row."""

    def __init__(self, conn: Connection, change_id: int) -> None:
        self.conn = conn
        self.change_id = change_id
        self.counts: dict[str, int] = {}
        self._beside: set[str] = set()

    @property
    def tables(self) -> frozenset[str]:
        """The tables that this change wrote to, those of `note` included; empty when no row differed."""
        return frozenset(self.counts.keys() | self._beside) if self.counts else frozenset()

    def note(self, table: Table) -> None:
        """Tell of a row that was written without the journal, into the history of imports."""
        self._beside.add(table.name)

    @property
    def touched_data(self) -> bool:
        """Whether a table was written that the check and the tags are computed from."""
        return any(table.name in self.counts for table in DATA)

    def next_id(self, table: Table) -> int:
        """The id after the highest one ever used, rows that are out of the book included."""
        used = self.conn.execute(select(func.max(table.c.id))).scalar() or 0
        given = select(func.max(journal.c.last_id)).where(
            journal.c.table_name == table.name, journal.c.op == "insert"
        )
        return int(max(used, self.conn.execute(given).scalar() or 0)) + 1

    def insert(self, table: Table, rows: Sequence[Mapping[str, Value]]) -> range:
        """Insert rows (all with the same keys) and return their ids in order."""
        if not rows:
            return range(0)
        first = self.next_id(table)
        numbered = [{"id": first + n, **row} for n, row in enumerate(rows)]
        self.conn.execute(insert(table), numbered)
        content_seal.tally(self.conn).added(table, [content_seal.as_kept(table, row) for row in numbered])
        return self._born(table, first, len(rows))

    def insert_columns(self, table: Table, columns: Mapping[str, ColumnOfRows], count: int) -> range:
        """Insert `count` rows given column-wise: a list per column, or one plain value for all rows."""
        if not count:
            return range(0)
        first = self.next_id(table)
        ids = range(first, first + count)
        given: dict[str, ColumnOfRows] = {"id": ids, **columns}
        names = [column.name for column in table.columns if column.name in given]
        if len(names) != len(given):
            raise KeyError(f"{table.name} lacks a column of {sorted(given)}")
        kept = content_seal.by_column(table, given, count)
        places = [table.columns.keys().index(name) for name in names]
        store = store_of(self.conn)
        with store.loading(self.conn, table, count):
            store.insert_rows(self.conn, table, names, zip(*(kept[place] for place in places), strict=True))
        content_seal.tally(self.conn).added(table, zip(*kept, strict=True))
        return self._born(table, first, count)

    def _born(self, table: Table, first: int, count: int) -> range:
        rows = [
            {"change_id": self.change_id, "table_name": table.name, "op": "insert",
             "row_id": start, "last_id": min(start + RUN, first + count) - 1}
            for start in range(first, first + count, RUN)
        ]  # fmt: skip
        self.conn.execute(insert(journal), rows)
        self._count(table, count)
        return range(first, first + count)

    def update(self, table: Table, row_id: int, values: Mapping[str, Value]) -> bool:
        """Set columns of one row; True when something differed."""
        return self.update_many(table, [(row_id, values)]) == 1

    def update_many(self, table: Table, changed: Iterable[tuple[int, Mapping[str, Value]]]) -> int:
        """Set columns of many rows; rows already as wanted are left alone. Returns how many differed."""
        wanted = dict(changed)
        done = 0
        ids = list(wanted)
        for start in range(0, len(ids), 500):
            chunk = ids[start : start + 500]
            entries: list[dict[str, Value]] = []
            before: list[tuple[Any, ...]] = []
            after: list[tuple[Any, ...]] = []
            news: list[tuple[int, Mapping[str, Value]]] = []
            for row in self.conn.execute(
                select(table).where(table.c.id.in_(chunk)).order_by(table.c.id)
            ).mappings():
                want = wanted[row["id"]]
                new = {k: v for k, v in want.items() if row[k] != v}
                if new:
                    # the source is recorded even when it reads the same: row 4 of another file
                    new |= {k: want[k] for k in SOURCE & want.keys()}
                    entries.append(self._entry(table, row, new))
                    news.append((row["id"], new))
                    before.append(tuple(row.values()))
                    after.append(content_seal.as_kept(table, {**row, **new}))
            if not entries:
                continue
            self.conn.execute(insert(journal), entries)
            alike: defaultdict[tuple[str, ...], list[tuple[int, Mapping[str, Value]]]] = defaultdict(list)
            for one in news:
                alike[tuple(sorted(one[1]))].append(one)
            for keys, rows in alike.items():
                statement = update(table).where(table.c.id == bindparam("_id"))
                statement = statement.values({key: bindparam("_" + key) for key in keys})
                self.conn.execute(
                    statement, [{"_id": row_id, **{"_" + k: v for k, v in to.items()}} for row_id, to in rows]
                )
            tally = content_seal.tally(self.conn)
            tally.gone(table, before)
            tally.added(table, after)
            done += len(entries)
        self._count(table, done)
        return done

    def _entry(self, table: Table, row: RowMapping, new: Mapping[str, Value]) -> dict[str, Value]:
        return {
            "change_id": self.change_id, "table_name": table.name, "op": "update",
            "row_id": row["id"], "last_id": row["id"],
            "before": json.dumps({k: row[k] for k in new}, ensure_ascii=False),
            "after": json.dumps(dict(new), ensure_ascii=False),
        }  # fmt: skip

    def confirm(self, table: Table, ids: Iterable[int]) -> None:
        """Record that this change met these rows unchanged, so that they stay when the change that inserted them is undone.
        The rows themselves are not written."""
        entry = {"change_id": self.change_id, "table_name": table.name, "op": "update"}
        claims = [
            {**entry, "row_id": first, "last_id": last, "before": NOTHING, "after": NOTHING}
            for first, last in runs(ids)
        ]
        if claims:
            self.conn.execute(insert(journal), claims)

    def delete(self, table: Table, ids: Iterable[int]) -> int:
        """Delete rows by id, keeping their images. Returns how many."""
        gone = 0
        for first, last in runs(ids):
            image = take(self.conn, table, range(first, last + 1)).pack()
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
