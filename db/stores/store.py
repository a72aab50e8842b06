"""The face of every store: what the write door, the journal and the book ask of a database beyond plain SQL."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.exc import OperationalError

from db.seal_keys import SealKeys
from db.values import Value

#: Rows handed to the driver at once: bounds what a large insert holds in memory.
CHUNK = 5_000
#: From how many rows on an insert may be a bulk load.
BULK = 5_000


class Store(ABC):
    """Where a book is kept, held by this process alone until it is closed."""

    #: where remains that lay in the place of a new book were moved
    aside: Path | None = None

    def __init__(self, shown: str, engine: Engine) -> None:
        #: how messages name it; no password
        self.shown = shown
        #: the driver's connections that read now
        self._reads: dict[int, Any] = {}
        self._reads_change = Lock()
        #: those among them that are to end
        self._stopped: set[int] = set()
        self._take(engine)

    def _take(self, engine: Engine) -> None:
        """Work on these connections, which know whose they are."""
        self.engine = engine
        event.listen(engine, "before_cursor_execute", self._next_statement)
        engine.update_execution_options(store=self, seals=SealKeys(self.secret))

    # -- life ----------------------------------------------------------------------------------------------

    @property
    @abstractmethod
    def path(self) -> Path:
        """The book's file. Raises BookError file_only where there is none."""

    @property
    @abstractmethod
    def secret(self) -> bytes | None:
        """The key that encrypts the book's file, 32 bytes; None for a book that a server keeps."""

    @abstractmethod
    def version(self) -> str:
        """The schema revision. Raises BookError not_a_book, newer, and what opening meets."""

    @abstractmethod
    def upgrade(self) -> None:
        """Bring an older book to the present schema, whole or not at all."""

    @abstractmethod
    def close(self) -> None:
        """Give the book back to others."""

    # -- transactions --------------------------------------------------------------------------------------

    @abstractmethod
    def translated(self) -> AbstractContextManager[None]:
        """Failures of the database leave as the BookError that their codes tell; unforeseen ones leave as they are."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with self.translated(), self.engine.connect() as conn, conn.begin():
            raw = conn.connection.driver_connection
            with self._reads_change:
                self._reads[id(raw)] = raw
            try:
                yield conn
            finally:
                with self._reads_change:
                    del self._reads[id(raw)]
                    self._stopped.discard(id(raw))

    def stop_reading(self) -> None:
        """Let every `reading` of now fail: its statement is interrupted, and it gets no other. What writes is left alone.

        From any thread.
        """
        with self._reads_change:
            for raw in self._reads.values():
                self._interrupt(raw)
            self._stopped.update(self._reads)

    def _next_statement(self, conn: Connection, _cursor: object, statement: str, *_told: object) -> None:
        if self._stopped and id(conn.connection.driver_connection) in self._stopped:
            raise OperationalError(statement, None, InterruptedError("interrupted"))

    @abstractmethod
    def _interrupt(self, raw: Any) -> None:
        """Interrupt what a connection of the driver is doing."""

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Connection]:
        """The one transaction that writes at a time; rolled back at the end without `keep`."""
        with self.translated(), self.engine.connect() as conn:
            writer = conn.execution_options(writes=True)
            with writer.begin() as transaction:
                yield writer
                if not keep:
                    transaction.rollback()

    # -- rows ----------------------------------------------------------------------------------------------

    @abstractmethod
    def insert_rows(
        self, conn: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Value | bytes]]
    ) -> None:
        """Insert many rows as quickly as the database can. `names` in the table's order, cells in that of `names`.

        Raises IntegrityError when a row's place is taken.
        """

    def insert_alike(
        self,
        conn: Connection,
        table: Table,
        shared: Sequence[str],
        kinds: Sequence[Sequence[Value]],
        own: Sequence[str],
        rows: Sequence[Sequence[Value]],
    ) -> None:
        """Insert many rows of which many share what stands in the columns `shared`: each of `rows` is the place of its
        kind in `kinds`, then the cells of the columns `own`."""
        whole = ((*kinds[int(row[0] or 0)], *row[1:]) for row in rows)
        self.insert_rows(conn, table, (*shared, *own), whole)

    @abstractmethod
    def loading(self, conn: Connection, table: Table, count: int) -> AbstractContextManager[None]:
        """Around an insert of `count` rows: what makes a large load quick, and the table quick to read afterwards."""

    def overwriting(self, conn: Connection) -> AbstractContextManager[None]:
        """Around what is erased for good: what stood there is overwritten, as far as the store can do so at once."""
        return nullcontext()

    @abstractmethod
    def defer_keys(self, conn: Connection) -> None:
        """Have this transaction's foreign keys checked when it is committed."""

    # -- keeping -------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Before a check: what is committed is brought to where the check looks, as far as the store can do so."""
        return

    @abstractmethod
    def faults(self, conn: Connection) -> list[str]:
        """Names of the database's own checks that fail: 'integrity', 'tables', 'foreign_keys', 'sequences'."""

    @abstractmethod
    def backup(self, target: Path, passphrase: str, *, replace: bool, before: Callable[[], object]) -> None:
        """Write the whole book into an encrypted file; `before` is called when it is whole, before it gets its name.

        `passphrase` is that of the file; a book that has one keeps its own. Raises BookError as `placing.beside` does.
        """


def store_of(conn: Connection) -> Store:
    """The store that a connection belongs to. Raises LookupError for a connection that no store made."""
    store = conn.get_execution_options().get("store")
    if not isinstance(store, Store):
        raise LookupError("a connection without a store")
    return store
