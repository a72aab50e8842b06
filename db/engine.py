"""An open book: one encrypted SQLite file, one process, short transactions; reads, writes and derived results."""

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from db import audit, footprint, journal, making, placing, reversal, vault
from db.connection import checkpoint, engine_on, translated, version_of
from db.errors import BookError
from db.record import batches, changes
from db.record import journal as journal_rows
from db.reversal import Reversal
from db.schema import HEAD
from db.tables import DATA, DERIVED, GIVEN, customers
from db.turn import Kept
from db.values import Json

#: what the remains of a making may look like when they are opened
_OF_REMAINS = frozenset({"wrong_passphrase", "not_a_book"})


def _clock() -> str:
    return dt.datetime.now().replace(microsecond=0).isoformat(sep=" ")


def _take_in_log(path: Path, key: str) -> None:
    """Bring what stands in a closed book's write-ahead log into the one file."""
    engine = engine_on(path, key)
    try:
        with translated(path):
            checkpoint(engine)
    finally:
        engine.dispose()


def _begun(conn: Connection, at: str, kind: str, summary: str) -> journal.Writer:
    """A change that begins."""
    row = {"at": at, "kind": kind, "summary": summary, "state": "done"}
    return journal.Writer(conn, conn.execute(insert(changes).returning(changes.c.id), row).scalar_one())


class Book:
    """One open book. Close it to give the file back; `with Book.open(...)` does."""

    def __init__(self, path: Path, engine: Engine, claim: FileLock, aside: Path | None = None) -> None:
        self.path = path
        self.aside = aside
        self._engine = engine
        self._claim = claim

    # -- opening and closing -------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, passphrase: str) -> "Book":
        """Make a new book; it gets its name when it is whole. `aside` tells where remains that lay there were moved.

        Raises BookError exists, locked, damaged, or what the system refuses.
        """
        real = vault.real(path)
        making.not_taken(real)
        making.make_folder(real)
        claim = vault.lock(real)
        try:
            key, aside = making.make(real, passphrase)
            return cls(path, engine_on(real, key), claim, aside)
        except BaseException:
            claim.release()
            raise

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "Book":
        """Open a book, upgrading an older one after a backup.

        Raises BookError missing, not_a_book, unfinished, wrong_passphrase, newer, locked, damaged, read_only_file, or
        what the system refuses.
        """
        salt = vault.salt_of(path)
        claim = vault.lock(path)
        key = vault.raw_key(passphrase, salt)
        engine = engine_on(vault.real(path), key)
        try:
            with translated(path):
                book = cls(path, engine, claim)
                if version_of(engine, path, key) != HEAD:
                    book._upgrade()
        except BaseException as error:
            engine.dispose()
            if isinstance(error, BookError) and error.code in _OF_REMAINS and making.unfinished(path):
                error = BookError("unfinished", path=str(path))
            claim.release()
            raise error
        return book

    def _upgrade(self) -> None:
        """Bring an older book up to date; what it was is kept beside it, unless it could not be upgraded and is it."""
        from db.migrations import upgrade

        stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
        name = f"{self.path.stem}.before-{HEAD}.{stamp}{self.path.suffix}"
        before = self.backup(vault.free_name(self.path.with_name(name)))
        try:
            upgrade(self._engine)
        except BaseException:
            before.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        try:
            self._engine.dispose()
        finally:
            self._claim.release()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading -------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with translated(self.path), self._engine.connect() as conn, conn.begin():
            yield conn

    def revision(self) -> int:
        """Grows with every write that changes the figures behind the checks."""
        with self.read() as conn:
            return audit.revision(conn)

    # -- writing -------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self.path), self._engine.connect() as conn:
            writing = conn.execution_options(writes=True)
            with writing.begin():
                yield writing

    @contextmanager
    def write(self, kind: str, summary: str, **facts: Json) -> Iterator[journal.Writer]:
        """One change: one transaction, one audit row, one reverse in the journal. Nothing written, nothing recorded."""
        with self._transaction() as conn:
            inside = conn.begin_nested()
            at = _clock()
            writer = _begun(conn, at, kind, summary)
            yield writer
            if not writer.counts:
                inside.rollback()
                return
            inside.commit()
            audit.append(
                conn,
                at,
                kind,
                str(writer.change_id),
                facts | {"counts": writer.counts},
                data=writer.touched_data,
            )
        footprint.changed(writer.tables)

    @contextmanager
    def rehearsal(self, kind: str, summary: str) -> Iterator[journal.Writer]:
        """A change that is written and then taken back as if it had never been: to see what it would give."""
        with self.trial() as conn:
            yield _begun(conn, _clock(), kind, summary)

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """A transaction for computed results (risks, signals): replaced whole, never journalled."""
        with self._transaction() as conn:
            yield conn

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A transaction that always ends as if it had never been: to see what a computation would give."""
        with translated(self.path), self._engine.connect() as conn:
            writing = conn.execution_options(writes=True)
            with writing.begin() as transaction:
                yield writing
                transaction.rollback()

    def record(self, action: str, subject: str | None = None, **facts: Json) -> None:
        """An audit row for something that changes no table: an export, a print, an unmasked view."""
        with self._transaction() as conn:
            audit.append(conn, _clock(), action, subject, facts)

    def reverse(self, change_id: int, *, forward: bool = False, keep_later: bool = False) -> Reversal:
        """Undo a change (or redo it); see `reversal.reverse` for what stays and what is raised."""
        with self._transaction() as conn:
            done = self._reversed(conn, change_id, forward=forward, keep_later=keep_later)
            names = {table.name for table in DATA}
            audit.append(
                conn, _clock(), "redo" if forward else "undo", str(change_id),
                {"kept": done.kept_count} if done.kept_count else {}, data=bool(done.tables & names),
            )  # fmt: skip
        footprint.changed(done.tables)
        return done

    def would_keep(self, change_id: int) -> tuple[Kept, ...]:
        """What an undo that lets later changes stand would leave as it is. Writes nothing; raises as `reverse` does."""
        with self.trial() as conn:
            return self._reversed(conn, change_id, forward=False, keep_later=True).kept

    def _reversed(self, conn: Connection, change_id: int, *, forward: bool, keep_later: bool) -> Reversal:
        comes_or_goes = select(journal_rows.c.id).where(
            journal_rows.c.change_id == change_id,
            journal_rows.c.table_name == customers.name,
            journal_rows.c.op != "update",
        )
        if conn.execute(comes_or_goes.limit(1)).first() is not None:
            # results speak of customers who may not be there afterwards
            for table in DERIVED:
                conn.execute(delete(table))
        done = reversal.reverse(conn, change_id, forward=forward, keep_later=keep_later)
        imports = select(batches.c.id).where(batches.c.change_id == change_id).limit(1)
        if conn.execute(imports).first() is not None:  # whether they are in force has changed
            done = replace(done, tables=done.tables | {batches.name})
        return done

    # -- keeping -------------------------------------------------------------------------------------------

    def backup(
        self, target: Path, *, replace: bool = False, before: Callable[[], object] | None = None
    ) -> Path:
        """Write a whole copy of the book, same passphrase. Raises BookError as `placing.beside` does."""
        making.make_folder(target)
        with placing.beside(target, replace=replace) as part:
            with self._transaction():  # nobody writes meanwhile; the book's own disk may be full
                shutil.copyfile(self.path, part)
                if (log := Path(f"{self.path}-wal")).exists():
                    shutil.copyfile(log, f"{part}-wal")
            _take_in_log(part, str(self._engine.url.password))
            if before is not None:
                before()
        return target

    def verify(self) -> list[str]:
        """Names of the checks that fail: 'integrity', 'foreign_keys', 'audit'. Empty when the book is sound."""
        failed: list[str] = []
        with self.read() as conn:
            if conn.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                failed.append("integrity")
            if conn.exec_driver_sql("PRAGMA foreign_key_check").first():
                failed.append("foreign_keys")
            if audit.first_broken(conn) is not None:
                failed.append("audit")
        return failed

    def fingerprint(self) -> str:
        """SHA-256 over every row a person or a file gave: equal fingerprints, equal content."""
        seal = hashlib.sha256()
        with self.read() as conn:
            for table in GIVEN:
                seal.update(table.name.encode())
                for row in conn.execute(select(table).order_by(table.c.id)):
                    seal.update(repr(tuple(row)).encode())
        return seal.hexdigest()

    def count(self, tables: Sequence[Table] = GIVEN) -> dict[str, int]:
        """Rows per table."""
        with self.read() as conn:
            return {t.name: conn.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
