"""Which months the book tells, and their data dates: asked of the imports, so that no snapshot need be scanned."""

from functools import cache

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.sql.selectable import NamedFromClause

from db.audit import revision
from db.engine import Book
from db.record import batches, changes
from db.tables import snapshots
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

_IN_FORCE = and_(
    changes.c.id == batches.c.change_id,
    changes.c.state == "done",
    batches.c.kind == "customers",
    batches.c.month.is_not(None),
    batches.c.rows > batches.c.refused,
)


def reported_months(conn: Connection) -> tuple[str, ...]:
    """Months 'YYYY-MM' with customers, oldest first."""
    imported = select(batches.c.month).distinct().join(changes, _IN_FORCE).order_by(batches.c.month)
    reported = tuple(conn.execute(imported).scalars())
    # a book filled otherwise than by imports tells by its snapshots alone
    return reported or tuple(
        conn.execute(select(snapshots.c.month).distinct().order_by(snapshots.c.month)).scalars()
    )


def newest_month(conn: Connection) -> str | None:
    """The newest month 'YYYY-MM' with customers; None in a book without any."""
    return next(reversed(reported_months(conn)), None)


def data_date(conn: Connection, month: str) -> str | None:
    """The newest as-of date (ISO) within a month; None when the month is not told."""
    imported = select(func.max(batches.c.as_of)).join(changes, _IN_FORCE).where(batches.c.month == month)
    reported: str | None = conn.execute(imported).scalar()
    if reported and len(reported) == 10:
        return reported
    # the newest month stands at the table's end, so this finds it at once
    last = (
        select(snapshots.c.as_of).where(snapshots.c.month == month).order_by(snapshots.c.id.desc()).limit(1)
    )
    return conn.execute(last).scalar()


@cache
def month_before(back: int) -> NamedFromClause:
    """The snapshots of a month `back` before the newest; kept, since describing a table of 220 columns costs."""
    return snapshots.alias(f"m{back}")


class ReportedMonths:
    """The months that a book tells, read again only when the book changed."""

    def __init__(self, book: Book) -> None:
        self._book = book
        #: the months, and the revision of the book that they were read at
        self._read: tuple[int, tuple[str, ...]] = (-1, ())

    def all(self, conn: Connection) -> tuple[str, ...]:
        """Months 'YYYY-MM' with customers, oldest first."""
        at = revision(conn)
        if self._read[0] != at:
            self._read = (at, reported_months(conn))
        return self._read[1]

    def newest(self, conn: Connection, not_after: str = "9999-12") -> str | None:
        """The newest month, not after another one; None when there is none."""
        return next((month for month in reversed(self.all(conn)) if month <= not_after), None)

    def named(self, month: str | None) -> str:
        """The month that is meant; None means the newest. Raises WorkbenchError no_data, no_such_month."""
        with self._book.read() as conn:
            reported = self.all(conn)
        if not reported:
            raise WorkbenchError(
                "no_data", _("账本里还没有客户数据。"), _("请先在“导入”里放入总行下发的客户清单。")
            )
        if month is None:
            return reported[-1]
        if month[:7] not in reported:
            raise WorkbenchError(
                "no_such_month",
                _("账本里没有 {month} 的数据。").format(month=month),
                _("现有月份:{first} 至 {last}。").format(first=reported[0], last=reported[-1]),
                month=month,
            )
        return month[:7]
