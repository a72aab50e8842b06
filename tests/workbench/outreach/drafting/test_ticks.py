"""A new draft keeps what was ticked by hand, also of rows that are drafted no more."""

from dataclasses import replace

from tests.workbench.outreach.drafting.test_plan531 import plan_of
from tests.workbench.outreach.made import many
from workbench.outreach.draft import WeekPlan
from workbench.outreach.drafting.ticks import with_ticks
from workbench.outreach.editing import own_row, rows


def stored(plan: WeekPlan) -> WeekPlan:
    """The plan with row ids, as a book would give them."""
    numbered = {name: replace(item, id=n) for n, (name, item) in enumerate(rows(plan).items(), 1)}
    return replace(
        plan,
        quick_wins=tuple(numbered[f"5-{n}"] for n in range(1, 6)),
        needs_resources=tuple(numbered[f"3-{n}"] for n in range(1, 4)),
        this_week=(numbered["1-1"],),
    )


def ticked(plan: WeekPlan, row: str, result: str) -> WeekPlan:
    item = rows(plan)[row]
    return replace(
        plan, quick_wins=tuple(replace(one, result=result) if one is item else one for one in plan.quick_wins)
    )


def test_a_ticked_row_that_is_drafted_no_more_takes_the_place_of_an_empty_one() -> None:
    before = ticked(stored(own_row(plan_of(many({"C1": 3})), "5-5", "走访商圈")), "5-5", "half")
    after = with_ticks(plan_of(many({"C1": 3})), before)
    kept = [item for item in after.quick_wins if item.method == "走访商圈"]
    assert [(item.id, item.result) for item in kept] == [(5, "half")]
    assert len(after.quick_wins) == 5
    assert [item.kind for item in after.quick_wins if item.customers] == ["raise_level"]


def test_without_an_empty_row_the_last_one_that_nobody_ticked_gives_way() -> None:
    full = plan_of(many({"red": 1, "orange": 1, "C3": 1, "C1": 1, "birthday": 1}))
    assert all(item.customers for item in full.quick_wins)
    before = ticked(stored(own_row(full, "5-1", "走访商圈")), "5-1", "done")
    before = ticked(before, "5-5", "half")
    after = with_ticks(full, before)
    assert [item.result for item in after.quick_wins] == ["", "", "", "done", "half"]


def test_who_was_ticked_stays_ticked_wherever_he_stands_and_other_rows_get_no_id() -> None:
    before = stored(plan_of(many({"C1": 3})))
    row = next(item for item in before.quick_wins if item.kind == "raise_level")
    people = (replace(row.customers[0], result="done"), *row.customers[1:])
    swapped = tuple(replace(row, customers=people) if item is row else item for item in before.quick_wins)
    after = with_ticks(plan_of(many({"C1": 3})), replace(before, quick_wins=swapped))
    marked = {c.customer_id for item in rows(after).values() for c in item.customers if c.result}
    assert marked == {row.customers[0].customer_id}
    other = with_ticks(plan_of(many({"N1": 1})), before)
    assert next(item for item in other.quick_wins if item.kind == "newcomer").id is None
    assert with_ticks(after, None) == after
