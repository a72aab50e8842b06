"""Reads the stored touches as pages, sheets and JSON show them: with names and words, in the order of their days."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.known import trails
from db.tables import customers
from db.tables import touches as touches_log
from db.year import contact_intervals, planned_touches, touch_choices
from workbench.base.dates import today
from workbench.base.rows import named_rows
from workbench.insight.measures.contact import LogConditions
from workbench.outreach.wishes.reasons import CADENCE, TouchFacts, reason_name, since_words, touch_words
from workbench.outreach.yearplan.choices import SAME
from workbench.outreach.yearplan.grounds import ground_words
from workbench.outreach.yearplan.plan import PlannedTouch, TouchState
from workbench.rules.parameters import Rules

_t = planned_touches.c
#: a message to many at once
_GROUP = "group"
#: ids in one statement
_NAMED = 5_000
#: the states of touches that are still to be made
_OPEN = ("planned", "late")
#: the states of touches that have a day
_MADE = frozenset(("planned", "late", "done"))


@dataclass(frozen=True, slots=True)
class TouchQuery:
    """Which touches of a year: whose day, or best day where they have none, lies in [first, last] (ISO, None: open); of some
    customers (ids); in one state; some ids; of them the first `most`."""

    year: int
    first: str | None = None
    last: str | None = None
    customers: Collection[int] | None = None
    state: str | None = None
    ids: Collection[int] | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TouchWords:
    """Puts touches into words: `events`: code -> name of the days of the year; `old`: the data are too old for deadlines."""

    rules: Rules
    events: Mapping[str, str]
    old: bool = False

    def reason(self, code: str) -> str:
        """The name of a reason: that of its event where it has one."""
        return self.events.get(code.partition(".")[2]) or reason_name(code, self.rules)

    def about(self, row: Any) -> str:
        """What a touch is about."""
        day = dt.date.fromisoformat(row.day) if row.day else None
        event = self.events.get(row.reason.partition(".")[2], "")
        facts = TouchFacts(event, row.channel, day, row.tier, row.own, self.old)
        return touch_words(row.reason, dt.date.fromisoformat(row.occurrence), self.rules, facts)


def read_touches(conn: Connection, wanted: TouchQuery, words: TouchWords) -> tuple[PlannedTouch, ...]:
    """The touches by day (that they have, or would best have), priority, customer and id."""
    about: dict[tuple[object, ...], str] = {}
    grounds: dict[str, str] = {}
    rows = list(_rows(conn, wanted))
    since = _talks(conn, wanted.year, rows, words.rules)
    touches = []
    for row in rows:
        after = row.day if row.day is not None and row.day > row.occurrence else None
        key = (row.reason, row.occurrence, row.channel, after, row.tier, row.own)
        if (text := about.get(key)) is None:
            text = about[key] = words.about(row)
        if row.id in since:
            text = since_words(text, since[row.id], today(), words.rules)
        why = row.why or ""
        if why.startswith("chosen") and row.state != "left_out":
            why = ""
        if (ground := grounds.get(why)) is None:
            ground = grounds[why] = ground_words(why, words.rules, words.reason)
        touches.append(_touch(row, text, ground))
    return tuple(touches)


def _talks(conn: Connection, year: int, rows: list[Any], rules: Rules) -> dict[int, str | None]:
    """Touch id -> the day (ISO) of the last talk, None where none is logged: of the next touch by the interval of each customer
    this year. Before a later one there will have been others."""
    whose = {row.customer_id for row in rows if row.reason == CADENCE and row.channel != _GROUP}
    if not whose or year != today().year:
        return {}
    nth = func.row_number().over(partition_by=_t.customer_id, order_by=(_t.occurrence, _t.id))
    cadence = select(_t.id, _t.customer_id, nth.label("nth")).where(
        _t.year == year, _t.reason == CADENCE, _t.state.in_(_OPEN)
    )
    talked = touches_log.c
    last = select(talked.customer_id, func.max(talked.date)).where(
        LogConditions.of(rules).two_way, talked.date <= today().isoformat()
    )
    if len(whose) <= _NAMED:
        cadence = cadence.where(_t.customer_id.in_(sorted(whose)))
        last = last.where(talked.customer_id.in_(sorted(whose)))
    talks: dict[int, str] = {row[0]: row[1] for row in conn.execute(last.group_by(talked.customer_id))}
    each = cadence.subquery("cadence_touches").c
    first = select(each.id, each.customer_id).where(each.nth == 1)
    return {row.id: talks.get(row.customer_id) for row in conn.execute(first) if row.customer_id in whose}


def _touch(row: Any, words: str, why: str) -> PlannedTouch:
    done = row.state == "done"
    state: TouchState = "planned" if done else row.state
    return PlannedTouch(
        row.id, row.customer_id, row.customer_no, row.name or "", row.tier, row.reason, words, row.occurrence, row.kind,
        row.channel, row.priority, row.seconds / 60, row.first, row.last, row.wanted, row.day, state, why, row.chosen,
        row.moved_from, done,
    )  # fmt: skip


def _rows(conn: Connection, wanted: TouchQuery) -> Iterator[Any]:
    whose = wanted.customers
    few = whose is None or len(whose) <= _NAMED
    for row in named_rows(conn.execute(_query(wanted, few=few))):
        if few or whose is None or row.customer_id in whose:
            yield row


def _query(wanted: TouchQuery, *, few: bool) -> Select[Any]:
    on = func.coalesce(_t.day, _t.wanted)
    names = (
        "id", "customer_id", "reason", "occurrence", "kind", "channel", "priority", "seconds", "first", "last", "wanted",
        "day", "state", "why", "moved_from",
    )  # fmt: skip
    query = (
        select(
            *(_t[name] for name in names),
            customers.c.customer_no,
            customers.c.name,
            trails.c.tier,
            contact_intervals.c.days.label("own"),
            touch_choices.c.id.is_not(None).label("chosen"),
        )
        .join_from(planned_touches, customers, customers.c.id == _t.customer_id)
        .outerjoin(trails, trails.c.customer_id == _t.customer_id)
        .outerjoin(contact_intervals, contact_intervals.c.customer_id == _t.customer_id)
        .outerjoin(touch_choices, SAME)
        .where(_t.year == wanted.year)
        .order_by(on, _t.priority, _t.customer_id, _t.id)
    )
    # the index has the days of those that are made
    by = _t.day if wanted.state in _MADE else on
    if wanted.first is not None:
        query = query.where(by >= wanted.first)
    if wanted.last is not None:
        query = query.where(by <= wanted.last)
    if wanted.customers is not None and few:
        query = query.where(_t.customer_id.in_(wanted.customers))
    if wanted.state is not None:
        query = query.where(_t.state == wanted.state)
    if wanted.ids is not None:
        query = query.where(_t.id.in_(wanted.ids))
    return query if wanted.most is None else query.limit(wanted.most)
