"""Reads that run for long fail at once when they are stopped; a write goes on."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.engine import Book
from tests.books import empty_file

PASSPHRASE = "secret 2026"
#: seconds between two stops: a read that is between two statements is not stopped
_BEAT = 0.01
_ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
_LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT count(*) FROM n"
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    path = tmp_path / "a.book"
    empty_file(path, PASSPHRASE)
    return Book.open(path, PASSPHRASE)


def stopped(book: Book, thread: threading.Thread) -> None:
    """Stop what is read until the thread has ended."""
    thread.start()
    while thread.is_alive():
        book.stop_reading()
        thread.join(_BEAT)


def test_a_read_without_end_fails_and_the_book_is_read_on(book: Book) -> None:
    failures: list[Exception] = []

    def job() -> None:
        try:
            with book.read() as conn:
                conn.execute(_ENDLESS)
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    with book:
        stopped(book, threading.Thread(target=job))
        assert len(failures) == 1
        book.stop_reading()
        assert book.revision() >= 0


def test_a_read_between_two_statements_gets_no_further_one(book: Book) -> None:
    with book:
        with book.read() as conn:
            conn.execute(text("SELECT 1"))
            book.stop_reading()
            with pytest.raises(OperationalError):
                conn.execute(text("SELECT 1"))
        assert book.revision() >= 0


def test_a_write_is_left_alone(book: Book) -> None:
    counted: list[object] = []

    def job() -> None:
        with book.write("test", "test") as writer:
            counted.append(writer.conn.execute(_LONG).scalar())

    with book:
        stopped(book, threading.Thread(target=job))
    assert counted == [300_000]
