"""Commands of the day: today, promises, promise, promise-done."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    in_full,
    opened,
    out,
    print_json,
    say,
)
from workbench.outreach.today.day import DayList
from workbench.people.privacy import mask_name, mask_phone
from workbench.trust.register import Outgoing


@command("today")
def today(
    date: Annotated[str | None, typer.Option("--date", help=_("哪一天,默认今天"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the list of a day; on a day off that of the next workday; with `pdf` also write it to this file."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        day = workbench.outreach.days.of(date)
        if pdf is not None:
            workbench.sheets.save(workbench.sheets.day_pdf(day), pdf, replace=force)
        if json:
            what = Outgoing("today_json", len(day.lines), in_full=why)
            print_json(workbench.register.hand_over(what, day.as_json()))
            return
    _show(day)
    if pdf is not None:
        say(_("已写入 {path}").format(path=pdf))


def _show(day: DayList) -> None:
    words = _("{date} 今日清单,数据日期 {as_of}")
    say(words.format(date=day.date, as_of=day.as_of or _("无")), style="bold")
    say(day.todo)
    for line in day.notes:
        say(line, style="dim")
    table = Table(
        _("序号"), _("客户号"), _("姓名"), _("为什么"), _("说什么"), _("禁忌"), _("电话"), _("上次联系")
    )
    for one in day.lines:
        first, person = one.entry.first, one.entry.person
        table.add_row(
            str(one.entry.rank), person.customer_no, mask_name(person.name),
            "\n".join(filter(None, (first.sentence, first.amount))), one.say, "\n".join(one.do_not_say),
            mask_phone(one.phone), one.last.date if one.last else "—",
        )  # fmt: skip
    if day.lines:
        out().print(table)


@command("promises")
def promises(json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None) -> None:
    """Print the open promises, the earliest first."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        listed = workbench.outreach.promises.open()
        if json:
            what = Outgoing("promises_json", len(listed), in_full=why)
            body = {"promises": [one.as_json() for one in listed]}
            print_json(workbench.register.hand_over(what, body))
            return
    if not listed:
        say(_("没有还没兑现的事。"))
    for one in listed:
        words = _("{n} · {due} 前 · {name} {number} · {text}")
        say(
            words.format(
                n=one.id, due=one.workday, name=mask_name(one.person.name), number=one.person.customer_no,
                text=one.text,
            )
        )  # fmt: skip


@command("promise")
def promise(
    customer_no: str,
    text: Annotated[str, typer.Option("--text", help=_("答应了什么"))],
    by: Annotated[str, typer.Option("--by", help=_("哪天以前,YYYY-MM-DD"))],
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Write down a promise to a customer."""
    with opened(chosen(book)) as workbench:
        change = workbench.outreach.promises.make(customer_no, text, by)
    _tell(change, json=json)


@command("promise-done")
def promise_done(
    number: Annotated[int, typer.Argument(help=_("编号,见 workbench promises"))],
    dropped: Annotated[bool, typer.Option("--dropped", help=_("没有兑现,不再需要"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """End an open promise: kept, or dropped."""
    with opened(chosen(book)) as workbench:
        change = workbench.outreach.promises.end(number, kept=not dropped)
    _tell(change, json=json)


def _tell(change: Change, *, json: bool) -> None:
    if json:
        print_json({"change": change.undo_id})
    else:
        say(_("已记下;撤销请用 workbench undo --change {change}").format(change=change.undo_id))
