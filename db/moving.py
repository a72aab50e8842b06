"""A book of an older version, whose passphrase is its key, gets a random key: copied whole, held against the old, swapped."""

import itertools
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from db import making, vault
from db.connection import checkpoint, engine_on, translated
from db.errors import BookError, system_says

#: rows compared at once
_AT_ONCE = 2_000


def move(path: Path, key: str, passphrase: str) -> str:
    """Move the book at `path`, whose lock is held and which nobody reads, to a random key; answers the new key.

    Until the swap the old file stands as it is; killed at any moment, the file at `path` opens by the same passphrase.
    Raises BookError not_alike, or what the system refuses.
    """
    engine = engine_on(path, key)
    try:
        with translated(path):
            checkpoint(engine)
    finally:
        engine.dispose()
    with making.scratch(path) as part:
        new = making.lay(part, path, passphrase)
        with translated(path):
            _copy(path, key, part, new)
        with system_says(path):
            vault.protect(part)
            vault.flush(part)
            for beside in vault.files_of(path)[
                1:
            ]:  # emptied above: left, it would be taken for the new file's
                beside.unlink()
            part.replace(path)
            vault.flush_names(path.parent)
    return new


def _copy(path: Path, key: str, part: Path, new: str) -> None:
    raw = driver.connect(str(path), isolation_level=None)
    try:
        raw.execute(f'PRAGMA key="{key}"')
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f'ATTACH DATABASE ? AS moved KEY "{new}"', (str(part),))
        try:
            raw.execute("SELECT sqlcipher_export('moved')")
        except driver.OperationalError as error:
            # the function hands on what went wrong in words alone
            if "full" not in str(error):
                raise
            raise BookError("disk_full", path=str(path)) from error
        if not _alike(raw):
            raise BookError("not_alike", path=str(path))
        raw.execute("DETACH DATABASE moved")
    finally:
        raw.close()


def _alike(raw: driver.Connection) -> bool:
    """Whether both have the same tables, indexes and rows."""
    of = "SELECT type, name, sql FROM {}.sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    if raw.execute(of.format("main")).fetchall() != raw.execute(of.format("moved")).fetchall():
        return False
    tables = raw.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return all(_rows_alike(raw, str(name)) for (name,) in tables.fetchall())


def _rows_alike(raw: driver.Connection, table: str) -> bool:
    statement = f'SELECT * FROM {{}}."{table}" ORDER BY 1'  # noqa: S608  (a name out of the schema)
    old, new = raw.execute(statement.format("main")), raw.execute(statement.format("moved"))
    while rows := old.fetchmany(_AT_ONCE):
        if rows != new.fetchmany(_AT_ONCE):
            return False
    return not list(itertools.islice(new, 1))
