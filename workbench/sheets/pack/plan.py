"""The 531 as a part of the pack: one A4 page, its customers by their numbers on the call sheet behind it."""

from workbench.outreach.store import all_items
from workbench.sheets.content import sheet
from workbench.sheets.handed_out import SheetRow
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Part, noticed


def plan_part(material: WeekMaterial) -> tuple[Part, ...]:
    """The sheet of the nine rows."""
    plan = material.plan
    content = sheet(plan, material.imprint, material.listing)
    items = all_items(plan)
    people = dict.fromkeys((one.name, one.customer_no) for item in items for one in item.customers)
    unprinted = noticed(list(people))
    paper = {**content, "warnings": [*content["warnings"], *unprinted]}
    rows = tuple(SheetRow(number, "", item.id) for number, item in enumerate(items, 1))
    return (
        Part(
            "plan", "plan", content["title"], paper, ("name_masked", "customer_no_tail"), plan.customers_named(),
            plan.data_date, rows, unprinted=unprinted,
        ),
    )  # fmt: skip
