"""The JSON document of a year."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.dates.lunar_words import whole_lunar_words
from workbench.outreach.yearplan.plan import NotFitting, PlannedTouch, TouchJson


class EventJson(TypedDict):
    """An event of a day; `kind`: 'festival', 'term', 'segment' or 'product'."""

    code: str
    name: str
    kind: str


class AgendaDayJson(TypedDict):
    """A day; `lunar`: the whole lunar date ('闰十一月十一'); `load`, `capacity` in minutes, `touches` by reason code, of which
    `done` are done."""

    date: str
    lunar: str
    workday: bool
    off: str
    events: list[EventJson]
    load: float
    capacity: float
    touches: dict[str, int]
    done: int


class AgendaTouchJson(TouchJson):
    """A touch; `code` of the reason, `state` as in `TouchState`."""

    code: str
    occurrence: str
    state: str
    chosen: bool
    done: bool


class RemedyJson(TypedDict):
    """A way out; `number`: days, touches or minutes a day, by its `kind`."""

    kind: str
    number: float
    words: str


class NotFittingJson(TypedDict):
    """An overfull interval, in minutes, with its proof in words."""

    first: str
    last: str
    needed: float
    available: float
    tier: str
    touches: int
    customers: list[str]
    words: str
    remedies: list[RemedyJson]


class AgendaJson(TypedDict):
    """A year; `as_of`: the date of the data, `planned_from`: the first day that was planned, both ISO."""

    year: int
    official: bool
    as_of: str | None
    planned_from: str
    notes: list[str]
    days: list[AgendaDayJson]
    touches: list[AgendaTouchJson]
    not_fitting: list[NotFittingJson]


def year_json(made: AgendaYear, touches: Iterable[PlannedTouch]) -> AgendaJson:
    """The document of a year with its touches, those that are not made among them."""
    return {
        "year": made.year, "official": made.official, "as_of": made.plan.as_of, "planned_from": made.plan.planned_from,
        "notes": list(made.notes), "days": [_day(one) for one in made.days],
        "touches": [_touch(one) for one in touches], "not_fitting": [_not_fitting(one) for one in made.plan.not_fitting],
    }  # fmt: skip


def _day(one: AgendaDay) -> AgendaDayJson:
    events: list[EventJson] = [
        {"code": event.code, "name": event.name, "kind": event.stream} for event in one.events
    ]
    return {
        "date": one.date, "lunar": whole_lunar_words(dt.date.fromisoformat(one.date)),
        "workday": one.workday, "off": one.off, "events": events,
        "load": one.load, "capacity": one.capacity, "touches": dict(one.touches), "done": one.done,
    }  # fmt: skip


def _touch(one: PlannedTouch) -> AgendaTouchJson:
    return {
        **one.as_json(), "code": one.reason, "occurrence": one.occurrence, "state": one.state, "chosen": one.chosen,
        "done": one.done,
    }  # fmt: skip


def _not_fitting(one: NotFitting) -> NotFittingJson:
    remedies: list[RemedyJson] = [
        {"kind": way.kind, "number": way.number, "words": way.words} for way in one.remedies
    ]
    return {
        "first": one.first, "last": one.last, "needed": one.needed, "available": one.available, "tier": one.tier,
        "touches": one.touches, "customers": list(one.customers), "words": one.words, "remedies": remedies,
    }  # fmt: skip
