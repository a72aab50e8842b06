"""The keys of a book's seals, as its store gives them: what seals need of a store, so that they stand below the stores."""

from typing import Protocol, cast

from sqlalchemy import Connection


class SealingKeys(Protocol):
    """What a store tells its seals."""

    @property
    def secret(self) -> bytes | None:
        """The key that encrypts the book's file; None for a book that a server keeps."""
        ...

    def audit_key(self, conn: Connection) -> bytes:
        """The key of the audit's seals, 32 bytes."""
        ...

    def content_key(self, conn: Connection) -> bytes:
        """The key of the content's sums, 32 bytes."""
        ...


def keys_of(conn: Connection) -> SealingKeys:
    """The keys of the book that a connection belongs to. Raises LookupError for a connection that no store made."""
    store = conn.get_execution_options().get("store")
    if store is None:
        raise LookupError("a connection without a store")
    return cast(SealingKeys, store)
