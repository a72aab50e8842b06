"""A book in a schema of a PostgreSQL server, which admits its users by its own means."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, insert, text

from db.book_key import new_secret
from db.errors import BookError
from db.making import Place
from db.schema import HEAD, KNOWN
from db.shapes import partial_on_server
from db.stores.address import ServerAddress
from db.stores.server_checks import failing
from db.stores.server_connections import (
    RawConnection,
    connected,
    copy_in,
    engine_on,
    is_alive,
    release,
    translated,
)
from db.stores.store import BULK, Store
from db.tables import metadata
from db.trusted import audit_ends
from db.values import Value

#: Advisory locks of this program: the book open in one process, the one writer among its threads.
_CLAIMED, _WRITING = 0x626F6F6B, 0x626F6F6C
_OF_SCHEMA = "(SELECT oid::int FROM pg_namespace WHERE nspname = current_schema())"
#: Something that stands in the schema.
_ANYTHING = (
    "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    " AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') LIMIT 1"
)


class PostgreSQLStore(Store):
    """A book on a server, held by an advisory lock of a connection that stays open as long as the book is."""

    def __init__(self, address: ServerAddress, engine: Engine, claim: RawConnection) -> None:
        super().__init__(address.shown, engine)
        self._claim = claim
        event.listen(engine, "begin", self._begin)

    @classmethod
    def create(cls, address: ServerAddress) -> "PostgreSQLStore":
        """Make the tables of a new book in an empty schema, whole or not at all. The server admits its users by its own
        means (certificate, account, password file), so a book there has no passphrase.

        Raises BookError exists, not_empty (tables of somebody else), locked, no_server, no_database, not_admitted,
        server_read_only, wrong_encoding.
        """
        store = cls._held(address)
        try:
            with store.writing() as conn:
                store.make_tables(conn)
                conn.execute(insert(audit_ends), {"newest": 0, "head": "", "key": new_secret()})
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def open(cls, address: ServerAddress) -> "PostgreSQLStore":
        """Open a book on a server, upgrading an older one in one transaction.

        Raises BookError missing (an empty schema), not_a_book (tables of somebody else), newer, locked, no_server,
        no_database, not_admitted, server_read_only.
        """
        store = cls._held(address)
        try:
            if store.version() != HEAD:
                store.upgrade()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def restore(cls, backup: Path, passphrase: str, address: ServerAddress) -> None:
        """Put a backup's book into an empty schema, whole or not at all.

        Raises BookError as `create` and as `restoring.restore` do.
        """
        from db.stores.copying import copy_from_file

        store = cls._held(address)
        try:
            with store.reading() as conn:
                store.check_empty(conn)
            copy_from_file(backup, passphrase, store, store.make_tables)
        finally:
            store.close()

    @classmethod
    def _held(cls, address: ServerAddress) -> "PostgreSQLStore":
        """The store with its claim: nobody else has the book open."""
        claim = connected(address)
        with translated(address.shown):
            answer = claim.execute(
                "SELECT current_schema(), pg_is_in_recovery(), current_setting('server_encoding'),"
                f" pg_try_advisory_lock({_CLAIMED}, {_OF_SCHEMA})"
            ).fetchone()
        schema, standby, encoding, ours = answer or (None, None, None, None)
        obstacles = {
            "no_database": schema is None,
            "server_read_only": standby,
            "wrong_encoding": encoding != "UTF8",
            "locked": not ours,
        }
        for code, stands in obstacles.items():
            if stands:
                release(claim)
                raise BookError(code, path=address.shown, server=True)
        return cls(address, engine_on(address), claim)

    # -- life ----------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """There is none: raises BookError file_only."""
        raise BookError("file_only", path=self.shown)

    @property
    def secret(self) -> None:
        """None: the server keeps the book by its own means."""

    def version(self) -> str:
        """The schema revision. Raises BookError missing, not_a_book, newer."""
        with self.reading() as conn:
            place = _place(conn)
            if place is not Place.TAKEN or not _marked(conn):
                code = "missing" if place is Place.FREE else "not_a_book"
                raise BookError(code, path=self.shown, server=True)
            version = str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar())
        if version not in KNOWN:
            raise BookError("newer", path=self.shown, version=version, server=True)
        return version

    def make_tables(self, conn: Connection) -> None:
        """The tables of an empty book, within the caller's transaction. Raises BookError exists, not_empty."""
        from db.migrations import stamp

        self.check_empty(conn)
        partial_on_server()
        metadata.create_all(conn, checkfirst=False)
        stamp(conn)

    def check_empty(self, conn: Connection) -> None:
        """Raise BookError exists or not_empty unless nothing stands where a book shall be made."""
        if _place(conn) is Place.TAKEN:
            code = "exists" if _marked(conn) else "not_empty"
            raise BookError(code, path=self.shown, server=True)

    def upgrade(self) -> None:
        """Bring an older book up to date in one transaction; backups are the server's own."""
        from db.audit import seal_anew
        from db.migrations import upgrade

        with self.translated():
            upgrade(self.engine, then=seal_anew)

    def close(self) -> None:
        """End every connection, the one with the claim last."""
        try:
            self.engine.dispose()
        finally:
            release(self._claim)

    # -- transactions --------------------------------------------------------------------------------------

    def _interrupt(self, raw: Any) -> None:
        raw.cancel()

    def translated(self) -> AbstractContextManager[None]:
        """Failures leave as the BookError that their SQLSTATE tells."""
        return translated(self.shown)

    def _begin(self, conn: Connection) -> None:
        """A transaction that writes: the claim still stands, and no other thread writes. It sees what was committed
        before, so the lock is waited for at READ COMMITTED: another level would look at the book as it was before."""
        if conn.get_execution_options().get("writes"):
            if not is_alive(self._claim):
                raise BookError("server_gone", path=self.shown, server=True)
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE")
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING}, {_OF_SCHEMA})")

    # -- rows ----------------------------------------------------------------------------------------------

    def insert_rows(
        self, conn: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Value | bytes]]
    ) -> None:
        """Insert many rows by COPY."""
        quoted = conn.dialect.identifier_preparer.quote
        columns = ", ".join(quoted(name) for name in names)
        copy_in(conn, f"COPY {quoted(table.name)} ({columns}) FROM STDIN", rows)

    @contextmanager
    def loading(self, conn: Connection, table: Table, count: int) -> Iterator[None]:
        """After a large load the planner looks the table over: it would take it for the small one that it was."""
        yield
        if count >= BULK:
            conn.exec_driver_sql(f"ANALYZE {conn.dialect.identifier_preparer.quote(table.name)}")

    def defer_keys(self, conn: Connection) -> None:
        """The keys are declared deferrable; this transaction makes use of it."""
        conn.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")

    # -- keeping -------------------------------------------------------------------------------------------

    def faults(self, conn: Connection) -> list[str]:
        """'tables': not as declared; 'foreign_keys': a row refers to nothing; 'sequences': an id would come twice."""
        return failing(conn)

    def backup(self, target: Path, passphrase: str, *, replace: bool, before: Callable[[], object]) -> None:
        """Write the book as it stands at one moment into an encrypted SQLite file, opened by `passphrase`."""
        from db.stores.copying import copy_to_file

        copy_to_file(self, target, passphrase, replace=replace, before=before)


def place_of(address: ServerAddress) -> Place:
    """Whether a schema is empty, or holds a book or something else. Raises BookError as `PostgreSQLStore.open` does."""
    with connected(address) as raw, translated(address.shown):
        return Place.FREE if raw.execute(_ANYTHING).fetchone() is None else Place.TAKEN


def _place(conn: Connection) -> Place:
    return Place.FREE if conn.exec_driver_sql(_ANYTHING).first() is None else Place.TAKEN


def _marked(conn: Connection) -> bool:
    """Whether the schema has the table in which a book tells its version."""
    statement = text("SELECT to_regclass(quote_ident(current_schema()) || '.alembic_version')")
    return conn.execute(statement).scalar() is not None
