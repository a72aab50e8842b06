"""The keys of a book's seals and marks: derived from 32 bytes that only the book knows, and that go with it to another store."""

from sqlalchemy import Connection, select

from db.book_key import derived
from db.trusted import audit_ends


class SealKeys:
    """Of an open book. `secret` is the key that encrypts its file; None for one that a server keeps, whose root stands in it."""

    def __init__(self, secret: bytes | None) -> None:
        self._secret = secret
        self._root: bytes | None = None
        self._keys: dict[str, bytes] = {}

    @property
    def of_file(self) -> bool:
        """Whether the keys follow from a file's own."""
        return self._secret is not None

    def root(self, conn: Connection) -> bytes:
        """What the keys are derived from: kept in a book that lies on a server or came from one, else derived from the file's
        key. Raises LookupError for a book on a server that lost it."""
        if self._root is None:
            kept = conn.execute(select(audit_ends.c.key)).scalar()
            if kept is None and self._secret is None:
                raise LookupError("a book on a server without a root of its keys")
            self._root = bytes(kept) if kept is not None else derived(self._secret or b"", "root")
        return self._root

    def audit(self, conn: Connection) -> bytes:
        """The key of the audit's seals."""
        return self._of_root(conn, "audit")

    def content(self, conn: Connection) -> bytes:
        """The key of the content's sums."""
        return self._of_root(conn, "content")

    def marks(self, conn: Connection) -> bytes:
        """The key of marks that stand for a value without telling it: tombstones, numbers kept as hashes."""
        return self._of_root(conn, "marks")

    def _of_root(self, conn: Connection, purpose: str) -> bytes:
        if purpose not in self._keys:
            self._keys[purpose] = derived(self.root(conn), purpose)
        return self._keys[purpose]


def seal_keys(conn: Connection) -> SealKeys:
    """The keys of the book that a connection belongs to. Raises LookupError for a connection that no store made."""
    keys = conn.get_execution_options().get("seals")
    if not isinstance(keys, SealKeys):
        raise LookupError("a connection without a book")
    return keys
