"""The tasks of the journey cards that are due in a week, as leads (domain 3): J1 to J3 and J5; what a light asks for in J4
stands with the lights."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, or_, select, union_all

from db.journey import journey_stays
from db.tables import customers
from db.values import Json
from workbench.insight.journey.marked import marks_of, ticked
from workbench.insight.journey.stages import OPENED_MET, JourneyStage, stage
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.journey.tasks import TALKS, CardTask, StageTask, card_tasks
from workbench.insight.products.barring import columns_of_bars
from workbench.insight.stages.stays import moved_by_hand, records
from workbench.insight.tags.layers import Layers
from workbench.insight.values.values import Values
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.search import LeadSearch
from workbench.rules.sentences import clause

#: the code of the source
JOURNEY = "journey"
#: kinds of leads: a service of the card, a task that sells, a task of the win-back card
SERVICE, SELLS, WIN_BACK = "journey", "journey_raise", "win_back"
_CARDS = ("J1", "J2", "J3", "J5")
#: the measure that counts the days in the stage
_BEGAN = "journey_days"
#: what the stage, its reason and its tasks are made of
_FIGURES = (
    "average", "balance", "light", "close_date", "lifecycle", "journey_stage", _BEGAN, "journey_ground", "journey_out",
    "barred", "opened_days", "tower", "tier", STAGE, "customer_no", "name",
)  # fmt: skip
#: no plan lists more of a kind, so the most valuable are enough
_MOST = 400
#: so close to that, one customer more may push another off
_MARGIN = 30


def journey_leads(search: LeadSearch) -> Iterator[Lead]:
    """One lead a customer and kind: the tasks of his card with a day in the week that no figure shows done."""
    layers = search.layers
    if layers is None:
        return
    near = _near(search, layers)
    if search.only is None:
        search.cut.pop(JOURNEY, None)
        if len(near) > _MOST - _MARGIN:
            search.cut[JOURNEY] = {customer: values.average for customer, values in near}
    elif JOURNEY in search.cut:
        near = tuple(one for one in near if one[0] in search.cut[JOURNEY])
    marks = marks_of(search.conn, search.only)
    kept = records(search.conn, [customer for customer, _values in near], layers.month, layers.day)
    for customer, values in near:
        if customer in search.lit:
            continue
        card = stage(
            values,
            search.rules,
            day=layers.day,
            as_of=layers.as_of,
            workdays=search.week.workdays,
            record=kept[customer],
        )
        card = ticked(card, marks.get(customer, ()))
        if card.code in _CARDS and card.state == "card":
            yield from _leads(search, customer, values, card)


def same_are_near(search: LeadSearch) -> bool:
    """Whether the few customers of a search neither push anybody off the list nor leave a place on it."""
    layers, known = search.layers, search.cut[JOURNEY]
    if layers is None:
        return False
    now = {customer: values.average for customer, values in _near(search, layers)}
    last = max((_place(customer, average) for customer, average in known.items()), default=None)
    if last is None or len(known) < _MOST:
        return all((one in known, known.get(one)) == (one in now, now.get(one)) for one in search.only or ())
    return all(
        known[one] == now[one] if one in known and one in now
        else one not in known and (one not in now or _place(one, now[one]) > last)
        for one in search.only or ()
    )  # fmt: skip


def _place(customer: int, average: int | None) -> tuple[bool, int, int]:
    """The place in the order of `_near`."""
    return average is None, -(average or 0), customer


def _leads(search: LeadSearch, customer: int, values: Values, card: JourneyStage) -> Iterator[Lead]:
    week, rules = search.week, search.rules
    monday, sunday = week.days[0].isoformat(), week.days[-1].isoformat()
    sells = frozenset(rules.words("lead.journey_sells"))
    by_kind: dict[str, list[StageTask]] = {}
    for task in card.due:
        if task.due is not None and monday <= task.due <= sunday:
            kind = WIN_BACK if card.code == "J5" else SELLS if task.code in sells else SERVICE
            by_kind.setdefault(kind, []).append(task)
    balance = values.balance if values.balance is not None else values.average
    aum = None if balance is None else round(balance)
    late = _late(search, card, monday)
    # once a customer, on the row that stands without consent to marketing too
    named = min(by_kind, key=lambda kind: kind == SELLS, default=None)
    for kind, due in by_kind.items():
        tasks = rules.text("reason.joint").join(task.name for task in due)
        first = dt.date.fromisoformat(str(due[0].due))
        figures: dict[str, Json] = {"stage": card.name, "days": card.days, "tasks": tasks}
        text = clause(rules, "journey.lead", figures)
        if late is not None and kind == named:
            text = clause(rules, "journey.lead_late", {**figures, "since": late.due, "late": late.name})
        evidence = {"as_of": week.as_of, "stage": card.code, "tasks": [task.code for task in due]}
        yield Lead(
            customer, str(values.look_up("customer_no") or ""), str(values.look_up("name") or ""), kind, text,
            max(aum or 0, 0), week.by(first), aum, values.tier, evidence,
        )  # fmt: skip


def _late(search: LeadSearch, card: JourneyStage, monday: str) -> StageTask | None:
    """The next step as board and portrait name it, where it is overdue since before the week."""
    step = next(iter(card.due), None)
    if step is None or step.due is None or search.layers is None:
        return None
    return step if step.due < min(monday, search.layers.day) else None


def _near(search: LeadSearch, layers: Layers) -> tuple[tuple[int, Values], ...]:
    """See `_looked_up`; a reading looks once."""
    if search.only not in search.near:
        search.near[search.only] = tuple(_looked_up(search, layers))
    return search.near[search.only]


def _looked_up(search: LeadSearch, layers: Layers) -> Iterator[tuple[int, Values]]:
    """(customer id, values) of those for whom a task of a card may fall in the week, the largest assets first."""
    dated = [
        task for task in card_tasks() if task.stage in _CARDS and task.day is not None and not task.from_today
    ]
    asked_of = {name for task in dated for name in (*task.when, *(name for way in task.done for name in way))}
    if any(task.talk for task in dated):
        asked_of.update(TALKS)
    # a birthday is a lead of its own: its task is not read here
    names = sorted({*_FIGURES, *asked_of, *columns_of_bars(search.rules)} - {"birthday_in"})
    spans = _merged({_span(search, layers, task) for task in dated})
    if not spans:
        return
    # the table by itself: who is near is few, and the join of the wide rows of everybody is dear
    began = layers.column(_BEGAN)
    only = search.only
    near: list[Any] = [
        select(layer.c.customer_id).where(
            or_(*(began.between(*span) for span in spans)), *_among(layer.c.customer_id, only)
        )
        for layer, _names in layers.by_table([_BEGAN])
    ]
    if not near:
        return
    # the days of who was moved by hand count from that day, those of who opened with the money from the list that showed it
    moved = moved_by_hand(search.conn, search.only, layers.day)
    others = [select(customers.c.id).where(customers.c.id.in_(moved))] if moved else []
    stay = journey_stays.c
    opened = select(stay.customer_id).where(
        stay.ended.is_(None), stay.ground == OPENED_MET, *_among(stay.customer_id, only)
    )
    near = [union_all(*near, opened, *others)]
    order = layers.column("average").desc().nulls_last(), layers.customer_id
    first = (
        select(layers.customer_id)
        .select_from(layers.source(["average", STAGE]))
        .where(layers.column(STAGE).in_(_CARDS), layers.customer_id.in_(near[0]))
        .order_by(*order)
        .limit(_MOST)
    )
    query = (
        select(layers.customer_id.label("customer_id"), *(layers.column(name).label(name) for name in names))
        .select_from(layers.source(names))
        .where(layers.customer_id.in_(first.correlate(None)))
        .order_by(*order)
    )
    for row in search.conn.execute(query).mappings():
        yield row["customer_id"], Values({name: row[name] for name in names})


def _among(customer: ColumnElement[int], only: Collection[int] | None) -> list[ColumnElement[bool]]:
    """The condition of a search for a few: each part by itself, so that none reads everybody."""
    return [] if only is None else [customer.in_(only)]


def _merged(spans: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of days without those that touch or overlap: each day is compared once."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _span(search: LeadSearch, layers: Layers, task: CardTask) -> tuple[int, int]:
    """The days (from, to) that a stage has lasted on the day of the layers, if the task falls in the week; days off around
    the week are let in, the exact day is told by the task."""
    day = dt.date.fromisoformat(layers.day)
    first, last = (
        search.week.days[0],
        search.week.workdays.next_workday(search.week.days[-1] + dt.timedelta(days=1)),
    )
    return (day - last).days + (task.day or 0), (day - first).days + (task.day or 0)
