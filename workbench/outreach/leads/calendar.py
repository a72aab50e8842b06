"""The touches of the year's plan that stand in a week, as leads (domain 6.8): those that no other source finds."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from db.known import trails
from db.tables import customers, snapshots, touches
from db.values import Json
from db.year import contact_intervals, planned_touches, touch_choices, year_runs
from workbench.base.dates import week_days
from workbench.base.rows import in_parts, named_rows
from workbench.insight.measures.contact import LogConditions
from workbench.insight.measures.freshness import freshness
from workbench.outreach.contact_limits import held_on
from workbench.outreach.dates.room import days_of
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.search import LeadSearch
from workbench.outreach.wishes.reasons import BETWEEN, CADENCE, TouchFacts, touch_words
from workbench.people.consent_rule import FREEZING
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause

#: the code of the source
CALENDAR = "calendar"
#: kinds of leads: to be called or seen, to be written to, what sells
CARE, NOTE, SELLS = "calendar", "calendar_note", "calendar_raise"
#: they are contacted on the very day that the plan levelled them to
ON_ITS_DAY = frozenset({CARE, NOTE, SELLS})
#: channels by which one is written to; who is reached by a group message is no lead
_WRITTEN = frozenset({"wecom", "sms"})
_GROUP = "group"
#: the kind of touch that neither serves nor sells
_CARES = "care"
#: streams whose names do not say what to do
_WITH_ADVICE = frozenset({"segment", "product"})
_PLACED = ("planned", "late")
#: so many customers are looked up in one statement
_PART = 5_000

_P, _C = planned_touches.c, touch_choices.c
_CHOSEN = and_(
    _C.customer_id == _P.customer_id, _C.reason == _P.reason, _C.occurrence == _P.occurrence
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeekTouch:
    """A touch of the plan in a week; `day` ISO, as the manager set it where he did."""

    customer_id: int
    reason: str
    occurrence: str
    kind: str
    channel: str
    day: str


def week_touches(
    conn: Connection, week: str, rules: Rules, only: Collection[int] | None = None
) -> tuple[WeekTouch, ...]:
    """The touches of an ISO week that are leads of this source, in the order of their days and customers; of `only` some
    customers (ids), None: of all. What another source finds by itself (`lead.found_elsewhere`) is left to it."""
    days = [day.isoformat() for day in week_days(week)]
    years = sorted({int(day[:4]) for day in days})
    whose = () if only is None else (_P.customer_id.in_(sorted(only)),)
    called = _P.channel != _GROUP, _P.reason.not_in(rules.words("lead.found_elsewhere")), *whose
    as_planned = (
        _touches(_P.day)
        .outerjoin_from(planned_touches, touch_choices, _CHOSEN)
        .where(_P.year.in_(years), _P.day.between(days[0], days[-1]), _C.id.is_(None), _P.state.in_(_PLACED))
        .where(*called)
    )
    # by their customers, or a database might read every touch to find the few
    chosen = (
        conn.execute(select(_C.customer_id).where(_C.day.between(days[0], days[-1])).distinct())
        .scalars()
        .all()
    )
    as_chosen = (
        _touches(_C.day)
        .join_from(planned_touches, touch_choices, _CHOSEN)
        .where(_P.customer_id.in_(chosen), _C.day.between(days[0], days[-1]), _P.state != "done", *called)
    )
    rows = [*conn.execute(as_planned), *(conn.execute(as_chosen) if chosen else ())]
    return tuple(
        sorted(
            (WeekTouch(*row) for row in rows),
            key=lambda one: (one.day, one.customer_id, one.reason, one.occurrence),
        )
    )


def _touches(day: Any) -> Select[Any]:
    return select(_P.customer_id, _P.reason, _P.occurrence, _P.kind, _P.channel, day)


def plan_mark(conn: Connection, week: str) -> list[Json]:
    """Differs when the plans of the years of a week were made anew, or something was decided about a touch."""
    years = sorted({day.year for day in week_days(week)})
    runs = select(year_runs.c.year, year_runs.c.made, year_runs.c.number).where(year_runs.c.year.in_(years))
    chosen = select(func.count(), func.max(_C.id), func.max(_C.made)).select_from(touch_choices)
    return [
        [list(row) for row in conn.execute(runs.order_by(year_runs.c.year))],
        list(conn.execute(chosen).one()),
    ]


def plan_digest(conn: Connection, week: str, rules: Rules) -> str | None:
    """Differs when other touches of the plan stand in a week; None where none does."""
    planned = week_touches(conn, week, rules)
    return hashlib.sha256(repr(planned).encode()).hexdigest()[:16] if planned else None


def calendar_leads(search: LeadSearch) -> Iterator[Lead]:
    """One lead a customer and kind, due on the day of its first touch."""
    planned = _allowed(search, week_touches(search.conn, search.week.work.week, search.rules))
    people = _people(search, {one.customer_id for one in planned})
    theirs: dict[tuple[int, str], list[WeekTouch]] = {}
    for one in planned:
        if one.customer_id in people:
            theirs.setdefault((one.customer_id, kind_of_touch(one)), []).append(one)
    events = _events(search) if any(BETWEEN in one.reason for one in planned) else {}
    since = frozenset(search.rules.words("lead.since_talk"))
    talks = _talks(search, {one.customer_id for one in planned if one.reason in since})
    for (customer, kind), some in theirs.items():
        talk = talks.get(customer) if any(one.reason in since for one in some) else None
        yield _lead(
            search,
            people[customer],
            kind,
            [(one, events.get(one.reason.partition(BETWEEN)[2])) for one in some],
            talk,
        )


def _allowed(search: LeadSearch, planned: Sequence[WeekTouch]) -> list[WeekTouch]:
    """Without the care of customers whom something that came up since forbids to contact, at all or by its channel; what sells
    is left out, and counted, where the week is drafted."""
    day = dt.date.fromisoformat(search.week.seen)
    whose = {one.customer_id for one in planned if one.kind == _CARES}
    held = held_on(search.conn, day, search.rules, whose, known=search.lights.held_on(day))
    frozen = {id_ for id_, one in held.items() if any(ground.code in FREEZING for ground in one.grounds)}
    refused = {(id_, channel) for id_, one in held.items() for channel in one.refused}
    return [
        one
        for one in planned
        if one.kind != _CARES
        or (one.customer_id not in frozen and (one.customer_id, one.channel) not in refused)
    ]


def kind_of_touch(touch: WeekTouch) -> str:
    """The kind of lead that a touch is."""
    if touch.kind == "marketing":
        return SELLS
    return NOTE if touch.channel in _WRITTEN else CARE


def _lead(
    search: LeadSearch, row: Any, kind: str, planned: list[tuple[WeekTouch, YearDay | None]], talk: str | None
) -> Lead:
    """`planned`: touches, each with its event; `talk`: the day (ISO) of the last contact that both spoke in, where
    the sentence tells it."""
    week, rules = search.week, search.rules
    old = freshness(week.as_of, rules, week.seen).stale
    sentences = dict.fromkeys(_about(one, event, row, rules, old=old) for one, event in planned)
    figures: dict[str, Json] = {"touches": rules.text("reason.joint").join(sentences)}
    if talk is not None:
        figures |= {
            "talk": talk,
            "days": (dt.date.fromisoformat(week.seen) - dt.date.fromisoformat(talk)).days,
        }
    never = talk is None and any(one.reason == CADENCE for one, _event in planned)
    form = "calendar.lead_never" if never else "calendar.lead" if talk is None else "calendar.lead_since"
    text = clause(rules, form, figures)
    aum = row.balance if row.balance is not None else row.average
    evidence: dict[str, Json] = {"as_of": week.as_of, "touches": [one.reason for one, _event in planned]}
    due = week.by(dt.date.fromisoformat(planned[0][0].day))
    return Lead(
        row.id, row.customer_no, row.name or "", kind, text, max(aum or 0, 0), due, aum, row.tier, evidence
    )


def _about(touch: WeekTouch, event: YearDay | None, row: Any, rules: Rules, *, old: bool) -> str:
    """What a touch is about; of a node of a segment also what to do."""
    name = event.name if event is not None else ""
    day = dt.date.fromisoformat(touch.day)
    facts = TouchFacts(name, touch.channel, day, row.tier, row.own, old)
    words = touch_words(touch.reason, dt.date.fromisoformat(touch.occurrence), rules, facts)
    if event is None or event.stream not in _WITH_ADVICE or not event.says:
        return words
    return clause(rules, "calendar.event", {"event": words, "says": event.says})


def _events(search: LeadSearch) -> dict[str, YearDay]:
    """The events of the years of the week by their code, and by that of their row."""
    years = sorted({day.year for day in search.week.days})
    days = [one for year in years for one in days_of(search.conn, year)]
    return {one.row: one for one in days} | {one.code: one for one in days}


def _people(search: LeadSearch, whose: Collection[int]) -> dict[int, Any]:
    """Customer id -> who he is and what he has by the month's list; without those who are not on it."""
    s, month = snapshots.c, search.week.month
    query = (
        select(
            customers.c.id, customers.c.customer_no, customers.c.name, s.aum_balance.label("balance"),
            s.aum_daily_average.label("average"), trails.c.tier, contact_intervals.c.days.label("own"),
        )
        .select_from(customers)
        .join(snapshots, and_(s.customer_id == customers.c.id, s.month == month))
        .outerjoin(trails, and_(trails.c.customer_id == customers.c.id, trails.c.month == month))
        .outerjoin(contact_intervals, contact_intervals.c.customer_id == customers.c.id)
    )  # fmt: skip
    return {
        row.id: row
        for part in in_parts(sorted(whose), _PART)
        for row in named_rows(search.conn.execute(query.where(customers.c.id.in_(part))))
    }


def _talks(search: LeadSearch, whose: Collection[int]) -> dict[int, str]:
    """Customer id -> the day (ISO) of the last contact that both spoke in, as far as one is logged."""
    t = touches.c
    query = (
        select(t.customer_id, func.max(t.date))
        .where(LogConditions.of(search.rules).two_way, t.date <= search.week.seen)
        .group_by(t.customer_id)
    )
    return {
        customer: day
        for part in in_parts(sorted(whose), _PART)
        for customer, day in search.conn.execute(query.where(t.customer_id.in_(part)))
    }
