"""What is read of the stored touch plan by day: sums of some touches only, minutes of some customers, what is done."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select

from db.stores.planning import reads_every_customer
from db.tables import customers, touches
from db.year import planned_touches
from workbench.base.dates import week_days, week_of
from workbench.insight.genes.data import segments
from workbench.insight.tags.layers import Layers
from workbench.outreach.agenda.agenda import AgendaFilter
from workbench.outreach.agenda.joining import PlannedMinutes
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules

#: the measure that tells a customer's tower
TOWER = "tower"
#: of more customers the touches are not looked up one by one
_PART = 5_000
_P = planned_touches.c

#: (customer id, week 'YYYY-Www') of contacts that reached somebody
ReachedWeeks = Set[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class DaySums:
    """Day (ISO) -> minutes; day -> touches by reason code."""

    minutes: Mapping[str, float]
    touches: Mapping[str, Mapping[str, int]]


def people_of(wanted: AgendaFilter, layers: Layers | None) -> Select[int] | None:
    """The customers (ids) of the towers and segments of a filter, None for everybody; nobody while there are no `layers`."""
    if not wanted.towers and not wanted.segments:
        return None
    if layers is None:
        return select(customers.c.id).where(false())
    flags = [one.column for one in segments() if one.code in wanted.segments]
    within: list[ColumnElement[bool]] = []
    if wanted.towers:
        within.append(layers.column(TOWER).in_(wanted.towers))
    if wanted.segments:
        within.append(or_(false(), *(layers.column(flag) == 1 for flag in flags)))
    return select(layers.customer_id).select_from(layers.source([TOWER, *flags])).where(*within)


def sums_by_day(conn: Connection, year: int, wanted: AgendaFilter, people: Select[int] | None) -> DaySums:
    """The sums of the touches of a filter that have a day; `people`: see `people_of`."""
    query = (
        select(_P.day, _P.reason, func.count(), func.sum(_P.seconds))
        .where(_P.year == year, _P.day.is_not(None), *_met(wanted, people))
        .group_by(_P.day, _P.reason)
        .order_by(_P.day, _P.reason)
    )
    seconds: Counter[str] = Counter()
    counts: dict[str, dict[str, int]] = {}
    reads_every_customer(conn)
    for day, reason, number, took in conn.execute(query):
        seconds[day] += took
        counts.setdefault(day, {})[reason] = number
    return DaySums({day: took / 60 for day, took in seconds.items()}, counts)


def _met(wanted: AgendaFilter, people: Select[int] | None) -> Iterator[ColumnElement[bool]]:
    if wanted.reasons:
        yield _P.reason.in_(wanted.reasons)
    if wanted.channels:
        yield _P.channel.in_(wanted.channels)
    if people is not None:
        yield _P.customer_id.in_(people)


def minutes_of(
    conn: Connection, whose: Collection[int], first: str, last: str, wanted: AgendaFilter
) -> tuple[PlannedMinutes, ...]:
    """The touches of a filter, of some customers (ids), with a day (ISO) within a span, both included."""
    if not whose:
        return ()
    query = (
        select(_P.customer_id, _P.day, _P.seconds)
        .where(_P.customer_id.in_(sorted(whose)), _P.day.between(first, last), *_met(wanted, None))
        .order_by(_P.day, _P.id)
    )
    return tuple(PlannedMinutes(one, day, took / 60) for one, day, took in conn.execute(query))


def reached_weeks(conn: Connection, first: str, last: str, rules: Rules) -> ReachedWeeks:
    """Who was reached in which week, by the contacts logged within a span of days (ISO, both included)."""
    t, reaching = touches.c, Reaching(rules)
    query = select(t.customer_id, t.date, t.result, t.initiated_by).where(t.date.between(first, last))
    return {
        (customer, week_of_day(date))
        for customer, date, result, begun in conn.execute(query).all()
        if reaching.reached(result, begun)
    }


@lru_cache(maxsize=1_000)
def week_of_day(day: str) -> str:
    """The week 'YYYY-Www' of a day (ISO)."""
    return week_of(dt.date.fromisoformat(day))


def done_by_day(
    conn: Connection, year: int, wanted: AgendaFilter, people: Select[int] | None, until: str, rules: Rules
) -> Mapping[str, int]:
    """Day (ISO) up to `until` -> its touches that are done: their customer was reached in their week, or within their span."""
    done: Counter[str] = Counter()
    first = conn.execute(select(func.min(_P.day)).where(_P.year == year)).scalar()
    if first is None or first > until:
        return done
    reached = reached_weeks(conn, week_days(week_of_day(first))[0].isoformat(), until, rules)
    whose = frozenset(customer for customer, _week in reached)
    query = select(_P.customer_id, _P.day, _P.state).where(
        _P.year == year, _P.day.between(first, until), *_met(wanted, people)
    )
    if len(whose) <= _PART:
        query = query.where(_P.customer_id.in_(whose))
    for customer, day, state in conn.execute(query) if whose else ():
        if customer in whose:
            done[day] += state == "done" or (customer, week_of_day(day)) in reached
    return done
