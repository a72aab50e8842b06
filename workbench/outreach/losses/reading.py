"""Who lost so much that he is spoken to, in the order of the clocks, and the cases that were begun; nothing is stored of it."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import Connection, Row, func, select

from db.cases import loss_cases
from db.known import trails
from db.record import batches
from db.tables import customers, holdings, touches
from workbench.base.dates import days_after, shift_month, today
from workbench.base.months import newest_month
from workbench.base.rows import in_parts
from workbench.base.workdays import Workdays
from workbench.insight.churn.adverse_events import AdverseEvent, events_of
from workbench.insight.products.losses import (
    HeldProduct,
    first_months,
    held_products,
    holding_months,
    read_held,
)
from workbench.outreach.contact_limits import held_on
from workbench.outreach.losses.clocks import FollowUps, first_call
from workbench.outreach.losses.grounds import (
    LossGround,
    loss_grounds,
    may_be_struck,
    may_call_for_aid,
)
from workbench.outreach.losses.loss import CaseState, LossCase, LossPerson, LossRow, RowState
from workbench.people.consent_rule import FREEZING
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

_C, _T = loss_cases.c, touches.c
#: so many customers are named in one statement; of more than so many a list is read whole
_PART, _MANY = 500, 5_000
Pair = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Struck:
    """A product whose loss calls for first aid in a month."""

    held: HeldProduct
    grounds: tuple[LossGround, ...]


def _struck(
    conn: Connection,
    month: str,
    rules: Rules,
    events: Sequence[AdverseEvent],
    only: set[int] | None,
) -> dict[Pair, _Struck]:
    long_ago = shift_month(month, -rules.whole("loss.par_months"))
    aged = bool(holding_months(conn, long_ago, 0))
    coarse = may_be_struck(events, rules, aged=aged)
    having = may_call_for_aid(events, rules, aged=aged)
    rows: list[HeldProduct] = []
    if only is None:
        rows += read_held(conn, held_products(month, rules, coarse=coarse, having=having))
    else:
        for part in in_parts(sorted(only), _PART):
            among = holdings.c.customer_id.in_(part)
            rows += read_held(conn, held_products(month, rules, only=among, coarse=coarse, having=having))
    # only who may be below par for a year needs his first month looked up
    par = rules.number("loss.par")
    low = {(one.customer_id, one.key) for one in rows if one.nav is not None and one.nav < par}
    since = first_months(conn, low, long_ago) if low and aged else {}
    struck = {}
    for one in rows:
        pair = (one.customer_id, one.key)
        if grounds := loss_grounds(one, since.get(pair), events, rules):
            struck[pair] = _Struck(one, grounds)
    return struck


def rows_of(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    day: str,
    only: Collection[int] | None = None,
    cases: Iterable[LossCase] | None = None,
) -> tuple[LossRow, ...]:
    """The trigger list on a day (ISO), those who wait first by the day of their clock, within it the largest loss first. `only`:
    of some customers (ids)."""
    newest = newest_month(conn)
    months = holding_months(conn, newest, rules.whole("loss.back_months")) if newest else ()
    if not months or months[0] != newest:
        # an older list says nothing of what is held now
        return ()
    events = [one for one in events_of(conn, rules) if one.counts_on(day)]
    now = _struck(conn, months[0], rules, events, None if only is None else set(only))
    if not now:
        return ()
    first = _first_struck(conn, months, now, rules)
    people = people_of(conn, {customer for customer, _key in now}, rules)
    imported = _imported(conn, {one.batch_id for one in first.values()})
    contacts = _contacts(conn, people, min(one.as_of for one in first.values()), rules)
    standing: dict[Pair, LossCase] = {}
    for one in cases_of(conn, rules, workdays, only=people) if cases is None else cases:
        standing.setdefault((one.person.customer_id, one.held.key), one)
    frozen = frozen_by(conn, day, rules, people)
    rows = []
    for pair, struck in now.items():
        customer, since = pair[0], first[pair]
        begins = max(imported.get(since.batch_id, ""), since.as_of)
        person = people[customer]
        talked = next((date for date in contacts.get(customer, ()) if date >= since.as_of), None)
        due = first_call(begins, person.tower, workdays, rules)
        case = standing.get(pair)
        if case is not None and case.state == "closed" and case.opened < since.as_of:
            case = None  # a later loss begins anew
        state = _row_state(case, talked, due, day, frozen.get(customer, ""))
        rows.append(
            LossRow(
                person, struck.held, struck.grounds, since.as_of, begins, due, state, talked, case, frozen.get(customer, "")
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=_order))


def frozen_by(conn: Connection, day: str, rules: Rules, people: Collection[int]) -> dict[int, str]:
    """Customer (id) -> why he is not spoken to of more than service on a day (ISO), of some customers; who may be is left out."""
    return {
        customer: one.sentence
        for customer, one in held_on(conn, dt.date.fromisoformat(day), rules, set(people)).items()
        if any(ground.code in FREEZING for ground in one.grounds)
    }


def _row_state(case: LossCase | None, talked: str | None, due: str, day: str, frozen: str) -> RowState:
    if case is not None:
        return case.state
    if frozen:
        return "frozen"
    if talked is not None:
        return "spoken"
    return "late" if due < day else "due"


def _order(row: LossRow) -> tuple[int, str, int, str, str]:
    place = {"late": 0, "due": 0, "open": 1, "spoken": 2, "agreed": 3}.get(row.state, 4)
    return (place, row.due, -(row.held.loss or 0), row.person.customer_no, row.held.key)


def _first_struck(
    conn: Connection, months: Sequence[str], now: Mapping[Pair, _Struck], rules: Rules
) -> dict[Pair, HeldProduct]:
    """(customer, product) -> the product as of the first month of those without a break up to the newest in which its loss called
    for first aid, as far back as the rules look."""
    first = {pair: one.held for pair, one in now.items()}
    going = set(now)
    for back, month in enumerate(months[1:], start=1):
        if not going or month != shift_month(months[0], -back):
            break
        few = {customer for customer, _key in going}
        # many are looked up by the whole list at once
        then = _struck(conn, month, rules, (), few if len(few) <= _MANY else None)
        going &= then.keys()
        first.update({pair: then[pair].held for pair in going})
    return first


def _imported(conn: Connection, ids: Collection[int]) -> dict[int, str]:
    """Batch -> the day (ISO) on which it was imported."""
    days: dict[int, str] = {}
    for part in in_parts(sorted(ids), _PART):
        query = select(batches.c.id, batches.c.at).where(batches.c.id.in_(part))
        days.update({row[0]: row[1][:10] for row in conn.execute(query)})
    return days


def _contacts(
    conn: Connection, people: Mapping[int, LossPerson], since: str, rules: Rules
) -> dict[int, list[str]]:
    """Customer -> the days (ISO) from one on on which a contact reached him, in their order."""
    reaching = Reaching(rules)
    days: dict[int, list[str]] = {}
    query = (
        select(_T.customer_id, _T.date, _T.result, _T.initiated_by)
        .where(_T.date >= since, _T.date <= today().isoformat())
        .order_by(_T.date, _T.id)
    )
    for row in conn.execute(query):
        if row.customer_id in people and reaching.reached(row.result, row.initiated_by):
            days.setdefault(row.customer_id, []).append(row.date)
    return days


def people_of(conn: Connection, ids: Collection[int], rules: Rules) -> dict[int, LossPerson]:
    """Customer id -> who he is and his level in force by the newest month."""
    ladder, people = Ladder.of(rules), dict[int, LossPerson]()
    for part in in_parts(sorted(ids), _PART):
        query = (
            select(customers.c.id, customers.c.customer_no, customers.c.name, trails.c.tier)
            .outerjoin_from(customers, trails, trails.c.customer_id == customers.c.id)
            .where(customers.c.id.in_(part))
            .order_by(trails.c.month)
        )
        for row in conn.execute(query):
            people[row.id] = LossPerson(
                row.id, row.customer_no, row.name or "", row.tier, ladder.tower(row.tier)
            )
    return people


# -- cases ---------------------------------------------------------------------------------------------------------


def cases_of(
    conn: Connection,
    rules: Rules,
    workdays: Workdays,
    only: Collection[int] | None = None,
    case: int | None = None,
    *,
    standing: bool = False,
) -> tuple[LossCase, ...]:
    """The cases, the newest first; of some customers (ids), one by its id, or only those that are not ended."""
    query = select(loss_cases).order_by(_C.opened.desc(), _C.id.desc())
    if standing:
        query = query.where(_C.state.in_(("open", "agreed")))
    if case is not None:
        query = query.where(_C.id == case)
    rows = [row for row in conn.execute(query) if only is None or row.customer_id in only]
    if not rows:
        return ()
    people = people_of(conn, {row.customer_id for row in rows}, rules)
    contacts = _contacts(conn, people, min(row.opened for row in rows), rules)
    return tuple(
        _case(row, people[row.customer_id], contacts.get(row.customer_id, ()), workdays, rules)
        for row in rows
    )


def _case(
    row: Row[tuple[object, ...]],
    person: LossPerson,
    contacts: Sequence[str],
    workdays: Workdays,
    rules: Rules,
) -> LossCase:
    body = json.loads(row.body)
    facts = body.get("facts", {})
    held = HeldProduct(
        row.customer_id, row.product_code or row.product, row.product_code or "", row.product, row.as_of or row.opened, 0,
        row.risk, row.cost, row.value, None if row.loss is None else facts.get("profit", -row.loss), facts.get("nav"),
        facts.get("matures"), facts.get("term_days"), facts.get("opens"), facts.get("benchmark"),
    )  # fmt: skip
    talked = next((date for date in contacts if date >= row.opened), None)
    made = LossCase(
        row.id, person, held, row.opened, cast(CaseState, row.state), row.emotion or "", row.trouble or "", row.choice or "",
        row.condition or "", row.agreed, row.review_on, row.week_done, row.month_done, None, row.ended, row.complaint_id,
        talked, body.get("texts", {}), tuple(body.get("causes", ())), body.get("redemption", ""),
    )  # fmt: skip
    if row.agreed is None:
        return made
    follow = FollowUps.of(row.agreed, row.review_on, workdays, rules)
    early = rules.whole("loss.early_days")

    def since(day: str) -> str | None:
        """The first contact after the agreement that counts for a day."""
        first = days_after(day, -early)
        return next((one for one in contacts if one >= first and one > row.agreed), None)

    return replace(
        made, follow=follow, week_done=made.week_done or since(follow.week),
        month_done=made.month_done or since(follow.month), reviewed=since(follow.review),
    )  # fmt: skip


def newest_list(conn: Connection) -> tuple[str, str] | None:
    """Month and as-of date of the list of holdings of the newest month; None where that month has none."""
    month = newest_month(conn)
    query = select(func.max(holdings.c.as_of)).where(
        holdings.c.month == (month or ""), holdings.c.kind == "holding"
    )
    as_of: str | None = conn.execute(query).scalar()
    return None if month is None or as_of is None else (month, as_of)
