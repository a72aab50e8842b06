"""Which months the book tells, and their data dates: asked of the imports, so that no snapshot need be scanned."""

from functools import cache

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.sql.selectable import NamedFromClause

from db.tables import batches, changes, snapshots

_IN_FORCE = and_(
    changes.c.id == batches.c.change_id,
    changes.c.state == "done",
    batches.c.kind == "customers",
    batches.c.month.is_not(None),
    batches.c.rows > batches.c.refused,
)


def months_told(conn: Connection) -> tuple[str, ...]:
    """Months 'YYYY-MM' with customers, oldest first."""
    imported = select(batches.c.month).distinct().join(changes, _IN_FORCE).order_by(batches.c.month)
    told = tuple(conn.execute(imported).scalars())
    # a book filled otherwise than by imports tells by its snapshots alone
    return told or tuple(
        conn.execute(select(snapshots.c.month).distinct().order_by(snapshots.c.month)).scalars()
    )


def data_date(conn: Connection, month: str) -> str | None:
    """The newest as-of date (ISO) within a month; None when the month is not told."""
    imported = select(func.max(batches.c.as_of)).join(changes, _IN_FORCE).where(batches.c.month == month)
    told: str | None = conn.execute(imported).scalar()
    if told and len(told) == 10:
        return told
    # the newest month stands at the table's end, so this finds it at once
    last = (
        select(snapshots.c.as_of).where(snapshots.c.month == month).order_by(snapshots.c.id.desc()).limit(1)
    )
    return conn.execute(last).scalar()


@cache
def month_before(back: int) -> NamedFromClause:
    """The snapshots of a month `back` before the newest; kept, since describing a table of 220 columns costs."""
    return snapshots.alias(f"m{back}")
