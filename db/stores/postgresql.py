"""A book in a schema of a PostgreSQL server: the only place that imports psycopg."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

import db.stores.dialect  # noqa: F401  (registers itself)
from db import footprint
from db.errors import BookError
from db.making import Place
from db.schema import HEAD, KNOWN
from db.stores.address import ServerAddress
from db.stores.server_checks import failing
from db.stores.sqlstates import meaning
from db.stores.store import BULK, Store
from db.tables import metadata
from db.values import Value

try:
    import psycopg
    from psycopg import pq
    from psycopg.adapt import Dumper, Loader
except ImportError:
    raise BookError("no_driver") from None

#: How every connection is set. Reads see one state and write nothing; what writes says so when it begins. Compiling the
#: statements of the tag layers to machine code (jit) takes longer than running them.
_SESSION = (
    "default_transaction_isolation = 'repeatable read'",
    "default_transaction_read_only = on",
    "jit = off",
    "work_mem = '64MB'",
    "timezone = 'UTC'",
    "lock_timeout = '10s'",
    "statement_timeout = 0",
    "idle_in_transaction_session_timeout = 0",
    "client_min_messages = warning",
)
#: Advisory locks of this program: the book open in one process, the one writer among its threads.
_CLAIMED, _WRITING = 0x626F6F6B, 0x626F6F6C
_OF_SCHEMA = "(SELECT oid::int FROM pg_namespace WHERE nspname = current_schema())"
#: Something that stands in the schema.
_ANYTHING = (
    "SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    " AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') LIMIT 1"
)
#: Statements already turned into SQL, kept for every book that is opened.
_COMPILED: LRUCache[object, object] = LRUCache(500)


class PostgreSQLStore(Store):
    """A book on a server, held by an advisory lock of a connection that stays open as long as the book is."""

    def __init__(self, address: ServerAddress, engine: Engine, claim: "psycopg.Connection[Any]") -> None:
        super().__init__(address.shown, engine)
        self._claim = claim
        event.listen(engine, "begin", self._begin)

    @classmethod
    def create(cls, address: ServerAddress) -> "PostgreSQLStore":
        """Make the tables of a new book in an empty schema, whole or not at all. The server admits its users by its own
        means (certificate, account, password file), so a book there has no passphrase.

        Raises BookError exists, not_empty (tables of somebody else), locked, no_server, no_database, not_admitted,
        server_read_only.
        """
        store = cls._held(address)
        try:
            with store.writing() as conn:
                store.make_tables(conn)
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
        claim = _connected(address)
        with _translated(address.shown):
            (schema, standby, mine) = claim.execute(
                f"SELECT current_schema(), pg_is_in_recovery(), pg_try_advisory_lock({_CLAIMED}, {_OF_SCHEMA})"
            ).fetchone() or (None, None, None)
        code = (
            "no_database" if schema is None else "server_read_only" if standby else None if mine else "locked"
        )
        if code is not None:
            claim.close()
            raise BookError(code, path=address.shown, server=True)
        return cls(address, _engine_on(address), claim)

    # -- life ----------------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """There is none: raises BookError file_only."""
        raise BookError("file_only", path=self.shown)

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
        metadata.create_all(conn, checkfirst=False)
        stamp(conn)

    def check_empty(self, conn: Connection) -> None:
        """Raise BookError exists or not_empty unless nothing stands where a book shall be made."""
        if _place(conn) is Place.TAKEN:
            code = "exists" if _marked(conn) else "not_empty"
            raise BookError(code, path=self.shown, server=True)

    def upgrade(self) -> None:
        """Bring an older book up to date in one transaction; backups are the server's own."""
        from db.migrations import upgrade

        with self.translated():
            upgrade(self.engine)

    def close(self) -> None:
        """End every connection, the one with the claim last."""
        try:
            self.engine.dispose()
        finally:
            self._claim.close()

    # -- transactions --------------------------------------------------------------------------------------

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Failures leave as the BookError that their SQLSTATE tells."""
        with _translated(self.shown):
            yield

    def _begin(self, conn: Connection) -> None:
        """A transaction that writes: the claim still stands, and no other thread writes. It sees what was committed
        before, so the lock is waited for at READ COMMITTED: another level would look at the book as it was before."""
        if conn.get_execution_options().get("writes"):
            try:
                self._claim.execute("SELECT 1")
            except psycopg.Error as error:
                raise BookError("server_gone", path=self.shown) from error
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE")
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING}, {_OF_SCHEMA})")

    # -- rows ----------------------------------------------------------------------------------------------

    def insert_rows(
        self, conn: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Value | bytes]]
    ) -> None:
        """Insert many rows by COPY."""
        quoted = conn.dialect.identifier_preparer.quote
        columns = ", ".join(quoted(name) for name in names)
        statement = f"COPY {quoted(table.name)} ({columns}) FROM STDIN"
        footprint.statement_seen(statement)
        raw = conn.connection.driver_connection
        if not isinstance(raw, psycopg.Connection):
            raise TypeError("a connection of another driver")
        try:
            with raw.cursor() as cursor:
                # a column of whole numbers takes True and 3.0 as SQLite's does
                cursor.adapters.register_dumper(bool, _WholeBool)
                cursor.adapters.register_dumper(float, _ShortFloat)
                with cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(row)
        except psycopg.Error as error:
            raise DBAPIError.instance(
                statement, None, error, psycopg.Error, hide_parameters=True, dialect=conn.dialect
            ) from error

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
    with _connected(address) as raw, _translated(address.shown):
        return Place.FREE if raw.execute(_ANYTHING).fetchone() is None else Place.TAKEN


def _place(conn: Connection) -> Place:
    return Place.FREE if conn.exec_driver_sql(_ANYTHING).first() is None else Place.TAKEN


def _marked(conn: Connection) -> bool:
    """Whether the schema has the table in which a book tells its version."""
    statement = text("SELECT to_regclass(quote_ident(current_schema()) || '.alembic_version')")
    return conn.execute(statement).scalar() is not None


# -- connections -------------------------------------------------------------------------------------------


def _engine_on(address: ServerAddress) -> Engine:
    engine = create_engine(
        URL.create("postgresql+book"),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        connect_args={**address.parameters, "prepare_threshold": None},
        execution_options={"compiled_cache": _COMPILED},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: "psycopg.Connection[Any]", _record: object) -> None:
        """Set a new connection up."""
        _set(raw)

    footprint.watch(engine)
    return engine


def _connected(address: ServerAddress) -> "psycopg.Connection[Any]":
    """A connection beside the engine's. Raises BookError no_server, server_gone, no_database, not_admitted."""
    try:
        raw = psycopg.connect(**_words(address), autocommit=True)
    except psycopg.Error as error:
        raise BookError(_why_not(address), path=address.shown, server=True) from error
    with _translated(address.shown):
        _set(raw)
    return raw


def _words(address: ServerAddress, **other: str) -> dict[str, Any]:
    return {**address.parameters, **other, "prepare_threshold": None}


def _set(raw: "psycopg.Connection[Any]") -> None:
    raw.adapters.register_loader("numeric", _PlainNumber)
    stood, raw.autocommit = raw.autocommit, True
    raw.execute("; ".join(f"SET {one}" for one in _SESSION))
    raw.autocommit = stood


def _why_not(address: ServerAddress) -> str:
    """Why a server does not let us in: libpq hands no code out for it, so the server is asked."""
    conninfo = psycopg.conninfo.make_conninfo("", **address.parameters).encode()
    ping = pq.PGconn.ping(conninfo)
    if ping == pq.Ping.REJECT:
        return "server_gone"
    if ping != pq.Ping.OK:
        return "no_server"
    for database in ("postgres", "template1"):
        try:
            with psycopg.connect(**_words(address, dbname=database), autocommit=True) as raw:
                name = address.parameters["dbname"]
                entry = raw.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
                return "no_database" if entry is None else "not_admitted"
        except psycopg.Error:
            continue
    return "not_admitted"


@contextmanager
def _translated(shown: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        code = _meaning(error)
        if code is None:
            raise
        raise BookError(code, path=shown, server=True) from error


def _meaning(error: DBAPIError | psycopg.Error) -> str | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if sqlstate := getattr(cause, "sqlstate", None):
        return meaning(sqlstate)
    # without a code it is the connection that failed: it was never made, or it broke
    return "server_gone" if isinstance(cause, psycopg.OperationalError) else None


# -- values ------------------------------------------------------------------------------------------------


class _PlainNumber(Loader):
    """PostgreSQL's `numeric` (sums, averages, rounded numbers) as int or float, as SQLite gives it; never a Decimal."""

    def load(self, data: "psycopg.abc.Buffer") -> int | float:
        digits = bytes(data)
        return int(digits) if digits.lstrip(b"-").isdigit() else float(digits)


class _WholeBool(Dumper):
    def dump(self, obj: bool) -> bytes:
        return b"1" if obj else b"0"


class _ShortFloat(Dumper):
    def dump(self, obj: float) -> bytes:
        return repr(int(obj) if obj.is_integer() and abs(obj) < 1e15 else obj).encode()
