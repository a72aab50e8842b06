"""Connections to a PostgreSQL server by psycopg, which is imported here only: how they are made and set, what fails."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

import db.stores.dialect  # noqa: F401  (registers itself)
from db import footprint
from db.connection import COMPILED
from db.errors import BookError
from db.stores.address import ServerAddress
from db.stores.sqlstates import meaning
from db.values import Value

try:
    import psycopg
    from psycopg import pq
    from psycopg.adapt import Dumper, Loader
except ImportError:
    raise BookError("no_driver") from None

#: A connection of the driver's own, beside those of an engine.
RawConnection: TypeAlias = "psycopg.Connection[Any]"

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
#: Newer servers may end a session that is silent: the one that holds the book must stay.
_NEVER_ENDED = (
    "SELECT set_config('idle_session_timeout', '0', false)"
    " WHERE current_setting('idle_session_timeout', true) IS NOT NULL"
)


def engine_on(address: ServerAddress) -> Engine:
    """Connections to a book on a server; nothing is opened before the first is asked for."""
    engine = create_engine(
        URL.create("postgresql+book"),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        connect_args={**address.parameters, "prepare_threshold": None},
        execution_options={"compiled_cache": COMPILED},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: RawConnection, _record: object) -> None:
        """Set a new connection up."""
        _set(raw)

    footprint.watch(engine)
    return engine


def connected(address: ServerAddress) -> RawConnection:
    """A connection beside the engine's, each statement committed at once.

    Raises BookError no_server, server_gone, no_database, not_admitted.
    """
    try:
        raw = psycopg.connect(**_words(address), autocommit=True)
    except psycopg.Error as error:
        raise BookError(_why_not(address), path=address.shown, server=True) from error
    with translated(address.shown):
        _set(raw)
    return raw


def _words(address: ServerAddress, **other: str) -> dict[str, Any]:
    return {**address.parameters, **other, "prepare_threshold": None}


def _set(raw: RawConnection) -> None:
    if (
        not raw.info.host.startswith("/") and not raw.pgconn.ssl_in_use
    ):  # no address that was accepted leads here
        raw.close()
        raise BookError("insecure_address", path="postgresql://…")
    raw.adapters.register_loader("numeric", _PlainNumber)
    stood, raw.autocommit = raw.autocommit, True
    raw.execute("; ".join((*(f"SET {one}" for one in _SESSION), _NEVER_ENDED)))
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
def translated(shown: str) -> Iterator[None]:
    """Failures of the server leave as the BookError that their SQLSTATE tells; unforeseen ones leave as they are."""
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


def is_alive(raw: RawConnection) -> bool:
    """Whether a connection still answers."""
    try:
        raw.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def release(raw: RawConnection) -> None:
    """Close a connection and free its advisory locks at once: a server notices a closed connection a moment later."""
    with suppress(psycopg.Error):
        raw.execute("SELECT pg_advisory_unlock_all()")
    raw.close()


def copy_in(conn: Connection, statement: str, rows: Iterable[Sequence[Value | bytes]]) -> None:
    """Run a COPY of rows. Raises SQLAlchemy's IntegrityError and the like."""
    raw = conn.connection.driver_connection
    if not isinstance(raw, psycopg.Connection):
        raise TypeError("a connection of another driver")
    footprint.statement_seen(statement)
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


# -- values ------------------------------------------------------------------------------------------------


class _PlainNumber(Loader):
    """PostgreSQL's `numeric` (sums, averages, rounded numbers) as int or float, as SQLite gives it; never a Decimal."""

    def load(self, data: "psycopg.abc.Buffer") -> int | float:
        """The number in a cell."""
        digits = bytes(data)
        return int(digits) if digits.lstrip(b"-").isdigit() else float(digits)


class _WholeBool(Dumper):
    """True and False as 1 and 0."""

    def dump(self, obj: bool) -> bytes:
        """A cell of a COPY."""
        return b"1" if obj else b"0"


class _ShortFloat(Dumper):
    """A float that is whole without its point, so that a column of whole numbers takes it."""

    def dump(self, obj: float) -> bytes:
        """A cell of a COPY."""
        return repr(int(obj) if obj.is_integer() and abs(obj) < 1e15 else obj).encode()
