"""The months that a check looks at: one row per customer of the month, with the months before it beside it.

What rules take from it is kept as columns of one materialised table, so that no figure is computed twice."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CTE, Connection, FromClause, and_, column, func, select

from db.tables import customers, holdings, snapshots, touches
from workbench.dates import shift_month
from workbench.insight.expressions import Expr, mean
from workbench.insight.months import data_date

#: Months before the newest that the longest baseline needs (S2: three months against the six before).
BACK = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What the book holds at all for the window: lists that were never given cannot be judged by."""

    as_of: str
    #: months of the window with a list of holdings, and with a list of maturities
    holdings: frozenset[str]
    maturities: frozenset[str]
    touches: bool


def told(conn: Connection, month: str) -> Told | None:
    """None when no customer is told in the month."""
    first = shift_month(month, -BACK)
    as_of = data_date(conn, month)
    if as_of is None:
        return None
    lists = conn.execute(
        select(holdings.c.month, holdings.c.kind).distinct().where(holdings.c.month.between(first, month))
    ).all()
    contacted = conn.execute(select(touches.c.id).limit(1)).first() is not None
    return Told(
        as_of,
        frozenset(row.month for row in lists if row.kind == "holding"),
        frozenset(row.month for row in lists if row.kind == "maturity"),
        contacted,
    )


class Window:
    """Customers told in `month`, joined with the eight months before.

    `at(name, k)` is a column k months back, `keep` any expression over `raw` columns; both answer the column by which
    the layers above know it.
    """

    def __init__(self, month: str, told: Told) -> None:
        self.month = month
        self.told = told
        self.as_of = told.as_of
        self.months = tuple(shift_month(month, -k) for k in range(BACK + 1))
        self._at = tuple(snapshots.alias(f"m{k}") for k in range(BACK + 1))
        self._kept: dict[str, Expr] = {}
        self._from: FromClause = customers
        for one, its_month in zip(self._at, self.months, strict=True):
            self._from = self._from.outerjoin(
                one, and_(one.c.customer_id == customers.c.id, one.c.month == its_month)
            )

    def join(self, facts: FromClause) -> None:
        """Put per-customer facts (with a customer_id) beside the months."""
        self._from = self._from.outerjoin(facts, facts.c.customer_id == customers.c.id)

    def raw(self, name: str, back: int = 0) -> Expr:
        """A column of the months themselves, to be used inside `keep`."""
        return self._at[back].c[name]

    def keep(self, name: str, figure: Expr) -> Expr:
        """Make a figure over raw columns a column of the kept table."""
        self._kept.setdefault(name, figure)
        return column(name)

    def at(self, name: str, back: int = 0) -> Expr:
        """A column `back` months before the newest."""
        return self.keep(f"{name}_{back}", self.raw(name, back))

    def run(self, name: str, first: int, last: int) -> list[Expr]:
        """A raw column from `first` to `last` months back."""
        return [self.raw(name, k) for k in range(first, last + 1)]

    def oldest(self, name: str, first: int, last: int) -> Expr:
        """The oldest value told between `first` and `last` months back."""
        return self.keep(f"{name}_{first}_{last}", func.coalesce(*reversed(self.run(name, first, last))))

    def mean(self, name: str, first: int, last: int, least: int) -> Expr:
        """The mean of the months told, when at least `least` are."""
        return self.keep(f"mean_{name}_{first}_{last}", mean(self.run(name, first, last), least))

    def average(self, back: int = 0) -> Expr:
        """AUM daily average in fen; the point-in-time balance where the average is not told (domain 0-5)."""
        return self.keep(f"average_{back}", self.raw_average(back))

    def raw_average(self, back: int) -> Expr:
        return func.coalesce(self.raw("aum_daily_average", back), self.raw("aum_balance", back))

    def table(self, only: Collection[int] | None = None) -> CTE:
        """The kept columns of every customer told in the month, or of `only` some."""
        # asked through coalesce, so that the planner starts from the customers and finds each month by its key
        asked = (
            select(*(figure.label(name) for name, figure in self._kept.items()))
            .select_from(self._from)
            .where(func.coalesce(self.raw("month"), "") == self.month)
        )
        if only is not None:
            asked = asked.where(customers.c.id.in_(only))
        return asked.cte("measures").prefix_with("MATERIALIZED")
