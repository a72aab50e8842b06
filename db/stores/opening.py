"""Which store an address leads to; a server's is loaded only when a book on a server is asked for."""

from collections.abc import Callable
from pathlib import Path

from db import making, restoring
from db.making import Place
from db.stores.address import ServerAddress, place
from db.stores.sqlite import SQLiteStore
from db.stores.store import Store


def open_(where: Path | ServerAddress | str, passphrase: str) -> Store:
    """The store of a book that is there. Raises BookError as `Book.open` does."""
    address = place(where) if isinstance(where, str) else where
    if isinstance(address, ServerAddress):
        from db.stores.postgresql import PostgreSQLStore

        return PostgreSQLStore.open(address)
    return SQLiteStore.open(address, passphrase)


def create(where: Path | ServerAddress | str, passphrase: str) -> Store:
    """The store of a new book. Raises BookError as `Book.create` does."""
    address = place(where) if isinstance(where, str) else where
    if isinstance(address, ServerAddress):
        from db.stores.postgresql import PostgreSQLStore

        return PostgreSQLStore.create(address)
    return SQLiteStore.create(address, passphrase)


def place_of(where: Path | ServerAddress) -> Place:
    """What lies where a book is looked for. Raises BookError not_a_file, or what the system or the server refuses."""
    if isinstance(where, ServerAddress):
        from db.stores.postgresql import place_of

        return place_of(where)
    return making.place_of(where)


def restore(
    backup: Path,
    target: Path | ServerAddress,
    passphrase: str,
    record: Callable[[Path, str], object] | None = None,
) -> Path | None:
    """Put a backup in the place of a book's file, or into an empty schema of a server; answers where the file that stood
    there lies now. Raises BookError as `restoring.restore` and `PostgreSQLStore.restore` do."""
    if isinstance(target, ServerAddress):
        from db.stores.postgresql import PostgreSQLStore

        PostgreSQLStore.restore(backup, passphrase, target)
        return None
    return restoring.restore(backup, target, passphrase, record=record)
