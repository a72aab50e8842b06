"""Reads the stored touches as pages, sheets and JSON show them: with names and words, in the order of their days."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.known import trails
from db.tables import customers
from db.year import planned_touches, touch_choices
from workbench.base.rows import named_rows
from workbench.outreach.wishes.reasons import reason_name, touch_words
from workbench.outreach.yearplan.choices import SAME
from workbench.outreach.yearplan.grounds import ground_words
from workbench.outreach.yearplan.plan import PlannedTouch, TouchState
from workbench.rules.parameters import Rules

_t = planned_touches.c
#: ids in one statement
_NAMED = 5_000
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

    def about(self, code: str, occurrence: str) -> str:
        """What a touch is about."""
        event = self.events.get(code.partition(".")[2], "")
        return touch_words(code, dt.date.fromisoformat(occurrence), self.rules, event, old=self.old)


def read_touches(conn: Connection, wanted: TouchQuery, words: TouchWords) -> tuple[PlannedTouch, ...]:
    """The touches by day (that they have, or would best have), priority, customer and id."""
    about: dict[tuple[str, str], str] = {}
    grounds: dict[str, str] = {}
    touches = []
    for row in _rows(conn, wanted):
        key = (row.reason, row.occurrence)
        if (text := about.get(key)) is None:
            text = about[key] = words.about(*key)
        why = row.why or ""
        if why.startswith("chosen") and row.state != "left_out":
            why = ""
        if (ground := grounds.get(why)) is None:
            ground = grounds[why] = ground_words(why, words.rules, words.reason)
        touches.append(_touch(row, text, ground))
    return tuple(touches)


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
            touch_choices.c.id.is_not(None).label("chosen"),
        )
        .join_from(planned_touches, customers, customers.c.id == _t.customer_id)
        .outerjoin(trails, trails.c.customer_id == _t.customer_id)
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
