"""The seal over the content: for each table the sum of the keyed hashes of its rows, kept up by the doors that write.

A sum does not depend on the order of the writes, and a write changes it by its own rows alone, so that it costs the same in a
large book. A row that was changed behind the doors no longer fits, and its table is named. Results that the program computes
are not covered.
"""

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from db.record import batches, changes, journal
from db.seal_keys import seal_keys
from db.shapes import declared
from db.tables import TABLES
from db.trusted import content_sums, tombstones
from db.values import Value

#: What is covered: all that was given, the imports, and what undo stands on. The audit is sealed by its own chain.
COVERED = tuple(
    one for one in TABLES if declared(one).given or one in (batches, changes, journal, tombstones)
)
_NAMES = frozenset(one.name for one in COVERED)
_MODULUS = 1 << 256
_BYTES = 32
#: `marshal`'s last version without references between objects: equal rows, equal bytes
_PLAIN = 2
_KEPT_AT = "content tally"


@dataclass(slots=True)
class _Sum:
    count: int = 0
    total: int = 0


class ContentTally:
    """What one transaction added to the sums and took from them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._key = seal_keys(conn).content(conn)
        self._keys: dict[str, bytes] = {}
        self._sums: dict[str, _Sum] = {}

    def added(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Rows came, each with all cells in the table's order."""
        self._count(table, rows, 1)

    def gone(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Rows went, each with all cells in the table's order."""
        self._count(table, rows, -1)

    def _count(self, table: Table, rows: Iterable[Sequence[Any]], sign: int) -> None:
        if table.name not in _NAMES:
            return
        count, total = hashed(rows, self._key_of(table))
        mine = self._sums.setdefault(table.name, _Sum())
        mine.count += sign * count
        mine.total += sign * total

    def _key_of(self, table: Table) -> bytes:
        if table.name not in self._keys:
            self._keys[table.name] = key_of(table, self._key)
        return self._keys[table.name]

    def forget(self) -> None:
        """What was written is rolled back."""
        self._sums.clear()

    def flush(self) -> None:
        """Write what is not yet in the book's sums."""
        if not self._sums:
            return
        there = {
            row.table_name: row
            for row in self._conn.execute(
                select(content_sums).where(content_sums.c.table_name.in_(self._sums))
            )
        }
        for name, mine in self._sums.items():
            before = there.get(name)
            total = (int.from_bytes(before.total, "little") if before else 0) + mine.total
            values = {
                "rows": (before.rows if before else 0) + mine.count,
                "total": (total % _MODULUS).to_bytes(_BYTES, "little"),
            }
            if before is None:
                self._conn.execute(insert(content_sums), {"table_name": name, **values})
            else:
                self._conn.execute(update(content_sums).where(content_sums.c.id == before.id).values(values))
        self._sums.clear()


def key_of(table: Table, key: bytes) -> bytes:
    """The key of one table's hashes: a row that moves to another table is another row."""
    return hashlib.blake2b(table.name.encode(), key=key, digest_size=32).digest()


def hashed(rows: Iterable[Sequence[Any]], key: bytes) -> tuple[int, int]:
    """How many rows there are, and the sum of their hashes."""
    count = total = 0
    dumps, blake, number = marshal.dumps, hashlib.blake2b, int.from_bytes
    for row in rows:
        total += number(blake(dumps(tuple(row), _PLAIN), digest_size=_BYTES, key=key).digest(), "little")
        count += 1
    return count, total % _MODULUS


# -- the transaction under way -----------------------------------------------------------------------------


def tally(conn: Connection) -> ContentTally:
    """The tally of the transaction that runs on a connection; `audit.append` brings it into the book's sums."""
    now = conn.get_transaction()
    mine, whose = conn.info.get(_KEPT_AT, (None, None))
    if isinstance(mine, ContentTally) and whose is now:
        return mine
    made = ContentTally(conn)
    conn.info[_KEPT_AT] = (made, now)
    return made


@contextmanager
def rewriting(conn: Connection, table: Table, where: ColumnElement[bool]) -> Iterator[None]:
    """Around an update of the rows that meet `where`, and that still meet it afterwards."""
    mine = tally(conn)
    mine.gone(table, conn.execute(select(table).where(where)).all())
    yield
    mine.added(table, conn.execute(select(table).where(where)).all())


def of_change(conn: Connection, change: int) -> None:
    """Count what a change wrote beside its rows: its journal, and its imports."""
    for table in (journal, batches):
        tally(conn).added(table, conn.execute(select(table).where(table.c.change_id == change)))


# -- rows as they will be read -----------------------------------------------------------------------------


def as_kept(table: Table, row: Mapping[str, Value]) -> tuple[Any, ...]:
    """A row that is inserted, as it will be read: all columns in their order, numbers of the column's own kind."""
    return tuple(_cell(row.get(column.name), column.type.python_type) for column in table.columns)


def _cell(value: Any, kind: type) -> Any:
    if value is None or type(value) is kind:
        return value
    return kind(value)


def by_column(table: Table, given: Mapping[str, Any], count: int) -> list[Iterable[Any]]:
    """`count` rows given column-wise (a list or a range, or one value for all), as they will be read: all columns in order,
    each of which can be gone through again and again."""
    return [_column(given.get(column.name), column.type.python_type, count) for column in table.columns]


def _column(values: Any, kind: type, count: int) -> list[Any] | range:
    if isinstance(values, range):
        return values
    if not isinstance(values, list):
        return [_cell(values, kind)] * count
    if set(map(type, values)) <= {kind, type(None)}:
        return values
    return [_cell(value, kind) for value in values]


# -- the whole ---------------------------------------------------------------------------------------------


def head(conn: Connection) -> str:
    """One hash over all sums, as they stand in the book (hexadecimal)."""
    seal = hashlib.blake2b(key=seal_keys(conn).content(conn), digest_size=_BYTES)
    for row in conn.execute(select(content_sums).order_by(content_sums.c.table_name)):
        if row.rows or any(row.total):
            seal.update(marshal.dumps((row.table_name, row.rows, bytes(row.total)), _PLAIN))
    return seal.hexdigest()


def counted(conn: Connection) -> dict[str, tuple[int, bytes]]:
    """The sums counted anew from the rows: table -> rows and total. Reads every covered row."""
    from db.content import in_parts

    key = seal_keys(conn).content(conn)
    sums: dict[str, tuple[int, bytes]] = {}
    for table in COVERED:
        rows = conn.execute(select(table), execution_options=in_parts(conn))
        count, total = hashed(rows, key_of(table, key))
        sums[table.name] = count, total.to_bytes(_BYTES, "little")
    return sums


def unlike(conn: Connection) -> tuple[str, ...]:
    """The tables whose rows do not fit their sums: somebody wrote there behind the doors."""
    kept = {row.table_name: (row.rows, bytes(row.total)) for row in conn.execute(select(content_sums))}
    nothing = (0, bytes(_BYTES))
    fresh = counted(conn)
    named = [name for name, one in fresh.items() if kept.get(name, nothing) != one]
    return (*named, *sorted(kept.keys() - fresh.keys()))


def renew(conn: Connection) -> None:
    """Count all sums anew: after a migration, which gives rows columns behind the doors."""
    conn.execute(content_sums.delete())
    rows = [
        {"table_name": name, "rows": count, "total": total}
        for name, (count, total) in counted(conn).items()
        if count
    ]
    if rows:
        conn.execute(insert(content_sums), rows)
