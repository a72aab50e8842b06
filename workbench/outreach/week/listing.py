"""Put the ranked list of a week together: who the plan names, to whom something is owed, and what was logged since Monday."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import touches
from workbench.base.dates import week_days
from workbench.base.workdays import WorkWeek
from workbench.outreach.case_due import NO_ORDER, CaseOrder
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.methods import catalogue
from workbench.outreach.reason import ASK, COMPLAINT, LOSS, OWED, WeekPerson, WeekReason
from workbench.outreach.week.entry import WeekContact, WeekEntry, WeekList
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


@dataclass(slots=True)
class _Place:
    """Where a plan names a customer: the first row, further rows."""

    row: str
    item: PlanItem
    customer: PlanCustomer
    also: list[str]


@dataclass(frozen=True, slots=True)
class DueReason:
    """What is owed to a customer in the week or before: a promise, a step of a file with a clock of its own."""

    person: WeekPerson
    reason: WeekReason
    #: the place of a file among those of its kind
    order: CaseOrder = NO_ORDER


def week_list(
    plan: WeekPlan,
    owing: Iterable[DueReason],
    contacts: Mapping[int, tuple[WeekContact, ...]],
    work: WorkWeek,
    asks: Iterable[DueReason] = (),
) -> WeekList:
    """The list: what is owed first by day, the gravest before the others, then the plan in its order, then whom to ask for a
    referral. Nobody stands twice; who is to be asked and stands there for something else is asked beside it, but for who
    complained or lost money."""
    owed: dict[int, list[DueReason]] = {}
    for one in sorted(owing, key=lambda one: (one.reason.due, *_grave(one), one.person.customer_no)):
        owed.setdefault(one.person.customer_id, []).append(one)
    places = _places(plan)
    days = [day.isoformat() for day in work.workdays]
    to_ask = {one.person.customer_id: one for one in asks}
    order = [*owed, *(one for one in plan.ranks() if one not in owed)]
    order += [one for one in to_ask if one not in {*order}]
    entries = [
        _entry(
            rank,
            places.get(one),
            sorted(owed.get(one, []), key=_grave),
            contacts.get(one, ()),
            days,
            to_ask.get(one),
            old=plan.old,
        )
        for rank, one in enumerate(order, 1)
    ]
    return WeekList(plan.week, plan.data_date, plan.draft, tuple(entries), tuple(days), plan.fresh)


def _grave(one: DueReason) -> tuple[int, CaseOrder]:
    """The place of its kind among what is owed, and its own among those of its kind."""
    return (OWED.index(one.reason.kind) if one.reason.kind in OWED else len(OWED)), one.order


def logged(
    conn: Connection, week: str, rules: Rules, people: Collection[int]
) -> dict[int, tuple[WeekContact, ...]]:
    """Customer id -> the contacts of the week with some customers, in their order."""
    if not people:
        return {}
    days = week_days(week)
    reaching, t = Reaching(rules), touches.c
    query = (
        select(t.customer_id, t.date, t.channel, t.result, t.initiated_by)
        .where(t.date.between(days[0].isoformat(), days[-1].isoformat()))
        .where(t.customer_id.in_(sorted(people)))
        .order_by(t.date, t.id)
    )
    contacts: dict[int, tuple[WeekContact, ...]] = {}
    for row in conn.execute(query):
        before = contacts.get(row.customer_id, ())
        reached = reaching.reached(row.result, row.initiated_by) or (bool(before) and before[-1].reached)
        contacts[row.customer_id] = (*before, WeekContact(row.date, row.channel, row.result, reached))
    return contacts


def _places(plan: WeekPlan) -> dict[int, _Place]:
    """Customer id -> where the plan names him: the five before the three before the one."""
    places: dict[int, _Place] = {}
    for sign, rows in (("5", plan.quick_wins), ("3", plan.needs_resources), ("1", plan.this_week)):
        for number, item in enumerate(rows, 1):
            for customer in item.customers:
                row = f"{sign}-{number}"
                known = places.get(customer.customer_id)
                if known is None:
                    places[customer.customer_id] = _Place(row, item, customer, [])
                elif row not in (known.row, *known.also):
                    known.also.append(row)
    return places


def _entry(
    rank: int,
    place: _Place | None,
    owed: Sequence[DueReason],
    contacts: tuple[WeekContact, ...],
    days: Sequence[str],
    ask: DueReason | None = None,
    *,
    old: bool,
) -> WeekEntry:
    """`ask`: he is to be asked for a referral; `old`: the data are too old for the reasons to name days."""
    promised = tuple(one.reason for one in owed)
    owed_by = _workday(min(one.due for one in promised), days) if promised else ""
    kinds = {one.kind for one in promised}
    if kinds & {COMPLAINT, LOSS}:
        ask = None
    behind = (ask.reason,) if ask is not None else ()
    if place is None and not owed and ask is not None:
        day = _workday(ask.reason.due, days)
        return WeekEntry(rank, ask.person, behind, day, planned=day, contacts=contacts, markets=True)
    if place is None:
        return WeekEntry(rank, owed[0].person, (*promised, *behind), owed_by, contacts=contacts)
    one, item = place.customer, place.item
    listed = one.reasons or (WeekReason("", item.kind, item.method, one.reason, "", "" if old else item.due),)
    reasons = (*promised, *(reason for reason in listed if reason.kind not in kinds))
    if not any(reason.kind == ASK for reason in reasons):
        reasons = (*reasons, *behind)
    planned = one.day if one.day in days else _workday(one.day or item.due, days)
    known = catalogue()
    channel = next((method.channel for method in known.methods if method.kind == item.kind), "call")
    every = (*known.methods, *known.resources, *known.landings)
    markets = any(method.marketing for method in every if method.kind == item.kind)
    return WeekEntry(
        rank, WeekPerson(one.customer_id, one.customer_no, one.name, one.aum_fen), reasons,
        min(filter(None, (planned, owed_by))), place.row, tuple(place.also), item.id, channel, one.result or item.result,
        one.carried, planned, item.script, contacts, markets,
    )  # fmt: skip


def _workday(due: str, days: Sequence[str]) -> str:
    """The last workday of the week up to a day (ISO); the first one where it is earlier than the week."""
    return max((day for day in days if day <= due), default=days[0] if days else due)
