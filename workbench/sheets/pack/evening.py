"""复盘单: for each workday the numbers against the plan, and room for what is talked about in the evening (domain 13.4)."""

from collections.abc import Callable

from workbench.base.i18n import _, semicolons
from workbench.outreach.reviews.review import DayReview, ReviewWords
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading

_OBJECTIONS = 3


def evening(material: WeekMaterial) -> tuple[Part, ...]:
    """The review sheet of the week: a block for each workday."""
    listing = material.listing
    head = heading(_("复盘单"), material.week)
    counts = [_("计划"), _("拨打"), _("接通"), _("邀约"), _("见面"), _("成交")]
    lines = [
        _("异议一 / 最好的回答"), _("异议二 / 最好的回答"), _("异议三 / 最好的回答"), _("明天再找谁"),
        _("明天练什么 / 主管的话"),
    ]  # fmt: skip
    gone = {one.date: one for one in material.outreach.reviews.report(material.week).days}
    ahead = {one.date: len(one.lines) for one in material.days}
    numbers = {
        day: _day(gone.get(day), ahead.get(day), len(counts), material.clean) for day in listing.workdays
    }
    days = [
        {"weekday": weekday(day), "date": day[5:], "counts": numbers[day][0], "lines": numbers[day][1]}
        for day in listing.workdays
    ]
    paper = {
        **head,
        "warnings": [],
        "says": typeset(_("每天 17:00 填一格;印出的数按联系记录数,其余照实填")),
        "counts": counts,
        "lines": lines,
        "days": days,
    }
    grid = Grid(
        _("复盘"), f"{head['title']}  {head['week']}  {head['span']}", [str(paper["says"])],
        [_("日期"), *counts, *lines], (12, *(7,) * len(counts), *(24,) * len(lines)),
        [[f"{day[5:]} {weekday(day)}", *numbers[day][0], *numbers[day][1]] for day in listing.workdays],
        landscape=True,
    )  # fmt: skip
    return (Part("evening", "evening", head["title"], paper, ("totals",), 0, listing.as_of, grids=(grid,)),)


def _day(
    gone: DayReview | None, ahead: int | None, counts: int, clean: Callable[[str], str]
) -> tuple[list[str], list[str]]:
    """(numbers, lines) of a day: those of the log where contacts were logged on it, else only how many are planned."""
    words = gone.words if gone else ReviewWords()
    objections = [clean(one) for one in words.objections.splitlines() if one.strip()][:_OBJECTIONS]
    last = semicolons(filter(None, [words.skill, words.supervisor]))
    lines = [*objections, *[""] * (_OBJECTIONS - len(objections)), clean(words.tomorrow), clean(last)]
    if gone is not None and gone.counts.called:
        numbers = gone.counts
        return [
            str(n)
            for n in (
                numbers.planned,
                numbers.called,
                numbers.reached,
                numbers.invited,
                numbers.met,
                numbers.done,
            )
        ], lines
    planned = ahead if ahead is not None else gone.counts.planned if gone else None
    return ["" if planned is None else str(planned), *[""] * (counts - 1)], lines
