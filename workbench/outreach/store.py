"""Plans in the book: read and written so that rows keep their ids when a plan is edited."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.tables import customers, plan_customers, plan_items, plans, snapshots
from db.values import Value
from db.week import resource_requests
from workbench.base.months import reported_months
from workbench.outreach.contact_limits import AUM
from workbench.outreach.documents import PlanHeader
from workbench.outreach.draft import Block, Milestone, PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.reason import packed, unpacked

_BLOCKS: tuple[tuple[Block, str], ...] = (
    ("quick_win", "quick_wins"),
    ("resource", "needs_resources"),
    ("this_week", "this_week"),
)


def load(conn: Connection, week: str) -> WeekPlan | None:
    """The stored plan of a week; None if there is none. AUM is that of the newest month."""
    row = conn.execute(select(plans).where(plans.c.week == week)).first()
    if row is None:
        return None
    items = _items(conn, row.id)
    header: PlanHeader = json.loads(row.header)
    return WeekPlan(
        week=row.week,
        draft=row.state == "draft",
        manager=header.get("manager", ""),
        branch=header.get("branch", ""),
        data_date=row.data_date,
        rule_version=row.rule_version,
        calls=row.calls,
        calls_limit=header.get("calls_limit", row.calls),
        visits=row.visits,
        visits_limit=header.get("visits_limit", row.visits),
        quick_wins=tuple(i for i in items if i.block == "quick_win"),
        needs_resources=tuple(i for i in items if i.block == "resource"),
        this_week=tuple(i for i in items if i.block == "this_week"),
        id=row.id,
        notes=tuple(header.get("notes", ())),
        order=tuple(header.get("order", ())),
    )


def load_header(conn: Connection, week: str) -> PlanHeader:
    """What the stored plan of a week was drafted from (see `PlanHeader`); empty if there is no plan."""
    text = conn.execute(select(plans.c.header).where(plans.c.week == week)).scalar()
    return cast(PlanHeader, json.loads(text)) if text else {}


def _items(conn: Connection, plan_id: int) -> list[PlanItem]:
    newest = next(reversed(reported_months(conn)), None)
    people: dict[int, list[PlanCustomer]] = {}
    listed = conn.execute(
        select(plan_customers, customers.c.customer_no, customers.c.name, AUM.label("aum"))
        .join(plan_items, plan_items.c.id == plan_customers.c.item_id)
        .join(customers, customers.c.id == plan_customers.c.customer_id)
        .outerjoin(snapshots, (snapshots.c.customer_id == customers.c.id) & (snapshots.c.month == newest))
        .where(plan_items.c.plan_id == plan_id)
        .order_by(plan_customers.c.position)
    )
    for one in listed:
        person = PlanCustomer(
            one.customer_id, one.customer_no, one.name, one.aum, one.reason, one.result or "",
            one.day or "", unpacked(one.reasons), one.carried or 0,
        )  # fmt: skip
        people.setdefault(one.item_id, []).append(person)
    rows = conn.execute(
        select(plan_items)
        .where(plan_items.c.plan_id == plan_id)
        .order_by(plan_items.c.block, plan_items.c.position)
    )
    return [
        PlanItem(
            block=row.block,
            kind=row.kind,
            method=row.method,
            customers=tuple(people.get(row.id, ())),
            basis=row.basis,
            action=row.action,
            script=row.script,
            done_when=row.done_when,
            due=row.due,
            resource=row.resource or "",
            fallback=row.fallback or "",
            milestones=tuple(Milestone(*pair) for pair in json.loads(row.milestones or "[]")),
            result=row.result or "",
            id=row.id,
            carried=row.carried or 0,
            left_over=row.left_over or "",
        )
        for row in rows
    ]


def put(writer: Writer, plan: WeekPlan, header: PlanHeader, at: str) -> None:
    """Write a plan over the stored one of its week, or as a new one. Rows with a stored id are changed in place.

    `at` is the local time of creation; `header` is stored with the plan's names, limits and notes.
    """
    conn = writer.conn
    old = load(conn, plan.week)
    values: dict[str, Value] = {
        "state": "draft" if plan.draft else "confirmed",
        "data_date": plan.data_date,
        "rule_version": plan.rule_version,
        "calls": plan.calls,
        "visits": plan.visits,
        "header": _header(plan, header),
    }
    if old is None or old.id is None:
        plan_id = writer.insert(plans, [{"week": plan.week, "created_at": at, **values}])[0]
    else:
        plan_id = old.id
        writer.update(plans, plan_id, values)
    stored = {item.id: item for item in all_items(old)} if old else {}
    kept = {item.id for item in all_items(plan)}
    gone = [item_id for item_id in stored if item_id is not None and item_id not in kept]
    _drop(writer, gone)
    # two rows that swap places must not share one in between: (block, position) is unique
    moved = [i for i in all_items(plan) if i.id in stored and _place(plan, i) != _place(old, stored[i.id])]
    writer.update_many(
        plan_items, [(i.id, {"position": 1000 + n}) for n, i in enumerate(moved) if i.id is not None]
    )
    for item in all_items(plan):
        block, position = _place(plan, item)
        row = _row(item) | {"block": block, "position": position}
        if item.id in stored and item.id is not None:
            writer.update(plan_items, item.id, row)
            _put_people(writer, item.id, item.customers, stored[item.id].customers)
        else:
            item_id = writer.insert(plan_items, [{"plan_id": plan_id, **row}])[0]
            _put_people(writer, item_id, item.customers, ())


def untouched(plan: WeekPlan, header: PlanHeader) -> bool:
    """Whether the program drafted the plan and nobody edited, ticked or confirmed it since."""
    ticked = any(item.result or any(one.result for one in item.customers) for item in all_items(plan))
    return plan.draft and not ticked and not header.get("edited")


def give_up_drafts(book: Book) -> bool:
    """Delete the untouched drafts; whether there were any. They are drafted anew when next opened, and must not keep the
    rows of an import from being undone."""
    with book.read() as conn:
        weeks = conn.execute(select(plans.c.week).where(plans.c.state == "draft")).scalars().all()
        drafts = [
            plan for week in weeks if (plan := load(conn, week)) and untouched(plan, load_header(conn, week))
        ]
    if not drafts:
        return False
    with book.write("plan", "draft") as writer:
        for plan in drafts:
            _drop(writer, [item.id for item in all_items(plan) if item.id is not None])
        writer.delete(plans, [plan.id for plan in drafts if plan.id is not None])
    return True


def all_items(plan: WeekPlan | None) -> tuple[PlanItem, ...]:
    """The rows of a plan: five, three, one; none for None."""
    return (*plan.quick_wins, *plan.needs_resources, *plan.this_week) if plan else ()


def mended(plan: WeekPlan, row: PlanItem) -> WeekPlan:
    """The plan with the row of the same id replaced by `row`."""

    def swap(rows: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
        """A block with the row replaced where it is in it."""
        return tuple(row if item.id == row.id else item for item in rows)

    return replace(
        plan,
        quick_wins=swap(plan.quick_wins),
        needs_resources=swap(plan.needs_resources),
        this_week=swap(plan.this_week),
    )


def _place(plan: WeekPlan | None, item: PlanItem) -> tuple[str, int]:
    for block, name in _BLOCKS:
        rows: Sequence[PlanItem] = getattr(plan, name, ())
        for position, row in enumerate(rows, 1):
            if row is item:
                return block, position
    raise LookupError("the item is not on the plan")


def _row(item: PlanItem) -> dict[str, Value]:
    return {
        "kind": item.kind,
        "method": item.method,
        "basis": item.basis,
        "action": item.action,
        "script": item.script,
        "done_when": item.done_when,
        "due": item.due,
        "resource": item.resource or None,
        "fallback": item.fallback or None,
        "milestones": json.dumps([[m.day, m.what] for m in item.milestones], ensure_ascii=False),
        "result": item.result or None,
        "carried": item.carried or None,
        "left_over": item.left_over or None,
    }


def _header(plan: WeekPlan, header: PlanHeader) -> str:
    body: PlanHeader = {
        **header,
        "manager": plan.manager,
        "branch": plan.branch,
        "calls_limit": plan.calls_limit,
        "visits_limit": plan.visits_limit,
        "notes": list(plan.notes),
        "order": list(plan.order),
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _put_people(
    writer: Writer, item_id: int, wanted: Sequence[PlanCustomer], old: Sequence[PlanCustomer]
) -> None:
    if [_person(c) for c in wanted] == [_person(c) for c in old]:
        return
    _drop_people(writer, [item_id])
    writer.insert(
        plan_customers,
        [{"item_id": item_id, "position": n, **_person(c)} for n, c in enumerate(wanted, 1)],
    )


def _person(customer: PlanCustomer) -> dict[str, Value]:
    return {
        "customer_id": customer.customer_id,
        "reason": customer.reason,
        "result": customer.result or None,
        "day": customer.day or None,
        "reasons": packed(customer.reasons),
        "carried": customer.carried or None,
    }


def _drop(writer: Writer, item_ids: Sequence[int]) -> None:
    _drop_people(writer, item_ids)
    requests = select(resource_requests.c.id).where(resource_requests.c.item_id.in_(item_ids))
    writer.delete(resource_requests, list(writer.conn.execute(requests).scalars()))
    writer.delete(plan_items, item_ids)


def _drop_people(writer: Writer, item_ids: Sequence[int]) -> None:
    ids = select(plan_customers.c.id).where(plan_customers.c.item_id.in_(item_ids))
    writer.delete(plan_customers, list(writer.conn.execute(ids).scalars()))
