"""What a plan needs beside the leads: who must not be marketed to, who rests, whose it is."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import Connection, func, select

from db.record import batches, changes
from db.tables import customers, snapshots
from workbench.base.months import data_date, newest_month
from workbench.people import consent
from workbench.people.consent import Consent
from workbench.people.rested import rested
from workbench.rules.parameters import Rules

#: What a plan calls a customer's assets: the balance, else the daily average, else the deposits (fen).
AUM = func.coalesce(snapshots.c.aum_balance, snapshots.c.aum_daily_average, snapshots.c.deposit_balance)


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """Who must not be marketed to (`held`: customer id -> consent), and who rests after a contact (`rested`: customer id ->
    first day, ISO, on which he may be asked again)."""

    held: Mapping[int, Consent] = field(default_factory=dict)
    rested: Mapping[int, str] = field(default_factory=dict)


def contact_limits(
    conn: Connection,
    day: dt.date,
    rules: Rules,
    *,
    judged: str | None = None,
    held: Mapping[int, Consent] | None = None,
) -> ContactLimits:
    """The limits of a plan drafted on a day, by the newest month. `judged`: the day (ISO) that the week is judged on, None
    for the same; `held`: see `held_on`, where it is known for the day."""
    held = held_on(conn, day, rules) if held is None else held
    return ContactLimits(held, rested(conn, judged or day.isoformat(), rules))


def held_on(
    conn: Connection,
    day: dt.date,
    rules: Rules,
    only: Collection[int] | None = None,
    known: Mapping[int, Consent] | None = None,
) -> dict[int, Consent]:
    """Customer id -> consent of those who must not be marketed to on a day (on the data date if that is later).

    `only`: look at these customers; None for all. `known`: those of the day, where they were read already.
    """
    if only is not None and not only:
        return {}
    month = newest_month(conn)
    as_of = data_date(conn, month) if month else None
    judged = max(day.isoformat(), as_of or "")
    if known is None or judged != day.isoformat():
        return consent.held(conn, judged, None, rules, only)
    return dict(known) if only is None else {id_: known[id_] for id_ in only if id_ in known}


#: of a long list so many customers are looked at
_SAMPLE = 1000
#: a share of the sample near one half tells nothing: then all rows are
_CLOSE = (0.4, 0.6)


def whose(conn: Connection, listed: int | None = None) -> tuple[str, str]:
    """(manager, branch) that the newest list names for most of its customers; '' where no name has a majority. `listed`: the
    number of its customers, None: not counted yet."""
    s = snapshots.c
    month = newest_month(conn)
    if listed is None:
        listed = conn.execute(select(func.count()).where(s.month == month)).scalar_one()
    few = _spread(conn) if listed > 2 * _SAMPLE else None
    named = _named(conn, month, few)
    if few is not None and any(
        names.total() < _SAMPLE / 2 or _CLOSE[0] < _share(names) < _CLOSE[1] for names in named
    ):
        named = _named(conn, month)
    return _most(named[0]), _most(named[1])


def _spread(conn: Connection) -> list[int] | None:
    """Ids all over those of the customers, the same each time; None where there are too few."""
    first, last = conn.execute(select(func.min(customers.c.id), func.max(customers.c.id))).one()
    ids = range(first or 0, (last or 0) + 1)
    return Random(0).sample(ids, _SAMPLE) if len(ids) > _SAMPLE else None


def _named(
    conn: Connection, month: str | None, only: Collection[int] | None = None
) -> tuple[Counter[str | None], Counter[str | None]]:
    """How often managers and branches are named in the list of a month; of `only` some customers (ids), None: of all."""
    s = snapshots.c
    query = select(s.manager_name, s.branch, func.count().label("n")).where(s.month == month)
    if only is not None:
        query = query.where(s.customer_id.in_(only))
    managers: Counter[str | None] = Counter()
    branches: Counter[str | None] = Counter()
    for row in conn.execute(query.group_by(s.manager_name, s.branch)):
        managers[row.manager_name] += row.n
        branches[row.branch] += row.n
    return managers, branches


def _share(names: Counter[str | None]) -> float:
    """The share of the name that most have."""
    return max(names.values(), default=0) / max(1, names.total())


def _most(names: Counter[str | None]) -> str:
    """The name that most have; '' where none is that of more than half."""
    name, most = next(iter(names.most_common(1)), (None, 0))
    return name if name and most * 2 > names.total() else ""


def last_import(conn: Connection) -> int:
    """Id of the newest import that is in force; 0 if there is none."""
    query = select(func.max(batches.c.id)).join(changes, changes.c.id == batches.c.change_id)
    return conn.execute(query.where(changes.c.state == "done")).scalar() or 0
