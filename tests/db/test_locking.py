"""One process has a book, by whatever name and from whatever thread it opened it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from db import vault
from db.engine import Book
from db.errors import BookError


def _refusal(path: Path, passphrase: str) -> str:
    with pytest.raises(BookError) as caught:
        Book.open(path, passphrase)
    return caught.value.code


def test_a_book_opened_on_one_thread_and_closed_on_another_can_be_opened_again(
    book: Book, passphrase: str
) -> None:
    book.close()
    opened: list[Book] = []
    worker = threading.Thread(target=lambda: opened.append(Book.open(book.path, passphrase)))
    worker.start()
    worker.join()
    assert _refusal(book.path, passphrase) == "locked"
    opened[0].close()
    Book.open(book.path, passphrase).close()


def test_a_book_is_locked_under_every_name_that_a_link_gives_it(
    book: Book, passphrase: str, tmp_path: Path
) -> None:
    link, folder = tmp_path / "链接.book", tmp_path / "文件夹"
    link.symlink_to(book.path)
    folder.symlink_to(tmp_path, target_is_directory=True)
    for name in (link, folder / book.path.name, folder / link.name):
        assert _refusal(name, passphrase) == "locked"
    book.close()
    with Book.open(link, passphrase):
        assert _refusal(book.path, passphrase) == "locked"
    assert not Path(f"{link}.lock").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Windows guard the file itself")
def test_a_second_process_is_refused_through_a_hard_link(book: Book, tmp_path: Path) -> None:
    """Whenever the link was made: SQLite's own lock on the file tells."""
    os.link(book.path, tmp_path / "b.book")
    script = (
        "import sys; from pathlib import Path; from db import vault; from db.errors import BookError\n"
        "try: vault.lock(Path(sys.argv[1]))\n"
        "except BookError as error: print(error.code)\n"
        "else: print('taken')"
    )

    def other() -> str:
        words = [sys.executable, "-c", script, str(tmp_path / "b.book")]
        root = Path(__file__).resolve().parents[2]
        return subprocess.run(words, cwd=root, capture_output=True, text=True, check=True).stdout.strip()

    with book.read():
        pass
    assert other() == "locked"
    book.close()
    assert other() == "taken"


def test_a_copy_numbered_for_want_of_a_free_name_stands_on_nothing(tmp_path: Path) -> None:
    wanted = tmp_path / "a.book"
    assert vault.free_name(wanted) == wanted
    wanted.touch()
    assert vault.free_name(wanted).name == "a-2.book"
    (tmp_path / "a-2.book-wal").touch()
    assert vault.free_name(wanted).name == "a-3.book"
