"""A book copied into another store: table by table in the order of their references, equal by fingerprint afterwards."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, func, select, text, update

from db import making, placing, restoring
from db.content import fingerprint, in_parts
from db.errors import BookError
from db.schema import SUFFIX
from db.seal_keys import seal_keys
from db.stores.sqlite import SQLiteStore
from db.stores.store import Store
from db.tables import DERIVED, TABLES
from db.trusted import audit_ends
from db.values import whole


def copy_rows(source: Connection, target: Connection, store: Store) -> None:
    """Every row into the empty tables of another store, journal and audit included, so that undo and the chain go on.

    Computed results are left out: they are computed where they are next asked for. Raises BookError not_alike when the
    contents differ afterwards.
    """
    for table in TABLES:
        if table in DERIVED:
            continue
        names = [column.name for column in table.columns]
        statement = select(table).order_by(table.c.id)
        count = source.execute(select(func.count()).select_from(table)).scalar_one()
        rows = source.execute(statement, execution_options=in_parts(source))
        with store.loading(target, table, count):
            store.insert_rows(target, table, names, (tuple(row) for row in rows))
    root = seal_keys(source).root(source)
    target.execute(update(audit_ends).values(key=root))
    if fingerprint(source) != fingerprint(target):
        raise BookError("not_alike", path=store.shown)


def set_sequences(conn: Connection) -> None:
    """Have PostgreSQL's sequences go on behind the ids that were copied."""
    for table in TABLES:
        newest = whole(conn.execute(select(func.max(table.c.id))).scalar()) or 0
        statement = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :next, false)")
        conn.execute(statement, {"name": table.name, "next": newest + 1})


def copy_to_file(
    source: Store, target: Path, passphrase: str, *, replace: bool, before: Callable[[], object]
) -> None:
    """The whole book into an encrypted SQLite file, which gets its name when it is whole. Raises as `placing.beside`."""
    making.make_folder(target)
    with placing.beside(target, replace=replace) as part:
        with (
            source.reading() as reading,
            SQLiteStore.beside(part, passphrase) as file,
            file.writing() as writing,
        ):
            copy_rows(reading, writing, file)
        before()


def copy_from_file(
    backup: Path, passphrase: str, target: Store, make_tables: Callable[[Connection], None]
) -> None:
    """A backup's whole book into the empty schema that `target` holds, in one transaction that `make_tables` begins.

    The backup is only read and may be of an older version: a copy of it is verified and upgraded. Raises BookError as
    `restoring.restore` does, and exists, not_empty.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"copy{SUFFIX}"
        restoring.restore(backup, path, passphrase)
        source = SQLiteStore.open(path, passphrase)
        try:
            with source.reading() as reading, target.writing() as writing:
                make_tables(writing)
                copy_rows(reading, writing, target)
                set_sequences(writing)
        finally:
            source.close()
