"""Put picked customers on the week's plan, under one of its rows, after consent and suitability were asked."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.base.workdays import workdays_of
from workbench.insight.products.barring import counted_bars
from workbench.outreach import editing
from workbench.outreach.contact_limits import held_on
from workbench.outreach.draft import PlanCustomer, WeekPlan
from workbench.outreach.methods import catalogue
from workbench.outreach.room import Outreach
from workbench.people.consent import Consent, counted
from workbench.people.customer import CustomerRow


@dataclass(frozen=True, slots=True)
class Added:
    """How many customers were `added`, were on the plan `already`, or are `barred` because the method markets and they
    must not be marketed to (golden 16; `why` counts them by reason). `over`: calls beyond the week's limit, for the
    manager to take off. `change` undoes it."""

    change: Change
    added: int
    already: int
    barred: int
    over: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """Who must not stand on a row that markets: `held` by customer id with the consent, those (ids) whose suitability has to be
    put right first, and those who are `too_early` to be told of products, with why."""

    held: Mapping[int, Consent]
    unsuitable: frozenset[int] = frozenset()
    too_early: Mapping[int, str] = field(default_factory=dict)

    @property
    def everyone(self) -> frozenset[int]:
        """All of them."""
        return self.unsuitable | self.held.keys() | self.too_early.keys()

    def words(self, outreach: Outreach, only: Collection[int]) -> str:
        """How many of some customers are barred, by reason."""
        out = Counter(self.held[one].code for one in only if one in self.held)
        parts = [counted(out, outreach.rules)] if out else []
        if others := sum(one in self.unsuitable and one not in self.held for one in only):
            parts.append(_("先补适当性 {n} 户").format(n=others))
        known = self.unsuitable | self.held.keys()
        early = [self.too_early[one] for one in only if one in self.too_early and one not in known]
        return commas(filter(None, (*parts, counted_bars(early, outreach.rules))))


def methods(outreach: Outreach, week: str | None = None) -> tuple[tuple[str, str], ...]:
    """(kind, name) of the five methods of the week's plan (None: this week). Raises WorkbenchError bad_week."""
    return tuple((item.kind, item.method) for item in outreach.plan(week).quick_wins)


def add_to_plan(
    outreach: Outreach, customers: Sequence[CustomerRow], kind: str, reason: str, week: str | None = None
) -> Added:
    """Append customers to the list of a row, by its place ('5-2'), kind or name; whoever is in one of the five already
    stays there. Undoable.

    Raises WorkbenchError no_reason, no_such_method, over_capacity, bad_week.
    """
    if not reason.strip():
        raise WorkbenchError("no_reason", _("请写一句为什么联系这些客户。"))
    plan = outreach.plan(week)
    item = editing.row_of(plan, kind)
    listed = {one.customer_id for row in plan.quick_wins for one in row.customers}
    new = [one for one in customers if one.customer_id not in listed]
    out = barred(outreach, plan, item.kind, [one.customer_id for one in new])
    allowed = [one for one in new if one.customer_id not in out.everyone]
    calls = len(allowed) if editing.calls_for(item) else 0
    if calls > plan.calls_limit:
        raise WorkbenchError(
            "over_capacity",
            _("选了 {n} 位,一周最多打 {limit} 个电话,放不下。").format(n=calls, limit=plan.calls_limit),
            _("请只取前几位,例如在条件后面写 top 20 by 资产月日均。"),
        )
    people = [
        PlanCustomer(one.customer_id, one.customer_no, one.name, one.aum_fen, reason.strip())
        for one in allowed
    ]
    change, grown = Change.nothing(), plan
    if people:
        grown = editing.add_people(
            plan, item.kind, people, reason=reason.strip(), room=room_left(outreach, plan)
        )
        change = outreach.save(grown)
    over = max(0, grown.calls - plan.calls_limit)
    why = out.words(outreach, [one.customer_id for one in new])
    return Added(change, len(people), len(customers) - len(new), len(new) - len(allowed), over, why)


def move_on_plan(outreach: Outreach, plan: WeekPlan, customer: int, to: str) -> Change:
    """Move a customer (id) to another row of his block, and store the plan. Raises WorkbenchError barred (he must not be
    marketed to), no_such_method, no_such_person."""
    target = editing.row_of(plan, to)
    out = barred(outreach, plan, target.kind, [customer])
    if customer in out.everyone:
        raise WorkbenchError(
            "barred",
            _("不能放进「{method}」:{why}。").format(
                method=target.method, why=out.words(outreach, [customer])
            ),
            _("请放在不营销的行里。"),
        )
    return outreach.save(editing.move_person(plan, customer, to))


def change_method(outreach: Outreach, plan: WeekPlan, row: str, kind: str) -> Change:
    """Put another method of the catalogue in the place of a row, with whom it has this week, and store the plan. Raises
    WorkbenchError no_such_method."""
    allowed = editing.other_methods(plan, row)
    if kind not in {method.kind for method in allowed}:
        raise WorkbenchError(
            "no_such_method",
            _("「{kind}」不能换到这一行。").format(kind=kind),
            _("可以用:{names}。").format(names=commas(f"{one.kind}({one.title()})" for one in allowed)),
        )
    item = outreach.row_for(plan.week, kind)
    return outreach.save(editing.replace_row(plan, row, item))


def barred(outreach: Outreach, plan: WeekPlan, kind: str, customers: Collection[int]) -> Barred:
    """Who of some customers (ids) must not stand on a row of this kind; nobody on one that does not market. A row that a person
    made counts as one that does."""
    method = catalogue().of(kind)
    if not customers or (method is not None and not method.marketing):
        return Barred({})
    with in_words(), outreach.book.read() as conn:
        held = held_on(conn, today(), outreach.rules, customers)
    early = outreach.leads.without_products(kind, customers)
    return Barred(held, outreach.leads.unsuitable(plan.week, customers), early)


def room_left(outreach: Outreach, plan: WeekPlan) -> editing.Room:
    """The workdays that are left of a plan's week, and the customers of one day."""
    with in_words(), outreach.book.read() as conn:
        work = workdays_of(conn).week(plan.week)
    left = [day.isoformat() for day in work.workdays if day >= today()]
    days = left or [work.nth(1, today=today()).isoformat()]
    return editing.Room(days, outreach.rules.whole("today.most"))
