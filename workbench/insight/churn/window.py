"""The months that a check looks at: one row per customer of the month, with the months before it beside it.

What rules take from it is kept as columns of one materialised table, so that no figure is computed twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import CTE, Connection, FromClause, Table, and_, case, column, func, select

from db.tables import complaints, customers, flows, holdings, payrolls, touches
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr, mean
from workbench.base.months import data_date, month_before
from workbench.insight.measures.reconciling import Claim
from workbench.insight.measures.scope import reported_data

#: Months before the newest that the longest baseline needs (S2: three months against the six before).
BACK = 8
#: Column of the customer list -> the same from transactions, where no list tells it.
_BY_FLOWS: Mapping[str, Expr] = {
    "txn_count_1m": flows.c.active_count,
    "txn_amount_1m": flows.c.inflow + flows.c.outflow,
    "inflow": flows.c.inflow,
    "outflow": flows.c.outflow,
    "interbank_outflow": flows.c.interbank_outflow,
    "third_party_outflow": flows.c.third_party_outflow,
    "third_party_outflow_count": flows.c.third_party_count,
}
#: A month of lines counts as told when it has at least this share of the fullest month's: one customer's statement,
#: or a month half imported, says nothing of the others.
_FULL = 0.5


@dataclass(frozen=True, slots=True)
class WindowCoverage:
    """What the book holds at all for the window: lists that were never given cannot be judged by."""

    as_of: str
    #: months of the window with a list of holdings, and with a list of maturities
    holdings: frozenset[str]
    maturities: frozenset[str]
    touches: bool
    #: months of the window with transactions, and with payroll lists, of about as many customers as usual
    flows: frozenset[str] = frozenset()
    payrolls: frozenset[str] = frozenset()
    complaints: bool = False
    #: columns of the customer list that no list tells, so that the transactions stand in for them
    summed: frozenset[str] = frozenset()


def told(conn: Connection, month: str) -> WindowCoverage | None:
    """None when no customer is told in the month."""
    first = shift_month(month, -BACK)
    as_of = data_date(conn, month)
    if as_of is None:
        return None
    lists = conn.execute(
        select(holdings.c.month, holdings.c.kind).distinct().where(holdings.c.month.between(first, month))
    ).all()
    flowed = _full_months(conn, flows, first, month)
    listed = reported_data(conn, month) if flowed else None
    return WindowCoverage(
        as_of,
        frozenset(row.month for row in lists if row.kind == "holding"),
        frozenset(row.month for row in lists if row.kind == "maturity"),
        _any(conn, touches),
        flowed,
        _full_months(conn, payrolls, first, month),
        _any(conn, complaints),
        frozenset(_BY_FLOWS) - listed.columns if listed else frozenset(),
    )


def _any(conn: Connection, table: Table) -> bool:
    return conn.execute(select(table.c.id).limit(1)).first() is not None


def _full_months(conn: Connection, table: Table, first: str, last: str) -> frozenset[str]:
    if not _any(conn, table):
        return frozenset()
    counted = (
        select(table.c.month, func.count().label("lines"))
        .where(table.c.month.between(first, last))
        .group_by(table.c.month)
    )
    lines = {str(row.month): int(row.lines) for row in conn.execute(counted)}
    least = max(lines.values(), default=0) * _FULL
    return frozenset(month for month, number in lines.items() if number >= least)


class Window:
    """Customers told in `month`, joined with the eight months before.

    `at(name, k)` is a column k months back, `keep` any expression over `raw` columns; both answer the column by which
    the layers above know it.
    """

    def __init__(self, month: str, told: WindowCoverage) -> None:
        self.month = month
        self.told = told
        self.as_of = told.as_of
        self.months = tuple(shift_month(month, -k) for k in range(BACK + 1))
        self._at = tuple(month_before(k) for k in range(BACK + 1))
        #: level -> the median fall of its customers this month; empty: nothing is known, or nothing is to be subtracted
        self.peers: Mapping[str, float] = {}
        self._kept: dict[str, Expr] = {}
        #: months and columns asked of the transactions
        self._flowed: dict[int, set[str]] = {}
        self._from: FromClause = customers
        for one, its_month in zip(self._at, self.months, strict=True):
            self._from = self._from.outerjoin(
                one, and_(one.c.customer_id == customers.c.id, one.c.month == its_month)
            )

    def join(self, facts: FromClause) -> None:
        """Put per-customer facts (with a customer_id) beside the months."""
        self._from = self._from.outerjoin(facts, facts.c.customer_id == customers.c.id)

    def raw(self, name: str, back: int = 0) -> Expr:
        """A column of the months themselves, to be used inside `keep`; summed from the transactions where no list
        tells it."""
        own: Expr = self._at[back].c[name]
        if name not in self.told.summed or self.months[back] not in self.told.flows:
            return own
        self._flowed.setdefault(back, set()).add(name)
        summed: Expr = column(_flow(name, back))
        # one who is not among the month's transactions made none
        return case((func.coalesce(column(_flow("rows", back)), 0) == 0, 0), else_=summed)

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

    def claim(self) -> Claim:
        """The newest month's flows beside the balances before and after it."""
        return Claim(self.at("outflow"), self.at("inflow"), self.at("aum_balance", 1), self.at("aum_balance"))

    def table(self, only: Collection[int] | None = None) -> CTE:
        """The kept columns of every customer told in the month, or of `only` some."""
        source = self._from
        if self._flowed:
            sums = self._flow_sums(only)
            source = source.outerjoin(sums, sums.c.flow_customer == customers.c.id)
        # asked through coalesce, so that the planner starts from the customers and finds each month by its key
        asked = (
            select(*(figure.label(name) for name, figure in self._kept.items()))
            .select_from(source)
            .where(func.coalesce(self.raw("month"), "") == self.month)
        )
        if only is not None:
            asked = asked.where(customers.c.id.in_(only))
        return asked.cte("measures").prefix_with("MATERIALIZED")

    def _flow_sums(self, only: Collection[int] | None) -> FromClause:
        """Per customer the sums asked for, by month; one that a day leaves open is NULL."""
        f = flows.c
        columns: list[Expr] = []
        for back, names in sorted(self._flowed.items()):
            its = f.month == self.months[back]
            rows = func.count(case((its, 1)))
            columns.append(rows.label(_flow("rows", back)))
            for name in sorted(names):
                value = case((its, _BY_FLOWS[name]))
                whole = case((func.count(value) == rows, func.sum(value)))
                columns.append(whole.label(_flow(name, back)))
        months = [self.months[back] for back in self._flowed]
        asked = select(f.customer_id.label("flow_customer"), *columns).where(
            f.month.in_(months), f.date <= self.as_of
        )
        if only is not None:
            asked = asked.where(f.customer_id.in_(only))
        return asked.group_by(f.customer_id).subquery("flow_sums")


def _flow(name: str, back: int) -> str:
    return f"flow_{name}_{back}"
