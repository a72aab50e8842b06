"""The 531 as a part of the pack: one A4 page, its customers by their numbers on the call sheet behind it."""

from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.outreach.store import all_items
from workbench.sheets.content import sheet
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, noticed
from workbench.sheets.papers import PlanPaper, PlanRow


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
            plan.data_date, rows, grids=(_grid(content),), unprinted=unprinted,
        ),
    )  # fmt: skip


def _grid(content: PlanPaper) -> Grid:
    """The nine rows as a worksheet: what each needs stands where the others have their customers."""
    words = content["labels"]
    heads = [
        _("序号"), _("531"), words["five_heads"][0], words["five_heads"][1], words["five_heads"][2],
        words["five_heads"][3], words["done"], words["deadline"], _("结果"),
    ]  # fmt: skip
    blocks = (content["five"], content["three"], content["one"])
    rows = [row for block in blocks for row in block]
    about = [
        f"{words['branch']} {content['branch']}".strip(), f"{words['manager']} {content['manager']}".strip(),
        f"{words['capacity']} {content['capacity']}", content["draft"], *content["warnings"],
    ]  # fmt: skip
    notes = [
        f"{words['last_week']} {content['last_week']}", f"{words['carried']} {content['carried']}".strip(),
        *content["notes"],
    ]  # fmt: skip
    return Grid(
        _("531计划"), f"{content['title']}  {content['week']}  {content['span']}", about, heads,
        (5, 6, 16, 22, 22, 34, 18, 9, 9), [_cells(number, row) for number, row in enumerate(rows, 1)],
        result=9, notes=notes,
    )  # fmt: skip


def _cells(number: int, row: PlanRow) -> Sequence[str]:
    listed = " ".join(filter(None, [row["count"], row["place"]]))
    whom = "\n".join(filter(None, [listed, row["resource"]]))
    steps = [f"{one['day']} {one['what']}" for one in row["milestones"]]
    doing = "\n".join(filter(None, [row["action"], row["script"], row["fallback"], *steps]))
    return [
        str(number), row["number"], row["method"], whom, "\n".join(filter(None, [row["basis"], row["carried"]])),
        doing, row["done"], f"{row['due']} {row['weekday']}", "",
    ]  # fmt: skip
