"""Marks of persons who were deleted on their request: keyed hashes by which a later list is recognised, and nothing else is."""

import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field

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
    _put(conn, [Stone(kind, mark(conn, kind, value), at, receipt, reason) for kind, value in values])


def take_over(conn: Connection, stones: Sequence["Stone"], key: bytes) -> None:
    """Put down the marks of a younger state of the same book; those of a book with another `key` say nothing here."""
    if stones and hmac.compare_digest(key, seal_keys(conn).marks(conn)):
        _put(conn, stones)


@dataclass(frozen=True, slots=True)
class Stone:
    """One mark, and the deletion that it stands for: when, the number of the receipt, why."""

    kind: str
    mark: str
    at: str
    receipt: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tombstones:
    """The marks of a book: asked whether a value belongs to a person who was deleted."""

    key: bytes = b""
    #: kind -> mark -> number of the receipt
    marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stones: tuple[Stone, ...] = ()

    @classmethod
    def of(cls, conn: Connection) -> "Tombstones":
        """Those of a book."""
        marks: dict[str, dict[str, str]] = {}
        rows = conn.execute(select(tombstones).order_by(tombstones.c.id))
        stones = tuple(Stone(row.kind, row.mark, row.at, row.receipt, row.reason) for row in rows)
        for one in stones:
            marks.setdefault(one.kind, {})[one.mark] = one.receipt
        return cls(seal_keys(conn).marks(conn), marks, stones) if marks else cls()

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


def _put(conn: Connection, stones: Sequence["Stone"]) -> None:
    for one in stones:
        known = select(tombstones.c.id).where(tombstones.c.kind == one.kind, tombstones.c.mark == one.mark)
        if conn.execute(known).first() is None:
            number = conn.execute(insert(tombstones).returning(tombstones.c.id), asdict(one)).scalar_one()
            tally(conn).added(
                tombstones, conn.execute(select(tombstones).where(tombstones.c.id == number)).all()
            )


def _mark(key: bytes, kind: str, value: str) -> str:
    return hmac.digest(key, f"{kind}\x00{value}".encode(), "sha256").hex()
