"""Commands of outreach and sheets: plan, critical, result."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from workbench.base.i18n import _, commas
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
    say,
)
from workbench.commands.of_pack import Phones, purpose_of
from workbench.outreach.codes import ticks
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan, data_dated
from workbench.people.privacy import mask_name
from workbench.trust.register import Outgoing

if TYPE_CHECKING:
    from workbench.sheets.printed import Printed
    from workbench.sheets.room import Sheets


@command("plan")
def plan(
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    phones: Phones = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the plan of a week (None: the week to plan now); with `pdf` (the call sheets behind it) and `xlsx` also write it
    to these files."""
    why, in_sight = in_full(full, purpose, json), purpose_of(phones)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, xlsx, replace=force)
        week_plan = workbench.outreach.plan(week)
        sheets = workbench.sheets
        made = (
            (pdf, lambda: sheets.plan_pdf(week_plan, phones=in_sight)),
            (xlsx, lambda: sheets.plan_xlsx(week_plan)),
        )
        written = _written(sheets, made, replace=force)
        if json:
            what = Outgoing("plan_json", week_plan.customers_named(), in_full=why)
            ranks = workbench.outreach.weeks.of(week_plan.week).ranks
            print_json(workbench.register.hand_over(what, week_plan.as_json(ranks)))
            return
    show_plan(week_plan, written)


def _written(
    sheets: "Sheets", made: Iterable[tuple[Path | None, Callable[[], "Printed"]]], *, replace: bool
) -> list[Path]:
    """The files that were asked for, each written from the sheet that is made for it."""
    return [sheets.save(make(), path, replace=replace) for path, make in made if path]


def show_plan(plan: WeekPlan, written: Iterable[Path]) -> None:
    """Print the nine rows of a plan with its notes, and the files it was written to."""
    say(_("{week} 531 行动计划").format(week=plan.week), style="bold")
    if plan.fresh and plan.fresh.stale:
        complain(plan.fresh.sentence)
    blocks = (
        (_("5 方法") if plan.old else _("5 立即见效"), plan.quick_wins),
        (_("3 需要支持"), plan.needs_resources),
        (_("1 本周落地"), plan.this_week),
    )
    ends = dict(ticks())
    for title, items in blocks:
        say(title, style="bold")
        for number, item in enumerate(items, 1):
            words = _("  {number} {method} · {n} 户 · {due} 前 · {done} · 行号 {row}")
            if not item.customers:
                words = _("  {number} {method} · 不列客户:{basis} · {due} 前 · {done} · 行号 {row}")
            line = words.format(
                number=number, method=item.method, n=len(item.customers), due=item.due, done=item.done_when,
                row=item.id, basis=item.basis.removesuffix(data_dated(plan.data_date)),
            )  # fmt: skip
            say(f"{line} · {ends.get(item.result, item.result)}" if item.result else line)
    for note in plan.notes:
        say(note)
    for path in written:
        say(_("已写入 {path}").format(path=path))


@command("critical")
def critical(
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the queue of the seven critical classes of a week; with `pdf` and `xlsx` also write the weekly list."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, xlsx, replace=force)
        queue = workbench.outreach.critical(week)
        sheets = workbench.sheets
        made = ((pdf, lambda: sheets.critical_pdf(queue)), (xlsx, lambda: sheets.critical_xlsx(queue)))
        written = _written(sheets, made, replace=force)
        if json:
            what = Outgoing("critical_json", len(queue.entries), in_full=why)
            print_json(workbench.register.hand_over(what, queue.as_json()))
            return
    _show_critical(queue, written)


def _show_critical(queue: CriticalQueue, written: Iterable[Path]) -> None:
    """Print the entries that the weekly list has room for, with what could not be told."""
    words = _("{week} 七类临界客户,数据日期 {as_of},共 {n} 户")
    say(
        words.format(week=queue.week, as_of=queue.as_of or _("无"), n=f"{len(queue.entries):,}"), style="bold"
    )
    if queue.fresh.stale:
        complain(queue.fresh.sentence)
    table = Table(_("期限"), _("临界"), _("客户号"), _("姓名"), _("为什么"), _("怎么做"))
    for entry in queue.paper:
        first = entry.first
        table.add_row(
            first.clock or "—",
            first.word,
            entry.customer_no,
            mask_name(entry.name),
            first.sentence,
            first.action,
        )
    out().print(table)
    left = len(queue.entries) - len(queue.paper)
    if left:
        say(_("另有 {n} 户,用 --json 查看全部").format(n=f"{left:,}"))
    for line in (*queue.remarks, *queue.blind):
        say(line, style="dim")
    for path in written:
        say(_("已写入 {path}").format(path=path))


@command("result")
def result(
    row: Annotated[int, typer.Argument(help=_("行号:plan --json 里的 row,也写在 plan 每一行的末尾"))],
    code: Annotated[
        str,
        typer.Argument(
            help=_("完成情况:{codes}").format(codes=commas(f"{key}({name})" for key, name in ticks()))
        ),
    ],
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Tick a row of the plan of a week; undoable by the change number that is printed."""
    with opened(chosen(book)) as workbench:
        change = workbench.outreach.set_result(row, code, week=week)
    if json:
        print_json({"row": row, "change": change.undo_id})
    else:
        say(_("已记下;撤销请用 workbench undo --change {change}").format(change=change.undo_id))
