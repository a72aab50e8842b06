"""How a book's file is opened by SQLCipher, and what its failures mean."""

import hashlib
import hmac
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlcipher import SQLiteDialect_pysqlcipher
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import LRUCache

from db import footprint
from db.errors import BookError, from_system
from db.schema import KNOWN

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
#: SQLCipher's page
PAGE = 4096
#: pages that are looked at to tell a wrong passphrase from a damaged first page
_LOOKED_AT = 64
#: Statements already turned into SQL, kept for every book that is opened, in files and on servers: those of the tag layers take
#: over a second. Some hold a third of a million bytes, so a tenth too many is already cut back.
COMPILED: LRUCache[object, object] = LRUCache(100, 0.1)
#: Statements that a connection holds ready: more than follow one logged contact, so that the next finds them all.
_PREPARED = 500
#: What SQLite asks for at once when it opens a book: a trial write of less would pass where it fails.
_TRIAL = b"\0" * 65_536


class CipherDialect(SQLiteDialect_pysqlcipher):
    """SQLCipher as this program speaks to it: one driver, one way, so that SQL made for one book fits every other."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.book", __name__, CipherDialect.__name__)


def engine_on(path: Path, key: str) -> Engine:
    """Connections to the book at `path`; nothing is opened before the first is asked for."""
    engine = create_engine(
        URL.create("sqlite+book", password=key, database=str(path)),
        module=driver,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=4,
        connect_args={
            "check_same_thread": False,
            "isolation_level": None,
            "timeout": 10,
            "cached_statements": _PREPARED,
        },
        execution_options={"compiled_cache": COMPILED},
    )

    @event.listens_for(engine, "connect")
    def prepare(raw: DBAPIConnection, _record: object) -> None:
        """Set a new connection up."""
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        """Begin a transaction; one that writes takes its lock at once."""
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")

    footprint.watch(engine)
    return engine


def version_of(engine: Engine, path: Path, key: str, *, unwrapped: bool = False) -> str:
    """The version of the book's tables. Raises BookError wrong_passphrase (of a book of an older version, whose passphrase is
    its key), not_a_book, newer, damaged."""
    try:
        with translated(path, opening=True), engine.connect() as conn:
            tables = conn.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars().all()
            if "alembic_version" not in tables:
                raise BookError("not_a_book", path=str(path))
            version = str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar())
    except BookError as error:
        # a key that came out of a slot is the right one
        if error.code == "wrong_passphrase" and (unwrapped or _fits(path, key)):
            raise BookError("damaged", path=str(path)) from error
        raise
    if version not in KNOWN:
        raise BookError("newer", path=str(path), version=version)
    return version


def _fits(path: Path, key: str) -> bool:
    """Whether a key opens any of the pages behind the first: then it is the right one, and the first page is damaged.

    SQLCipher seals each page with a key derived from the book's own, and with the page's number.
    """
    secret, salt = bytes.fromhex(key[2:66]), bytes.fromhex(key[66:-1])
    sealing = hashlib.pbkdf2_hmac("sha512", secret, bytes(byte ^ 0x3A for byte in salt), 2, 32)
    with path.open("rb") as stream:
        stream.seek(PAGE)
        for number in range(2, 2 + _LOOKED_AT):
            page = stream.read(PAGE)
            seal = hmac.digest(sealing, page[:-64] + number.to_bytes(4, "little"), "sha512")
            if len(page) == PAGE and hmac.compare_digest(seal, page[-64:]):
                return True
    return False


def checkpoint(engine: Engine) -> None:
    """Bring everything committed into the one file, so that it may be copied or renamed alone."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


@contextmanager
def translated(path: Path, *, opening: bool = False) -> Iterator[None]:
    """A failure of SQLite leaves as the BookError that the evidence tells; what nobody foresaw leaves as it is."""
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        meaning = _meaning(error, path, opening)
        if meaning is None:
            raise
        meaning.facts["opening"] = opening
        raise meaning from error


def _meaning(error: Exception, path: Path, opening: bool) -> BookError | None:
    """What a failure means. "Disk I/O error" is said of a full disk and of a folder that takes no file too: the file,
    its folder and the disk are asked. A page whose seal is broken, or that is cut off, is "malformed", and the first
    one "no database", as it is with another passphrase."""
    plain = {
        driver.SQLITE_FULL: "disk_full",
        driver.SQLITE_CORRUPT: "damaged",
        driver.SQLITE_NOTADB: "wrong_passphrase" if opening else "damaged",
        driver.SQLITE_BUSY: "locked",
        driver.SQLITE_LOCKED: "locked",
    }
    otherwise = {
        driver.SQLITE_IOERR: "device_failed",
        driver.SQLITE_READONLY: "read_only",
        driver.SQLITE_CANTOPEN: "read_only",
        driver.SQLITE_PERM: "no_permission",
    }
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", 0) & 0xFF
    if code in plain:
        return BookError(plain[code], path=str(path))
    if code in otherwise:
        return refusal(path) or BookError(otherwise[code], path=str(path))
    return None


def refusal(path: Path) -> BookError | None:
    """What keeps the book at `path` from being read and written: the file, its folder or the disk; None: nothing does.

    Tried, not guessed: as much as SQLite asks for is written beside it, behind as many bytes as the book has, so that
    a limit of size shows too.
    """
    size = 0
    companions: list[Path] = []
    try:
        companions = [one for tail in ("-wal", "-shm") if (one := Path(f"{path}{tail}")).exists()]
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return BookError("not_a_file", path=str(path))
        size = about.st_size
        if not os.access(path, os.R_OK):
            return BookError("no_permission", path=str(path))
        size = max([size, *(one.stat().st_size for one in companions)])
    except FileNotFoundError:
        pass
    except OSError as error:
        return from_system(error, path)
    try:
        with tempfile.TemporaryFile(dir=path.parent) as trial:
            trial.seek(size)
            trial.write(_TRIAL)
            trial.flush()
    except PermissionError:
        return BookError("read_only", path=str(path))
    except OSError as error:
        return from_system(error, path)
    if path.exists() and not os.access(path, os.W_OK):
        return BookError("read_only_file", path=str(path))
    shut = next((one for one in companions if not os.access(one, os.R_OK | os.W_OK)), None)
    return BookError("no_permission", path=str(shut)) if shut is not None else None
