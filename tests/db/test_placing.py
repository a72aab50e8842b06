"""A file beside the book comes whole or not at all, never over a book, and over another file only when asked."""

import errno
import os
import stat
from pathlib import Path

import pytest

from db.engine import Book
from db.errors import BookError
from db.placing import COMPANIONS, beside, check_free, is_book


def _write(target: Path, content: bytes = b"new", *, replace: bool = False) -> None:
    with beside(target, replace=replace) as part:
        part.write_bytes(content)


def _refusal(target: Path, *, replace: bool = False) -> str:
    with pytest.raises(BookError) as caught:
        _write(target, replace=replace)
    return caught.value.code


def test_a_new_file_appears_whole_and_private(tmp_path: Path) -> None:
    _write(tmp_path / "周计划.pdf")
    assert (tmp_path / "周计划.pdf").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["周计划.pdf"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "周计划.pdf").stat().st_mode) == 0o600


def test_another_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    there = tmp_path / "名单.xlsx"
    there.write_bytes(b"old")
    assert _refusal(there) == "file_exists"
    assert there.read_bytes() == b"old"
    _write(there, replace=True)
    assert there.read_bytes() == b"new"


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("tail", ["", *COMPANIONS])
def test_nothing_is_written_over_a_book_or_what_belongs_to_it(book: Book, tail: str, replace: bool) -> None:
    target = Path(f"{book.path}{tail}")
    before = book.path.read_bytes()
    assert _refusal(target, replace=replace) == "over_book"
    assert book.path.read_bytes() == before


def test_a_renamed_backup_is_still_known_as_a_book(book: Book, tmp_path: Path) -> None:
    copy = book.backup(tmp_path / "重要.xlsx")
    assert is_book(copy)
    assert _refusal(copy, replace=True) == "over_book"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7" + b"text of a page " * 500, b"PK\x03\x04" + bytes(8188), bytes(4096), b"a,b\n" * 1024],
)
def test_an_ordinary_file_is_no_book(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ordinary"
    path.write_bytes(content)
    assert not is_book(path)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")
def test_what_is_no_file_is_refused_and_a_link_leads_to_its_file(book: Book, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for target in (tmp_path, tmp_path / "pipe", Path("/dev/null")):
        assert _refusal(target, replace=True) == "not_a_file"
    assert _refusal(tmp_path / "nowhere" / "a.pdf") == "no_folder"
    assert _refusal(tmp_path / ("长" * 200)) == "name_too_long"
    (tmp_path / "to_book.pdf").symlink_to(book.path)
    assert _refusal(tmp_path / "to_book.pdf", replace=True) == "over_book"
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to("real.pdf")
    _write(tmp_path / "link.pdf", replace=True)
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_no_scratch(tmp_path: Path) -> None:
    there = tmp_path / "week.pdf"
    there.write_bytes(b"old")
    with pytest.raises(BookError) as caught, beside(there, replace=True) as part:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.code == "disk_full"
    with pytest.raises(KeyError), beside(there, replace=True) as part:
        part.write_bytes(b"half")
        raise KeyError
    assert there.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["week.pdf"]


def test_what_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "week.pdf"
    with pytest.raises(BookError) as caught, beside(target) as part:
        part.write_bytes(b"new")
        target.write_bytes(b"somebody else's")
    assert caught.value.code == "file_exists"
    assert target.read_bytes() == b"somebody else's"
    assert check_free(tmp_path / "other.pdf") == Path(os.path.realpath(tmp_path / "other.pdf"))
