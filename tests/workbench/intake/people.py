"""Small books of people, filled through the one write door, for the tests of identity and movements."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert

from db.engine import Book
from db.record import batches
from db.tables import customers, snapshots
from workbench.intake.checking.checks import AcceptedRows
from workbench.intake.checking.problems import Problems


def put(book: Book, table: Table, *rows: Mapping[str, Any]) -> list[int]:
    """Insert rows that may name different columns; returns their ids."""
    keys = {key for row in rows for key in row}
    with book.write("import", "made") as writer:
        return list(writer.insert(table, [{key: row.get(key) for key in keys} for row in rows]))


def people(book: Book, *rows: Mapping[str, Any]) -> list[int]:
    """Customers by number; what is left out is not told."""
    return put(book, customers, *rows)


def month(book: Book, month: str, figures_of: Mapping[int, Mapping[str, Any]], batch: int = 1) -> None:
    """One month's rows: customer id -> figures as stored (fen)."""
    rows = [
        {"customer_id": who, "month": month, "as_of": f"{month}-28", "batch_id": batch, "source_row": 4 + n, **figures}
        for n, (who, figures) in enumerate(figures_of.items())
    ]  # fmt: skip
    put(book, snapshots, *rows)


def imported(
    book: Book, month: str, *, kind: str = "customers", mapping: str = "[]", digest: str = "0", **facts: Any
) -> int:
    """The history row of an import in force; returns the batch."""
    with book.write("import", "月报.xlsx") as writer:
        writer.insert(customers, [{"customer_no": f"placeholder-{month}-{digest}"}])
        row = {
            "change_id": writer.change_id, "at": "2026-11-02 09:00:00", "file": "月报.xlsx", "file_hash": digest,
            "sheet": "客户清单", "kind": kind, "as_of": f"{month}-28", "month": month, "rows": 1, "new": 1, "changed": 0,
            "unchanged": 0, "vanished": 0, "refused": 0, "mapping": mapping, "totals": "[]", "problems": "[]", **facts,
        }  # fmt: skip
        return int(writer.conn.execute(insert(batches).returning(batches.c.id), row).scalar_one())


def checked(as_of: str, keys: Sequence[str], **columns: list[Any]) -> AcceptedRows:
    """A checked customers sheet with these columns."""
    count = len(keys)
    return AcceptedRows(
        "customers", as_of, list(keys), columns, [None] * count, list(range(4, 4 + count)), count, 0, (), 0, {},
        Problems("客户清单", 50), (),
    )  # fmt: skip
