"""Commands of the contact log: log, contacts."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, headed
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    OutPurpose,
    in_full,
    opened,
    out,
    print_json,
    say,
)
from workbench.outreach.codes import channel_of, codes, result_of
from workbench.outreach.log.logged import LogFilter
from workbench.outreach.log.statistics import ContactCounts, ContactStatistics
from workbench.outreach.log.words import figures, line
from workbench.people.find import customer_id
from workbench.people.privacy import Cover, mask_name, tail
from workbench.trust.register import Outgoing


@command("log")
def log(
    customer_no: str,
    channel: Annotated[str, typer.Option("--channel", help=_("渠道"))],
    result: Annotated[str, typer.Option("--result", help=_("结果"))],
    on: Annotated[str | None, typer.Option("--date", help=_("日期,默认今天"))] = None,
    next_date: Annotated[str | None, typer.Option("--next", help=_("下次联系日期"))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("备注,最多 200 字"))] = None,
    need: Annotated[str | None, typer.Option("--need", help=_("客户的需求,最多 40 字"))] = None,
    amount: Annotated[str | None, typer.Option("--amount", help=_("金额(元),例如 50000 或 5万"))] = None,
    promise: Annotated[str | None, typer.Option("--promise", help=_("答应了客户什么"))] = None,
    promise_by: Annotated[
        str | None, typer.Option("--promise-by", help=_("哪天兑现,默认下次联系日期"))
    ] = None,
    by_customer: Annotated[bool, typer.Option("--by-customer", help=_("是客户主动联系的"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Log one contact with a customer; says so when the next date is a day off."""
    with opened(chosen(book)) as workbench:
        change = workbench.outreach.log_touch(
            customer_no, channel=channel, result=result, date=on, next_date=next_date, note=note, need=need,
            amount=amount, promise=promise, promise_by=promise_by,
            initiated_by="customer" if by_customer else "manager",
        )  # fmt: skip
        day_off = _day_off(workbench, next_date)
    if json:
        print_json({"change": change.undo_id} | ({"next_workday": day_off} if day_off else {}))
        return
    say(_("已记下。"))
    if day_off:
        words = _(
            "{day} 是休息日,下一个工作日是 {workday};要改请用 workbench undo --change {change} 后重记。"
        )
        say(words.format(day=next_date, workday=day_off, change=change.undo_id))


def _day_off(workbench: Workbench, day: str | None) -> str:
    """The next workday (ISO) after a day that is off; '' for a workday or none."""
    if not day:
        return ""
    named, workdays = dt.date.fromisoformat(day.strip()), workbench.workdays
    return "" if workdays.is_workday(named) else workdays.next_workday(named).isoformat()


@command("contacts")
def contacts(
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www,默认本周"))] = None,
    month: Annotated[str | None, typer.Option("--month", help=_("哪个月,YYYY-MM"))] = None,
    channel: Annotated[str | None, typer.Option("--channel", help=_("渠道"))] = None,
    result: Annotated[str | None, typer.Option("--result", help=_("结果"))] = None,
    customer: Annotated[str | None, typer.Option("--customer", help=_("客户号"))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    csv: Annotated[Path | None, typer.Option("--csv", help=_("写成 CSV"))] = None,
    purpose: OutPurpose = "",
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    book: Book = None,
) -> None:
    """Print the contacts of a week or a month with their counts; with `xlsx` and `csv` also write them to these files."""
    why, purpose = in_full(full, purpose, json), " ".join(purpose.split())
    with opened(chosen(book)) as workbench:
        room, sheets = workbench.outreach.log, workbench.sheets
        what = _filter(workbench, week, month, channel, result, customer)
        workbench.register.check_free(xlsx, csv, replace=force)
        listed, numbers = room.contacts(what), room.statistics(what)
        written = [
            sheets.save(make(what, listed, purpose), path, replace=force)
            for path, make in ((xlsx, sheets.contacts_xlsx), (csv, sheets.contacts_csv))
            if path is not None
        ]
        if json:
            body = {
                "since": what.since, "until": what.until, **figures(numbers),
                "contacts": [one.as_json() for one in listed],
            }  # fmt: skip
            print_json(
                workbench.register.hand_over(Outgoing("contacts_json", len(listed), in_full=why), body)
            )
            return
        rules = workbench.rules
        towers = {one.code: rules.text(f"tower.{one.code or 'unknown'}") for one in numbers.towers}
        _show_statistics(numbers, what, towers)
    names = {table: dict(codes(table)) for table in ("channels", "results")}
    cover = Cover((one.name, one.customer_no) for one in listed)
    table = Table(_("日期"), _("客户"), _("渠道"), _("结果"), _("下次"), _("备注"))
    for one in listed:
        table.add_row(
            one.date, f"{mask_name(one.name)} {tail(one.customer_no)}", names["channels"].get(one.channel, one.channel),
            names["results"].get(one.result, one.result), one.next_date or "", cover(one.note or ""),
        )  # fmt: skip
    if listed:
        out().print(table)
    for path in written:
        say(_("已写入 {path}").format(path=path))


def _filter(
    workbench: Workbench,
    week: str | None,
    month: str | None,
    channel: str | None,
    result: str | None,
    customer: str | None,
) -> LogFilter:
    """What is looked at. Raises WorkbenchError two_ways, bad_week, bad_month, no_such_channel, no_such_result,
    no_such_customer."""
    if week and month:
        raise WorkbenchError("two_ways", _("周和月不能一起写。"), _("请只写 --week 或 --month。"))
    log = workbench.outreach.log
    days = log.of_month(month) if month else log.of_week(week)
    return LogFilter(
        days.since,
        days.until,
        channel_of(channel) if channel else None,
        result_of(result) if result else None,
        _known(workbench, customer) if customer else None,
    )


def _known(workbench: Workbench, customer_no: str) -> str:
    """The number of a customer of the book. Raises WorkbenchError no_such_customer."""
    with in_words(), workbench.book.read() as conn:
        customer_id(conn, customer_no)
    return customer_no.strip()


def _show_statistics(numbers: ContactStatistics, what: LogFilter, towers: dict[str, str]) -> None:
    span = _("{since} 至 {until}").format(since=what.since, until=what.until)
    say(f"{span} · {line(numbers.everything)}", style="bold")
    parts: tuple[tuple[str, tuple[ContactCounts, ...], dict[str, str]], ...] = (
        (_("渠道"), numbers.channels, dict(codes("channels"))),
        (_("结果"), numbers.results, dict(codes("results"))),
        (_("塔"), numbers.towers, towers),
        (_("周"), numbers.weeks, {}),
    )
    for title, rows, names in parts:
        for one in rows:
            say("  " + headed(f"{title} {names.get(one.code, one.code)}", line(one)))
