"""A PostgreSQL database of its own for each test that asks for one, on the server that the environment names.

`WORKBENCH_TEST_POSTGRESQL` holds the URL of a database on a throw-away server, whose user may create databases, for
example `postgresql://workbench@/workbench?host=/tmp/server`. Without it these tests are skipped by name; where
`WORKBENCH_POSTGRESQL_REQUIRED` is set, as in continuous integration, they fail instead.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest
from sqlalchemy import Engine, create_engine, insert, make_url
from sqlalchemy.pool import NullPool

from db.book_key import new_secret
from db.engine import Book
from db.schema import HEAD
from db.tables import TABLES
from db.trusted import audit_ends

SERVER = "WORKBENCH_TEST_POSTGRESQL"
REQUIRED = "WORKBENCH_POSTGRESQL_REQUIRED"


def server() -> str:
    """The URL of the server's own database; skips (or fails) the test that asks when there is none."""
    url = os.environ.get(SERVER, "")
    if not url:
        no_server = pytest.fail if os.environ.get(REQUIRED) else pytest.skip
        no_server(f"no PostgreSQL server: {SERVER} is not set")
    return url


@contextmanager
def database(template: str = "template0") -> Iterator[str]:
    """The URL of a new database, empty or a copy of `template` (a database's name); dropped at the end, whoever is in it."""
    url = make_url(server())
    name = f"test_{uuid.uuid4().hex}"
    _command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        _command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The URL of an empty database."""
    with database() as url:
        yield url


@contextmanager
def empty_books() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """Hands out databases with an empty book each. One that is given back is emptied and handed out again: making a
    database takes a busy server seconds. Who changes tables beside the program asks for a `database` of his own."""
    with ExitStack() as databases:
        free: list[str] = []

        @contextmanager
        def make() -> Iterator[str]:
            if not free:
                free.append(databases.enter_context(database()))
                Book.create(free[0]).close()
            url = free.pop()
            try:
                yield url
            finally:
                _empty(url)
                free.append(url)

        yield make


def _empty(url: str) -> None:
    """Take everything out that a test put into a book, and let ids begin anew."""
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
    names = ", ".join(f"'{table.name}'" for table in TABLES)
    layers = f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ({names}, 'alembic_version')"
    sequences = (
        "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public'"
    )
    with plain_engine(url).connect() as conn:
        conn.exec_driver_sql(f"{others} AND pid <> pg_backend_pid()")
        for name in conn.exec_driver_sql(layers).scalars().all():
            conn.exec_driver_sql(f'DROP TABLE "{name}"')
        conn.exec_driver_sql("; ".join(f'DELETE FROM "{table.name}"' for table in reversed(TABLES)))
        conn.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        conn.exec_driver_sql(sequences)
        # an empty book has the key of its seals, and nothing sealed
        conn.execute(insert(audit_ends), {"newest": 0, "head": "", "key": new_secret()})


@pytest.fixture(scope="session")
def empty_books_on_server() -> Iterator[Callable[[], AbstractContextManager[str]]]:
    """`empty_books`, made once for all tests of a process."""
    with empty_books() as make:
        yield make


@pytest.fixture
def server_book(empty_books_on_server: Callable[[], AbstractContextManager[str]]) -> Iterator[Book]:
    """An empty book on the server, open."""
    with empty_books_on_server() as url, Book.open(url) as book:
        yield book


def plain_engine(url: str) -> Engine:
    """Connections to a database without anything of the program's own, each statement committed at once."""
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _command(statement: str) -> None:
    engine = plain_engine(server())
    with engine.connect() as conn:
        conn.exec_driver_sql(statement)
