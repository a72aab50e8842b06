"""Marks of persons who were deleted on their request: keyed hashes by which a later list is recognised, and nothing else is."""

import hmac
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select

from db import book_key
from db.stores.store import store_of
from db.trusted import tombstones

#: The kinds of marks: what the value is that is marked.
KINDS = ("customer_no", "id_no", "phone", "name_phone")


def mark(conn: Connection, kind: str, value: str, purpose: str = "tombstone") -> str:
    """The mark of a value: it tells nothing of the value to who has not the book's key."""
    key = book_key.derived(store_of(conn).secret, purpose)
    return _mark(key, kind, value)


def marks(conn: Connection, kind: str, values: Iterable[str], purpose: str = "tombstone") -> dict[str, str]:
    """Value -> its mark."""
    key = book_key.derived(store_of(conn).secret, purpose)
    return {value: _mark(key, kind, value) for value in set(values)}


def put_down(conn: Connection, values: Collection[tuple[str, str]], at: str, receipt: str, reason: str) -> None:
    """Mark values (kind, value) of a person who was deleted; those marked already stay as they are."""
    for kind, value in values:
        made = mark(conn, kind, value)
        known = select(tombstones.c.id).where(tombstones.c.kind == kind, tombstones.c.mark == made)
        if conn.execute(known).first() is None:
            row = {"kind": kind, "mark": made, "at": at, "receipt": receipt, "reason": reason}
            conn.execute(insert(tombstones), row)


def deleted(conn: Connection, kind: str, values: Iterable[str]) -> dict[str, str]:
    """Those of the values that belong to a deleted person -> the number of the receipt."""
    query = select(tombstones.c.mark, tombstones.c.receipt).where(tombstones.c.kind == kind)
    known = {row.mark: row.receipt for row in conn.execute(query)}
    if not known:
        return {}
    return {value: known[one] for value, one in marks(conn, kind, values).items() if one in known}


def _mark(key: bytes, kind: str, value: str) -> str:
    return hmac.digest(key, f"{kind}\x00{value}".encode(), "sha256").hex()
