"""What a book holds, in a few figures."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from db.record import batches, changes
from db.tables import customers
from workbench.base.months import data_date


@dataclass(frozen=True, slots=True)
class BookSummary:
    """What the book holds: shown at the top of the navigation and on the week page."""

    customers: int
    months: tuple[str, ...]
    as_of: str | None
    last_import_at: str | None
    new: int
    changed: int
    vanished: int


def summary(conn: Connection, months: tuple[str, ...]) -> BookSummary:
    """What the book holds, and what its last list of customers changed. `months`: those told, oldest first."""
    newest = (
        select(batches)
        .join(changes, changes.c.id == batches.c.change_id)
        .where(changes.c.state == "done", batches.c.kind == "customers")
        .order_by(batches.c.id.desc())
        .limit(1)
    )
    last = conn.execute(newest).first()
    return BookSummary(
        customers=conn.execute(select(func.count()).select_from(customers)).scalar_one(),
        months=months,
        as_of=data_date(conn, months[-1]) if months else None,
        last_import_at=last.at if last else None,
        new=last.new if last else 0,
        changed=last.changed if last else 0,
        vanished=last.vanished if last else 0,
    )
