"""New books for tests: one is made by the program, every other is a copy of it."""

import os
import secrets
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import Engine, inspect, text

from db import book_key, migrations, vault
from db.connection import engine_on
from db.engine import Book
from workbench.app import Workbench

PASSPHRASE = "春风化雨 2026"


def new_book(path: Path, passphrase: str = PASSPHRASE) -> Book:
    """An empty book at `path`, open; as `Book.create` makes it, without its tables made anew."""
    return Book.open(empty_file(path, passphrase), passphrase)


def new_workbench(path: Path, passphrase: str = PASSPHRASE) -> Workbench:
    """An empty book behind its facade."""
    return Workbench.open(empty_file(path, passphrase), passphrase)


def empty_file(path: Path, passphrase: str = PASSPHRASE) -> Path:
    """The file of an empty book, closed."""
    assert not path.exists()
    path.write_bytes(_made(passphrase, book_key.COST))
    vault.protect(path)
    return path


def older_key(passphrase: str, salt: bytes | None = None) -> str:
    """SQLCipher's key of a book of an older version, which is its passphrase; without `salt` for a new one."""
    salt = salt or secrets.token_bytes(book_key.SALT_BYTES)
    return book_key.raw_key(book_key.older_secret(passphrase, salt), salt)


@cache
def _made(passphrase: str, _cost: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.book"
        Book.create(path, passphrase).close()
        return path.read_bytes()


_migrated = migrations.upgrade


def upgrade_at_once(engine: Engine, revision: str = "head") -> None:
    """`migrations.upgrade`; an empty file gets the tables that the migrations left in the first one, in place of theirs."""
    if engine.dialect.name != "sqlite" or revision != "head" or inspect(engine).get_table_names():
        _migrated(engine, revision)
        return
    with engine.connect() as conn, conn.execution_options(writes=True).begin():
        for statement, values in _left_by_migrations():
            conn.exec_driver_sql(statement, values)


@cache
def _left_by_migrations() -> tuple[tuple[str, tuple[object, ...]], ...]:
    """What makes the tables of a new book and the rows in them: statements with their values."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_on(
            Path(folder) / "empty.book", book_key.raw_key(book_key.new_secret(), book_key.new_salt())
        )
        _migrated(engine)
        with engine.connect() as conn:
            of = "FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
            made = conn.execute(text(f"SELECT sql {of}")).scalars().all()
            rows = [
                (f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", tuple(row))
                for name in inspect(conn).get_table_names()
                for row in conn.execute(text(f"SELECT * FROM {name}"))
            ]
        engine.dispose()
    return (*((sql, ()) for sql in made), *rows)


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None], today: str | None = None
) -> Path:
    """A book that `make` fills at the path it is given, with a quick key and on a day: by whichever worker of a run comes
    first. Tests open copies of it, for every worker reads the same file."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / "made" / f"{name}.book"
    path.parent.mkdir(exist_ok=True)
    with FileLock(f"{path}.making"), pytest.MonkeyPatch.context() as patch:
        if not path.exists():
            patch.setattr(book_key, "COST", 16)
            if today:
                patch.setenv("WORKBENCH_TODAY", today)
            part = path.with_name(f"{name}-part.book")
            make(part)
            part.rename(path)
    return path


def reversed_one(book: Book, kind: str, place: int, done: list[int], undone: list[int]) -> None:
    """Take back a change of `done` ('undo'), or do one of `undone` again ('redo'); nothing where there is none."""
    pool, other = (done, undone) if kind == "undo" else (undone, done)
    if pool:
        change = pool.pop(place % len(pool))
        book.reverse(change, forward=kind == "redo", keep_later=True)
        other.append(change)
