"""Migrations and tables tell the same story, and an older book is backed up before it is upgraded."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db import engine, schema
from db.engine import Book
from db.migrations import config
from db.tables import metadata


def test_known_revisions_are_the_migrations_in_order() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert scripts.get_current_head() == schema.HEAD
    assert tuple(reversed([s.revision for s in scripts.walk_revisions()])) == schema.KNOWN


def test_the_migrated_book_has_the_tables_of_the_program(book: Book) -> None:
    with book.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_every_table_is_strict(book: Book) -> None:
    with book.read() as conn:
        strict = dict(conn.exec_driver_sql("SELECT name, strict FROM pragma_table_list").all())
    assert all(strict[name] == 1 for name in metadata.tables)


def test_every_constraint_has_a_name() -> None:
    for table in metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name


def test_an_older_book_is_backed_up_before_the_upgrade(
    book: Book, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.close()
    monkeypatch.setattr(engine, "KNOWN", ("0001", "0002"))
    monkeypatch.setattr(engine, "HEAD", "0002")
    Book.open(book.path, passphrase).close()
    backups = list(Path(book.path.parent).glob("*.before-0002.*"))
    assert len(backups) == 1
    Book.open(backups[0], passphrase).close()
