"""The months that a check reads: one row per customer of the month, joined to the months before it.

The figures that rules use become columns of one table, so that none is computed twice. For the newest month that table
stands in the book (`standing.py`); for any other, and for a customer alone, it is made within the statement.
"""

from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any, Protocol

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    Table,
    and_,
    case,
    column,
    func,
    select,
)
from sqlalchemy.sql.selectable import NamedFromClause

from db.tables import complaints, customers, flows, holdings, payrolls, snapshots, touches
from workbench.base.dates import shift_month
from workbench.base.expressions import EVERY_ROW, NO_ROW, Expr, always_null, mean, untold
from workbench.base.months import data_date, month_before, reported_months
from workbench.insight.churn.adverse_events import AdverseEvent, events_of
from workbench.insight.measures.reconciling import Claim
from workbench.insight.measures.scope import reported_data
from workbench.rules.parameters import Rules

#: months before the newest that the longest baseline needs (S2: three months against the six before)
BACK = 8
#: how many levels of steps there are
_LEVELS = 4
#: A few customers: their ids, a SELECT of them, or a parameter that takes their ids.
Few = Collection[int] | Select[tuple[int]] | BindParameter[Any]
#: column of the customer list -> the same figure from transactions, for lists without the column
_BY_FLOWS: Mapping[str, Expr] = {
    "txn_count_1m": flows.c.active_count,
    "txn_amount_1m": flows.c.inflow + flows.c.outflow,
    "inflow": flows.c.inflow,
    "outflow": flows.c.outflow,
    "interbank_outflow": flows.c.interbank_outflow,
    "third_party_outflow": flows.c.third_party_outflow,
    "third_party_outflow_count": flows.c.third_party_count,
}


@dataclass(frozen=True, slots=True)
class WindowCoverage:
    """The lists that the book has for the window: a signal cannot be judged by a list that was never imported."""

    as_of: str
    #: months of the window with a list of holdings, and with a list of maturities
    holdings: frozenset[str]
    maturities: frozenset[str]
    touches: bool
    #: months of the window with transactions, and with payroll lists, of about as many customers as usual
    flows: frozenset[str] = frozenset()
    payrolls: frozenset[str] = frozenset()
    #: whether a complaint was known by the data date
    complaints: bool = False
    #: columns that no customer list has, so that the transactions stand in for them
    summed: frozenset[str] = frozenset()
    #: months of the window with a customer list
    listed: frozenset[str] = frozenset()
    #: events bad for the bank's reputation in force, the newest first; None: none had begun by the data date
    events: tuple[AdverseEvent, ...] | None = None

    @property
    def in_brief(self) -> str:
        """The contents as a text: when it changes, figures of all customers may differ."""
        parts = (getattr(self, name.name) for name in fields(self))
        return repr([sorted(part) if isinstance(part, frozenset) else part for part in parts])


def coverage_of(conn: Connection, month: str, rules: Rules) -> WindowCoverage | None:
    """The coverage of the window that ends with a month 'YYYY-MM'; None when it has no customer list."""
    first = shift_month(month, -BACK)
    as_of = data_date(conn, month)
    if as_of is None:
        return None
    lists = conn.execute(
        select(holdings.c.month, holdings.c.kind).distinct().where(holdings.c.month.between(first, month))
    ).all()
    least = rules.number("window.full_month")
    flowed = _full_months(conn, flows, first, month, least)
    reported = reported_data(conn, month) if flowed else None
    events = tuple(event for event in events_of(conn, rules) if event.start <= as_of)
    return WindowCoverage(
        as_of,
        frozenset(row.month for row in lists if row.kind == "holding"),
        frozenset(row.month for row in lists if row.kind == "maturity"),
        _any(conn, touches),
        flowed,
        _full_months(conn, payrolls, first, month, least),
        conn.execute(select(complaints.c.id).where(complaints.c.date <= as_of).limit(1)).first() is not None,
        frozenset(_BY_FLOWS) - reported.columns if reported else frozenset(),
        frozenset(one for one in reported_months(conn) if first <= one <= month),
        tuple(event for event in events if event.counts_on(as_of)) if events else None,
    )


def _any(conn: Connection, table: Table) -> bool:
    return conn.execute(select(table.c.id).limit(1)).first() is not None


def _full_months(conn: Connection, table: Table, first: str, last: str, share: float) -> frozenset[str]:
    """Months with at least this share of the fullest month's lines: one customer's statement, or a month half imported,
    says nothing of the others."""
    if not _any(conn, table):
        return frozenset()
    counted = (
        select(table.c.month, func.count().label("lines"))
        .where(table.c.month.between(first, last))
        .group_by(table.c.month)
    )
    lines = {str(row.month): int(row.lines) for row in conn.execute(counted)}
    least = max(lines.values(), default=0) * share
    return frozenset(month for month, number in lines.items() if number >= least)


class Months(Protocol):
    """The months that a window reads."""

    def of(self, back: int) -> NamedFromClause:
        """The table of a month so many back, without columns that are NULL in every row."""
        ...

    def here(self, months: FromClause, month: str) -> ColumnElement[bool]:
        """Whether a row of such a table is a customer's in a month."""
        ...


class _Snapshots:
    """The months as they lie in the book."""

    def of(self, back: int) -> NamedFromClause:
        return month_before(back)

    def here(self, months: FromClause, month: str) -> ColumnElement[bool]:
        return and_(months.c.customer_id == customers.c.id, months.c.month == month)


_SNAPSHOTS = _Snapshots()


class Window:
    """Customers listed in `month`, joined with the eight months before.

    `at(name, k)` is a column k months back, `keep` any expression over `raw` columns; both return the column of the
    materialised table that holds the figure.
    """

    def __init__(self, month: str, coverage: WindowCoverage, over: "Months | None" = None) -> None:
        """`over` are the months themselves; None: the snapshots."""
        over = over or _SNAPSHOTS
        self.month = month
        self.coverage = coverage
        self.as_of = coverage.as_of
        self.months = tuple(shift_month(month, -k) for k in range(BACK + 1))
        self._at = tuple(over.of(k) for k in range(BACK + 1))
        #: the columns of the months that rules look at
        self.columns_read: set[str] = set()
        #: level -> the median fall of its customers this month; empty: nothing to subtract
        self.peers: Mapping[str, float] = {}
        self._kept: dict[str, Expr] = {"customer_id": customers.c.id}
        self._steps: tuple[dict[str, Expr], ...] = tuple({} for _level in range(_LEVELS))
        #: the standing table with all kept columns; None: they are computed from the months
        self.standing: FromClause | None = None
        #: months back -> the columns that have to be summed from the transactions
        self._flowed: dict[int, set[str]] = {}
        self._from: FromClause = customers
        #: the facts of each customer that are joined to the months
        self.joined: list[FromClause] = []
        for back, (snapshot, when) in enumerate(zip(self._at, self.months, strict=True)):
            if self._listed(back):
                self._from = self._from.outerjoin(snapshot, over.here(snapshot, when))

    def join(self, facts: FromClause) -> None:
        """Joins per-customer facts (one row per `customer_id`) to the months."""
        self.joined.append(facts)
        self._from = self._from.outerjoin(facts, facts.c.customer_id == customers.c.id)

    def _listed(self, back: int) -> bool:
        return back == 0 or self.months[back] in self.coverage.listed

    def raw(self, name: str, back: int = 0) -> Expr:
        """A column of the months themselves, for use inside `keep`; `untold` for a month without a list.

        Summed from the transactions where no customer list has the column.
        """
        self.columns_read.add(name)
        of_month = self._at[back].c
        own: Expr = of_month[name] if name in of_month else always_null(snapshots.c[name])
        if name not in self.coverage.summed or self.months[back] not in self.coverage.flows:
            return own if self._listed(back) else always_null(snapshots.c[name])
        self._flowed.setdefault(back, set()).add(name)
        summed: Expr = column(_flow(name, back))
        # a customer without a transaction in the month made none
        return case((func.coalesce(column(_flow("rows", back)), 0) == 0, 0), else_=summed)

    def keep(self, name: str, figure: Expr) -> Expr:
        """Makes a figure over raw columns a column of the materialised table, and returns that column; one that is never
        told needs none."""
        if untold(figure):
            return always_null(figure)  # it may name tables that the statement does not read
        self._kept.setdefault(name, figure)
        return column(name)

    def step(self, name: str, figure: Expr, level: int = 0) -> Expr:
        """Makes a figure over kept columns a column too, so that what is dear or used more than once is computed once; one
        of a higher level (0 to 3) is over columns of those below it as well. One that is never told needs none."""
        if untold(figure):
            return always_null(figure)
        self._steps[level].setdefault(name, figure)
        return column(name)

    def at(self, name: str, back: int = 0) -> Expr:
        """A column `back` months before the newest."""
        return self.keep(f"{name}_{back}", self.raw(name, back))

    def run(self, name: str, first: int, last: int) -> list[Expr]:
        """A raw column from `first` to `last` months back."""
        return [self.raw(name, k) for k in range(first, last + 1)]

    def oldest(self, name: str, first: int, last: int) -> Expr:
        """The oldest known value between `first` and `last` months back."""
        some = [one for one in reversed(self.run(name, first, last)) if not untold(one)]
        if not some:
            return self.raw(name, last)
        return self.keep(f"{name}_{first}_{last}", func.coalesce(*some) if some[1:] else some[0])

    def mean(self, name: str, first: int, last: int, least: int) -> Expr:
        """The mean over the months that have the figure; NULL when fewer than `least` have."""
        return self.keep(f"mean_{name}_{first}_{last}", mean(self.run(name, first, last), least))

    def average(self, back: int = 0) -> Expr:
        """AUM daily average in fen; the point-in-time balance where the list has no average (domain 0-5)."""
        return self.keep(f"average_{back}", self.raw_average(back))

    def raw_average(self, back: int) -> Expr:
        """The same as `average`, as a raw column for use inside `keep`."""
        average, balance = self.raw("aum_daily_average", back), self.raw("aum_balance", back)
        return average if untold(balance) else func.coalesce(average, balance)

    def claim(self) -> Claim:
        """The newest month's flows beside the balances before and after it."""
        return Claim(self.at("outflow"), self.at("inflow"), self.at("aum_balance", 1), self.at("aum_balance"))

    def believed(self, rules: Rules) -> Expr:
        """Whether the claim is believed, see `Claim.believed`."""
        return self.step("believed", self.claim().believed(rules))

    @property
    def figures_by_name(self) -> tuple[Mapping[str, Expr], Mapping[str, Expr]]:
        """The figures over raw columns, and those over other figures."""
        return self._kept, ChainMap(*self._steps)

    @property
    def flow_sums(self) -> FromClause | None:
        """The sums of transactions that raw columns name, one row per `flow_customer`; None: none does."""
        return self._flow_sums(None) if self._flowed else None

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the kept columns, the customer aside."""
        return (*tuple(self._kept)[1:], *chain.from_iterable(self._steps))

    def table(self, only: Few | None = None) -> FromClause:
        """The kept columns of every customer listed in the month (or of `only`), under the name that `keep` returns."""
        if self.standing is None:
            return fenced(self.statement(only), "measures")
        if only is None:
            return self.standing
        few = select(self.standing).where(self.standing.c.customer_id.in_(only))
        return few.subquery("measures")

    def statement(self, only: Few | None = None) -> Select[Any]:
        """The SELECT of the kept columns from the months, customer_id first."""
        source = self._from
        if self._flowed:
            sums = self._flow_sums(only)
            source = source.outerjoin(sums, sums.c.flow_customer == customers.c.id)
        # coalesce keeps the planner from starting with the month: it walks the customers and finds months by key
        query = (
            select(*(figure.label(name) for name, figure in self._kept.items()))
            .select_from(source)
            .where(func.coalesce(self.raw("month"), "") == self.month)
        )
        if only is not None:
            query = query.where(customers.c.id.in_(only))
        for place, steps in enumerate(self._steps):
            if steps:
                before = fenced(query, f"kept_{place}")
                more = (figure.label(name) for name, figure in steps.items())
                query = select(*before.c, *more).select_from(before)
        return query

    def _flow_sums(self, only: Few | None) -> FromClause:
        """Per customer the sums needed, by month; NULL where a day has no value."""
        f = flows.c
        columns: list[Expr] = []
        for back, names in sorted(self._flowed.items()):
            of_month = f.month == self.months[back]
            rows = func.count(case((of_month, 1)))
            columns.append(rows.label(_flow("rows", back)))
            for name in sorted(names):
                value = case((of_month, _BY_FLOWS[name]))
                complete = case((func.count(value) == rows, func.sum(value)))
                columns.append(complete.label(_flow(name, back)))
        months = [self.months[back] for back in self._flowed]
        query = select(f.customer_id.label("flow_customer"), *columns).where(
            f.month.in_(months), f.date <= self.as_of
        )
        if only is not None:
            query = query.where(f.customer_id.in_(only))
        return query.group_by(f.customer_id).subquery("flow_sums")


def fenced(query: Select[Any], name: str) -> Subquery:
    """A subquery whose columns are computed once a row, however often they are used: one with an offset is never merged
    into what reads it, and it hands its rows on without writing them down."""
    # SQLite knows no offset without a limit
    return query.limit(EVERY_ROW).offset(NO_ROW).subquery(name)


def _flow(name: str, back: int) -> str:
    return f"flow_{name}_{back}"
