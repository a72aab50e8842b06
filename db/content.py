"""What a book holds, whichever database keeps it: rows per table, and one seal over all that was given."""

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from db.tables import GIVEN


def in_parts(conn: Connection) -> dict[str, Any]:
    """Execution options for reading a large table: a server hands it over in parts, so that it never stands in memory
    whole. SQLite does so by itself, and quicker without them."""
    return (
        {"stream_results": True, "max_row_buffer": 5_000} if conn.dialect.supports_server_side_cursors else {}
    )


def fingerprint(conn: Connection) -> str:
    """SHA-256 over every row a person or a file gave: equal fingerprints, equal content."""
    seal = hashlib.sha256()
    for table in GIVEN:
        seal.update(table.name.encode())
        rows = conn.execute(select(table).order_by(table.c.id), execution_options=in_parts(conn))
        for row in rows:
            seal.update(repr(tuple(row)).encode())
    return seal.hexdigest()


def count(conn: Connection, tables: Sequence[Table] = GIVEN) -> dict[str, int]:
    """Rows per table."""
    return {one.name: conn.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}
