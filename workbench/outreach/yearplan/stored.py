"""The plan of a year in the book: its run, and its touches a column at a time. Only rows that differ are written."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from db.stores.store import store_of
from db.values import Value
from db.year import planned_touches, year_runs
from workbench.base.rows import in_parts
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import Whole
from workbench.outreach.yearplan.basis import PlanBasis
from workbench.outreach.yearplan.sums import PlanSums, WishMarks, marks_in, sums_in
from workbench.outreach.yearplan.touch_columns import (
    COLUMNS,
    STATES,
    TouchColumns,
    iso_days,
    ordinals,
)

_t, _r = planned_touches.c, year_runs.c
#: what stands in a row but for its id and its year
_CELLS = (
    "customer_id", "reason", "occurrence", "kind", "channel", "priority", "seconds", "first", "last", "wanted",
    "day", "moved_from", "state", "why",
)  # fmt: skip
#: ids in one statement
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class PlanRun:
    """A plan that stands: by what it was made, when, from data of which day, from which day (ISO) on, how many touches it has;
    ids of those that the last planning `moved`; `not_fitting` as `fitting.py` stored it."""

    year: int
    basis: PlanBasis
    made: str
    as_of: str | None
    planned_from: str
    number: int
    moved: tuple[int, ...]
    notes: tuple[str, ...]
    not_fitting: tuple[Mapping[str, Any], ...]
    packed: bytes

    @property
    def sums(self) -> PlanSums:
        """The sums by day."""
        return sums_in(self.packed)

    @property
    def marks(self) -> WishMarks:
        """By which it is known whose wishes changed."""
        return marks_in(self.packed)


def run_of(conn: Connection, year: int) -> PlanRun | None:
    """The plan of a year that stands in the book; None for none."""
    row = conn.execute(select(year_runs).where(_r.year == year)).first()
    if row is None:
        return None
    last = json.loads(row.moved)
    return PlanRun(
        row.year, PlanBasis.of_text(row.basis), row.made, last["as_of"], row.planned_from, row.number,
        tuple(last["moved"]), tuple(last["notes"]), tuple(json.loads(row.not_fitting)), row.summary,
    )  # fmt: skip


def gone(conn: Connection, run: PlanRun) -> tuple[PlanSums, frozenset[int]]:
    """The sums of the touches of a plan as they stand, counted again where some went with their customer; and the customers (ids)
    it knows who have none: one who came back has to be planned again."""
    if run.number == conn.execute(select(func.count()).where(_t.year == run.year)).scalar_one():
        return run.sums, frozenset()
    having = conn.execute(select(_t.customer_id).where(_t.year == run.year).distinct()).scalars()
    return _counted(conn, run), frozenset(run.marks.customer.tolist()) - frozenset(having)


def _counted(conn: Connection, run: PlanRun) -> PlanSums:
    query = select(_t.day, _t.reason, _t.state, func.count(), func.sum(_t.seconds)).where(_t.year == run.year)
    load: Counter[int] = Counter()
    states: Counter[str] = Counter()
    counted: dict[int, Counter[str]] = {}
    for iso, reason, state, number, seconds in conn.execute(query.group_by(_t.day, _t.reason, _t.state)):
        states[state] += number
        if iso is not None:
            day = dt.date.fromisoformat(iso).toordinal()
            load[day] += seconds
            counted.setdefault(day, Counter())[reason] += number
    return PlanSums(run.sums.capacity, load, counted, states)


def keep_run(conn: Connection, run: PlanRun) -> None:
    """Keeps what a plan stands on, in the place of the earlier one of its year."""
    conn.execute(delete(year_runs).where(_r.year == run.year))
    last = {"as_of": run.as_of, "moved": list(run.moved), "notes": list(run.notes)}
    conn.execute(
        insert(year_runs),
        {
            "year": run.year, "basis": run.basis.as_text(), "made": run.made, "planned_from": run.planned_from,
            "number": run.number, "summary": run.packed, "moved": json.dumps(last, ensure_ascii=False),
            "not_fitting": json.dumps(list(run.not_fitting), ensure_ascii=False),
        },
    )  # fmt: skip


def forget_moves(conn: Connection, ids: Collection[int]) -> None:
    """An earlier planning's moves are no longer the last one's; what was chosen keeps the day it had."""
    for part in in_parts(sorted(ids), _CHUNK):
        plain = _t.why.is_(None) | ~_t.why.startswith("chosen:")
        conn.execute(update(planned_touches).where(_t.id.in_(part), plain).values(moved_from=None))


# -- touches -------------------------------------------------------------------------------------------------------


def touches_in(
    conn: Connection, year: int, only: Collection[int] | None = None
) -> tuple[Whole, TouchColumns]:
    """The ids and the stored touches of a year in the order of their ids, of all customers or of some."""
    query = select(_t.id, *(_t[name] for name in _CELLS)).where(_t.year == year)
    rows: list[Any] = []
    for part in [None] if only is None else in_parts(sorted(only), _CHUNK):
        some = query if part is None else query.where(_t.customer_id.in_(part))
        rows += map(tuple, conn.execute(some))
    rows.sort()
    return _in_columns(rows)


def _in_columns(rows: Sequence[Sequence[Any]]) -> tuple[Whole, TouchColumns]:
    cells = dict(
        zip(("id", *_CELLS), zip(*rows, strict=True) if rows else [()] * (len(_CELLS) + 1), strict=True)
    )
    reasons, reason = _coded(cells["reason"])
    channels, channel = _coded(cells["channel"])
    grounds, why = _coded(("", *(one or "" for one in cells["why"])))
    whole = {name: np.array(cells[name], np.int64) for name in ("customer_id", "priority", "seconds", "id")}
    days = {
        name: ordinals(cells[name]) for name in ("occurrence", "first", "last", "wanted", "day", "moved_from")
    }
    return whole["id"], TouchColumns(
        reasons, channels, grounds, whole["customer_id"], reason, days["occurrence"], _places(cells["kind"], KINDS),
        channel, whole["priority"], whole["seconds"], days["first"], days["last"], days["wanted"], days["day"],
        _places(cells["state"], STATES), why[1:], days["moved_from"],
    )  # fmt: skip


def _coded(words: Sequence[str]) -> tuple[tuple[str, ...], Whole]:
    """The words that there are in the order in which they come, and the place of each."""
    known: dict[str, int] = {}
    places = [known.setdefault(word, len(known)) for word in words]
    return tuple(known), np.array(places, np.int64)


def _places(words: Sequence[str], among: Sequence[str]) -> Whole:
    place = {word: number for number, word in enumerate(among)}
    return np.array([place[word] for word in words], np.int64)


def keep_touches(conn: Connection, year: int, ids: Whole, stood: TouchColumns, made: TouchColumns) -> Whole:
    """Brings the stored touches `stood`, whose ids these are, to what was made: removes, changes and adds what differs.

    Returns the id of each of those that were made, 0 for a new one.
    """
    reasons = tuple(dict.fromkeys((*stood.reasons, *made.reasons)))
    old, new = stood.keys(reasons), made.keys(reasons)
    order = np.argsort(old, kind="stable")
    places = np.minimum(np.searchsorted(old[order], new), max(len(old) - 1, 0))
    known = old[order][places] == new if len(old) else np.zeros(len(new), bool)
    at = order[places] if len(old) else places
    kept = np.where(known, ids[at] if len(old) else 0, 0)
    _delete(conn, ids[~np.isin(old, new)])
    both = np.flatnonzero(known)
    if len(both):
        differs = both[_differ(stood.some(at[both]), made.some(both))]
        _update(conn, kept[differs], made.some(differs))
    added = np.flatnonzero(~known)
    _insert(conn, year, made.some(added))
    return kept


def _differ(stood: TouchColumns, made: TouchColumns) -> Any:
    """Which of two tables in the same order differ."""
    differs = np.zeros(len(made), bool)
    for name in COLUMNS:
        codes = {"reason": "reasons", "channel": "channels", "why": "grounds"}.get(name)
        one, other = getattr(stood, name), getattr(made, name)
        if codes is not None:
            one, other = (
                np.array(getattr(of, codes), object)[places] for of, places in ((stood, one), (made, other))
            )
        differs |= one != other
    return differs


def _cells(touches: TouchColumns) -> Iterator[Sequence[Value]]:
    """The cells of `_CELLS` row by row."""

    def words(codes: Sequence[str], places: Whole) -> list[str]:
        words: list[str] = np.array(codes or ("",), object)[places].tolist()
        return words

    t = touches
    return zip(
        t.customer.tolist(), words(t.reasons, t.reason), iso_days(t.occurrence), words(KINDS, t.kind),
        words(t.channels, t.channel), t.priority.tolist(), t.seconds.tolist(), iso_days(t.first), iso_days(t.last),
        iso_days(t.wanted), iso_days(t.day), iso_days(t.moved_from), words(STATES, t.state),
        [one or None for one in words(t.grounds, t.why)], strict=True,
    )  # fmt: skip


def _insert(conn: Connection, year: int, touches: TouchColumns) -> None:
    """Ids are given by the database: a server counts them by itself."""
    if not len(touches):
        return
    names = [column.name for column in planned_touches.columns if column.name in ("year", *_CELLS)]
    in_order = [_CELLS.index(name) if name in _CELLS else None for name in names]
    rows = (tuple(year if at is None else row[at] for at in in_order) for row in _cells(touches))
    store = store_of(conn)
    with store.loading(conn, planned_touches, len(touches)):
        store.insert_rows(conn, planned_touches, names, rows)


def _update(conn: Connection, ids: Whole, touches: TouchColumns) -> None:
    if not len(ids):
        return
    names = [name for name in _CELLS if name not in ("customer_id", "reason", "occurrence")]
    statement = update(planned_touches).where(_t.id == bindparam("_id"))
    statement = statement.values({name: bindparam("_" + name) for name in names})
    rows = [
        {"_id": id_, **{"_" + name: cell for name, cell in zip(_CELLS, cells, strict=True) if name in names}}
        for id_, cells in zip(ids.tolist(), _cells(touches), strict=True)
    ]
    conn.execute(statement, rows)


def _delete(conn: Connection, ids: Whole) -> None:
    for part in in_parts(ids.tolist(), _CHUNK):
        conn.execute(delete(planned_touches).where(_t.id.in_(part)))
