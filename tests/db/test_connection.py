"""A failure is told by evidence: a full disk is a full disk, and damage is said of what is really malformed."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bench.places import fill, read_only, small_disk
from db import tables
from db.engine import Book
from db.errors import BookError
from tests.books import new_book, older_key


def _refusal(path: Path, passphrase: str) -> BookError:
    with pytest.raises(BookError) as caught, Book.open(path, passphrase) as book:
        book.count()
        book.record("something")
    return caught.value


def test_little_room_is_always_null_as_damage(tmp_path: Path, passphrase: str) -> None:
    """From nothing free to enough: each opening works, or says that the disk is full."""
    try:
        with small_disk(tmp_path / "disk", 2_000_000) as disk:
            path = disk / "a.book"
            Book.create(path, passphrase).close()
            told = []
            for left in range(0, 80_000, 8192):
                fill(disk, left)
                try:
                    with Book.open(path, passphrase) as book:
                        book.record("something")
                    told.append("")
                except BookError as error:
                    told.append(error.code)
            assert told[0] == "disk_full"
            assert set(told) <= {"", "disk_full"}
            (disk / "filler").unlink()
            with Book.open(path, passphrase) as book:
                assert book.verify() == []
            with read_only(disk):
                assert _refusal(path, passphrase).code == "read_only"
    except PermissionError:
        pytest.skip("a small disk can be mounted by root only")


def _long_book(path: Path, passphrase: str) -> bytes:
    with Book.create(path, passphrase) as book, book.write("test", "很多客户") as writer:
        rows = [{"customer_no": f"{n:08d}", "name": f"客户{n}"} for n in range(4000)]
        writer.insert(tables.customers, rows)
    return path.read_bytes()


def test_what_is_malformed_is_told_as_damaged(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "a.book"
    sound = _long_book(path, passphrase)
    half = len(sound) // 2
    for content in (
        sound[:half],
        sound[: half // 4096 * 4096],
        sound[:4096],
        sound[:4096] + bytes(half) + sound[4096 + half :],
        sound[:100] + b"\xff" + sound[101:],  # the first page, which a wrong passphrase cannot read either
    ):
        path.write_bytes(content)
        assert _refusal(path, passphrase).code == "damaged"
    path.write_bytes(sound)
    assert _refusal(path, "错的口令").code == "wrong_passphrase"
    for content, code in (
        (b"short", "not_a_book"),
        (b"", "unfinished"),
        (b"text\n" * 5000, "wrong_passphrase"),
    ):
        path.write_bytes(content)
        assert _refusal(path, passphrase).code == code


def test_another_tools_database_is_no_book(tmp_path: Path, passphrase: str) -> None:
    from db.connection import engine_on

    path = tmp_path / "a.book"
    engine = engine_on(path, older_key(passphrase))
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TABLE other (id INTEGER)")
    engine.dispose()
    assert _refusal(path, passphrase).code == "not_a_book"


def test_what_was_put_into_sql_for_one_book_serves_the_next(tmp_path: Path, passphrase: str) -> None:
    asked = select(func.count()).select_from(tables.customers).where(tables.customers.c.name == "没有这一位")
    told = []
    for name in ("a.book", "b.book"):
        with new_book(tmp_path / name, passphrase) as book, book.read() as conn:
            told.append(conn.execute(asked).context.cache_hit)
    assert [one.name for one in told] == ["CACHE_MISS", "CACHE_HIT"]
