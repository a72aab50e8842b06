"""A damaged book is read page by page, and what can be proven to be whole goes into a new book with the same ways in.

A page whose seal is broken costs its own rows only. Rows that refer to lost ones would make the new book unsound: they stay out
and are counted. Figures that the program computes are left out where they are made anew by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from filelock import FileLock

from db import book_key, key_slots, making, raw_rows, vault
from db.cipher_pages import CipherPages
from db.connection import engine_on, translated
from db.errors import BookError, system_says
from db.raw_rows import Cell, RawRow, TreeOfTable
from db.schema import HEAD
from db.unlocking import unlock

#: made anew by the program from what was given
_COMPUTED_ANEW = ("tags_", "standing_runs", "tag_runs")
#: rows written at once
_AT_ONCE = 2_000
#: what a column of a STRICT table may hold
_KINDS: dict[str, tuple[type, ...]] = {
    "INTEGER": (int,),
    "INT": (int,),
    "REAL": (int, float),
    "TEXT": (str,),
    "BLOB": (bytes,),
}


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """What became of a table. `rows` came; `pages` damaged pages belong to it.

    `lost`: rows known not to have come; None: pages are damaged, and nothing says how many rows they held. `orphans`: those of
    the lost ones that were whole, but refer to a row that is lost.
    """

    name: str
    rows: int
    pages: int
    lost: int | None
    orphans: int

    @property
    def whole(self) -> bool:
        """Whether all of it came; of a damaged inner page alone nothing is lost."""
        return self.lost == 0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A new book made from a damaged one. `sealed`: whether each page was proven by its seal; `source` lies as it lay."""

    source: Path
    book: Path
    pages: int
    bad_pages: int
    sealed: bool
    tables: tuple[SalvagedTable, ...]

    @property
    def broken(self) -> tuple[SalvagedTable, ...]:
        """The tables of which something is lost."""
        return tuple(one for one in self.tables if not one.whole)


@dataclass(slots=True)
class _Recovered:
    """A table of the damaged book: its columns as (name, type, may be empty), and its rows."""

    name: str
    sql: str
    tree: TreeOfTable
    columns: tuple[tuple[str, str, bool], ...] = ()
    lost: int = 0
    orphans: int = 0

    def takes(self, rows: Sequence[RawRow]) -> bool:
        """Whether stray rows can be this table's: each in a gap of its ids, and every cell of its column's type."""
        return all(self._in_gap(row.id) and self._fits(row.cells) for row in rows)

    def _in_gap(self, row_id: int) -> bool:
        return any(
            (low is None or row_id > low) and (high is None or row_id <= high) for low, high in self.tree.gaps
        )

    def _fits(self, cells: tuple[Cell, ...]) -> bool:
        if len(cells) != len(self.columns):
            return False
        return all(
            (empty or name == "id") if cell is None else isinstance(cell, _KINDS.get(kind, (str,)))
            for cell, (name, kind, empty) in zip(cells, self.columns, strict=True)
        )


def salvage(source: Path, target: Path, passphrase: str) -> Salvaged:
    """Make a new book at `target` from what can be read of `source`, which is only read.

    Raises BookError wrong_passphrase, exists, missing, not_a_book, locked (somebody has `source` open), nothing_left (no
    table can be read), or what the system refuses.
    """
    place = vault.real(target)
    making.not_taken(place)
    making.make_folder(place)
    claim, of_source = vault.lock(place), _claimed(source)
    try:
        secret, slots = _keys(source, passphrase)
        pages = CipherPages.of(vault.real(source), secret)
        tables = _tables(pages)
        if not any(table.tree.rows for table in tables):
            raise BookError("nothing_left", path=str(source))
        with making.scratch(place) as part:
            salt = book_key.new_salt()
            key = book_key.raw_key(secret, salt)
            with translated(place):
                key_slots.lay(part, key, slots)
                tallies = _written(part, key, tables, [sql for _n, _r, sql in _schema(pages, "index")])
            _seal(part, key, source, tallies)
            with system_says(place):
                vault.protect(part)
                vault.flush(part)
                part.rename(place)
                vault.flush_names(place.parent)
    finally:
        claim.release()
        if of_source is not None:
            of_source.release()
    return Salvaged(source, target, pages.count, len(pages.bad), pages.sealed, tallies)


def _claimed(source: Path) -> FileLock | None:
    """The damaged book held, where its medium takes a lock."""
    book_key.salt_of(source)
    try:
        return vault.lock(source)
    except BookError as error:
        if error.code == "locked":
            raise
        return None


def _keys(source: Path, passphrase: str) -> tuple[bytes, key_slots.KeySlots]:
    """The book's own key and its ways in, also where the head of the file is gone. An older book gets a slot for the
    passphrase; whether it is the right one shows when no page holds."""
    slots = key_slots.left(source)
    if slots is not None:
        opened = slots.opened_by(passphrase)
        if opened is None:
            raise BookError("wrong_passphrase", path=str(source), opening=True)
        return opened[0], slots
    way = unlock(source, passphrase)
    if CipherPages.of(vault.real(source), way.secret).sealed is False:
        raise BookError("wrong_passphrase", path=str(source), opening=True)
    made = key_slots.KeySlot.closing("passphrase", way.secret, passphrase)
    return way.secret, key_slots.KeySlots((made,))


def _tables(pages: CipherPages) -> list[_Recovered]:
    """The tables with their rows, in the order in which they were made; strays are given back to them."""
    readable = [
        _Recovered(name, sql, raw_rows.walk(pages.page, root)) for name, root, sql in _schema(pages, "table")
    ]
    with driver.connect(":memory:") as empty:
        for table in readable:
            empty.execute(table.sql)
            info = empty.execute(f'PRAGMA table_info("{table.name}")').fetchall()
            table.columns = tuple((str(row[1]), str(row[2]).upper(), not row[3]) for row in info)
    broken = [table for table in readable if table.tree.gaps]
    free = raw_rows.free_pages(pages.page) if broken else None
    if broken and free is not None:
        met = free | {number for table in readable for number in table.tree.met}

        def owner(rows: Sequence[RawRow]) -> str | None:
            """The one table that the rows of a stray leaf can be of."""
            names = [table.name for table in broken if table.takes(rows)]
            return names[0] if len(names) == 1 else None

        strays = raw_rows.strays(pages.page, list(pages.numbers()), met, owner)
        for table in broken:
            table.tree.rows += strays.get(table.name, [])
    return readable


def _schema(pages: CipherPages, kind: str) -> list[tuple[str, int, str]]:
    """(name, first page, statement) of the tables or indexes of the book."""
    tree = raw_rows.walk(pages.page, 1)
    rows = tree.rows
    if tree.gaps:  # the names of the tables stand in leaves that nothing leads to any more

        def names_tables(rows: Sequence[RawRow]) -> str | None:
            """Whether all rows of a leaf speak of tables and indexes."""
            return "schema" if all(_of_schema(row) for row in rows) else None

        rows = rows + raw_rows.strays(pages.page, list(pages.numbers()), tree.met, names_tables).get(
            "schema", []
        )
    tallies: dict[str, tuple[str, int, str]] = {}
    for row in sorted((one for one in rows if _of_schema(one)), key=lambda one: one.id):
        of, name, _table, root, sql = row.cells
        if of == kind and isinstance(sql, str) and not str(name).startswith("sqlite_"):
            tallies[str(name)] = (str(name), int(root or 0), sql)
    return list(tallies.values())


def _of_schema(row: RawRow) -> bool:
    return (
        len(row.cells) == 5
        and row.cells[0] in ("table", "index", "trigger", "view")
        and isinstance(row.cells[3], int)
        and isinstance(row.cells[4], str | None)
    )


def _anew(name: str) -> bool:
    return name.startswith(_COMPUTED_ANEW)


def _written(
    part: Path, key: str, tables: Sequence[_Recovered], indexes: Sequence[str]
) -> tuple[SalvagedTable, ...]:
    raw = driver.connect(str(part), isolation_level=None)
    try:
        raw.execute(f'PRAGMA key="{key}"')
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        for table in tables:
            if not table.name.startswith("tags_"):
                raw.execute(table.sql)
        _make_as_shipped(raw)
        of_rest = [sql for sql in indexes if " tags_" not in sql]
        for sql in (one for one in of_rest if one.startswith("CREATE UNIQUE")):
            raw.execute(sql)
        for table in tables:
            if not _anew(table.name):
                table.lost += _insert(raw, table)
        for sql in (one for one in of_rest if not one.startswith("CREATE UNIQUE")):
            raw.execute(sql)
        _leave_orphans_out(raw, tables)
        counts = _counts(raw, tables)
        raw.execute("COMMIT")
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return counts
    finally:
        raw.close()


def _seal(part: Path, key: str, source: Path, tallies: Sequence[SalvagedTable]) -> None:
    """Seal what came, and register where it came from and what is lost; an older book is sealed when it is upgraded. Rows that
    the audit lost stay missed."""
    from db.engine import Book
    from db.stores.sqlite import SQLiteStore

    with Book(SQLiteStore(part, key, engine_on(part, key), vault.lock(part))) as book:
        if book.version() != HEAD:
            return
        book.seal_anew()
        lost = {one.name: one.lost for one in tallies if not one.whole}
        book.record("salvage", source=str(source.absolute()), lost=lost)


def _make_as_shipped(raw: driver.Connection) -> None:
    """Tables whose names are lost, as this program makes them for a book of its version."""
    from sqlalchemy.dialects.sqlite.base import SQLiteDialect
    from sqlalchemy.schema import CreateIndex, CreateTable

    from db.tables import metadata

    version = raw.execute("SELECT name FROM sqlite_schema WHERE name = 'alembic_version'").fetchone()
    if version is None:
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        raw.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    there = {str(row[0]) for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    dialect = SQLiteDialect()
    missing = [one for one in metadata.sorted_tables if one.name not in there]
    for table in missing:
        raw.execute(str(CreateTable(table).compile(dialect=dialect)))
    for table in missing:
        for index in table.indexes:
            raw.execute(str(CreateIndex(index).compile(dialect=dialect)))


def _insert(raw: driver.Connection, table: _Recovered) -> int:
    """Write the rows of a table; answers how many the table does not take."""
    refused = 0
    rows = {row.id: row for row in table.tree.rows}
    by_length: dict[int, list[tuple[Cell, ...]]] = {}
    own = next((at for at, (name, _kind, _empty) in enumerate(table.columns) if name == "id"), None)
    for row in sorted(rows.values(), key=lambda one: one.id):
        cells = row.cells
        if own is not None and len(cells) > own and cells[own] is None:
            cells = (*cells[:own], row.id, *cells[own + 1 :])
        by_length.setdefault(len(cells), []).append(cells[: len(table.columns)])
    for length, lines in by_length.items():
        names = ", ".join(f'"{name}"' for name, _kind, _empty in table.columns[:length])
        marks = ", ".join("?" * min(length, len(table.columns)))
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  (names out of the schema)
        for at in range(0, len(lines), _AT_ONCE):
            refused += _insert_some(raw, statement, lines[at : at + _AT_ONCE])
    return refused


def _insert_some(raw: driver.Connection, statement: str, lines: Sequence[tuple[Cell, ...]]) -> int:
    raw.execute("SAVEPOINT some")
    try:
        raw.executemany(statement, lines)
    except driver.IntegrityError:
        raw.execute("ROLLBACK TO some")
        refused = 0
        for line in lines:
            try:
                raw.execute(statement, line)
            except driver.IntegrityError:
                refused += 1
        return refused
    finally:
        raw.execute("RELEASE some")
    return 0


def _leave_orphans_out(raw: driver.Connection, tables: Sequence[_Recovered]) -> None:
    """Rows that refer to lost ones go, and those that refer to these, until none is left."""
    by_name = {table.name: table for table in tables}
    while True:
        lost = {(str(row[0]), int(row[1])) for row in raw.execute("PRAGMA foreign_key_check") if row[1]}
        if not lost:
            return
        for name, row_id in lost:
            raw.execute(f'DELETE FROM "{name}" WHERE rowid = ?', (row_id,))  # noqa: S608  (a name out of the schema)
            if name in by_name:
                by_name[name].orphans += 1


def _counts(raw: driver.Connection, tables: Sequence[_Recovered]) -> tuple[SalvagedTable, ...]:
    try:
        raw.execute("SELECT rows FROM content_sums LIMIT 1")
    except driver.OperationalError:  # a book of an older version
        raw.execute("CREATE TEMPORARY TABLE content_sums (table_name TEXT, rows INTEGER)")
    kept = {str(name): int(count) for name, count in raw.execute("SELECT table_name, rows FROM content_sums")}
    tallies = []
    for table in tables:
        if _anew(table.name):
            continue
        rows = int(raw.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0])  # noqa: S608
        pages = table.tree.lost_pages
        known = table.lost + table.tree.lost_rows + table.orphans
        lost: int | None = known
        if table.name in kept and kept[table.name] >= rows:
            lost = kept[table.name] - rows
        elif pages:
            lost = None
        tallies.append(SalvagedTable(table.name, rows, pages, lost, table.orphans))
    return tuple(tallies)
