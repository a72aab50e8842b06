"""An open book: one encrypted SQLite file, one process, short transactions; reads, writes and derived results."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from db import audit, journal, reversal, vault
from db.errors import BookError
from db.reversal import Kept, Reversal
from db.schema import HEAD, KNOWN
from db.tables import DATA, DERIVED, GIVEN, changes, customers
from db.tables import journal as journal_rows

#: A wrong key shows at the second of these, the first that reads the file. `synchronous=FULL`: NORMAL would leave the
#: book whole after a power cut too, but without the last commits, and a person was told that they are saved; measured,
#: it costs an import nothing and a single touch a few milliseconds. The cache holds the tag layers of 100,000 customers:
#: with half of it a count while typing reads and decrypts them anew, and takes three times as long.
_PRAGMAS = (
    "cipher_log_level=NONE",
    "journal_mode=WAL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-131072",
    "synchronous=FULL",
)


def _clock() -> str:
    return dt.datetime.now().replace(microsecond=0).isoformat(sep=" ")


def _engine(path: Path, key: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlcipher", password=key, database=str(path)),
        module=driver,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")

    return engine


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        said = str(error).lower()
        if "disk is full" in said:
            raise BookError("disk_full", path=str(path)) from error
        if "readonly" in said or "unable to open" in said:
            raise BookError("read_only", path=str(path)) from error
        if "not a database" in said:
            raise BookError("wrong_passphrase", path=str(path)) from error
        if "malformed" in said or "disk i/o" in said:
            raise BookError("damaged", path=str(path)) from error
        raise


def _begun(conn: Connection, at: str, kind: str, summary: str) -> journal.Writer:
    """A change that begins."""
    row = {"at": at, "kind": kind, "summary": summary, "state": "done"}
    return journal.Writer(conn, conn.execute(insert(changes).returning(changes.c.id), row).scalar_one())


class Book:
    """One open book. Close it to give the file back; `with Book.open(...)` does."""

    def __init__(self, path: Path, engine: Engine, claim: Any) -> None:
        self.path = path
        self._engine = engine
        self._claim = claim

    # -- opening and closing -------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, passphrase: str) -> "Book":
        """Make a new book. Raises BookError exists, locked, read_only, disk_full."""
        if path.exists() and path.stat().st_size:
            raise BookError("exists", path=str(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BookError("read_only", path=str(path)) from error
        claim = vault.lock(path)
        engine = _engine(path, vault.raw_key(passphrase, vault.new_salt()))
        try:
            with _translated(path):
                from db.migrations import upgrade

                upgrade(engine)
                vault.protect(path)
        except BaseException:
            engine.dispose()
            path.unlink(missing_ok=True)
            claim.release()
            raise
        return cls(path, engine, claim)

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "Book":
        """Open a book, upgrading an older one after a backup.

        Raises BookError missing, not_a_book, wrong_passphrase, newer, locked, read_only, disk_full, damaged.
        """
        salt = vault.salt_of(path)
        claim = vault.lock(path)
        engine = _engine(path, vault.raw_key(passphrase, salt))
        try:
            with _translated(path):
                book = cls(path, engine, claim)
                with engine.connect() as conn:
                    version = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
                if version not in KNOWN:
                    raise BookError("newer", path=str(path), version=version)
                if version != HEAD:
                    from db.migrations import upgrade

                    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
                    book.backup(path.with_name(f"{path.stem}.before-{HEAD}.{stamp}{path.suffix}"))
                    upgrade(engine)
        except BaseException:
            engine.dispose()
            claim.release()
            raise
        return book

    def close(self) -> None:
        self._engine.dispose()
        self._claim.release()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading -------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with _translated(self.path), self._engine.connect() as conn, conn.begin():
            yield conn

    def revision(self) -> int:
        """Grows with every write that changes the figures behind the checks."""
        with self.read() as conn:
            return audit.revision(conn)

    # -- writing -------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with _translated(self.path), self._engine.connect() as conn:
            writing = conn.execution_options(writes=True)
            with writing.begin():
                yield writing

    @contextmanager
    def write(self, kind: str, summary: str, **facts: Any) -> Iterator[journal.Writer]:
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
                conn, at, kind, str(writer.change_id), data=writer.touched_data, **facts, counts=writer.counts
            )

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
        with _translated(self.path), self._engine.connect() as conn:
            writing = conn.execution_options(writes=True)
            with writing.begin() as transaction:
                yield writing
                transaction.rollback()

    def record(self, action: str, subject: str | None = None, **facts: Any) -> None:
        """An audit row for something that changes no table: an export, a print, an unmasked view."""
        with self._transaction() as conn:
            audit.append(conn, _clock(), action, subject, **facts)

    def reverse(self, change_id: int, *, forward: bool = False, keep_later: bool = False) -> Reversal:
        """Undo a change (or redo it); see `reversal.reverse` for what stays and what is raised."""
        with self._transaction() as conn:
            done = self._reversed(conn, change_id, forward=forward, keep_later=keep_later)
            names = {table.name for table in DATA}
            audit.append(
                conn, _clock(), "redo" if forward else "undo", str(change_id), data=bool(done.tables & names),
                **({"kept": done.kept_count} if done.kept_count else {}),
            )  # fmt: skip
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
        return reversal.reverse(conn, change_id, forward=forward, keep_later=keep_later)

    # -- keeping -------------------------------------------------------------------------------------------

    def backup(self, target: Path) -> Path:
        """Write a whole copy of the book, same passphrase. Raises BookError read_only, disk_full."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
        return vault.copy_book(self.path, target)

    def restore_to(self, target: Path) -> Path | None:
        """Copy this book over another one, which is first moved aside; returns where it lies now."""
        claim = vault.lock(target)
        try:
            kept: Path | None = None
            if target.exists():
                stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S")
                kept = target.with_name(f"{target.stem}.replaced.{stamp}{target.suffix}")
                for part in vault.files_of(target):
                    part.replace(f"{kept}{str(part).removeprefix(str(target))}")
            self.backup(target)
            return kept
        finally:
            claim.release()

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

    def count(self, tables: Sequence[Any] = GIVEN) -> dict[str, int]:
        """Rows per table."""
        with self.read() as conn:
            return {t.name: conn.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}
