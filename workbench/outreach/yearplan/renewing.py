"""Whose touches are planned again when a plan is brought up to date: everybody else's stay where they are."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Set

from sqlalchemy import Connection, select

from db.year import planned_touches, touch_choices
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
    gone: set[int] = set()
    for day in sorted(day for day, taken in load.items() if day >= start and taken > seconds.get(day, 0)):
        over = load[day] - seconds.get(day, 0)
        for customer, takes in _giving_way(conn, year, day, -1, but):
            if over <= 0:
                break
            gone.add(customer)
            over -= takes
    return frozenset(gone)


def giving_way(
    conn: Connection, year: int, needs: Iterable[NeededRoom], room: DayRoom, but: Collection[int]
) -> frozenset[int]:
    """The customers (ids) whose touches make way for higher ones that found no room: for each of `needs` the lowest on the day
    nearest to the wanted one where enough would. `room`: what the days have left."""
    left = dict(zip(room.days.tolist(), room.seconds.tolist(), strict=True))
    gone: set[int] = set()
    for need in needs:
        days = [day for day in left if need.first <= day <= need.last]
        for day in sorted(days, key=lambda day, wanted=need.wanted: (abs(day - wanted), day)):  # type: ignore[misc]
            some, free = [], left[day]
            for customer, takes in _giving_way(conn, year, day, need.priority, {*but, *gone}):
                if free >= need.seconds:
                    break
                some.append(customer)
                free += takes
            if free >= need.seconds:
                gone.update(some)
                left[day] = free - need.seconds
                break
    return frozenset(gone)


def _giving_way(
    conn: Connection, year: int, day: int, priority: int, but: Collection[int]
) -> Iterable[tuple[int, int]]:
    """(customer id, seconds) of the open touches of a day that rank below a priority and that nobody chose, the lowest first."""
    query = (
        select(_t.customer_id, _t.seconds)
        .outerjoin_from(planned_touches, touch_choices, SAME)
        .where(_t.year == year, _t.day == dt.date.fromordinal(day).isoformat(), _t.state.in_(_OPEN))
        .where(_t.priority > priority, touch_choices.c.id.is_(None))
        .order_by(_t.priority.desc(), _t.seconds.desc(), _t.id.desc())
    )
    for row in conn.execute(query):
        if row.customer_id not in but:
            yield row.customer_id, row.seconds
