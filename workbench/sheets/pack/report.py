"""周小结: the report of a week as the log drafts it, with the goals of month and quarter and their pace (domain 13.4)."""

from workbench.base.i18n import _
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading


def report(material: WeekMaterial) -> tuple[Part, ...]:
    """The report on one page, with room for what the supervisor says."""
    head = heading(_("周小结"), material.week)
    made = material.outreach.reviews.report(material.week)
    # the title of the page says the week already
    lines = [material.clean(one) for one in made.lines()[1:]]
    goals = [
        [material.clean(one.title), material.clean(one.sentence)]
        for one in material.outreach.goals.progress()
    ]
    says = material.clean(
        _("按联系记录数,到 {day} 为止").format(day=made.days[-1].date if made.days else made.first)
    )
    paper = {
        **head, "warnings": [], "says": says, "lines": lines, "goal": _("目标"), "goals": goals,
        "none": material.clean(_("没有定目标;在「本周」页定。")), "jotting": _("下周改什么 / 主管的话"),
    }  # fmt: skip
    rows = [[_("小结"), one] for one in lines] + (
        [[title, words] for title, words in goals] or [[_("目标"), str(paper["none"])]]
    )
    grid = Grid(
        head["title"], f"{head['title']}  {head['week']}  {head['span']}", [says], [_("项目"), _("内容")], (36, 90), rows,
        landscape=True,
    )  # fmt: skip
    return (
        Part("report", "report", head["title"], paper, ("totals",), 0, material.listing.as_of, grids=(grid,)),
    )
