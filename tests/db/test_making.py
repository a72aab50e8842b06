"""A creation that is killed leaves nothing under the book's name; what older versions left can be replaced."""

import os
import shutil
from pathlib import Path

import pytest

from db import making, vault
from db.connection import engine_on
from db.engine import Book
from db.errors import BookError
from db.making import SCRATCH, Place
from db.migrations import upgrade
from tests.books import older_key


class Killed(BaseException):
    """Stands for a kill: nothing is cleared on the way out."""


def _killed_creation(path: Path, passphrase: str, patch: pytest.MonkeyPatch, moment: str) -> None:
    """A creation that ends at `moment`, with what was being written left as a kill would leave it."""

    def kill(*_words: object) -> None:
        raise Killed

    with patch.context() as patched:
        patched.setattr(making, "_clear", lambda _part: None)
        patched.setattr(*{
            "before the tables": ("db.migrations.upgrade", kill),
            "before the checkpoint": ("db.making.checkpoint", kill),
            "before the name": ("db.making._named", kill),
        }[moment])  # fmt: skip
        with pytest.raises(Killed):
            Book.create(path, passphrase)


@pytest.mark.parametrize("moment", ["before the tables", "before the checkpoint", "before the name"])
def test_a_killed_creation_leaves_nothing_under_the_name_and_is_cleared_by_the_next(
    tmp_path: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    path = tmp_path / "a.book"
    _killed_creation(path, passphrase, monkeypatch, moment)
    assert vault.files_of(path) == ()
    assert making.place_of(path) is Place.FREE
    Book.create(path, passphrase).close()
    with Book.open(path, passphrase) as book:
        assert book.verify() == []
    assert [one.name for one in tmp_path.iterdir() if SCRATCH in one.name] == []


def test_what_was_being_made_for_another_name_is_cleared_unless_it_is_in_work_or_somebody_elses(
    tmp_path: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("left.book", "held.book"):
        _killed_creation(tmp_path / name, passphrase, monkeypatch, "before the name")
    (tmp_path / f"notes{SCRATCH}").write_text("not ours\n" * 1000, "utf-8")
    claim = vault.lock(tmp_path / "held.book")
    Book.create(tmp_path / "a.book", passphrase).close()
    claim.release()
    left = sorted(one.name for one in tmp_path.iterdir() if one.name.endswith(SCRATCH))
    assert left == [f"held.book{SCRATCH}", f"notes{SCRATCH}"]


def _first_page(path: Path, passphrase: str, tables: bool) -> None:
    """What a killed creation of older versions left at `path`: one page, and what it had begun to write beside it."""
    engine = engine_on(path, older_key(passphrase))
    with engine.connect() as conn:
        conn.exec_driver_sql("SELECT 1")
    if tables:
        upgrade(engine)
    kept = path.with_name("kept")
    kept.mkdir()
    for part in vault.files_of(path):
        shutil.copy(part, kept)
    engine.dispose()
    for part in kept.iterdir():
        shutil.copy(part, path.parent)
    shutil.rmtree(kept)


@pytest.mark.parametrize("companions", [True, False])
@pytest.mark.parametrize("page", [True, False])
def test_remains_of_older_versions_are_told_and_replaced_and_kept(
    tmp_path: Path, passphrase: str, page: bool, companions: bool
) -> None:
    path = tmp_path / "a.book"
    _first_page(path, passphrase, tables=False)
    if not page:
        path.write_bytes(b"")
    if not companions:
        for part in vault.files_of(path)[1:]:
            part.unlink()
    assert path.stat().st_size == (4096 if page else 0)
    content = path.read_bytes()
    assert making.place_of(path) is Place.UNFINISHED
    for typed in (passphrase, "另一个口令"):
        with pytest.raises(BookError) as caught:
            Book.open(path, typed)
        assert caught.value.code == "unfinished"
    with Book.create(path, passphrase) as book:
        assert book.aside is not None
        assert book.aside.read_bytes() == content
    with Book.open(path, passphrase) as book:
        assert book.verify() == []


def test_a_second_replacement_keeps_both_remains(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "a.book"
    aside = []
    for _ in range(2):
        path.write_bytes(os.urandom(4096))
        with Book.create(path, passphrase) as book:
            aside.append(book.aside)
        path.unlink()
    assert len(set(aside)) == 2
    assert all(one is not None and one.stat().st_size == 4096 for one in aside)


def test_a_book_whose_tables_are_still_in_the_log_is_a_book(tmp_path: Path, passphrase: str) -> None:
    """Killed after the commit: one page, and everything in the log."""
    path = tmp_path / "a.book"
    _first_page(path, passphrase, tables=True)
    assert path.stat().st_size == 4096
    assert making.place_of(path) is Place.TAKEN
    with pytest.raises(BookError) as caught:
        Book.create(path, passphrase)
    assert caught.value.code == "exists"
    with Book.open(path, passphrase) as book:
        assert book.verify() == []


def test_a_book_that_was_cut_to_one_page_is_damaged_and_not_replaced(book: Book, passphrase: str) -> None:
    book.close()
    cut = book.path.read_bytes()[:4096]
    book.path.write_bytes(cut)
    for act, code in ((Book.open, "damaged"), (Book.create, "exists")):
        with pytest.raises(BookError) as caught:
            act(book.path, passphrase)
        assert caught.value.code == code
    assert book.path.read_bytes() == cut


@pytest.mark.parametrize(
    "content", [b"x" * 4096, "客户,余额\n".encode() * 400, bytes(range(256)) * 15 + bytes(256)]
)
def test_a_foreign_file_is_never_replaced(tmp_path: Path, passphrase: str, content: bytes) -> None:
    path = tmp_path / "a.book"
    path.write_bytes(content[:4096].ljust(4096, b"\0"))
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        Book.create(path, passphrase)
    assert caught.value.code == "exists"
    assert path.read_bytes() == before


def test_a_book_is_made_where_a_link_leads(tmp_path: Path, passphrase: str) -> None:
    link = tmp_path / "a.book"
    link.symlink_to(tmp_path / "真正的.book")
    Book.create(link, passphrase).close()
    assert link.is_symlink()
    Book.open(tmp_path / "真正的.book", passphrase).close()
