"""四周回看: completion and result of the weeks before, one line each (domain 5)."""

from workbench.base.i18n import _, commas
from workbench.outreach.review import WeekReview
from workbench.sheets.content import typeset
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading


def history(material: WeekMaterial) -> tuple[Part, ...]:
    """The table of the four weeks before; no sheet where none of them had a plan."""
    weeks = material.outreach.history(material.week)
    if not weeks:
        return ()
    head = heading(_("四周回看"), material.week)
    heads = [
        _("周"), _("完成率"), _("完成"), _("一半"), _("未做"), _("未勾"), _("计划户数"), _("接通户数"), _("约见"),
        _("办成"), _("未完成的原因"),
    ]  # fmt: skip
    rows = [_cells(one) for one in weeks]
    paper = {
        **head,
        "warnings": [],
        "says": typeset(_("按计划的勾选和联系记录数;没有勾的行不算完成")),
        "heads": heads,
        "rows": rows,
        "jotting": _("这周改什么"),
    }
    grid = Grid(
        head["title"], f"{head['title']}  {head['week']}  {head['span']}", [str(paper["says"])], heads,
        (12, 9, 8, 8, 8, 8, 10, 10, 8, 8, 40), rows, landscape=True,
    )  # fmt: skip
    return (
        Part(
            "history", "history", head["title"], paper, ("totals",), 0, material.plan.data_date, grids=(grid,)
        ),
    )


def _cells(week: WeekReview) -> list[str]:
    rate = _("没有勾") if week.rate is None else f"{week.rate:.0%}"
    why = commas(f"{reason} {count}" for reason, count in week.reasons)
    counts = (
        week.done, week.half, week.missed, week.unticked, week.planned, week.reached, week.appointments, week.deals,
    )  # fmt: skip
    return [week.week, rate, *(f"{n:,}" for n in counts), why]
