"""The command `holidays`: list the years whose days off are known, or import the notice of a year."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.workdays import Workdays
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, opened, print_json, say


@command("holidays")
def holidays(
    file: Annotated[Path | None, typer.Argument(help=_("一年的放假安排文件"), readable=False)] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """List the years whose days off are known; with a file import its notice first."""
    with opened(chosen(book)) as workbench:
        change = workbench.import_holidays(file) if file else None
        workdays = workbench.workdays
    if json:
        body = {"years": listed(workdays), "unannounced": unannounced(workdays)}
        if change is not None:
            body["change"] = change.undo_id
        print_json(body)
        return
    if change is not None:
        words = _("已导入放假安排,改动编号 {change}(可用 workbench undo --change 撤销)。")
        say(words.format(change=change.undo_id) if change.count else _("放假安排没有变化。"))
    for one in listed(workdays):
        words = _("{year} 年 休 {off} 天,调休上班 {worked} 天 · 本账本导入") if one["source"] == "book" else _(
            "{year} 年 休 {off} 天,调休上班 {worked} 天 · 程序自带"
        )  # fmt: skip
        say(words.format(**one))
    if notice := workdays.notice(*unannounced(workdays)):
        say(notice + _("。"))


def listed(workdays: Workdays) -> list[dict[str, int | str]]:
    """For each year with a notice: its days off and extra workdays, and its source ('book' or 'program')."""
    return [
        {
            "year": year,
            "source": "book" if year in workdays.imported else "program",
            "off": sum(one.off for one in notice.days),
            "worked": sum(not one.off for one in notice.days),
        }
        for year, notice in workdays.years.items()
    ]


def unannounced(workdays: Workdays) -> list[int]:
    """This year and the next, as far as their days off are not announced yet."""
    year = today().year
    return [one for one in (year, year + 1) if not workdays.announced(one)]
