"""A new draft keeps what was ticked by hand on the one before, and the ids of its rows."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.outreach.draft import PlanItem, WeekPlan


def with_ticks(plan: WeekPlan, before: WeekPlan | None) -> WeekPlan:
    """The plan with ids and ticks of the rows of the same kind before; a ticked row that it lacks takes the place of one
    that nobody stands on, or else of the last one that was not ticked."""
    if before is None:
        return plan
    results = {
        one.customer_id: one.result
        for item in (*before.quick_wins, *before.needs_resources, *before.this_week)
        for one in item.customers
        if one.result
    }
    return replace(
        plan,
        quick_wins=_block(plan.quick_wins, before.quick_wins, results),
        needs_resources=_block(plan.needs_resources, before.needs_resources, results),
        this_week=_block(plan.this_week, before.this_week, results),
    )


def _block(
    rows: Sequence[PlanItem], before: Sequence[PlanItem], results: dict[int, str]
) -> tuple[PlanItem, ...]:
    old = {item.kind: item for item in before}
    made = []
    for item in rows:
        same = old.pop(item.kind, None)
        people = tuple(replace(one, result=results.get(one.customer_id, "")) for one in item.customers)
        made.append(
            replace(item, customers=people, id=same.id if same else None, result=same.result if same else "")
        )
    named = {one.customer_id for item in made for one in item.customers}
    for lost in (item for item in old.values() if _ticked(item)):
        free = [n for n, item in enumerate(made) if not _ticked(item)]
        if free:
            at = next((n for n in free if not made[n].customers), free[-1])
            named -= {one.customer_id for one in made[at].customers}
            kept = tuple(one for one in lost.customers if one.customer_id not in named)
            made[at] = replace(lost, customers=kept)
            named |= {one.customer_id for one in kept}
    return tuple(made)


def _ticked(item: PlanItem) -> bool:
    return bool(item.result) or any(one.result for one in item.customers)
