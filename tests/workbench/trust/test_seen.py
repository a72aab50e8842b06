"""A book that is older than what this PC saw last is told at the next opening, once; one that grew is not."""

import shutil
from pathlib import Path

import pytest

from db.engine import Book
from tests.books import PASSPHRASE, new_book
from workbench.trust import seen


def test_an_older_book_in_its_place_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    path, older = tmp_path / "客户账本.book", tmp_path / "旧.book"
    with new_book(path) as book:
        book.record("one")
        assert seen.changed_since_seen(book) is None  # never seen before
    shutil.copyfile(path, older)
    with Book.open(path, PASSPHRASE) as book:
        book.record("two")
        assert seen.changed_since_seen(book) is None  # it grew
        seen.saw(book)
    shutil.copyfile(older, path)
    with Book.open(path, PASSPHRASE) as book:
        told = seen.changed_since_seen(book)
        assert told is not None
        assert told.code == "anchor_beyond"
        assert "#2" in told.message
        assert "#1" in told.message
        assert seen.changed_since_seen(book) is None
        book.record("another two")
        seen.saw(book)
    text = (tmp_path / "home" / "anchors.json").read_text("utf-8")
    assert "客户账本" not in text


def test_what_cannot_be_remembered_keeps_no_book_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.write_text("a file in the way", "utf-8")
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    with new_book(tmp_path / "客户账本.book") as book:
        book.record("one")
        assert seen.changed_since_seen(book) is None
