"""Two workbenches with the same book, one on SQLite and one on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update

from db.engine import Book
from db.seal_keys import seal_keys
from db.stores.copying import set_sequences
from db.tables import DERIVED, TABLES
from db.trusted import audit_ends
from tests.books import PASSPHRASE, new_workbench
from tests.parity.comparing import compare
from tests.postgresql import database, server
from workbench.app import Workbench
from workbench.sample import make_branch
from workbench.sample.making import register

#: A Monday two weeks after the sample's last month.
TODAY = "2026-11-16"
LAST_MONTH = "2026-10"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same book on both stores."""

    sqlite: Workbench
    postgresql: Workbench

    def both(self, ask: Callable[..., Any], *given: object, **named: object) -> tuple[Any, Any]:
        """The answers to one question, SQLite's first."""
        return ask(self.sqlite, *given, **named), ask(self.postgresql, *given, **named)

    def compare(self, surface: str, ask: Callable[..., Any], *given: object, **named: object) -> int:
        """Ask both and compare to the last leaf; answers how many values were equal."""
        return compare(surface, *self.both(ask, *given, **named))


def make_sample(path: Path, lists: Path, customers: int, months: int) -> None:
    """A sample branch imported into a new book, with what a manager registers by hand."""
    branch = make_branch(lists, customers, months, last_month=LAST_MONTH)
    with new_workbench(path, PASSPHRASE) as workbench:
        for file in (*branch.files, *branch.lists):
            session = workbench.intake.read(file)
            session.confirm_similar()
            session.commit()
        register(workbench, branch)


@contextmanager
def beside(made: Path, folder: Path) -> Iterator[Pair]:
    """A copy of a book, and the same rows on PostgreSQL; checked and computed on both, each by itself."""
    server()  # skips before anything is copied
    path = Path(shutil.copyfile(made, folder / made.name))
    with Workbench.open(path, PASSPHRASE) as first, empty_on_server() as second:
        _fill(first.book, second.book)
        for workbench in (first, second):
            workbench.insight.engine.ensure()
        yield Pair(first, second)


@contextmanager
def empty_pair(folder: Path) -> Iterator[Pair]:
    """Two empty books."""
    server()
    with new_workbench(folder / "pair.book", PASSPHRASE) as first, empty_on_server() as second:
        _seal_alike(first.book, second.book)
        yield Pair(first, second)


@contextmanager
def empty_on_server() -> Iterator[Workbench]:
    """An empty book in a database of its own."""
    with database() as url, Workbench(Book.create(url)) as workbench:
        yield workbench


def scatter(book: Book) -> None:
    """Have PostgreSQL keep its rows in another order than that of their ids, as it does once rows are changed."""
    with book.derive() as conn:
        for table in TABLES:
            conn.execute(update(table).where(table.c.id % 3 == 1).values(id=table.c.id))


def _seal_alike(source: Book, target: Book) -> None:
    """One root of the keys in both, so that the same rows bear the same seals, and the same rows of the register."""
    _fill(source, target)
    for book in (source, target):
        with source.read() as reading, book._store.writing() as writing:
            writing.execute(update(audit_ends).values(key=seal_keys(reading).root(reading)))


def _fill(source: Book, target: Book) -> None:
    """Every row that is not computed, the last first: whoever reads without an order gets another than SQLite's."""
    store = target._store
    with source.read() as reading, store.writing() as writing:
        store.defer_keys(writing)
        writing.execute(delete(audit_ends))
        for table in TABLES:
            if table in DERIVED:
                continue
            names = [column.name for column in table.columns]
            rows = [tuple(row) for row in reading.execute(select(table).order_by(table.c.id.desc()))]
            with store.loading(writing, table, len(rows)):
                store.insert_rows(writing, table, names, rows)
        writing.execute(update(audit_ends).values(key=seal_keys(reading).root(reading)))
        set_sequences(writing)
