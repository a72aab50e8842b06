"""复盘单: for each workday the numbers against the plan, and room for what is talked about in the evening (domain 13.4)."""

from workbench.base.i18n import _
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading


def evening(material: WeekMaterial) -> tuple[Part, ...]:
    """The review sheet of the week: a block for each workday."""
    listing = material.listing
    head = heading(_("复盘单"), material.week)
    counts = [_("计划"), _("拨打"), _("接通"), _("邀约"), _("见面"), _("成交")]
    lines = [
        _("异议一 / 最好的回答"), _("异议二 / 最好的回答"), _("异议三 / 最好的回答"), _("明天再找谁"),
        _("明天练什么 / 主管的话"),
    ]  # fmt: skip
    planned = {day: sum(one.day == day for one in listing.entries) for day in listing.workdays}
    days = [
        {
            "weekday": weekday(day),
            "date": day[5:],
            "counts": [str(planned[day]), *[""] * (len(counts) - 1)],
            "lines": [""] * len(lines),
        }
        for day in listing.workdays
    ]
    paper = {
        **head,
        "warnings": [],
        "says": typeset(_("每天 17:00 填一格:计划是周一排的户数,其余照实填")),
        "counts": counts,
        "lines": lines,
        "days": days,
    }
    grid = Grid(
        _("复盘"), f"{head['title']}  {head['week']}  {head['span']}", [str(paper["says"])],
        [_("日期"), *counts, *lines], (12, *(7,) * len(counts), *(24,) * len(lines)),
        [
            [f"{day[5:]} {weekday(day)}", str(planned[day]), *[""] * (len(counts) - 1 + len(lines))]
            for day in listing.workdays
        ],
        landscape=True,
    )  # fmt: skip
    return (Part("evening", "evening", head["title"], paper, ("totals",), 0, listing.as_of, grids=(grid,)),)
