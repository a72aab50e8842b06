"""A restore puts the backup in place, or leaves everything as it was; the book that stood there is kept."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.places import fill, read_only, small_disk
from db import restoring, vault
from db.connection import engine_on
from db.engine import Book
from db.errors import BookError
from db.migrations import upgrade
from db.restoring import restore
from tests.books import older_key


def _book(path: Path, passphrase: str, *records: str) -> Path:
    with Book.create(path, passphrase) as book:
        for one in records:
            book.record(one)
    return path


def _records(path: Path, passphrase: str) -> list[str]:
    with Book.open(path, passphrase) as book:
        assert book.verify() == []
        with book.read() as conn:
            return list(conn.exec_driver_sql("SELECT action FROM audit ORDER BY id").scalars())


def _refusal(*words: object) -> BookError:
    with pytest.raises(BookError) as caught:
        restore(*words)  # type: ignore[arg-type]
    return caught.value


@pytest.fixture
def place(tmp_path: Path, passphrase: str) -> Path:
    """The book that stands there."""
    return _book(tmp_path / "here" / "a.book", passphrase, "old")


@pytest.fixture
def backup(tmp_path: Path, passphrase: str) -> Path:
    return _book(tmp_path / "there" / "b.book", passphrase, "new")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with contextlib.ExitStack() as stack:
        try:
            yield stack.enter_context(small_disk(tmp_path / "disk", 2_200_000))
        except PermissionError:
            pytest.skip("a small disk can be mounted by root only")


def test_the_backup_takes_the_place_and_the_old_book_is_kept(
    place: Path, backup: Path, passphrase: str
) -> None:
    kept = restore(backup, place, passphrase)
    assert kept is not None
    assert _records(place, passphrase) == ["new"]
    assert _records(kept, passphrase) == ["old"]
    assert kept.stat().st_nlink == place.stat().st_nlink == 1
    assert _records(backup, passphrase) == ["new"]


def test_a_book_that_is_gone_is_restored_into_a_folder_that_is_gone(
    tmp_path: Path, backup: Path, passphrase: str
) -> None:
    target = tmp_path / "new pc" / "a.book"
    assert restore(backup, target, passphrase) is None
    assert _records(target, passphrase) == ["new"]


def test_two_restores_within_a_second_keep_both_old_books(
    place: Path, backup: Path, passphrase: str, tmp_path: Path
) -> None:
    third = _book(tmp_path / "c.book", passphrase, "third")
    kept = [restore(one, place, passphrase) for one in (backup, third)]
    assert [_records(one, passphrase) for one in kept if one] == [["old"], ["new"]]
    assert _records(place, passphrase) == ["third"]


@pytest.mark.parametrize("room", [0, 20_000, 200_000])
def test_on_a_full_disk_the_old_book_stands_as_before(
    disk: Path, backup: Path, passphrase: str, room: int
) -> None:
    place = _book(disk / "a.book", passphrase, "old")
    before = place.read_bytes()
    fill(disk, room)
    assert _refusal(backup, place, passphrase).code == "disk_full"
    assert place.read_bytes() == before
    assert sorted(one.name for one in disk.iterdir()) == ["a.book", "a.book.lock", "filler"]
    (disk / "filler").unlink()
    assert _records(place, passphrase) == ["old"]


@pytest.mark.parametrize("moment", ["flush", "link and rename", "replace"])
def test_whatever_fails_the_old_book_is_put_back(
    place: Path, backup: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = place.read_bytes()

    def fail(*_words: object) -> None:
        raise OSError(5, "Input/output error")

    Path(f"{place}-wal").write_bytes(b"what a crash left")
    with monkeypatch.context() as patch:
        if moment == "flush":
            patch.setattr(vault, "flush", fail)
        elif moment == "replace":
            patch.setattr(Path, "replace", fail)
        else:
            patch.setattr(restoring.os, "link", fail)
            patch.setattr(Path, "rename", fail)
        assert _refusal(backup, place, passphrase).code == "device_failed"
    assert place.read_bytes() == before
    assert Path(f"{place}-wal").read_bytes() == b"what a crash left"
    assert sorted(one.name for one in place.parent.iterdir()) == ["a.book", "a.book-wal", "a.book.lock"]


def test_without_hard_links_the_old_book_is_renamed(
    place: Path, backup: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(restoring.os, "link", fail)
    kept = restore(backup, place, passphrase)
    assert kept is not None
    assert (_records(place, passphrase), _records(kept, passphrase)) == (["new"], ["old"])


def test_a_medium_that_takes_no_writing_can_be_restored_from(
    disk: Path, place: Path, passphrase: str
) -> None:
    backup = _book(disk / "b.book", passphrase, "new")
    (disk / "b.book.lock").unlink()
    with read_only(disk):
        restore(backup, place, passphrase)
        assert [one.name for one in disk.iterdir()] == ["b.book"]
    assert _records(place, passphrase) == ["new"]


def test_what_a_backup_has_only_in_its_log_is_restored_too(
    place: Path, backup: Path, passphrase: str, tmp_path: Path
) -> None:
    """A book that was not closed cleanly: its newest commits are beside it."""
    unclean = tmp_path / "unclean"
    unclean.mkdir()
    with Book.open(backup, passphrase) as book:
        book.record("newest")
        assert Path(f"{backup}-wal").stat().st_size
        for part in vault.files_of(backup):
            shutil.copy(part, unclean)
    restore(unclean / backup.name, place, passphrase)
    assert _records(place, passphrase) == ["new", "newest"]
    assert not Path(f"{place}-wal").exists()


def test_the_log_of_the_old_book_goes_with_it(place: Path, backup: Path, passphrase: str) -> None:
    """Left where it was, SQLite would take it for the restored book's."""
    with Book.open(place, passphrase) as book:
        book.record("newest")
        saved = {part.name: part.read_bytes() for part in vault.files_of(place)}
    for name, content in saved.items():
        (place.parent / name).write_bytes(content)
    kept = restore(backup, place, passphrase)
    assert kept is not None
    assert _records(place, passphrase) == ["new"]
    assert _records(kept, passphrase) == ["old", "newest"]


def test_a_link_stays_and_what_it_points_to_is_replaced(
    place: Path, backup: Path, passphrase: str, tmp_path: Path
) -> None:
    link = tmp_path / "link.book"
    link.symlink_to(place)
    kept = restore(backup, link, passphrase)
    assert link.is_symlink()
    assert kept is not None
    assert kept.parent == place.parent
    assert _records(place, passphrase) == ["new"]


def test_what_is_in_use_or_the_same_file_is_refused(
    place: Path, backup: Path, passphrase: str, tmp_path: Path
) -> None:
    before = place.read_bytes()
    link, hard = tmp_path / "link.book", tmp_path / "hard.book"
    link.symlink_to(place)
    os.link(place, hard)
    assert {_refusal(one, place, passphrase).code for one in (place, link, hard)} == {"same_file"}
    hard.unlink()
    with Book.open(backup, passphrase):
        assert _refusal(backup, place, passphrase).facts["path"] == str(backup)
    with Book.open(place, passphrase):
        assert _refusal(backup, place, passphrase).facts["path"] == str(place)
    assert place.read_bytes() == before
    assert sorted(one.name for one in place.parent.iterdir()) == ["a.book", "a.book.lock"]


def test_a_backup_that_is_not_sound_is_refused_before_anything_is_moved(
    place: Path, backup: Path, passphrase: str
) -> None:
    before, sound = place.read_bytes(), backup.read_bytes()
    assert _refusal(backup, place, "错的口令").code == "wrong_passphrase"
    with Book.open(backup, passphrase) as book, book.derive() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert _refusal(backup, place, passphrase).code == "newer"
    for content, code in (
        (sound[:200_000] + bytes(64) + sound[200_064:], "damaged"),  # a page that no table may ever ask for
        (sound[:1000] + bytes(64) + sound[1064:], "damaged"),
        (sound[: len(sound) // 2], "damaged"),
        (b"text", "not_a_book"),
        (b"", "unfinished"),
    ):
        backup.write_bytes(content)
        refused = _refusal(backup, place, passphrase)
        assert (refused.code, refused.facts["path"]) == (code, str(backup))
    assert _refusal(backup.with_name("none.book"), place, passphrase).code == "missing"
    assert place.read_bytes() == before
    assert sorted(one.name for one in place.parent.iterdir()) == ["a.book", "a.book.lock"]


@pytest.fixture
def older(tmp_path: Path, passphrase: str) -> Path:
    """A book of the first version."""
    path = tmp_path / "older" / "a.book"
    path.parent.mkdir()
    engine = engine_on(path, older_key(passphrase))
    upgrade(engine, "0001")
    engine.dispose()
    return path


def test_an_older_backup_is_restored_as_it_is_and_upgraded_in_its_place(
    place: Path, older: Path, passphrase: str
) -> None:
    content = older.read_bytes()
    restore(older, place, passphrase)
    assert [one.name for one in older.parent.glob("*.book")] == ["a.book"]
    assert older.read_bytes() == content
    assert _records(place, passphrase) == []


def test_two_upgrades_within_a_second_keep_both_books(older: Path, passphrase: str) -> None:
    content = older.read_bytes()
    for _ in range(2):
        older.write_bytes(content)
        Book.open(older, passphrase).close()
    assert len(list(older.parent.glob("a.before-*.book"))) == 2


@pytest.mark.parametrize("room", [40_000, 200_000])
def test_an_upgrade_on_a_full_disk_leaves_the_old_book_whole(
    disk: Path, older: Path, passphrase: str, room: int
) -> None:
    path = Path(shutil.copy(older, disk / "a.book"))
    fill(disk, room + (path.stat().st_size if room > 100_000 else 0))
    with pytest.raises(BookError) as caught:
        Book.open(path, passphrase)
    assert caught.value.code == "disk_full"
    assert list(disk.glob("*.before-*")) == []
    (disk / "filler").unlink()
    assert _records(path, passphrase) == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are of POSIX")
def test_a_restored_book_is_private(place: Path, backup: Path, passphrase: str) -> None:
    backup.chmod(0o644)
    restore(backup, place, passphrase)
    assert place.stat().st_mode & 0o777 == 0o600
