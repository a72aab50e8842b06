"""An open book: one process, short transactions; reads, writes and derived results, whichever store keeps it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select

from db import audit, content, content_seal, erasing, footprint, journal, removing, reversal, tombstones
from db.audit import Anchor, Finding
from db.errors import BookError
from db.key_slots import Kind
from db.record import batches, changes
from db.record import journal as journal_rows
from db.reversal import Reversal
from db.shapes import declared
from db.stores import opening
from db.stores.address import ServerAddress
from db.stores.sqlite import SQLiteStore
from db.stores.store import Store
from db.tables import DATA, DERIVED, GIVEN, customers
from db.turn import Kept
from db.values import Json, Value


def _clock() -> str:
    return dt.datetime.now().replace(microsecond=0).isoformat(sep=" ")


def _begun(conn: Connection, at: str, kind: str, summary: str) -> journal.Writer:
    """A change that begins."""
    row = {"at": at, "kind": kind, "summary": summary, "state": "done"}
    change = conn.execute(insert(changes).returning(changes.c.id), row).scalar_one()
    content_seal.tally(conn).added(changes, [content_seal.as_kept(changes, {"id": change, **row})])
    return journal.Writer(conn, change)


class Book:
    """One open book. Close it to give it back to others; `with Book.open(...)` does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- opening and closing -------------------------------------------------------------------------------

    @classmethod
    def create(cls, where: Path | ServerAddress | str, passphrase: str = "") -> "Book":
        """Make a new book: a file that gets its name when it is whole, or the tables in an empty database or schema of
        a PostgreSQL server (`postgresql://...`). A server knows its users by itself, so no passphrase is needed there.

        Raises BookError exists, locked, damaged, or what the system refuses; for a server see `PostgreSQLStore.create`.
        """
        return cls(opening.create(where, passphrase))

    @classmethod
    def open(cls, where: Path | ServerAddress | str, passphrase: str = "") -> "Book":
        """Open a book, upgrading an older one (a file after a backup). No passphrase is needed for one on a server.

        Raises BookError missing, not_a_book, unfinished, wrong_passphrase, newer, locked, damaged, read_only_file, or
        what the system refuses; for a server see `PostgreSQLStore.open`.
        """
        return cls(opening.open_(where, passphrase))

    @property
    def path(self) -> Path:
        """The book's file. Raises BookError file_only for one on a server."""
        return self._store.path

    @property
    def shown(self) -> str:
        """How messages name the book: its file, or its address without a password."""
        return self._store.shown

    @property
    def aside(self) -> Path | None:
        """Where remains that lay in the place of a new book were moved; None when there were none."""
        return self._store.aside

    def close(self) -> None:
        """Give the book back to others."""
        self._store.close()

    def __enter__(self) -> "Book":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- ways in -------------------------------------------------------------------------------------------

    @property
    def way(self) -> Kind:
        """By which way the book was opened. Raises BookError file_only for one on a server."""
        return self._file().way

    def opens(self, way_in: str) -> bool:
        """Whether a passphrase or a recovery code opens this book. Raises BookError file_only."""
        return self._file().opens(way_in)

    def ways(self) -> dict[Kind, str]:
        """The ways into the book's file, each with the day (ISO) that it was made. Raises BookError file_only."""
        return self._file().ways()

    def set_way(self, kind: Kind, way_in: str, before: Callable[[], object] = lambda: None) -> None:
        """Make a way in, in the place of that of its kind: proven before the old one goes. See `SQLiteStore.set_way`."""
        self._file().set_way(kind, way_in, before)

    def drop_way(self, kind: Kind) -> None:
        """Take a way in away. See `SQLiteStore.drop_way`."""
        self._file().drop_way(kind)

    def _file(self) -> SQLiteStore:
        if not isinstance(self._store, SQLiteStore):
            raise BookError("file_only", path=self._store.shown)
        return self._store

    # -- reading -------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        with self._store.reading() as conn:
            yield conn

    def stop_reading(self) -> None:
        """Let every read that is running now fail at once; writes are left alone. From any thread."""
        self._store.stop_reading()

    def revision(self) -> int:
        """Grows with every write that changes the figures behind the checks."""
        with self.read() as conn:
            return audit.revision(conn)

    # -- writing -------------------------------------------------------------------------------------------

    @contextmanager
    def write(self, kind: str, summary: str, **facts: Json) -> Iterator[journal.Writer]:
        """One change: one transaction, one audit row, one reverse in the journal. Nothing written, nothing recorded."""
        with self._store.writing() as conn:
            inside = conn.begin_nested()
            at = _clock()
            writer = _begun(conn, at, kind, summary)
            yield writer
            if not writer.counts:
                inside.rollback()
                content_seal.tally(conn).forget()
                return
            content_seal.of_change(conn, writer.change_id)
            inside.commit()
            audit.append(
                conn,
                at,
                kind,
                str(writer.change_id),
                facts | {"counts": writer.counts},
                data=writer.touched_data,
            )
        footprint.changed(writer.tables)

    @contextmanager
    def rehearsal(self, kind: str, summary: str) -> Iterator[journal.Writer]:
        """A change that is written and always rolled back: to see what it would give."""
        with self.trial() as conn:
            yield _begun(conn, _clock(), kind, summary)

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """A transaction for computed results (risks, signals): replaced whole, never journalled."""
        with self._store.writing() as conn:
            yield conn

    @contextmanager
    def trial(self) -> Iterator[Connection]:
        """A transaction that is always rolled back: to see what a computation would give."""
        with self._store.writing(keep=False) as conn:
            yield conn

    def record(self, action: str, subject: str | None = None, **facts: Json) -> int:
        """An audit row for something that changes no table: an export, a print, an unmasked view. Its number."""
        with self._store.writing() as conn:
            return audit.append(conn, _clock(), action, subject, facts)

    def reverse(self, change_id: int, *, forward: bool = False, keep_later: bool = False) -> Reversal:
        """Undo a change (or redo it); see `reversal.reverse` for what stays and what is raised."""
        with self._store.writing() as conn:
            done = self._reversed(conn, change_id, forward=forward, keep_later=keep_later)
            names = {table.name for table in DATA}
            audit.append(
                conn, _clock(), "redo" if forward else "undo", str(change_id),
                {"kept": done.kept_count} if done.kept_count else {}, data=bool(done.tables & names),
            )  # fmt: skip
        footprint.changed(done.tables)
        return done

    def erase(
        self, kind: str, rows: Mapping[Table, Collection[int]], blank: Mapping[Table, Mapping[str, Value]]
    ) -> None:
        """Set columns of rows to `blank` for good: in the book, and in everything that undo and redo stand on.

        One audit row, and no way back. Only for columns that nothing is computed from.
        """
        gone = {table: ids for table, ids in rows.items() if ids}
        if not gone:
            return
        with self._store.writing() as conn, self._store.overwriting(conn):
            for table, ids in gone.items():
                erasing.erase(conn, table, ids, blank[table])
            counts: dict[str, Json] = {table.name: len(ids) for table, ids in gone.items()}
            audit.append(conn, _clock(), kind, None, {"counts": counts})
        footprint.changed(frozenset(table.name for table in gone))

    def remove(
        self, kind: str, what: removing.Removal, *, keep: bool = True, **facts: Json
    ) -> removing.Removed:
        """Remove rows and texts for good: from the book, and from everything that undo and redo stand on. One audit row, and no
        way back; every other change can still be undone and redone. All that is computed is made again.

        Without `keep` nothing is written: to see what would go.
        """
        with self._store.writing(keep=keep) as conn, self._store.overwriting(conn):
            inside = conn.begin_nested()
            done = removing.removed(conn, what)
            if not done.any:
                inside.rollback()
            else:
                inside.commit()
                at = _clock()
                tombstones.put_down(conn, what.marks, at, what.receipt, what.reason)
                counts: dict[str, Json] = dict(sorted(done.rows.items()))
                texts: Json = sum(done.texts.values())
                body = facts | {"counts": counts, "texts": texts, "reason": what.reason}
                audit.append(conn, at, kind, what.receipt or None, body, data=True)
        if keep:
            footprint.changed(frozenset(table.name for table in GIVEN))
        return done

    def take_over_tombstones(self, younger: tombstones.Tombstones, action: str, **facts: Json) -> None:
        """Of a book that stands as it once stood: the marks of who was deleted since. With the audit row that says so."""
        with self._store.writing() as conn:
            tombstones.take_over(conn, younger.stones, younger.key)
            audit.append(conn, _clock(), action, None, facts)

    def lift_tombstones(self, receipt: str, **facts: Json) -> int:
        """Let lists bring a deleted person again: the marks of his receipt go. Returns how many."""
        with self._store.writing() as conn:
            if gone := tombstones.lift(conn, receipt):
                audit.append(conn, _clock(), "person_may_return", receipt, facts)
        return gone

    def would_keep(self, change_id: int) -> tuple[Kept, ...]:
        """What an undo that lets later changes stand would leave as it is. Writes nothing; raises as `reverse` does."""
        with self.trial() as conn:
            return self._reversed(conn, change_id, forward=False, keep_later=True).kept

    def _reversed(self, conn: Connection, change_id: int, *, forward: bool, keep_later: bool) -> Reversal:
        comes_or_goes = select(journal_rows.c.row_id, journal_rows.c.last_id).where(
            journal_rows.c.change_id == change_id,
            journal_rows.c.table_name == customers.name,
            journal_rows.c.op != "update",
        )
        runs = conn.execute(comes_or_goes).all()
        if runs:
            # results speak of customers who may not be there afterwards
            for table in DERIVED:
                if not declared(table).standing:
                    conn.execute(delete(table))
                    continue
                for name in declared(table).subject:
                    for first, last in runs:
                        conn.execute(delete(table).where(table.c[name].between(first, last)))
        done = reversal.reverse(conn, change_id, forward=forward, keep_later=keep_later)
        imports = select(batches.c.id).where(batches.c.change_id == change_id).limit(1)
        if conn.execute(imports).first() is not None:  # whether they are in force has changed
            done = replace(done, tables=done.tables | {batches.name})
        return done

    # -- keeping -------------------------------------------------------------------------------------------

    def backup(
        self,
        target: Path,
        *,
        replace: bool = False,
        before: Callable[[], object] = lambda: None,
        passphrase: str = "",
    ) -> Path:
        """Write a whole copy of the book into a file. A file keeps its passphrase; a book on a server gets the one given.

        `before` is called when the copy is whole and has not its name yet. Raises BookError as `placing.beside` does.
        """
        self._store.backup(target, passphrase, replace=replace, before=before)
        return target

    def verify(self, held: Anchor | None = None) -> list[Finding]:
        """What is wrong with the book: pages and references, the audit, what no longer fits its seal; with an anchor from paper
        also whether the book is that one, and not older. Empty: it is sound. Reads everything."""
        self._store.settle()
        with self.read() as conn:
            faults = self._store.faults(conn)
            made = [Finding(code) for code in faults]
            if "integrity" in faults:  # what cannot be read cannot be held against its seal
                return made
            made += audit.findings(conn, held)
            if "tables" not in faults:
                made += [Finding("content", table=name) for name in content_seal.unlike(conn)]
        return made

    def held_against(self, held: Anchor) -> Finding | None:
        """What is wrong with the one row of the audit that an anchor speaks of; None: it is there and is the same. Quick."""
        with self.read() as conn:
            return audit.against(conn, held)

    def version(self) -> str:
        """The revision of the book's tables."""
        return self._store.version()

    @property
    def secret(self) -> bytes | None:
        """See `Store.secret`."""
        return self._store.secret

    def damaged_pages(self, stop: Callable[[], bool] = lambda: False) -> tuple[int, ...]:
        """The pages of the book's file whose seal is broken; empty for a book on a server. Others may write meanwhile; `stop`
        ends the looking early. Raises BookError of what the system refuses."""
        from db import cipher_pages, vault

        secret = self._store.secret
        if secret is None:
            return ()
        real = vault.real(self._store.path)
        with self._store.translated():
            return cipher_pages.damaged(real, secret, self._store.writing, stop)

    def seal_anew(self) -> None:
        """Count the sums of the content anew: of a book whose rows were salvaged."""
        with self._store.writing() as conn:
            audit.seal_anew(conn)

    def anchor(self) -> Anchor:
        """Where the audit stands, for the foot of papers."""
        with self.read() as conn:
            return audit.anchor(conn)

    def fingerprint(self) -> str:
        """SHA-256 over every row a person or a file gave: equal fingerprints, equal content."""
        with self.read() as conn:
            return content.fingerprint(conn)

    def count(self, tables: Sequence[Table] = GIVEN) -> dict[str, int]:
        """Rows per table."""
        with self.read() as conn:
            return content.count(conn, tables)
