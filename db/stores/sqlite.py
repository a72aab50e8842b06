"""A book in one encrypted SQLite file: one process, short transactions, the passphrase is the key."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, func, insert, select

from db import book_key, key_slots, making, moving, placing, unlocking, vault
from db.connection import checkpoint, engine_on, translated, version_of
from db.errors import BookError
from db.schema import HEAD
from db.stores.store import BULK, CHUNK, Store
from db.values import Value

#: what the remains of a making may look like when they are opened
_OF_REMAINS = frozenset({"wrong_passphrase", "not_a_book"})


class SQLiteStore(Store):
    """An open file, locked for this process. `aside` tells where remains that lay in the place of a new book were moved."""

    def __init__(
        self, path: Path, key: str, engine: Engine, claim: FileLock, aside: Path | None = None
    ) -> None:
        self._key = key
        super().__init__(str(path), engine)
        self.aside = aside
        #: by which way the book was opened
        self.way: key_slots.Kind = "passphrase"
        self._path = path
        self._claim = claim

    @classmethod
    def create(cls, path: Path, passphrase: str) -> "SQLiteStore":
        """Make a new book; it gets its name when it is whole.

        Raises BookError exists, locked, damaged, or what the system refuses.
        """
        real = vault.real(path)
        making.not_taken(real)
        making.make_folder(real)
        claim = vault.lock(real)
        try:
            key, aside = making.make(real, passphrase)
            return cls(path, key, engine_on(real, key), claim, aside)
        except BaseException:
            claim.release()
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "SQLiteStore":
        """Open a book by its passphrase or its recovery code, upgrading an older one after a backup.

        Raises BookError missing, not_a_book, unfinished, wrong_passphrase, newer, locked, damaged, read_only_file, or
        what the system refuses.
        """
        book_key.salt_of(path)  # refuses what can be no book before anything is locked
        claim = vault.lock(path)
        store: SQLiteStore | None = None
        try:
            way = unlocking.unlock(path, passphrase)
            store = cls(path, way.key, engine_on(vault.real(path), way.key), claim)
            store.way = way.way
            with translated(path):
                if store.version(unwrapped=not way.older) != HEAD or way.older:
                    store.upgrade(passphrase if way.older else None)
        except BaseException as error:
            if store is not None:
                store.engine.dispose()
            if isinstance(error, BookError) and error.code in _OF_REMAINS and making.unfinished(path):
                error = BookError("unfinished", path=str(path))
            claim.release()
            raise error
        return store

    @classmethod
    @contextmanager
    def beside(cls, path: Path, passphrase: str) -> Iterator["SQLiteStore"]:
        """A new book in a scratch file of the caller, all in that one file when the block ends."""
        from db.migrations import upgrade

        key = making.lay(path, path, passphrase)
        engine = engine_on(path, key)
        store = cls(path, key, engine, vault.lock(path))
        try:
            with store.translated():
                upgrade(engine)
                yield store
                checkpoint(engine)
        finally:
            store.close()

    @property
    def path(self) -> Path:
        """The book's file, as it was named."""
        return self._path

    @property
    def secret(self) -> bytes:
        """The file's own key."""
        return book_key.secret_of(self._key)

    # -- ways in -------------------------------------------------------------------------------------------

    def opens(self, way_in: str) -> bool:
        """Whether a passphrase or a recovery code opens this file."""
        slots = key_slots.read(vault.real(self._path))
        opened = slots.opened_by(way_in) if slots is not None else None
        return opened is not None and opened[0] == self.secret

    def ways(self) -> dict[key_slots.Kind, str]:
        """The ways in, each with the day (ISO) that it was made."""
        slots = key_slots.read(vault.real(self._path))
        return {one.kind: one.made for one in slots.slots} if slots is not None else {}

    def set_way(self, kind: key_slots.Kind, way_in: str, before: Callable[[], object] = lambda: None) -> None:
        """Make a way in, in the place of that of its kind; `before` is called when it is proven, before it counts for good.

        Raises BookError read_only_file, or what the system or `before` refuses: the ways are as before then.
        """
        slot = key_slots.KeySlot.closing(kind, self.secret, way_in)
        self._put_slots(lambda slots: slots.with_slot(slot), way_in, before)

    def drop_way(self, kind: key_slots.Kind) -> None:
        """Take a way in away. Raises as `set_way`."""
        self._put_slots(lambda slots: slots.without(kind), None, lambda: None)

    def _put_slots(
        self,
        change: Callable[[key_slots.KeySlots], key_slots.KeySlots],
        way_in: str | None,
        before: Callable[[], object],
    ) -> None:
        place = vault.real(self._path)
        slots = key_slots.read(place)
        if slots is None:
            raise BookError("damaged", path=str(self._path))
        if not os.access(place, os.W_OK):
            raise BookError("read_only_file", path=str(self._path))

        def proven(back: key_slots.KeySlots) -> bool:
            opened = back.opened_by(way_in) if way_in is not None else None
            if way_in is not None and (opened is None or opened[0] != self.secret):
                return False
            before()
            return True

        key_slots.write(place, change(slots), proven)

    # -- life ----------------------------------------------------------------------------------------------

    def version(self, *, unwrapped: bool = False) -> str:
        """The schema revision; `unwrapped`: the key came out of a slot, so it fits.

        Raises BookError wrong_passphrase, not_a_book, newer, damaged.
        """
        return version_of(self.engine, self._path, self._key, unwrapped=unwrapped)

    def upgrade(self, passphrase: str | None = None) -> None:
        """Bring an older book up to date; what it was is kept beside it, unless it could not be upgraded and is it. One whose
        passphrase is its key is moved to a random one first."""
        from db.audit import seal_anew
        from db.migrations import upgrade

        stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
        name = f"{self._path.stem}.before-{HEAD}.{stamp}{self._path.suffix}"
        before = vault.free_name(self._path.with_name(name))
        self.backup(before)
        try:
            if passphrase is not None:
                self.engine.dispose()
                self._renew(moving.move(vault.real(self._path), self._key, passphrase))
            upgrade(self.engine, then=seal_anew)
        except BaseException:
            before.unlink(missing_ok=True)
            raise

    def _renew(self, key: str) -> None:
        """New connections for a file that has another key."""
        self._key = key
        self._take(engine_on(vault.real(self._path), key))

    def close(self) -> None:
        """Give the file back, whatever closing its connections meets."""
        try:
            self.engine.dispose()
        finally:
            self._claim.release()

    def _interrupt(self, raw: Any) -> None:
        raw.interrupt()

    def translated(self) -> AbstractContextManager[None]:
        """Failures of SQLite leave as the BookError that the file, its folder and the disk tell."""
        return translated(self._path)

    # -- rows ----------------------------------------------------------------------------------------------

    def insert_rows(
        self, conn: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Value | bytes]]
    ) -> None:
        """Insert many rows: tuples straight to the driver, without a dictionary and its checks for each."""
        statement = str(insert(table).compile(dialect=conn.dialect, column_keys=list(names)))
        ahead = iter(rows)
        while chunk := [tuple(row) for row in islice(ahead, CHUNK)]:
            conn.exec_driver_sql(statement, chunk)

    def insert_alike(
        self,
        conn: Connection,
        table: Table,
        shared: Sequence[str],
        kinds: Sequence[Sequence[Value]],
        own: Sequence[str],
        rows: Sequence[Sequence[Value]],
    ) -> None:
        """Put together by the database: each cell that the driver is given costs more than a row."""
        alike = _scratch("alike", *(Column(name, table.c[name].type) for name in shared))
        apart = _scratch(
            "apart", Column("kind", Integer), *(Column(name, table.c[name].type) for name in own)
        )
        for scratch, lines in ((alike, kinds), (apart, rows)):
            scratch.create(conn)
            self.insert_rows(conn, scratch, scratch.c.keys()[1:], lines)
        both = select(*(alike.c[name] for name in shared), *(apart.c[name] for name in own))
        both = both.join_from(apart, alike, alike.c.place == apart.c.kind + 1).order_by(apart.c.place)
        conn.execute(insert(table).from_select([*shared, *own], both, include_defaults=False))
        for scratch in (alike, apart):
            scratch.drop(conn)

    @contextmanager
    def loading(self, conn: Connection, table: Table, count: int) -> Iterator[None]:
        """For a load larger than what is there: indexes built once at the end cost a fraction of keeping them."""
        present = (
            conn.execute(select(func.count()).select_from(table)).scalar_one() if count >= BULK else count
        )
        bulk = sorted(table.indexes, key=lambda index: str(index.name)) if present < count else []
        for index in bulk:
            index.drop(conn)
        yield
        for index in bulk:
            index.create(conn)

    @contextmanager
    def overwriting(self, conn: Connection) -> Iterator[None]:
        """Freed places of the file are filled with zeros."""
        conn.exec_driver_sql("PRAGMA secure_delete=ON")
        try:
            yield
        finally:
            conn.exec_driver_sql("PRAGMA secure_delete=OFF")

    def defer_keys(self, conn: Connection) -> None:
        """SQLite checks at the commit then that nothing refers to nothing."""
        conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    # -- keeping -------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Bring the write-ahead log into the file: a power cut may have torn a page there that stands whole in the log."""
        with suppress(BookError), translated(self._path):
            checkpoint(self.engine)

    def faults(self, conn: Connection) -> list[str]:
        """'integrity': a page or an index is malformed; 'foreign_keys': a row refers to nothing."""
        failed: list[str] = []
        if not key_slots.whole_pages(lambda sql: conn.exec_driver_sql(sql).all()):
            failed.append("integrity")
        if conn.exec_driver_sql("PRAGMA foreign_key_check").first():
            failed.append("foreign_keys")
        return failed

    def backup(
        self,
        target: Path,
        passphrase: str = "",
        *,
        replace: bool = False,
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """Write a whole copy of the file, same passphrase, whatever is given here."""
        making.make_folder(target)
        with placing.beside(target, replace=replace) as part:
            with self.writing():  # nobody writes meanwhile; the book's own disk may be full
                shutil.copyfile(self._path, part)
                if (log := Path(f"{self._path}-wal")).exists():
                    shutil.copyfile(log, f"{part}-wal")
            _take_in_log(part, self._key)
            before()


def _take_in_log(path: Path, key: str) -> None:
    """Bring what stands in a closed book's write-ahead log into the one file."""
    engine = engine_on(path, key)
    try:
        with translated(path):
            checkpoint(engine)
    finally:
        engine.dispose()


def _scratch(name: str, *columns: Column[Any]) -> Table:
    """A table of this connection alone, whose rows are numbered from 1 on as they come."""
    return Table(
        name, MetaData(), Column("place", Integer, primary_key=True), *columns, prefixes=["TEMPORARY"]
    )
