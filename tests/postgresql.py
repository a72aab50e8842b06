"""A PostgreSQL database of its own for each test that asks for one, on the server that the environment names.

`WORKBENCH_TEST_POSTGRESQL` holds the URL of a database on a throw-away server, whose user may create databases, for
example `postgresql://workbench@/workbench?host=/tmp/server`. Without it these tests are skipped by name; where
`WORKBENCH_POSTGRESQL_REQUIRED` is set, as in continuous integration, they fail instead.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.pool import NullPool

from db.engine import Book

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
    """The URL of a new database, empty or a copy of `template` (a database's name); dropped at the end, whoever is connected."""
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
    """Makes databases with an empty book each: one is made by the program, every other is a copy of it."""
    with database() as template:
        Book.create(template).close()
        name = make_url(template).database
        yield lambda: database(str(name))


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
