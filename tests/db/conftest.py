"""Laws of the write door hold in every store: a book of each kind."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db.engine import Book
from tests.books import PASSPHRASE, new_book

STORES = ("sqlite", "postgresql")


@pytest.fixture(params=STORES)
def any_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    """An empty book, in a file and on a server."""
    if request.param == "postgresql":
        yield request.getfixturevalue("server_book")
        return
    with new_book(tmp_path / "客户账本.book", PASSPHRASE) as opened:
        yield opened


@pytest.fixture(params=STORES)
def new_books(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[Book]]:
    """Opens another empty book whenever it is called: for laws that need one for each example."""
    if request.param == "sqlite":
        return _in_a_file
    make = request.getfixturevalue("empty_books_on_server")

    @contextmanager
    def on_a_server() -> Iterator[Book]:
        with make() as url, Book.open(url) as book:
            yield book

    return on_a_server


@contextmanager
def _in_a_file() -> Iterator[Book]:
    with TemporaryDirectory() as folder, new_book(Path(folder) / "a.book", PASSPHRASE) as book:
        yield book
