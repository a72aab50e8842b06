"""What outcomes are read from: stored verdicts, and the lists of later months."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select, union

from db.known import check_runs
from db.stores.planning import reads_every_customer
from db.tables import risks, signals, snapshots
from workbench.base.months import data_date
from workbench.insight.churn.assessing import guard_of
from workbench.insight.churn.decisions import latest_causes

_CHUNK = 5_000


class Point(NamedTuple):
    """A month's daily average (else the month-end balance, domain 0-5) and month-end balance in fen."""

    average: int | None
    balance: int | None


class ByCustomer:
    """Rows in the order of their customers, taken customer by customer; customers must be asked for in rising order."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._groups = ((int(one), list(these)) for one, these in groupby(rows, key=lambda row: row[0]))
        self._next = next(self._groups, None)

    def of(self, customer_id: int) -> list[Any]:
        """The rows of this customer."""
        while self._next is not None and self._next[0] < customer_id:
            self._next = next(self._groups, None)
        return self._next[1] if self._next is not None and self._next[0] == customer_id else []


def checked_as(conn: Connection, month: str) -> str | None:
    """The version of the rules by which a month was checked; None when it never was, or when its list is another by now."""
    row = conn.execute(select(check_runs).where(check_runs.c.month == month)).first()
    if row is None or row.as_of != data_date(conn, month):
        return None
    guarded = guard_of(conn, month) is not None
    return str(row.rule_version) if bool(row.guarded) == guarded else None


def lit_rows(conn: Connection, months: Sequence[str]) -> ByCustomer:
    """(customer, month, light, risk) of the lights stored for some months."""
    query = (
        select(risks.c.customer_id, risks.c.month, risks.c.light, risks.c.risk)
        .where(risks.c.month.in_(months), risks.c.light.is_not(None))
        .order_by(risks.c.customer_id, risks.c.month)
    )
    return ByCustomer(_streamed(conn, query))


def hit_rows(conn: Connection, months: Sequence[str]) -> ByCustomer:
    """(customer, month, code) of the signals stored for some months."""
    query = (
        select(signals.c.customer_id, signals.c.month, signals.c.code)
        .where(signals.c.month.in_(months))
        .order_by(signals.c.customer_id, signals.c.month, signals.c.code)
    )
    return ByCustomer(_streamed(conn, query))


def courses(
    conn: Connection, months: Sequence[str], first: str, last: str
) -> Iterator[tuple[int, dict[str, Point]]]:
    """Customer and his figures by month from `first` to `last`, for all who have a light or a signal in `months`."""
    reads_every_customer(conn)
    named = union(
        select(risks.c.customer_id).where(risks.c.month.in_(months), risks.c.light.is_not(None)),
        select(signals.c.customer_id).where(signals.c.month.in_(months)),
    ).subquery("named")
    s = snapshots.c
    query = (
        select(s.customer_id, s.month, func.coalesce(s.aum_daily_average, s.aum_balance), s.aum_balance)
        .where(s.customer_id.in_(select(named.c.customer_id)), s.month.between(first, last))
        .order_by(s.customer_id, s.month)
    )
    for customer_id, these in groupby(_streamed(conn, query), key=lambda row: int(row[0])):
        yield customer_id, {row[1]: Point(row[2], row[3]) for row in these}


def confirmed(conn: Connection) -> dict[int, str]:
    """Customer -> the cause that was confirmed last (domain 4.1)."""
    latest = latest_causes().subquery("latest")
    query = select(latest.c.customer_id, latest.c.value).where(latest.c.place == 1)
    return {int(row[0]): str(row[1]) for row in conn.execute(query)}


def _streamed(conn: Connection, query: Select[Any]) -> Iterator[Any]:
    yield from conn.execute(query.execution_options(yield_per=_CHUNK))
