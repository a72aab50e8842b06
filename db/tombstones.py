"""Marks of persons who were deleted on their request: keyed hashes by which a later list is recognised, and nothing else is."""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, insert, select

from db.content_seal import tally
from db.seal_keys import seal_keys
from db.trusted import tombstones


def mark(conn: Connection, kind: str, value: str) -> str:
    """The mark of a value of a kind ('customer_no', 'id_no', 'phone', 'name_phone'): it tells nothing of the value to who has
    not the book's key."""
    key = seal_keys(conn).marks(conn)
    return _mark(key, kind, value)


def put_down(
    conn: Connection, values: Collection[tuple[str, str]], at: str, receipt: str, reason: str
) -> None:
    """Mark values (kind, value) of a person who was deleted; those marked already stay as they are."""
    for kind, value in values:
        made = mark(conn, kind, value)
        known = select(tombstones.c.id).where(tombstones.c.kind == kind, tombstones.c.mark == made)
        if conn.execute(known).first() is None:
            row = {"kind": kind, "mark": made, "at": at, "receipt": receipt, "reason": reason}
            number = conn.execute(insert(tombstones).returning(tombstones.c.id), row).scalar_one()
            tally(conn).added(
                tombstones, conn.execute(select(tombstones).where(tombstones.c.id == number)).all()
            )


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The marks of a book: asked whether a value belongs to a person who was deleted."""

    key: bytes = b""
    #: kind -> mark -> number of the receipt
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, conn: Connection) -> "Tombstones":
        """Those of a book."""
        marks: dict[str, dict[str, str]] = {}
        for row in conn.execute(select(tombstones)):
            marks.setdefault(row.kind, {})[row.mark] = row.receipt
        return cls(seal_keys(conn).marks(conn), marks) if marks else cls()

    def receipt(self, kind: str, value: str | None) -> str:
        """The number of the receipt of the person whom a value belongs to; '' where nobody was deleted."""
        known = self.marks.get(kind)
        return known.get(_mark(self.key, kind, value), "") if known and value else ""


def lift(conn: Connection, receipt: str) -> int:
    """Take away the marks of a receipt, so that lists may bring the person again. Returns how many there were."""
    rows = conn.execute(select(tombstones).where(tombstones.c.receipt == receipt)).all()
    tally(conn).gone(tombstones, rows)
    conn.execute(delete(tombstones).where(tombstones.c.receipt == receipt))
    return len(rows)


def _mark(key: bytes, kind: str, value: str) -> str:
    return hmac.digest(key, f"{kind}\x00{value}".encode(), "sha256").hex()
