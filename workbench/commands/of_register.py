"""The command of the register: what happened in the book and what left it, for an auditor."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, opened, out, print_json, say
from workbench.rules.parameters import Rules
from workbench.trust.ledger import LedgerFilter
from workbench.trust.ledger_line import GROUPS
from workbench.trust.register import Outgoing


@command("register")
def register(
    since: Annotated[str, typer.Option("--since", help=_("从哪天起,YYYY-MM-DD"))] = "",
    until: Annotated[str, typer.Option("--until", help=_("到哪天止,YYYY-MM-DD"))] = "",
    group: Annotated[str, typer.Option("--group", help=_("哪一类:代码或名称"))] = "",
    due: Annotated[bool, typer.Option("--due", help=_("只列该销毁的打印件和导出文件"))] = False,
    destroyed: Annotated[
        list[int] | None, typer.Option("--destroyed", help=_("登记销毁:写登记簿的编号,可以写几次"))
    ] = None,
    how: Annotated[
        str, typer.Option("--how", help=_("怎么销毁:shredded、deleted 或 handed_in"))
    ] = "shredded",
    note: Annotated[str, typer.Option("--note", help=_("销毁的备注"))] = "",
    limit: Annotated[int, typer.Option("--limit", help=_("屏幕上最多列几行"), min=1)] = 50,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print the register, newest first, or write it to files; `destroyed` ticks papers off."""
    with opened(chosen(book)) as workbench:
        sheets, ledger = workbench.sheets, workbench.ledger
        what = LedgerFilter(_day(since), _day(until), _group(group, workbench.rules), due)
        workbench.register.check_free(xlsx, pdf, replace=force)
        if destroyed:
            change = ledger.tick_off(destroyed, how, note)
            if not json:
                say(_("已登记销毁 {n} 份;撤销:workbench undo --change {change}").format(
                    n=change.count, change=change.undo_id))  # fmt: skip
        written = [
            sheets.save(make(what), path, replace=force)
            for path, make in ((xlsx, sheets.register_xlsx), (pdf, sheets.register_pdf))
            if path is not None
        ]
        if json:
            lines = ledger.lines(what)
            body = {
                "lines": [one.as_json() for one in lines],
                "due": ledger.due(),
                "audit": workbench.book.anchor().shown,
            }
            print_json(workbench.register.hand_over(Outgoing("register_json", 0), body))
            return
        total, waiting = ledger.count(what), ledger.due()
        lines = ledger.lines(what, 0, limit)
        days = workbench.rules.whole("sheet.destroy_days")
    table = Table(_("编号"), _("时间"), _("谁"), _("做了什么"))
    table.add_column(_("详情"), overflow="fold")
    for one in lines:
        table.add_row(f"#{one.number}", one.at, one.actor, one.action, one.words)
    if lines and not written:
        out().print(table)
    for path in written:
        say(_("已写入 {path}").format(path=path))
    say(_("共 {n} 行,列出 {shown} 行。").format(n=f"{total:,}", shown=f"{len(lines):,}"))
    if waiting:
        words = _("{n} 份打印件或导出文件已满 {days} 天,还没有登记销毁:workbench register --due")
        say(words.format(n=waiting, days=days))


def _day(text: str) -> str:
    """A day, '' for none. Raises WorkbenchError bad_date."""
    if not text.strip():
        return ""
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise WorkbenchError(
            "bad_date", _("看不懂日期“{text}”。").format(text=text), _("请写成 2026-11-30 这样。")
        ) from error


def _group(text: str, rules: Rules) -> str:
    """A group by its code or name, '' for all. Raises WorkbenchError no_such_group."""
    wanted = text.strip()
    for code in GROUPS:
        if wanted in (code, rules.text(f"register.group.{code}")):
            return code
    if not wanted:
        return ""
    known = commas(f"{rules.text(f'register.group.{code}')}({code})" for code in GROUPS)
    raise WorkbenchError(
        "no_such_group",
        _("登记簿没有“{text}”这一类。").format(text=wanted),
        _("可以写:{known}。").format(known=known),
    )
