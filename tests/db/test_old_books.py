"""A book of every schema there was opens, is brought up to date and tells the same facts (`make_books.py` made them)."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from db import schema
from db.connection import engine_on, version_of
from db.engine import Book
from db.migrations import config
from db.unlocking import unlock
from tests.db.make_books import BOOKS, LATER, PASSPHRASE
from workbench.app import Workbench

#: The tables of facts that the first schema had: every book tells them alike.
FACTS = (
    "customers", "snapshots", "products", "holdings", "touches", "plans", "plan_items", "plan_customers", "settings",
)  # fmt: skip


@pytest.fixture(params=schema.KNOWN)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(revision: str, tmp_path: Path) -> Path:
    """The kept book of a schema, where it may be changed."""
    return Path(shutil.copyfile(BOOKS / f"{revision}.book", tmp_path / "旧账本.book"))


def lines(conn: Connection, tables: tuple[str, ...]) -> list[str]:
    """Every row told, a line each: what a column that is not told was called does not matter."""
    found: list[str] = []
    for name in tables:
        for row in conn.execute(text(f'SELECT * FROM "{name}" ORDER BY id')).mappings():
            told = (f"{key}={value!r}" for key, value in sorted(row.items()) if value is not None)
            found.append(f"{name}: {' '.join(told)}")
    return found


def kept_facts() -> list[str]:
    return (BOOKS / "facts.txt").read_text("utf-8").splitlines()


def test_a_book_is_kept_of_every_schema() -> None:
    """A later schema adds one: `python -m tests.db.make_books`."""
    revisions = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    assert {file.stem for file in BOOKS.glob("*.book")} == revisions


def test_a_kept_book_is_of_its_schema_and_tells_the_facts(old: Path, revision: str) -> None:
    key = unlock(old, PASSPHRASE).key
    engine = engine_on(old, key)
    assert version_of(engine, old, key) == revision
    with engine.connect() as conn:
        assert lines(conn, FACTS) == kept_facts()
    engine.dispose()


def test_an_old_book_is_brought_up_to_date_and_tells_the_same(old: Path, revision: str) -> None:
    before = old.read_bytes()
    with Book.open(old, PASSPHRASE) as book:
        assert book.verify() == []
        with book.read() as conn:
            assert conn.execute(text("SELECT version_num FROM alembic_version")).scalar() == schema.HEAD
            assert lines(conn, FACTS) == kept_facts()
            for since, tables in LATER.items():
                for name, rows in tables.items():
                    told = conn.execute(text(f'SELECT * FROM "{name}" ORDER BY id')).mappings().all()
                    wanted = rows if since <= revision else []
                    assert [_of(row, wanted[0]) for row in told] == wanted
    backups = list(old.parent.glob(f"*.before-{schema.HEAD}.*.book"))
    assert [file.read_bytes() for file in backups] == ([] if revision == schema.HEAD else [before])
    with Book.open(old, PASSPHRASE) as again:
        assert again.verify() == []


def _of(row: Any, keys: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in keys}


def test_what_an_old_book_recorded_can_still_be_undone(old: Path) -> None:
    with Book.open(old, PASSPHRASE) as book:
        whole = book.fingerprint()
        with book.read() as conn:
            states = {
                row.id: row.state for row in conn.execute(text("SELECT id, state FROM changes ORDER BY id"))
            }
        done = [change for change, state in states.items() if state == "done"]
        (undone,) = states.keys() - set(done)
        book.reverse(undone, forward=True)
        assert book.count()["touches"] == 3
        book.reverse(undone)
        assert book.fingerprint() == whole
        for change in reversed(done):
            book.reverse(change)
        assert not any(book.count().values())
        assert book.verify() == []
        for change in done:
            book.reverse(change, forward=True)
        assert book.fingerprint() == whole
        assert book.verify() == []


def test_the_program_works_with_the_oldest_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-03-02")
    oldest = Path(shutil.copyfile(BOOKS / f"{schema.KNOWN[0]}.book", tmp_path / "旧账本.book"))
    with Workbench.open(oldest, PASSPHRASE) as workbench:
        found = workbench.insight.portrait("0000000001")
        assert (found.name, found.month, len(found.points), len(found.touches)) == ("张三丰", "2026-02", 2, 1)
        review = workbench.outreach.review("2026-W07")
        assert review is not None
        assert (review.done, review.missed, review.unticked) == (1, 1, 1)
