"""The mode without identity numbers: a book keeps a keyed hash in their place, by which equal numbers are equal (domain 17)."""

import hmac
import json

from sqlalchemy import Connection, select

from db.record import settings
from db.seal_keys import seal_keys

#: The setting of a book, and its value for "hashes only".
SETTING, HASHED = "id_numbers", "hash"
#: What a hash begins with: no number does.
SIGN = "#"
_DIGITS = 24


def id_key(conn: Connection) -> bytes | None:
    """The key of the hashes of a book that keeps no identity numbers; None for one that keeps them."""
    kept = conn.execute(select(settings.c.value).where(settings.c.key == SETTING)).scalar()
    if kept is None or json.loads(kept) != HASHED:
        return None
    return seal_keys(conn).marks(conn)


def hashed(key: bytes, number: str) -> str:
    """What is kept of an identity number; a hash stays as it is. The old 15 digits and the new 18 are two numbers."""
    if number.startswith(SIGN):
        return number
    return SIGN + hmac.digest(key, f"id\x00{number.strip().upper()}".encode(), "sha256").hex()[:_DIGITS]
