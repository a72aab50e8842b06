"""Migrations and tables tell the same story, and an older book is backed up before it is upgraded."""

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db import schema
from db.connection import engine_on
from db.engine import Book
from db.migrations import config, upgrade
from db.tables import metadata
from db.unlocking import unlock
from tests.books import older_key


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
        strict = {
            row[0]: row[1] for row in conn.exec_driver_sql("SELECT name, strict FROM pragma_table_list")
        }
    assert all(strict[name] == 1 for name in metadata.tables)


def test_every_constraint_has_a_name() -> None:
    for table in metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name


@pytest.fixture
def old_book(tmp_path: Path, passphrase: str) -> Path:
    """A book as the first schema kept it: a customer with two months, a change to one, an undone import of another."""
    path = tmp_path / "旧账本.book"
    engine = engine_on(path, older_key(passphrase))
    upgrade(engine, "0001")
    gone = {"columns": ["id", "customer_no", "name"], "rows": [[2, "00000002", "李四"]]}
    with engine.begin() as conn:
        for statement in OLD_ROWS.split(";"):
            conn.execute(text(statement))
        conn.execute(
            text("UPDATE journal SET images = :image WHERE change_id = 3"),
            {"image": zlib.compress(json.dumps(gone, ensure_ascii=False).encode())},
        )
        previous = ""
        for number in (1, 2, 3):  # the row that every change writes, with the seal of that version
            parts = (previous, "2026-02-01 09:00:00", "change", str(number), "{}", "0")
            seal = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
            row = {"id": number, "previous": previous, "hash": seal, "at": parts[1], "subject": parts[3]}
            conn.execute(
                text(
                    "INSERT INTO audit (id, at, action, subject, facts, data, previous, hash)"
                    " VALUES (:id, :at, 'change', :subject, '{}', 0, :previous, :hash)"
                ),
                row,
            )
            previous = seal
    engine.dispose()
    return path


OLD_ROWS = """
INSERT INTO changes (id, at, kind, summary, state) VALUES
  (1, '2026-02-01 09:00:00', 'import', '一月.xlsx', 'done'), (2, '2026-02-02 09:00:00', 'edit', '改名', 'done'),
  (3, '2026-02-03 09:00:00', 'import', '二月.xlsx', 'undone');
INSERT INTO customers (id, customer_no, name, batch_id, source_row) VALUES (1, '00000001', '张三丰', 1, 4);
INSERT INTO snapshots (id, customer_id, month, as_of, batch_id, source_row, aum_balance) VALUES
  (1, 1, '2026-01', '2026-01-31', 1, 4, 1234567), (2, 1, '2026-02', '2026-02-28', 1, 5, NULL);
INSERT INTO touches (id, customer_id, date, channel, result, initiated_by) VALUES
  (1, 1, '2026-02-02', 'phone', 'reached', 'us');
INSERT INTO batches (id, change_id, at, file, file_hash, sheet, kind, rows, new, changed, unchanged, vanished, refused,
  mapping, totals, problems) VALUES
  (1, 1, '2026-02-01 09:00:00', '一月.xlsx', 'ab', '客户清单', 'customers', 2, 2, 0, 0, 0, 0, '[]', '[]', '[]');
INSERT INTO journal (change_id, table_name, op, row_id, last_id, "before", "after") VALUES
  (1, 'customers', 'insert', 1, 1, NULL, NULL), (1, 'snapshots', 'insert', 1, 2, NULL, NULL),
  (2, 'customers', 'update', 1, 1, '{"name": "张三"}', '{"name": "张三丰"}'),
  (2, 'touches', 'insert', 1, 1, NULL, NULL), (3, 'customers', 'insert', 2, 2, NULL, NULL)
"""


def _rows(path: Path, passphrase: str) -> dict[str, list[dict[str, Any]]]:
    """What is filled in each table, read without the program's schema."""
    engine = engine_on(path, unlock(path, passphrase).key)
    told: dict[str, list[dict[str, Any]]] = {}
    with engine.connect() as conn:
        names = conn.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'")).scalars().all()
        for name in sorted(set(names) - {"alembic_version", "sqlite_sequence"}):
            rows = conn.execute(text(f'SELECT * FROM "{name}" ORDER BY id')).mappings()
            told[name] = [{key: value for key, value in row.items() if value is not None} for row in rows]
    engine.dispose()
    return {name: rows for name, rows in told.items() if rows}


def test_an_older_book_is_backed_up_and_keeps_every_row(old_book: Path, passphrase: str) -> None:
    before = _rows(old_book, passphrase)
    with Book.open(old_book, passphrase) as book:
        assert book.verify() == []
        with book.read() as conn:
            assert conn.execute(text("SELECT version_num FROM alembic_version")).scalar() == schema.HEAD
    after = _rows(old_book, passphrase)
    for row in (*before["audit"], *after["audit"]):
        del row["hash"]  # the rows bear the seals of this version
        row.pop("previous", None)
    assert after["audit"][:3] == before.pop("audit")
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"audit", "audit_ends", "content_sums"}
    (backup,) = old_book.parent.glob(f"*.before-{schema.HEAD}.*.book")
    kept = _rows(backup, passphrase)
    assert len(kept.pop("audit")) == 3
    assert kept == before


def test_what_an_older_book_recorded_is_undone_and_redone(old_book: Path, passphrase: str) -> None:
    with Book.open(old_book, passphrase) as book:
        whole = book.fingerprint()
        book.reverse(2)
        with book.read() as conn:
            assert conn.execute(text("SELECT name FROM customers")).scalars().all() == ["张三"]
        book.reverse(3, forward=True)
        with book.read() as conn:
            assert conn.execute(text("SELECT name FROM customers")).scalars().all() == ["张三", "李四"]
        book.reverse(3)
        book.reverse(2, forward=True)
        assert book.fingerprint() == whole
        book.reverse(1, keep_later=True)
        assert book.count()["customers"] == 1
        book.reverse(2)
        assert not any(book.count().values())


def test_an_upgraded_book_has_the_tables_of_the_program(old_book: Path, passphrase: str) -> None:
    with Book.open(old_book, passphrase) as book, book.read() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
