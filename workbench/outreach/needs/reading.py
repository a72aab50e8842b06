"""Needs as they stand in the book: of one customer, or of all who have any."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import Connection, Row, and_, func, or_, select

from db.care import need_evidence, needs
from db.tables import customers, touches
from workbench.outreach.needs.need import CustomerNeed, NeedEvidence
from workbench.people.reached import Reaching
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class NeedContact:
    """A contact after which something came of a need, or not: its day (ISO), result (code), and whether it reached him."""

    id: int
    date: str
    result: str
    reached: bool


class NeedsHeld(TypedDict):
    """What the book has of needs: of each customer (id) his needs, the newest first, and his contacts."""

    needs: dict[int, list[CustomerNeed]]
    contacts: dict[int, list[NeedContact]]


def needs_held(conn: Connection, rules: Rules, day: str, customer: int | None = None) -> NeedsHeld:
    """The needs of a customer (id), None: of everybody who has any, and the texts of contacts that nobody has judged yet, on a
    day (ISO)."""
    n, e = needs.c, need_evidence.c
    mine = () if customer is None else (n.customer_id == customer,)
    query = (
        select(needs, e.kind, e.date, e.note, e.id.label("evidence_id"))
        .join_from(needs, need_evidence, e.need_id == n.id, isouter=True)
        .where(*mine)
        .order_by(n.id, e.date, e.id)
    )
    rows: dict[int, Row[tuple[object, ...]]] = {}
    evidence: dict[int, list[NeedEvidence]] = defaultdict(list)
    for row in conn.execute(query):
        rows[row.id] = row
        if row.kind is not None:
            evidence[row.id].append(NeedEvidence(row.kind, row.date, row.note or ""))
    logged = _logged(conn, rules, day, customer)
    reaching = Reaching(rules)
    contacts: dict[int, list[NeedContact]] = defaultdict(list)
    for one in logged:
        reached = reaching.reached(one.result, one.initiated_by)
        contacts[one.customer_id].append(NeedContact(one.id, one.date, one.result, reached))
    listed: dict[int, list[CustomerNeed]] = defaultdict(list)
    for key, row in rows.items():
        after = tuple(one.date for one in contacts[row.customer_id] if one.reached)
        listed[row.customer_id].append(_need(row, tuple(evidence[key]), after))
    judged = {row.touch_id for row in rows.values()}
    since = dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("need.unjudged_days"))
    for one in logged:
        if (one.need or "").strip() and one.id not in judged and one.date >= since.isoformat():
            heard = (NeedEvidence("said", one.date, one.need),)
            text = one.need.strip()
            listed[one.customer_id].append(
                CustomerNeed(
                    0, one.customer_id, text, one.date, touch_id=one.id, evidence=heard, judged=False
                )
            )
    for of_one in listed.values():
        of_one.sort(key=lambda one: (not one.open, one.judged, one.made), reverse=False)
    return {"needs": dict(listed), "contacts": dict(contacts)}


def _logged(conn: Connection, rules: Rules, day: str, customer: int | None) -> list[Row[tuple[object, ...]]]:
    """The contacts up to a day of a customer; of everybody: of those who have a need, in the table or in the log."""
    t = touches.c
    query = select(t.id, t.customer_id, t.date, t.result, t.initiated_by, t.need).where(t.date <= day)
    if customer is not None:
        query = query.where(t.customer_id == customer)
    else:
        query = query.where(
            or_(func.coalesce(t.need, "") != "", t.customer_id.in_(select(needs.c.customer_id)))
        )
    return list(conn.execute(query.order_by(t.customer_id, t.date, t.id)))


def named(conn: Connection, people: frozenset[int]) -> dict[int, tuple[str, str]]:
    """Customer id -> number and name."""
    c = customers.c
    query = select(c.id, c.customer_no, c.name).where(and_(c.id.in_(people)))
    return {row.id: (row.customer_no, row.name or "") for row in conn.execute(query)}


def _need(
    row: Row[tuple[object, ...]], evidence: tuple[NeedEvidence, ...], after: tuple[str, ...]
) -> CustomerNeed:
    return CustomerNeed(
        row.id, row.customer_id, row.text, row.made, row.consequence, row.deadline, row.alternatives or "", row.willing,
        _flag(row.incentive), _flag(row.elastic), row.product or "", row.scene or "", row.next_step or "", row.state,
        row.ended, row.outcome or "", row.touch_id, evidence, after,
    )  # fmt: skip


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)
