"""`relevel`: a standing placement brought up to date where few customers changed; all others keep what they have."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import numpy as np

from workbench.outreach.levelling.allowing import channels_of, grounds_of
from workbench.outreach.levelling.caps import level_of
from workbench.outreach.levelling.duties import duties
from workbench.outreach.levelling.limits import TouchLimits
from workbench.outreach.levelling.overfull import spans
from workbench.outreach.levelling.placement import (
    CADENCE,
    GROUNDS,
    LATE,
    NO_ROOM,
    DayRoom,
    Placement,
    TouchDays,
    no_days,
)
from workbench.outreach.levelling.placing import PlacingRun
from workbench.outreach.levelling.preparing import prepared
from workbench.outreach.wishes.wish_table import KINDS, CadenceTable, Flags, Whole, WishTable

_FULL, _SERVICE = GROUNDS.index("full"), KINDS.index("service")
_PLACES = {"reason": "reasons", "channel": "channels", "ground": "grounds"}


def relevel(
    standing: Placement,
    changed: Whole,
    wishes: WishTable,
    cadence: CadenceTable,
    limits: TouchLimits,
    room: DayRoom,
    *,
    start: int,
    today: int = 0,
    choices: TouchDays | None = None,
) -> Placement:
    """As `level`, for `changed` customers only: `wishes` are theirs, `cadence` is that of all. The days that they had are kept
    where they may be. Where something that is owed to them has no room, others whose touches rank lower make some."""
    days = np.flatnonzero(room.days >= start)
    room = DayRoom(room.days[days], room.seconds[days])
    chosen = choices or no_days()
    placed, closed = _placed(standing, changed, wishes, cadence, limits, room, start, today, chosen)
    giving = _giving_way(placed, standing, changed, cadence, room)
    if len(giving):
        all_of_them = np.union1d(changed, giving)
        wider = _joined_wishes(wishes, _wishes_of(standing, giving))
        placed, closed = _placed(standing, all_of_them, wider, cadence, limits, room, start, today, chosen)
    duty = duties(cadence, limits, channels_of(limits, cadence.channels), grounds_of(limits), start, today)
    return replace(placed, overfull=spans(placed, duty, room, start, closed))


def _placed(
    standing: Placement,
    changed: Whole,
    wishes: WishTable,
    cadence: CadenceTable,
    limits: TouchLimits,
    room: DayRoom,
    start: int,
    today: int,
    choices: TouchDays,
) -> tuple[Placement, dict[int, tuple[int, int]]]:
    others = rows_of(standing, ~np.isin(standing.customer, changed))
    mine = np.isin(standing.customer, changed) & (standing.day > 0)
    kept = replace(standing.days_kept(), **{
        name: getattr(standing, name)[mine] for name in ("customer", "reason", "occurrence", "day")
    })  # fmt: skip
    there = np.isin(others.day, room.days)
    on = np.searchsorted(room.days, others.day[there])
    used = np.bincount(on, weights=others.seconds[there], minlength=len(room.days)).astype(np.int64)
    left = DayRoom(room.days, np.maximum(room.seconds - used, 0))
    theirs = np.isin(cadence.customer, changed)
    columns = {
        one.name: getattr(cadence, one.name)[theirs] for one in fields(cadence) if one.name != "channels"
    }
    ready = prepared(
        wishes, CadenceTable(cadence.channels, **columns), limits, left, start, today, choices, kept
    )
    level = level_of(ready, int(room.seconds.sum()), int(used.sum()))
    run = PlacingRun(ready, [int(seconds * (1 - level)) for seconds in room.seconds.tolist()])
    new = run.placement()
    count = len(others.customer)
    return together(others, new), {count + row: span for row, span in run.closed().items()}


def _giving_way(
    placed: Placement, standing: Placement, changed: Whole, cadence: CadenceTable, room: DayRoom
) -> Whole:
    """Customers whose touches rank lower than an owed one that has no room, on the day of its span where they take most."""
    failed = ((placed.state == LATE) | (placed.state == NO_ROOM)) & (placed.ground == _FULL)
    above = int(cadence.priority.min()) if len(cadence.priority) else -1
    owed = (placed.kind == _SERVICE) | (placed.head & (placed.priority <= above))
    mine = np.flatnonzero(failed & owed & np.isin(placed.customer, changed))
    lower = (standing.kind != _SERVICE) & (~standing.head | (standing.priority > above)) & ~standing.chosen
    free = np.flatnonzero(lower & (standing.day > 0) & ~np.isin(standing.customer, changed))
    free = free[np.lexsort((standing.customer[free], standing.priority[free], standing.day[free]))]
    day = standing.day[free]
    out: set[int] = set()
    used: set[int] = set()
    for row in mine.tolist():
        some = free[np.searchsorted(day, placed.first[row]) : np.searchsorted(day, placed.last[row], "right")]
        some = some[[int(one) not in used for one in some]] if used else some
        if not len(some):
            continue
        at = np.searchsorted(room.days, standing.day[some])
        sums = np.bincount(at, weights=standing.seconds[some])
        best = some[at == int(sums.argmax())][::-1]
        most = int(np.searchsorted(np.cumsum(standing.seconds[best]), placed.seconds[row])) + 1
        used.update(best[:most].tolist())
        out.update(standing.customer[best[:most]].tolist())
    return np.array(sorted(out), np.int64)


def _wishes_of(placed: Placement, customers: Whole) -> WishTable:
    cadence = placed.reasons.index(CADENCE) if CADENCE in placed.reasons else -1
    mine = np.isin(placed.customer, customers) & (placed.reason != cadence)
    names = [one.name for one in fields(WishTable) if one.name not in ("reasons", "channels")]
    return WishTable(placed.reasons, placed.channels, **{name: getattr(placed, name)[mine] for name in names})


def _joined_wishes(one: WishTable, other: WishTable) -> WishTable:
    columns, codes = _columns([one, other], ("reasons", "channels"))
    return WishTable(**codes, **columns)


def together(one: Placement, other: Placement) -> Placement:
    """The rows of two placements, those of the first before those of the second."""
    columns, codes = _columns([one, other], ("reasons", "channels", "grounds"))
    into = np.where(other.into >= 0, other.into + len(one.into), -1)
    return Placement(**codes, **{**columns, "into": np.concatenate([one.into, into])})


def _columns(
    tables: list[WishTable] | list[Placement], coded: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Columns one below the other, with common codes."""
    codes = {
        name: tuple(dict.fromkeys(code for table in tables for code in getattr(table, name)))
        for name in coded
    }
    columns: dict[str, Any] = {}
    for one in fields(tables[0]):
        if one.name in codes or one.name == "overfull":
            continue
        parts = [getattr(table, one.name) for table in tables]
        if one.name in _PLACES:
            known = codes[_PLACES[one.name]]
            parts = [
                np.array([known.index(code) for code in getattr(table, _PLACES[one.name])], np.int64)[part]
                for table, part in zip(tables, parts, strict=True)
            ]
        columns[one.name] = np.concatenate(parts)
    return columns, codes


def rows_of(placed: Placement, which: Flags) -> Placement:
    """Some rows; what was merged into a row that is left out is merged into none."""
    place = np.concatenate([np.where(which, np.cumsum(which) - 1, -1), [-1]])
    columns = {
        one.name: getattr(placed, one.name)[which]
        for one in fields(placed)
        if one.name not in ("reasons", "channels", "grounds", "overfull")
    }
    columns["into"] = place[columns["into"]]
    return Placement(placed.reasons, placed.channels, placed.grounds, **columns)
