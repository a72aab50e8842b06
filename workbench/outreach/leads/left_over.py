"""What the plan of the week before left undone: whom it names who was not dealt with, which rows were not finished (domain
5: carried over at most two weeks, with the reason)."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.week import handed_out
from workbench.outreach import store
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.reason import WeekReason
from workbench.outreach.review import week_before
from workbench.outreach.week.listing import logged
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
    """What the week before `week` ('YYYY-Www') left undone."""
    before = week_before(week)
    plan = store.load(conn, before)
    if plan is None:
        return LeftOver()
    contacts = logged(conn, before, rules, plan.ranks())
    settled = {id_ for id_, theirs in contacts.items() if theirs[-1].reached}
    if not worked_with(conn, plan, set(contacts)):
        return LeftOver()
    people: dict[int, LeftPerson] = {}
    rows: list[PlanItem] = []
    for item in store.all_items(plan):
        open_ = [
            one
            for one in item.customers
            if one.customer_id not in settled and (one.result or item.result) != "done"
        ]
        if item.result != "done" and (open_ or not item.customers):
            rows.append(item)
        for one in open_:
            why = (one.result or item.result).partition(":")[2]
            people.setdefault(one.customer_id, LeftPerson(one, item.kind, one.carried, why))
    return LeftOver(people, tuple(rows))


def worked_with(conn: Connection, plan: WeekPlan, contacted: set[int]) -> bool:
    """Whether somebody made a plan her own: edited, confirmed or ticked it, handed out a sheet of its week, or contacted one
    of its people (`contacted`: customer ids)."""
    if not store.untouched(plan, store.load_header(conn, plan.week)):
        return True
    if any(one.customer_id in contacted for item in store.all_items(plan) for one in item.customers):
        return True
    query = select(handed_out.c.id).where(handed_out.c.week == plan.week).limit(1)
    return conn.execute(query).first() is not None
