"""What the book knows of the life of lights: earlier checks, contacts, decisions, balances; read for many at once."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, case, func, select

from db.known import check_runs
from db.tables import risks, snapshots, touches
from workbench.base.dates import shift_month
from workbench.insight.churn.decisions import Decisions, decisions_on
from workbench.insight.churn.explained_outflow import ListedExplanation, explained_by_lists
from workbench.people.rested import LatelyContacted, lately_contacted
from workbench.rules.parameters import Rules

#: up to this many customers their ids go into the statements
_NAMED = 500


class StoredVerdict(NamedTuple):
    """A verdict of an earlier check: its month, light, risk and assets in fen."""

    month: str
    light: str | None
    risk: float
    aum: int | None


@dataclass(frozen=True, slots=True)
class LifeFacts:
    """What is known of the customers of one check, by customer id. `months`: earlier checked months without a data guard,
    the newest first, with their data dates."""

    day: str
    month: str
    as_of: str
    guarded: bool
    months: tuple[tuple[str, str], ...] = ()
    #: earlier verdicts, the newest first: the lights of the last months of those who have none now, all of those contacted
    stored: dict[int, tuple[StoredVerdict, ...]] = field(default_factory=dict)
    #: the first month of the unbroken run of checks that lit him, of those whom the check before lit too
    since: dict[int, str] = field(default_factory=dict)
    contacts: dict[int, LatelyContacted] = field(default_factory=dict)
    decisions: dict[int, Decisions] = field(default_factory=dict)
    #: (day, last day) of a contact that explained where the money went
    explained: dict[int, tuple[str, str]] = field(default_factory=dict)
    #: what the lists explain of a fall by themselves
    listed: dict[int, ListedExplanation] = field(default_factory=dict)
    #: month 'YYYY-MM' -> balance in fen, of those reached lately and of those whose light went out
    balances: dict[int, dict[str, int]] = field(default_factory=dict)
    #: the highest daily average in fen of the months before the light went out
    highs: dict[int, dict[str, int]] = field(default_factory=dict)


def life_facts(
    conn: Connection, month: str, day: dt.date, rules: Rules, ids: Collection[int], lit: Collection[int]
) -> LifeFacts:
    """The facts as of a day about customers of a month's check; where `ids` are very many, about everybody. `lit`: those of
    them with a light."""
    only = ids if len(ids) <= _NAMED else None
    run = conn.execute(select(check_runs).where(check_runs.c.month == month)).first()
    as_of, guarded = (run.as_of, bool(run.guarded)) if run else (month, False)
    earlier = (
        select(check_runs.c.month, check_runs.c.as_of)
        .where(check_runs.c.month < month, check_runs.c.guarded == 0)
        .order_by(check_runs.c.month.desc())
    )
    months = tuple((row.month, row.as_of) for row in conn.execute(earlier))
    iso = max(day.isoformat(), as_of)
    contacts = lately_contacted(conn, iso, rules, only)
    unlit = frozenset(ids).difference(lit)
    met = [id_ for id_ in ids if id_ in contacts]
    stored = _lately_lit(conn, month, rules, unlit) | _stored(conn, month, met) if months else {}
    since = _lit_since(conn, [month for month, _as_of in months], only) if months and lit else {}
    watched = [
        id_ for id_ in ids if (id_ in contacts and contacts[id_].reached) or (id_ in unlit and id_ in stored)
    ]
    balances, highs = _balances(conn, month, watched, rules)
    decisions = decisions_on(conn, iso, only)
    explained = _explained_contacts(conn, iso, rules, only)
    listed = explained_by_lists(conn, month, lit, rules)
    return LifeFacts(
        iso,
        month,
        as_of,
        guarded,
        months,
        stored,
        since,
        contacts,
        decisions,
        explained,
        listed,
        balances,
        highs,
    )


def _among(query: Select[Any], column: Any, only: Collection[int] | None) -> Select[Any]:
    return query if only is None else query.where(column.in_(only))


_Stored = dict[int, tuple[StoredVerdict, ...]]


def _earlier(month: str) -> Select[Any]:
    """The verdicts before a month, but for checks that a data guard blocked."""
    return (
        select(risks.c.customer_id, risks.c.month, risks.c.light, risks.c.risk, risks.c.aum)
        .join(check_runs, check_runs.c.month == risks.c.month)
        .where(risks.c.month < month, check_runs.c.guarded == 0)
    )


def _lately_lit(conn: Connection, month: str, rules: Rules, unlit: Collection[int]) -> _Stored:
    """The verdicts with a light of the last months, of customers without one now."""
    if not unlit:
        return {}
    first = shift_month(month, -rules.whole("life.back_months"))
    query = _earlier(month).where(risks.c.month >= first, risks.c.light.is_not(None))
    return _newest_first(
        conn, [_among(query, risks.c.customer_id, unlit if len(unlit) <= _NAMED else None)], unlit
    )


def _stored(conn: Connection, month: str, ids: Sequence[int]) -> _Stored:
    """All earlier verdicts of some customers."""
    query = _earlier(month)
    parts = [ids[start : start + _NAMED] for start in range(0, len(ids), _NAMED)]
    return _newest_first(conn, [query.where(risks.c.customer_id.in_(part)) for part in parts], frozenset(ids))


def _newest_first(conn: Connection, queries: Iterable[Select[Any]], of: Collection[int]) -> _Stored:
    stored: dict[int, list[StoredVerdict]] = {}
    for query in queries:
        for row in conn.execute(query.order_by(risks.c.customer_id, risks.c.month.desc())):
            if row.customer_id in of:
                stored.setdefault(row.customer_id, []).append(
                    StoredVerdict(row.month, row.light, row.risk, row.aum)
                )
    return {id_: tuple(rows) for id_, rows in stored.items()}


def _lit_since(conn: Connection, months: Sequence[str], only: Collection[int] | None) -> dict[int, str]:
    """Customer id -> the first of the `months` (the newest first) through which he was lit without a break."""
    place = func.row_number().over(partition_by=risks.c.customer_id, order_by=risks.c.month.desc())
    back = case({month: at for at, month in enumerate(months, 1)}, value=risks.c.month)
    query = select(risks.c.customer_id, risks.c.month, place.label("place"), back.label("back"))
    lit = query.where(risks.c.month.in_(months), risks.c.light.is_not(None))
    run = _among(lit, risks.c.customer_id, only).subquery("run")
    first = select(run.c.customer_id, func.min(run.c.month).label("first")).where(run.c.place == run.c.back)
    return {row.customer_id: row.first for row in conn.execute(first.group_by(run.c.customer_id))}


def _explained_contacts(
    conn: Connection, day: str, rules: Rules, only: Collection[int] | None
) -> dict[int, tuple[str, str]]:
    """Customer id -> (day, last day) of the last contact that explained where the money went, while it counts."""
    days = dt.timedelta(days=rules.whole("explained.days"))
    first = (dt.date.fromisoformat(day) - days).isoformat()
    query = _among(
        select(touches.c.customer_id, func.max(touches.c.date).label("date"))
        .where(touches.c.result.in_(rules.words("explained.results")), touches.c.date.between(first, day))
        .group_by(touches.c.customer_id),
        touches.c.customer_id,
        only,
    )
    return {
        row.customer_id: (row.date, (dt.date.fromisoformat(row.date) + days).isoformat())
        for row in conn.execute(query)
    }


def _balances(
    conn: Connection, month: str, watched: Sequence[int], rules: Rules
) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, int]]]:
    """Balances and daily averages in fen by month, for as many months back as a light is remembered."""
    s = snapshots.c
    first = shift_month(month, -rules.whole("life.back_months") - 4)
    query = select(
        s.customer_id,
        s.month,
        func.coalesce(s.aum_balance, s.aum_daily_average).label("balance"),
        func.coalesce(s.aum_daily_average, s.aum_balance).label("average"),
    ).where(s.month.between(first, month))
    balances: dict[int, dict[str, int]] = {}
    averages: dict[int, dict[str, int]] = {}
    for start in range(0, len(watched), _NAMED):
        part = query.where(s.customer_id.in_(watched[start : start + _NAMED]))
        for row in conn.execute(part.order_by(s.customer_id, s.month)):
            if row.balance is not None:
                balances.setdefault(row.customer_id, {})[row.month] = row.balance
                averages.setdefault(row.customer_id, {})[row.month] = row.average
    return balances, averages
