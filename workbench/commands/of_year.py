"""The command `calendar`: the year of contact with its dates, touches and loads, and what does not fit."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from workbench.base.day_words import month_name
from workbench.base.i18n import _, semicolons
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    out,
    print_json,
    progress,
    say,
)
from workbench.outreach.agenda.agenda import AgendaDay, AgendaYear
from workbench.outreach.agenda.documents import year_json
from workbench.trust.register import Outgoing

#: festivals named in the row of a month
_NAMED = 5


@command("calendar")
def calendar(
    year: Annotated[int, typer.Argument(help=_("哪一年,1901 到 2100"))],
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("年轮(A3)和十二个月的规划表写成 PDF"))] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help=_("十二个月的规划表写成 Excel,填了完成情况可以读回"))
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", help=_("写成日历文件 .ics;Outlook 和 Google 导入文件后不会自己更新")),
    ] = None,
    cancel_ics: Annotated[
        Path | None, typer.Option("--cancel-ics", help=_("写成取消文件 .ics:导入后,以前写出的都取消"))
    ] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Plan a year, or bring its plan up to date, and print it; with `pdf`, `xlsx`, `ics`, `cancel_ics` write it to files. Raises
    WorkbenchError year_out_of_range."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, xlsx, ics, cancel_ics, replace=force)
        with progress(quiet=json) as report:
            made = workbench.outreach.agenda.year(year, progress=report)
        sheets, written = workbench.sheets, []
        for path, make in (
            (pdf, sheets.year_pdf),
            (xlsx, sheets.year_xlsx),
            (ics, sheets.year_ics),
            (cancel_ics, partial(sheets.year_ics, cancel=True)),
        ):
            if path is not None:
                written.append(sheets.save(make(made), path, replace=force))
        if json:
            touches = workbench.outreach.agenda.touches(f"{year:04d}-01-01", f"{year:04d}-12-31")
            what = Outgoing("calendar_json", len(touches), in_full=why)
            print_json(workbench.register.hand_over(what, year_json(made, touches)))
            return
    _show(made)
    for path in written:
        say(_("已写入 {path}").format(path=path))


def _show(made: AgendaYear) -> None:
    plan = made.plan
    words = _("{year} 年触点日历,数据日期 {as_of}")
    say(words.format(year=made.year, as_of=plan.as_of or _("无")), style="bold")
    for line in made.notes:
        say(line, style="dim")
    names = (_("月"), _("工作日"), _("触点"), _("用时 / 能用(小时)"), _("最忙"))
    table = Table(*names, Column(_("日子"), overflow="fold"))
    for month in range(1, 13):
        days = [one for one in made.days if int(one.date[5:7]) == month]
        table.add_row(*_row(month, days, planned=f"{made.year}-{month:02}" >= plan.planned_from[:7]))
    out().print(table)
    if plan.touches:
        _tell_plan(made)


def _tell_plan(made: AgendaYear) -> None:
    plan = made.plan
    unplaced = sum(plan.suppressed.values())
    words = _("排了 {n} 次联系,已完成 {done} 次;另有 {out} 次不做(合并、不能联系或排不下)。")
    done = sum(day.done for day in made.days)
    say(words.format(n=f"{plan.touches - unplaced:,}", done=f"{done:,}", out=f"{unplaced:,}"))
    for one in plan.not_fitting:
        complain(one.words)
        for remedy in one.remedies:
            complain("  · " + remedy.words)


def _row(month: int, days: list[AgendaDay], *, planned: bool) -> tuple[str, ...]:
    """The row of a month; '—' for its touches where the plan begins later."""
    busiest = max(days, key=lambda day: day.load)
    festivals = dict.fromkeys(
        one.name
        for day in days
        for one in day.events
        if (one.stream == "festival" or one.silent) and one.date == day.date
    )
    touches = sum(sum(day.touches.values()) for day in days)
    return (
        month_name(month),
        str(sum(day.workday for day in days)),
        f"{touches:,}" if planned else "—",
        f"{sum(day.load for day in days) / 60:,.0f} / {sum(day.capacity for day in days) / 60:,.0f}"
        if planned
        else "—",
        f"{busiest.date[5:]} {busiest.load / busiest.capacity:.0%}"
        if busiest.load and busiest.capacity
        else "—",
        semicolons(list(festivals)[:_NAMED]),
    )
