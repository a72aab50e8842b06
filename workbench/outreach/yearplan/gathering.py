"""What a plan is made from: wishes and cadences, limits, workdays with their room, contacts that reached somebody."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from sqlalchemy import Connection, select

from db.tables import touches
from workbench.base.settings import BookSettings
from workbench.base.workdays import Workdays
from workbench.outreach.cadence.capacity import workday_seconds
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.levelling.placement import DayRoom
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.people.contact_caps import TouchLimits
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules

#: ids in one statement
_NAMED = 500


@dataclass(frozen=True, slots=True)
class WeekShare:
    """What the list of the week that stands takes of its days beside the plan: `seconds` by day (ordinal); the `customers` (ids)
    on it, whose touches stay where they are; a `mark` that differs with it."""

    seconds: Mapping[int, int] = field(default_factory=dict)
    customers: frozenset[int] = frozenset()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PlanMaterial:
    """What a plan of a year is made from. `start`: the first day that is planned; `room`: the workdays from it on; `reached`:
    customer id -> days (ordinals, ascending) on which a contact reached him; `notes`: what could not be told."""

    year: int
    as_of: str
    start: dt.date
    today: dt.date
    wishes: WishTable
    cadence: CadenceTable
    limits: TouchLimits
    room: DayRoom
    reached: Mapping[int, tuple[int, ...]]
    notes: tuple[str, ...]
    share: WeekShare = field(default_factory=WeekShare)

    @property
    def free(self) -> DayRoom:
        """What the workdays have for the plan once the week's list has its share."""
        taken = np.array([self.share.seconds.get(day, 0) for day in self.room.days.tolist()], np.int64)
        return replace(self.room, seconds=np.maximum(self.room.seconds - taken, 0))


def first_day(year: int, today: dt.date, workdays: Workdays) -> dt.date:
    """The first day that a plan of a year made today covers: 1 January, or the next workday."""
    return workdays.next_workday(max(dt.date(year, 1, 1), today))


def room_of(workdays: Workdays, start: dt.date, settings: BookSettings, rules: Rules) -> DayRoom:
    """The workdays of a year from a day on, with the seconds of each."""
    end = dt.date(start.year, 12, 31)
    span = range(start.toordinal(), end.toordinal() + 1)
    days = np.array([day for day in span if workdays.is_workday(dt.date.fromordinal(day))], np.int64)
    until = workdays.next_workday(end + dt.timedelta(days=1)).toordinal() - 1
    return DayRoom(days, np.full(len(days), workday_seconds(settings, rules), np.int64), until)


def silent_days(events: Sequence[YearDay]) -> frozenset[int]:
    """The days (ordinals) without marketing."""
    return frozenset(
        day
        for one in events
        if one.silent
        for day in range(
            dt.date.fromisoformat(one.date).toordinal(), dt.date.fromisoformat(one.last).toordinal() + 1
        )
    )


def reached_days(
    conn: Connection, first: str, last: str, rules: Rules, only: Collection[int] | None = None
) -> dict[int, tuple[int, ...]]:
    """Customer id -> the days (ordinals, ascending) of [first, last] (ISO) on which a contact reached him."""
    t, reaching = touches.c, Reaching(rules)
    query = select(t.customer_id, t.date, t.result, t.initiated_by).where(t.date >= first, t.date <= last)
    if only is not None and len(only) <= _NAMED:
        query = query.where(t.customer_id.in_(only))
    days: dict[int, list[int]] = {}
    for row in conn.execute(query.order_by(t.customer_id, t.date, t.id)):
        if (only is None or row.customer_id in only) and reaching.reached(row.result, row.initiated_by):
            days.setdefault(row.customer_id, []).append(dt.date.fromisoformat(row.date).toordinal())
    return {id_: tuple(of) for id_, of in days.items()}
