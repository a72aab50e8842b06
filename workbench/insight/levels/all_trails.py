"""The trails of every customer of a month, computed in whole columns: the same rows as `trails.compute_trails`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from db.tables import customers, snapshots
from workbench.insight.levels.folding import NONE, Flags, FoldedTrails, Wholes, fold_all
from workbench.insight.levels.movement import Policy
from workbench.insight.levels.trails import COLUMNS, asleep_since, run_of_months
from workbench.insight.measures import month_averages
from workbench.insight.measures.month_averages import MISSING
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

Objects: TypeAlias = NDArray[np.object_]
#: how many customers are looked up at once
_CHUNK = 5_000


def all_trails(conn: Connection, month: str, rules: Rules) -> Iterable[tuple[Any, ...]]:
    """Rows of `trails` for the customers listed in `month`, in the order of COLUMNS; stores nothing."""
    run = run_of_months(conn, month, rules)
    if not run:
        return ()
    packed = month_averages.read(conn, run)
    ids = packed[month].customers
    if not len(ids):
        return ()
    averages = np.column_stack([packed[one].of(ids) for one in run])
    ladder = Ladder.of(rules)
    trail = fold_all(averages, ladder, Policy.of(rules))
    months: Objects = np.array([*run, None], dtype=object)
    levels: Objects = np.array([*ladder.codes, ASLEEP, None], dtype=object)
    asleep = len(ladder.codes)
    since = asleep_since(conn, ladder, run)
    empty = (averages != MISSING) & (averages < ladder.sleep_below)
    now = _idle(conn, ids, empty[:, -1] & (trail.reached == 0), run[-1], since[-1])
    then = _idle(conn, ids, empty[:, -2:][:, 0] & (trail.before == 0), run[-2:][0], since[0])
    line = round(rules.number("tiers.qualified_line") * 100)
    qualified = _qualified(averages, _opened(conn, ids, run), trail, line)
    figures: dict[str, Objects] = {
        "tier": levels[np.where(now & (trail.tier == 0), asleep, trail.tier)],
        "reached": levels[np.where(now, asleep, trail.reached)],
        "tier_before": levels[np.where(then, asleep, trail.before)],
        "watch": trail.watch.astype(object),
        "attention": trail.attention.astype(np.int64).astype(object),
        "falls_in": np.array(_where(trail.falls_in.astype(object), trail.falls_in != NONE), dtype=object),
        "since": months[trail.since],
        "upgraded": months[trail.upgraded],
        "downgraded": months[trail.downgraded],
        "fell_from": levels[trail.fell_from],
        "first_month": months[trail.first],
        "peak": trail.peak.astype(object),
        "peak_month": months[trail.peak_at],
        "qualified": months[qualified],
    }
    columns: dict[str, list[Any]] = {name: _where(figure, trail.followed) for name, figure in figures.items()}
    columns |= {"customer_id": ids.tolist(), "month": [month] * len(ids)}
    columns["months_told"] = trail.months_told.tolist()
    for name, length in (("peak_6", 6), ("peak_12", 12)):
        highest = averages[:, -length:].max(axis=1)
        columns[name] = _where(highest.astype(object), highest != MISSING)
    return zip(*(columns[name] for name in COLUMNS), strict=True)


def _where(figure: Objects, known: Flags) -> list[Any]:
    """The figure where it is known, else None."""
    values = figure.copy()
    values[~known] = None
    objects: list[Any] = values.tolist()
    return objects


def _idle(conn: Connection, ids: Wholes, some: Flags, month: str, since: str) -> Flags:
    """Those among `some` whose last transaction, as a month's list tells it, lies before a day (ISO)."""
    s = snapshots.c
    idle = np.zeros(len(ids), dtype=np.bool_)
    for part in _chunks(ids[some].tolist()):
        query = select(s.customer_id).where(
            s.customer_id.in_(part), s.month == month, s.last_txn_date < since
        )
        found = np.array(conn.execute(query).scalars().all(), dtype=np.int64)
        idle[np.searchsorted(ids, found)] = True
    return idle


def _opened(conn: Connection, ids: Wholes, run: Sequence[str]) -> Wholes:
    """The place of the month of `run` in which each customer opened an account; NONE for another month."""
    places = {month: place for place, month in enumerate(run)}
    c = customers.c
    opened = np.full(len(ids), NONE, dtype=np.int64)
    for customer, day in conn.execute(select(c.id, c.open_date).where(c.open_date >= run[0])):
        at = int(np.searchsorted(ids, customer))
        if at < len(ids) and ids[at] == customer:
            opened[at] = places.get(day[:7], NONE)
    return opened


def _qualified(averages: Wholes, opened: Wholes, trail: FoldedTrails, line: int) -> Wholes:
    """The place of the first month at or above the line in fen, by the rule of `trails.compute_trails`."""
    reaches = averages >= line
    first = np.where(reaches.any(axis=1), reaches.argmax(axis=1), NONE)
    return np.where((first > trail.first) | (first == opened), first, NONE)


def _chunks(some: list[int]) -> Iterator[list[int]]:
    yield from (some[start : start + _CHUNK] for start in range(0, len(some), _CHUNK))
