"""What a book holds, whichever database keeps it: rows per table, and one seal over all that was given."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, Table, func, select

from db.tables import GIVEN

#: Rows read at once, so that a large table never stands in memory whole.
_AT_ONCE = 5_000


def fingerprint(conn: Connection) -> str:
    """SHA-256 over every row a person or a file gave: equal fingerprints, equal content."""
    seal = hashlib.sha256()
    for table in GIVEN:
        seal.update(table.name.encode())
        rows = conn.execute(select(table).order_by(table.c.id), execution_options={"yield_per": _AT_ONCE})
        for row in rows:
            seal.update(repr(tuple(row)).encode())
    return seal.hexdigest()


def count(conn: Connection, tables: Sequence[Table] = GIVEN) -> dict[str, int]:
    """Rows per table."""
    return {one.name: conn.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}
