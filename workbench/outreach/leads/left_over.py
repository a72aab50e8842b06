"""What the plan of the week before left undone: whom it names who was not dealt with, which rows were not finished (domain
5: carried over at most two weeks, with the reason)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.week import handed_out, resource_requests
from workbench.outreach import store
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.reason import WeekReason
from workbench.outreach.review import contacted, is_early, reached, week_before
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class LeftPerson:
    """A customer who was not dealt with; `weeks`: how often he has been carried over already; `why`: code of `missed`, ''
    where nobody said."""

    customer: PlanCustomer
    kind: str
    weeks: int
    why: str = ""

    @property
    def reasons(self) -> tuple[WeekReason, ...]:
        """Why he stood on the plan."""
        return self.customer.reasons


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What was left undone: `people` by customer id, `rows` of the plan; empty where nobody worked with the plan."""

    people: Mapping[int, LeftPerson] = field(default_factory=dict)
    rows: tuple[PlanItem, ...] = ()

    @property
    def in_brief(self) -> Hashable:
        """The contents as a key."""
        return tuple((id_, one.weeks, one.why) for id_, one in self.people.items()), self.rows


def left_over(conn: Connection, week: str, rules: Rules) -> LeftOver:
    """What the week before `week` ('YYYY-Www') left undone; nothing as long as it is not over."""
    plan = None if is_early(conn, week) else store.load(conn, week_before(conn, week))
    if plan is None or not worked_with(conn, plan):
        return LeftOver()
    settled = reached(conn, plan, rules)
    # done in one row is done, wherever else he stands
    settled |= {
        one.customer_id
        for item in store.all_items(plan)
        for one in item.customers
        if "done" in (one.result, item.result)
    }
    people: dict[int, LeftPerson] = {}
    rows: list[PlanItem] = []
    for item in store.all_items(plan):
        open_ = [one for one in item.customers if one.customer_id not in settled]
        if item.result != "done" and (open_ or not item.customers):
            rows.append(item)
        for one in open_:
            why = (one.result or item.result).partition(":")[2]
            people.setdefault(one.customer_id, LeftPerson(one, item.kind, one.carried, why))
    return LeftOver(people, tuple(rows))


def worked_with(conn: Connection, plan: WeekPlan) -> bool:
    """Whether somebody made a plan her own: edited, confirmed or ticked it, asked for what a row needs, handed out a sheet of
    its week, or logged a contact with one of its people in the week."""
    if not store.untouched(plan, store.load_header(conn, plan.week)):
        return True
    sheets = select(handed_out.c.id).where(handed_out.c.week == plan.week).limit(1)
    ids = [item.id for item in plan.needs_resources if item.id is not None]
    requests = select(resource_requests.c.id).where(resource_requests.c.item_id.in_(ids)).limit(1)
    if conn.execute(sheets).first() is not None or conn.execute(requests).first() is not None:
        return True
    return bool(contacted(conn, plan))
