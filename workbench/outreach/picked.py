"""Put picked customers on the week's plan, under one of its five methods."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.outreach.contact_limits import held_on
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan
from workbench.outreach.methods import catalogue
from workbench.outreach.room import Outreach
from workbench.outreach.store import mended
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


def methods(outreach: Outreach, week: str | None = None) -> tuple[tuple[str, str], ...]:
    """(kind, name) of the five methods of the week's plan (None: this week). Raises WorkbenchError bad_week."""
    return tuple((item.kind, item.method) for item in outreach.plan(week).quick_wins)


def add_to_plan(
    outreach: Outreach, customers: Sequence[CustomerRow], kind: str, reason: str, week: str | None = None
) -> Added:
    """Append customers to the list of a method, by kind or name; whoever is in one of the five already stays there.
    Undoable.

    Raises WorkbenchError no_reason, no_such_method, over_capacity, bad_week.
    """
    if not reason.strip():
        raise WorkbenchError("no_reason", _("请写一句为什么联系这些客户。"))
    plan = outreach.plan(week)
    item = _row(plan, kind)
    listed = {one.customer_id for row in plan.quick_wins for one in row.customers}
    new = [one for one in customers if one.customer_id not in listed]
    barred = _barred(outreach, kind)
    allowed = [one for one in new if one.customer_id not in barred]
    people = tuple(
        PlanCustomer(one.customer_id, one.customer_no, one.name, one.aum_fen, reason.strip())
        for one in allowed
    )
    calls = plan.calls + len(people)
    if len(people) > plan.calls_limit:
        raise WorkbenchError(
            "over_capacity",
            _("选了 {n} 位,一周最多打 {limit} 个电话,放不下。").format(n=len(people), limit=plan.calls_limit),
            _("请只取前几位,例如在条件后面写 top 20 by 资产月日均。"),
        )
    change = Change.nothing()
    if people:
        grown = replace(item, customers=(*item.customers, *people))
        change = outreach.save(replace(mended(plan, grown), calls=calls))
    over = max(0, calls - plan.calls_limit)
    out = Counter(barred[one.customer_id].code for one in new if one.customer_id in barred)
    why = counted(out, outreach.rules)
    return Added(change, len(people), len(customers) - len(new), len(new) - len(allowed), over, why)


def _row(plan: WeekPlan, kind: str) -> PlanItem:
    item = next((item for item in plan.quick_wins if kind in (item.kind, item.method)), None)
    if item is None:
        names = commas(f"{item.kind}({item.method})" for item in plan.quick_wins)
        raise WorkbenchError(
            "no_such_method",
            _("{week} 的计划里没有“{kind}”这个方法。").format(week=plan.week, kind=kind),
            _("可以用:{names}。").format(names=names),
        )
    return item


def _barred(outreach: Outreach, kind: str) -> Mapping[int, Consent]:
    """Customer id -> consent of who must not be marketed to; empty for a method that does not market."""
    method = catalogue().of(kind)
    if method is None or not method.marketing:
        return {}
    with in_words(), outreach.book.read() as conn:
        return held_on(conn, today(), outreach.rules)
