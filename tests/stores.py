"""A database of either store with nothing in it, for tests of what one SQL statement means on both."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.pool import NullPool, StaticPool

import db.stores.dialect  # noqa: F401  (registers itself)
from tests.postgresql import database

STORES = ("sqlite", "postgresql")


@contextmanager
def connection_on(store: str) -> Iterator[Connection]:
    """A connection to an empty database, each statement committed at once; skips where there is no server."""
    if store == "sqlite":
        with create_engine("sqlite://", poolclass=StaticPool).connect() as conn:
            yield conn
        return
    with database() as url:
        address = make_url(url).set(drivername="postgresql+book")
        engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as conn:
            yield conn
