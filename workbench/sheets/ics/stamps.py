"""What calendar files told before: the sequence of each entry and when it last changed; kept when a file leaves the book."""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select, update

from db.engine import Book
from db.year import calendar_entries
from workbench.base.errors import in_words
from workbench.sheets.calendar_stamps import CANCELLED, CalendarStamps, Stamp
from workbench.sheets.ics.entries import CalendarEntry

#: the year under which the key of the book is kept
_KEY_YEAR = 0


def book_key(book: Book) -> bytes:
    """The secret of this book that its hashes are made with, drawn when first asked for: nobody without the book can tell whom
    a hash means."""
    kept = calendar_entries.c
    query = select(kept.uid).where(kept.year == _KEY_YEAR).order_by(kept.id).limit(1)
    with in_words():
        with book.read() as conn:
            key = conn.execute(query).scalar()
        if key is None:
            key = secrets.token_hex(32)
            with book.derive() as conn:
                row = {"uid": key, "year": _KEY_YEAR, "sequence": 0, "changed": "", "digest": ""}
                conn.execute(calendar_entries.insert(), row)
    return bytes.fromhex(key)


def stamps_of(conn: Connection, year: int) -> dict[str, Stamp]:
    """The stamps of a year by hash, in the order of their days."""
    kept = calendar_entries.c
    query = select(kept.uid, kept.sequence, kept.changed, kept.digest).where(kept.year == year)
    stamps = [
        Stamp(row.uid, row.sequence, row.changed, row.digest) for row in conn.execute(query.order_by(kept.id))
    ]
    return {one.uid: one for one in sorted(stamps, key=lambda one: (one.date, one.uid))}


def stamped(entries: Iterable[CalendarEntry], kept: Mapping[str, Stamp], now: str) -> list[Stamp]:
    """The stamps of entries: as kept where nothing changed, else the next in sequence."""
    return [_next(entry.uid, entry.digest, kept.get(entry.uid), now) for entry in entries]


def cancelled(stamps: Iterable[Stamp], now: str) -> list[Stamp]:
    """The stamps of entries that are cancelled; one that is already stays as it is."""
    return [_next(one.uid, f"{one.date}/{CANCELLED}", one, now) for one in stamps]


def _next(uid: str, digest: str, before: Stamp | None, now: str) -> Stamp:
    if before is None:
        return Stamp(uid, 0, now, digest)
    return before if before.digest == digest else Stamp(uid, before.sequence + 1, now, digest)


def keep_stamps(book: Book, left: CalendarStamps) -> None:
    """Keep what a file told; a stamp that the book has already in a later one stays."""
    with in_words(), book.derive() as conn:
        kept = stamps_of(conn, left.year)
        new = [one for one in left.stamps if one.uid not in kept]
        later = [one for one in left.stamps if one.uid in kept and one.sequence > kept[one.uid].sequence]
        _insert(conn, left.year, new)
        for one in later:
            values = {"sequence": one.sequence, "changed": one.changed, "digest": one.digest}
            conn.execute(update(calendar_entries).where(calendar_entries.c.uid == one.uid).values(values))


def _insert(conn: Connection, year: int, stamps: Sequence[Stamp]) -> None:
    if stamps:
        rows = [
            {
                "uid": one.uid,
                "year": year,
                "sequence": one.sequence,
                "changed": one.changed,
                "digest": one.digest,
            }
            for one in stamps
        ]
        conn.execute(calendar_entries.insert(), rows)
