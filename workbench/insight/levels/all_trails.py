"""The trails of every customer of a month, computed in whole columns: the same rows as `trails.compute_trails`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from db.known import trails
from db.stores.store import store_of
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
#: a number of kinds beyond which they are numbered anew
_MANY = 2**60
#: the columns of `trails` that differ from customer to customer, and those that many share
OWN = ("customer_id", "peak", "peak_6", "peak_12")
SHARED = tuple(name for name in COLUMNS if name not in OWN)


@dataclass(frozen=True, slots=True)
class AllTrails:
    """Rows of `trails`: what many customers share is kept once, beside each customer's own figures.

    `kinds`: values of SHARED; `rows`: the place of a customer's kind, then values of OWN.
    """

    kinds: Sequence[tuple[Any, ...]] = ()
    rows: Sequence[tuple[Any, ...]] = ()

    def store(self, conn: Connection) -> None:
        """Replaces all rows of the book."""
        conn.execute(delete(trails))
        store_of(conn).insert_alike(conn, trails, SHARED, self.kinds, OWN, self.rows)

    def lines(self) -> Iterator[tuple[Any, ...]]:
        """The rows in the order of COLUMNS."""
        for kind, *own in self.rows:
            row = dict(zip(SHARED, self.kinds[kind], strict=True)) | dict(zip(OWN, own, strict=True))
            yield tuple(row[name] for name in COLUMNS)


def all_trails(conn: Connection, month: str, rules: Rules) -> AllTrails:
    """The trails of the customers listed in `month`; stores nothing."""
    run = run_of_months(conn, month, rules)
    if not run:
        return AllTrails()
    packed = month_averages.read(conn, run)
    ids = packed[month].customers
    if not len(ids):
        return AllTrails()
    averages = np.column_stack([packed[one].of(ids) for one in run])
    ladder = Ladder.of(rules)
    trail = fold_all(averages, ladder, Policy.of(rules))
    asleep = len(ladder.codes)
    since = asleep_since(conn, ladder, run)
    empty = (averages != MISSING) & (averages < ladder.sleep_below)
    now = _idle(conn, ids, empty[:, -1] & (trail.reached == 0), run[-1], since[-1])
    then = _idle(conn, ids, empty[:, -2:][:, 0] & (trail.before == 0), run[-2:][0], since[0])
    line = round(rules.number("tiers.qualified_line") * 100)
    levels = {
        "tier": np.where(now & (trail.tier == 0), asleep, trail.tier),
        "reached": np.where(now, asleep, trail.reached),
        "tier_before": np.where(then, asleep, trail.before),
        "fell_from": trail.fell_from,
    }
    months = {
        "since": trail.since, "upgraded": trail.upgraded, "downgraded": trail.downgraded, "first_month": trail.first,
        "peak_month": trail.peak_at, "qualified": _qualified(averages, _opened(conn, ids, run), trail, line),
    }  # fmt: skip
    counts = {
        "watch": trail.watch, "attention": trail.attention.astype(np.int64), "falls_in": trail.falls_in,
        "months_told": trail.months_told,
    }  # fmt: skip
    places, kind = _alike(
        (*levels.values(), *months.values(), *counts.values(), trail.followed.astype(np.int64))
    )
    names: Objects = np.array([*ladder.codes, ASLEEP, None], dtype=object)
    dates: Objects = np.array([*run, None], dtype=object)
    figures = {name: names[codes[places]] for name, codes in levels.items()}
    figures |= {name: dates[codes[places]] for name, codes in months.items()}
    figures |= {name: codes[places].astype(object) for name, codes in counts.items()}
    figures["falls_in"][trail.falls_in[places] == NONE] = None
    shared = {name: _where(figure, trail.followed[places]) for name, figure in figures.items()}
    shared |= {"month": [month] * len(places), "months_told": trail.months_told[places].tolist()}
    own = {"customer_id": ids.tolist(), "peak": _where(trail.peak.astype(object), trail.followed)}
    for name, length in (("peak_6", 6), ("peak_12", 12)):
        highest = averages[:, -length:].max(axis=1)
        own[name] = _where(highest.astype(object), highest != MISSING)
    return AllTrails(
        tuple(zip(*(shared[name] for name in SHARED), strict=True)),
        tuple(zip(kind.tolist(), *(own[name] for name in OWN), strict=True)),
    )


def _alike(columns: Sequence[Wholes]) -> tuple[Wholes, Wholes]:
    """The place of the first row of each kind (rows with equal values in every column), and the kind of each row."""
    kind = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        steps = column - column.min()
        if (int(kind.max()) + 1) * (int(steps.max()) + 1) > _MANY:
            kind = np.unique(kind, return_inverse=True)[1]
        kind = kind * (int(steps.max()) + 1) + steps
    _kinds, places, kind = np.unique(kind, return_index=True, return_inverse=True)
    return places, kind


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
