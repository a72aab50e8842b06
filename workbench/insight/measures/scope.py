"""What measures are written over: one row per customer of a month, joined to earlier months and per-customer sums."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
    true,
)

from db.mgm import referral_asks
from db.record import batches, changes
from db.tables import complaints, customers, flows, holdings, payrolls, referrals, snapshots, touches
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr, always_null, mean, untold
from workbench.base.months import data_date, month_before
from workbench.insight.measures import flow_months
from workbench.people.particulars import BY_NUMBER, NUMBER, by_number, particular

#: Months before the newest that a measure may look at by `at`.
BACK = 13
_LISTS = {"touches": touches, "complaints": complaints, "referrals": referrals, "payrolls": payrolls,
          "referral_asks": referral_asks}  # fmt: skip
_KEYS = frozenset({"id", "customer_id", "month", "as_of", "batch_id", "source_row", "extra"})


@dataclass(frozen=True, slots=True)
class ReportedData:
    """What the lists around a month report at all: a figure that no list reports is unknown, not zero (domain 0-3)."""

    as_of: str
    #: columns of customers and snapshots that any list reports in the months looked at, or that follow from one
    columns: frozenset[str]
    #: months 'YYYY-MM' with a list of holdings, of maturities, with transactions
    holdings: frozenset[str]
    maturities: frozenset[str]
    flows: frozenset[str]
    #: tables of lines that hold anything at all: 'touches', 'complaints', 'referrals', 'payrolls', 'referral_asks'
    lists: frozenset[str]
    #: the first date of the log of contacts
    log_begins: str | None = None
    #: whether the sums of `flow_months` stand on the transactions in the book
    summed: bool = False
    #: whether any customer has an identity number
    numbered: bool = True

    @property
    def digest(self) -> str:
        """A hash of the contents: when it changes, figures of all customers may differ."""
        parts = (self.columns, self.holdings, self.maturities, self.flows, self.lists)
        contents = repr((self.as_of, *(sorted(part) for part in parts), self.log_begins))
        return hashlib.sha256(contents.encode()).hexdigest()[:16]


def reported_data(conn: Connection, month: str, *, with_number: bool = True) -> ReportedData | None:
    """What the lists report up to a month 'YYYY-MM'; None when it has no customer list. `with_number`: what an identity number
    tells matters, so that a long list is looked through for one."""
    as_of = data_date(conn, month)
    if as_of is None:
        return None
    first = shift_month(month, -BACK)
    kinds = conn.execute(
        select(holdings.c.month, holdings.c.kind).distinct().where(holdings.c.month.between(first, month))
    ).all()
    months = [shift_month(month, -back) for back in range(BACK + 1)]
    # one look into the index for each month: a DISTINCT would walk all of it
    looks = {one: select(flows.c.id).where(flows.c.month == one).exists() for one in months}
    looks |= {name: select(table.c.id).exists() for name, table in _LISTS.items()}
    there = conn.execute(select(*(look.label(name) for name, look in looks.items()))).mappings().one()
    with_flows = frozenset(one for one in months if there[one])
    columns = _columns_filled(conn, first, month)
    return ReportedData(
        as_of,
        columns.union(BY_NUMBER) if NUMBER in columns else columns,
        frozenset(row.month for row in kinds if row.kind == "holding"),
        frozenset(row.month for row in kinds if row.kind == "maturity"),
        with_flows,
        frozenset(name for name in _LISTS if there[name]),
        conn.execute(select(func.min(touches.c.date))).scalar(),
        bool(with_flows) and flow_months.standing(conn),
        not with_number or NUMBER in columns or _numbered(conn),
    )


def _numbered(conn: Connection) -> bool:
    some = select(customers.c.id).where(customers.c[NUMBER].is_not(None)).limit(1)
    return conn.execute(some).first() is not None


def _columns_filled(conn: Connection, first: str, last: str) -> frozenset[str]:
    """By the mappings of the imports; counted in the rows themselves where a batch has no mapping."""
    query = (
        select(batches.c.mapping)
        .join(changes, changes.c.id == batches.c.change_id)
        .where(
            changes.c.state == "done",
            batches.c.kind == "customers",
            or_(batches.c.month.is_(None), batches.c.month.between(first, last)),
        )
    )
    mappings = [json.loads(text) for text in conn.execute(query).scalars()]
    if mappings and all(mappings):
        names = {
            name
            for mapping in mappings
            for entry in mapping
            for name in _places(entry)
            if name in snapshots.c or name in customers.c
        }
        return frozenset(names)
    columns = _filled(conn, customers)
    in_months = snapshots.c.month.between(first, last)
    return frozenset(columns | _filled(conn, snapshots, where=in_months))


def _places(entry: Mapping[str, Any]) -> list[str]:
    places = [name for _table, name in entry.get("columns") or ()]
    return places or ([entry["field"]] if entry.get("field") else [])


def _filled(conn: Connection, table: Any, where: ColumnElement[bool] | None = None) -> set[str]:
    """Columns of a table with any value."""
    names = [c.name for c in table.columns if c.name not in _KEYS]
    query = select(*(func.count(table.c[name]) for name in names)).select_from(table)
    row = conn.execute(query if where is None else query.where(where)).one()
    return {name for name, count in zip(names, row, strict=True) if count}


class Scope:
    """The frame of one computation: the customers listed in `month`, as seen on `day` (ISO, not before the data date).

    Every expression is NULL where the lists do not say. `only` limits everything to a few customers; a subquery of a
    measure must add `scope.among(table.c.customer_id)` to be limited too.
    """

    def __init__(
        self,
        month: str,
        day: str,
        reported: ReportedData,
        only: Collection[int] | None = None,
        *,
        newest: bool = False,
    ) -> None:
        self.month = month
        self.day = max(day, reported.as_of)
        self.as_of = reported.as_of
        self.reported = reported
        self.newest = newest
        self.only = None if only is None else frozenset(only)
        self._months: dict[int, FromClause] = {0: month_before(0)}
        self._joined: list[tuple[FromClause, ColumnElement[bool]]] = []

    # -- columns -------------------------------------------------------------------------------------------

    def has_column(self, name: str) -> bool:
        """Whether any list reports this column."""
        return name in self.reported.columns

    def customer(self, name: str) -> Expr:
        """A column of the customer himself: the latest known value; birth and sex also by the identity number."""
        return particular(name) if name in BY_NUMBER else customers.c[name]

    def by_number(self, name: str) -> Expr:
        """`gender` or `birth_date` by the identity number alone."""
        return by_number(name) if self.reported.numbered else always_null(customers.c[name])

    def at(self, name: str, back: int = 0) -> Expr:
        """A monthly column `back` months before the newest (0..13); NULL for one that no list reports."""
        if not (name in self.reported.columns or name in _KEYS):
            return always_null(snapshots.c[name])
        if back not in self._months:
            self._months[back] = month_before(back)
        return self._months[back].c[name]

    def field(self, name: str) -> Expr:
        """A field as of the month: the month's own value, else the customer's latest known one.

        In the newest month the other way round, so that corrections made by hand since then hold.
        """
        own = [self.at(name)] if name in snapshots.c else []
        if name in customers.c and own and untold(own[0]):
            own = []
        if name in customers.c:
            own.insert(0 if self.newest else len(own), self.customer(name))
        return func.coalesce(*own) if len(own) > 1 else own[0]

    def run(self, name: str, first: int, last: int) -> list[Expr]:
        """A monthly column from `first` to `last` months back."""
        return [self.at(name, back) for back in range(first, last + 1)]

    def mean(self, name: str, first: int, last: int, least: int) -> Expr:
        """The mean of a column over the months that have it; NULL when fewer than `least` have."""
        return mean(self.run(name, first, last), least)

    def average(self, back: int = 0) -> Expr:
        """AUM daily average in fen; the point-in-time balance where the list has no average (domain 0-5)."""
        average, balance = self.at("aum_daily_average", back), self.at("aum_balance", back)
        return average if untold(balance) else func.coalesce(average, balance)

    def months(self, first: int, last: int) -> list[str]:
        """The months 'YYYY-MM' from `first` to `last` back."""
        return [shift_month(self.month, -back) for back in range(first, last + 1)]

    # -- facts beside the months ---------------------------------------------------------------------------

    def among(self, column: Column[Any] | Expr) -> ColumnElement[bool]:
        """The condition that limits a subquery to the customers of `only`; true when there is no limit."""
        return true() if self.only is None else column.in_(self.only)

    def join(self, facts: FromClause, *conditions: ColumnElement[bool]) -> FromClause:
        """Joins per-customer facts to the months and returns them, to take columns from.

        One row per `customer_id`, of those rows for which the conditions hold.
        """
        self._joined.append((facts, and_(facts.c.customer_id == customers.c.id, *conditions)))
        return facts

    def statement(self, named: Mapping[str, Expr]) -> Select[Any]:
        """customer_id and the named figures, one row per customer listed in the month, in the order of their ids.

        The order lets the months be read page by page; without it the same rows cost seven times as much.
        """
        source: FromClause = customers
        for back, month in self._months.items():
            when = shift_month(self.month, -back)
            source = source.outerjoin(
                month, and_(month.c.customer_id == customers.c.id, month.c.month == when)
            )
        for facts, on in self._joined:
            source = source.outerjoin(facts, on)
        query = (
            select(customers.c.id.label("customer_id"), *(e.label(name) for name, e in named.items()))
            .select_from(source)
            # coalesce keeps the planner from starting with the month: it walks the customers and finds months by key
            .where(func.coalesce(self._months[0].c.month, "") == self.month)
            .order_by(customers.c.id)
        )
        return query if self.only is None else query.where(customers.c.id.in_(self.only))


class Second:
    """The second step of a computation: figures over the columns of the first step.

    Columns whose names begin with an underscore are computed in the first step for this one only. `untold` are those
    that are NULL in every row.
    """

    def __init__(self, scope: Scope, base: FromClause, untold: Collection[str] = ()) -> None:
        self.scope = scope
        self._base = base
        self._untold = untold
        self._from: FromClause = base

    def __getitem__(self, name: str) -> Expr:
        """A figure of the first step; NULL when no list reports it."""
        column: Expr = self._base.c[name] if name in self._base.c else cast(None, Integer)
        return always_null(column) if name in self._untold else column

    def __contains__(self, name: str) -> bool:
        return name in self._base.c

    def join(self, facts: FromClause) -> FromClause:
        """Joins per-customer facts (one row per `customer_id`) to the figures and returns them."""
        self._from = self._from.outerjoin(facts, facts.c.customer_id == self._base.c.customer_id)
        return facts

    def statement(self, named: Mapping[str, Expr]) -> Select[Any]:
        """customer_id and the named figures, in the order of the ids."""
        own: Expr = self._base.c.customer_id
        query = select(own.label("customer_id"), *(e.label(name) for name, e in named.items()))
        query = query.select_from(self._from).order_by(own)
        return query if self.scope.only is None else query.where(own.in_(self.scope.only))
