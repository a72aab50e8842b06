"""Whose touches are planned again when a plan is brought up to date: everybody else's stay where they are."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.year import planned_touches, touch_choices
from workbench.base.rows import named_rows
from workbench.outreach.levelling.placement import DayRoom
from workbench.outreach.yearplan.choices import SAME
from workbench.outreach.yearplan.planning import NeededRoom

_t = planned_touches.c
#: the states of a touch that has still to be made
_OPEN = ("planned", "late")


def left_behind(conn: Connection, year: int, first: str, start: dt.date) -> frozenset[int]:
    """The customers (ids) of open touches on the days from `first` (ISO) on that are over by `start`."""
    query = (
        select(_t.customer_id)
        .distinct()
        .where(_t.year == year, _t.day >= first, _t.day < start.isoformat(), _t.state.in_(_OPEN))
    )
    return frozenset(conn.execute(query).scalars())


def reached_since(reached: Mapping[int, tuple[int, ...]], first: int) -> frozenset[int]:
    """The customers (ids) whom a contact reached on a day (ordinal) or later."""
    return frozenset(id_ for id_, days in reached.items() if days and days[-1] >= first)


def crowded(
    conn: Connection, year: int, room: DayRoom, load: Mapping[int, int], but: Set[int], start: int
) -> frozenset[int]:
    """The customers (ids) who make way on days (ordinals, from `start` on) that have become too short, or are no workdays any
    more: those of the lowest touches first. `load` in seconds, without the customers of `but`; what was chosen stays."""
    seconds = dict(zip(room.days.tolist(), room.seconds.tolist(), strict=True))
    over = {day: taken - seconds.get(day, 0) for day, taken in load.items() if day >= start}
    over = {day: more for day, more in sorted(over.items()) if more > 0}
    there = _lowest_first(conn, year, over, -1, but)
    gone: set[int] = set()
    for day, more in over.items():
        for one in there.get(day, ()):
            if more <= 0:
                break
            gone.add(one.customer)
            more -= one.seconds
    return frozenset(gone)


def giving_way(
    conn: Connection, year: int, needs: Sequence[NeededRoom], room: DayRoom, but: Collection[int]
) -> frozenset[int]:
    """The customers (ids) whose touches make way for higher ones that found no room: for each of `needs` the lowest on the day
    nearest to the wanted one where enough would. `room`: what the days have left."""
    left = dict(zip(room.days.tolist(), room.seconds.tolist(), strict=True))
    spans = {day for need in needs for day in left if need.first <= day <= need.last}
    there = _lowest_first(conn, year, spans, min((one.priority for one in needs), default=0), but)
    gone: set[int] = set()
    for need in needs:
        days = [day for day in left if need.first <= day <= need.last]
        days.sort(key=lambda day, wanted=need.wanted: (abs(day - wanted), day))  # type: ignore[misc]
        for day in days:
            some, free = _enough(there.get(day, ()), need, left[day], gone)
            if free >= need.seconds:
                gone.update(some)
                left[day] = free - need.seconds
                break
    return frozenset(gone)


@dataclass(frozen=True, slots=True)
class _LowTouch:
    customer: int
    seconds: int
    priority: int


def _enough(there: Sequence[_LowTouch], need: NeededRoom, free: int, gone: Set[int]) -> tuple[list[int], int]:
    """The customers of a day whose touches, the lowest first, would give a need its room; and the seconds that are free then."""
    some: list[int] = []
    for one in there:
        if free >= need.seconds or one.priority <= need.priority:
            break
        if one.customer not in gone:
            some.append(one.customer)
            free += one.seconds
    return some, free


def _lowest_first(
    conn: Connection, year: int, days: Collection[int], priority: int, but: Collection[int]
) -> dict[int, list[_LowTouch]]:
    """Day (ordinal) -> its open touches below a priority that nobody chose, the lowest first; without the customers of `but`."""
    if not days:
        return {}
    first, last = (dt.date.fromordinal(end(days)).isoformat() for end in (min, max))
    query = (
        select(_t.day, _t.customer_id, _t.seconds, _t.priority)
        .outerjoin_from(planned_touches, touch_choices, SAME)
        .where(_t.year == year, _t.day.between(first, last), _t.state.in_(_OPEN))
        .where(_t.priority > priority, touch_choices.c.id.is_(None))
        .order_by(_t.priority.desc(), _t.seconds.desc(), _t.id.desc())
    )
    there: dict[int, list[_LowTouch]] = {}
    numbers = {dt.date.fromordinal(day).isoformat(): day for day in days}
    for row in named_rows(conn.execute(query)):
        if row.day in numbers and row.customer_id not in but:
            there.setdefault(numbers[row.day], []).append(
                _LowTouch(row.customer_id, row.seconds, row.priority)
            )
    return there
