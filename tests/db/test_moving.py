"""A book of an older version gets a random key: killed or refused anywhere, its passphrase opens the one file that is there."""

import shutil
from pathlib import Path

import pytest

from db import book_key, key_slots, moving
from db.engine import Book
from db.errors import BookError
from db.unlocking import unlock
from tests.books import PASSPHRASE
from tests.db.make_books import BOOKS

OLD = BOOKS / "0010.book"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(OLD, tmp_path / "旧.book"))


def test_it_is_moved_once_and_its_backup_is_what_it_was(old: Path) -> None:
    assert unlock(old, PASSPHRASE).older
    with Book.open(old, PASSPHRASE) as book:
        content = book.fingerprint()
        assert not book.verify()
    assert old.read_bytes().startswith(book_key.MARK)
    (backup,) = old.parent.glob("*.before-*.book")
    assert backup.read_bytes() == OLD.read_bytes()
    moved = old.read_bytes()[: 3 * key_slots.PAGE]
    with Book.open(old, PASSPHRASE) as book:
        assert book.fingerprint() == content
        book.set_way("passphrase", "四只 青蛙 跳 进 7 井")
    assert old.read_bytes()[:16] == moved[:16]
    with Book.open(old, "四只 青蛙 跳 进 7 井") as book:
        assert book.fingerprint() == content


def test_an_older_book_takes_no_wrong_passphrase_and_stays_as_it_was(old: Path) -> None:
    with pytest.raises(BookError) as caught:
        Book.open(old, "不对")
    assert caught.value.code == "wrong_passphrase"
    assert old.read_bytes() == OLD.read_bytes()


@pytest.mark.parametrize("step", ["_copy", "vault.flush_names"])
def test_a_moving_that_fails_leaves_a_book_that_opens(
    old: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> bool:
        raise BookError("disk_full", path=str(old))

    with monkeypatch.context() as patch:
        patch.setattr(f"db.moving.{step}", fail)
        with pytest.raises(BookError) as caught:
            Book.open(old, PASSPHRASE)
        assert caught.value.code == "disk_full"
    with Book.open(old, PASSPHRASE) as book:
        assert not book.verify()


def test_a_copy_that_is_not_alike_is_not_taken(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_rows_alike", lambda _raw, _table: False)
        with pytest.raises(BookError) as caught:
            Book.open(old, PASSPHRASE)
    assert caught.value.code == "not_alike"
    assert old.read_bytes() == OLD.read_bytes()
    assert list(old.parent.glob("*.being-made*")) == []
