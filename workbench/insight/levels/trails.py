"""The trails of customers: each month's averages read once, folded, kept in the book (domain 1)."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, and_, delete, func, literal, select, union_all

from db.known import trails
from db.stores.store import store_of
from db.tables import customers
from workbench.base.dates import month_end, shift_month
from workbench.base.months import data_date, month_before, reported_months
from workbench.insight.levels.movement import Policy, Trail, fold
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

#: the columns of `trails` without its id
COLUMNS = tuple(column.name for column in trails.columns if column.name != "id")
_in_order = itemgetter(*COLUMNS)


def compute_trails(
    conn: Connection, month: str, rules: Rules, only: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """Rows of `trails` for the customers listed in `month` (or those of `only` among them); stores nothing.

    Looks back over all months of the book, at most `tiers.history_months`; [] where the book has none.
    """
    run = run_of_months(conn, month, rules)
    if not run:
        return []
    folder = _Folder(conn, rules, run)
    return [folder.row(row) for row in conn.execute(_statement(run, only))]


def run_of_months(conn: Connection, month: str, rules: Rules) -> list[str]:
    """The months 'YYYY-MM' that trails up to `month` look at, oldest first; [] where the book has none."""
    months = [earlier for earlier in reported_months(conn) if earlier <= month]
    if not months:
        return []
    most = rules.whole("tiers.history_months")
    run = [month]
    while run[0] > months[0] and len(run) < most:
        run.insert(0, shift_month(run[0], -1))
    return run


def _highest(averages: Sequence[int | None]) -> int | None:
    return max((average for average in averages if average is not None), default=None)


def store_trails(
    conn: Connection, rows: Sequence[Mapping[str, Any]], only: Collection[int] | None = None
) -> None:
    """Replaces the stored rows by computed ones: all of them, or those of the customers of `only`."""
    gone = delete(trails)
    conn.execute(gone if only is None else gone.where(trails.c.customer_id.in_(sorted(only))))
    store_of(conn).insert_rows(conn, trails, COLUMNS, map(_in_order, rows))


def as_facts(rows: Sequence[Mapping[str, Any]]) -> Subquery:
    """A few computed rows as a table, for `measures.trail.refined(..., facts)` of another month or one person."""
    kinds = {column.name: column.type for column in trails.columns}
    lines = [
        select(*(literal(row[name], kinds[name]).label(name) for name in COLUMNS))
        for row in rows or [dict.fromkeys(COLUMNS)]
    ]
    return (union_all(*lines) if len(lines) > 1 else lines[0]).subquery("trail_rows")


def _statement(run: Sequence[str], only: Collection[int] | None) -> Select[Any]:
    """One row per customer listed in the last month of `run`: what sleep needs, then the averages, oldest first."""
    months = [month_before(place) for place in reversed(range(len(run)))]
    source: Any = customers
    for when, snapshot in zip(run, months, strict=True):
        source = source.outerjoin(
            snapshot, and_(snapshot.c.customer_id == customers.c.id, snapshot.c.month == when)
        )
    newest = months[-1]
    query = (
        select(
            customers.c.id,
            customers.c.open_date,
            newest.c.last_txn_date,
            months[-2].c.last_txn_date.label("active_before") if len(run) > 1 else literal(None),
            *(func.coalesce(one.c.aum_daily_average, one.c.aum_balance).label(one.name) for one in months),
        )
        .select_from(source)
        # coalesce keeps the planner from starting with the month: it walks the customers and finds months by key
        .where(func.coalesce(newest.c.month, "") == run[-1])
        .order_by(customers.c.id)
    )
    return query if only is None else query.where(customers.c.id.in_(sorted(only)))


def asleep_since(conn: Connection, ladder: Ladder, run: Sequence[str]) -> list[str]:
    """For the last two months of a run, the day (ISO) before which a last transaction counts as inactive."""
    dates = [data_date(conn, one) or month_end(one).isoformat() for one in run[-2:]]
    return [ladder.asleep_since(one) for one in dates]


class _Folder:
    """Turns a row of averages into a row of `trails`."""

    def __init__(self, conn: Connection, rules: Rules, run: Sequence[str]) -> None:
        self._run = run
        self._ladder = Ladder.of(rules)
        self._policy = Policy.of(rules)
        self._qualified = round(rules.number("tiers.qualified_line") * 100)
        self._asleep_since = asleep_since(conn, self._ladder, run)

    def row(self, of_customer: Row[Any]) -> dict[str, Any]:
        """The row of `trails` of one row of `_statement`; asleep (L0) counts below the ladder's lowest level."""
        customer_id, opened, active, active_before, *averages = list[Any](of_customer)
        trail = self._steady(averages) or fold(averages, self._ladder, self._policy, self._run)
        tier, reached, before = trail.tier, trail.reached, trail.before
        lowest = self._ladder.codes[0]
        # sleep is no step of the ladder: an empty account on the lowest step without a transaction is asleep
        if reached == lowest and self._asleep(averages[-1], active, self._asleep_since[-1]):
            reached = ASLEEP
            tier = ASLEEP if tier == lowest else tier
        if before == lowest and self._asleep(averages[-2], active_before, self._asleep_since[0]):
            before = ASLEEP
        return {
            "customer_id": customer_id, "month": self._run[-1], "tier": tier, "reached": reached,
            "tier_before": before, "watch": trail.watch,
            "attention": None if trail.attention is None else int(trail.attention),
            "falls_in": trail.falls_in, "since": trail.since, "upgraded": trail.upgraded,
            "downgraded": trail.downgraded, "fell_from": trail.fell_from, "months_told": trail.months_told,
            "first_month": trail.first_month, "peak": trail.peak, "peak_month": trail.peak_month,
            "peak_6": _highest(averages[-6:]), "peak_12": _highest(averages[-12:]),
            "qualified": self._first_qualified(averages, opened),
        }  # fmt: skip

    def _steady(self, averages: Sequence[int | None]) -> Trail | None:
        """The trail of a customer listed every month who never left a level, as most do; else None."""
        known = [average for average in averages if average is not None]
        if len(known) < len(averages):
            return None
        low, high = min(known), max(known)
        lines = self._ladder.lines
        place = bisect_right(lines, low) - 1
        if place < 0 or bisect_right(lines, high) - 1 != place:
            return None
        code, run = self._ladder.codes[place], self._run
        return Trail(
            tier=code,
            reached=code,
            before=code if len(run) > 1 else None,
            watch=0,
            attention=False,
            falls_in=self._policy.limits[place] + 1 if place else None,
            since=run[0],
            months_told=len(run),
            first_month=run[0],
            peak=high,
            peak_month=run[averages.index(high)],
        )

    def _first_qualified(self, averages: Sequence[int | None], opened: str | None) -> str | None:
        """The first month 'YYYY-MM' at or above the line.

        None for those above it in their first month in the book, unless they opened their account in that very month.
        """
        below = False
        for place, average in enumerate(averages):
            if average is None:
                continue
            if average >= self._qualified:
                month = self._run[place]
                return month if below or (opened or "")[:7] == month else None
            below = True
        return None

    def _asleep(self, average: int | None, active: str | None, since: str) -> bool:
        return (
            average is not None
            and average < self._ladder.sleep_below
            and active is not None
            and active < since
        )
