"""The return to head office: its own workbook, filled in with the outcomes of the list that it sent (domain 12.6)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.change import Progress
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    OutPurpose,
    complain,
    in_full,
    opened,
    out,
    print_json,
    progress,
    say,
)
from workbench.outreach.log.spans import of_month
from workbench.outreach.office_return.columns import return_columns
from workbench.trust.register import Outgoing

if TYPE_CHECKING:
    from workbench.sheets.office_return.layouts import OfficeLayout
    from workbench.sheets.office_return.room import ListedCustomers, OfficeReturn


@command("office-return")
def office_return(
    template: Annotated[
        str | None, typer.Option("--template", help=_("总行的空白模板:第一次写文件,以后写名字"))
    ] = None,
    listed: Annotated[
        str | None,
        typer.Option("--list", help=_("总行的名单:文件,或导入编号;不写模板时在名单文件里就地填写")),
    ] = None,
    mapped: Annotated[
        list[str] | None, typer.Option("--map", help=_("列名或列号=要填什么,例如 G=result;等号后留空就不填"))
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option("--word", help=_("列:我们的说法=下拉里的说法,例如 G:接通考虑=有意向")),
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("模板里的哪张工作表"))] = None,
    since: Annotated[str | None, typer.Option("--since", help=_("从哪天起,YYYY-MM-DD,默认本月 1 日"))] = None,
    until: Annotated[str | None, typer.Option("--until", help=_("到哪天,YYYY-MM-DD,默认今天"))] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=_("写到哪个 xlsx;不写就只预览"))
    ] = None,
    forget: Annotated[str | None, typer.Option("--forget", help=_("删掉这个名字的模板"))] = None,
    purpose: OutPurpose = "",
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    book: Book = None,
) -> None:
    """Fill head office's workbook in and write it, or show what would be filled in; without a template and a list, the
    templates that the book keeps."""
    why, purpose = in_full(full, purpose, json), " ".join(purpose.split())
    with opened(chosen(book)) as workbench:
        room = workbench.office_return
        workbench.register.check_free(output, replace=force)
        if forget is not None:
            change = room.layouts.forget(forget).undo_id
            if json:
                print_json({"change": change})
            else:
                say(_("已删掉模板「{name}」。").format(name=forget))
            return
        if template is None and listed is None:
            _templates(workbench, json)
            return
        with progress(quiet=json) as report:
            layout = _layout(workbench, template, listed, sheet, report)
            layout = _settled(layout, mapped or (), words or ())
            if layout.rows and template is not None and listed is not None:
                raise _no_blank(layout)
            customers = None if layout.rows else _listed(workbench, listed, report)
        if not layout.rows and output is None:
            room.layouts.keep(layout)
        if customers is None and not layout.rows:
            _show_layout(layout, json)
            return
        month = of_month(today().isoformat()[:7])
        made = room.fill(layout, since or month.since, until or today().isoformat(), customers, purpose)
        if output is not None:
            room.save(made, output, replace=force)
        if json:
            document = Outgoing("office_return_json", len(made.lines), in_full=why)
            print_json(workbench.register.hand_over(document, _document(made, output)))
            return
    _show(made, output)


def _layout(
    workbench: Workbench, template: str | None, listed: str | None, sheet: str | None, report: Progress
) -> "OfficeLayout":
    """The template of a name or a file, else the list file itself. Raises WorkbenchError no_such_template, no_template, and as
    `layout_of`."""
    room = workbench.office_return
    if template is None:
        if listed is None or listed.isdigit():
            raise WorkbenchError(
                "no_template",
                _("只写了导入编号,没有要填的表。"),
                _("请用 --template 写明总行的模板,或者在 --list 里写名单文件。"),
            )
        return room.layout_of(Path(listed), sheet, report)
    file = Path(template)
    if file.suffix or file.is_file():
        return room.layout_of(file, sheet, report)
    return room.layouts.template(template)


def _no_blank(layout: "OfficeLayout") -> WorkbenchError:
    return WorkbenchError(
        "template_listed",
        _("「{name}」里已有 {n} 行客户(从第 {row} 行起),不是空白模板,没有填写。").format(
            name=layout.name, n=len(layout.rows), row=layout.rows[0].row
        ),
        _("要填它自己的客户,请只写 --list;要填别的名单,请先删掉这些行再选。"),
    )


def _listed(workbench: Workbench, listed: str | None, report: Progress) -> "ListedCustomers | None":
    if listed is None:
        return None
    room = workbench.office_return
    return room.listed_by(int(listed)) if listed.isdigit() else room.listed_in(Path(listed), report)


def _settled(layout: "OfficeLayout", mapped: Sequence[str], words: Sequence[str]) -> "OfficeLayout":
    """The layout as the options say. Raises WorkbenchError bad_option, no_such_column, no_such_return."""
    names = {one.name: one.code for one in return_columns().values()}
    for option in mapped:
        column, equals, what = option.rpartition("=")
        if not equals:
            raise _bad_option("--map", option, "G=result")
        layout = layout.with_column(column, names.get(what.strip(), what.strip()))
    for option in words:
        column, colon, rest = option.partition(":")
        ours, equals, theirs = rest.partition("=")
        if not colon or not equals:
            raise _bad_option("--word", option, "G:接通考虑=有意向")
        layout = layout.with_word(column, ours.strip(), theirs.strip())
    return layout


def _bad_option(name: str, value: str, example: str) -> WorkbenchError:
    return WorkbenchError(
        "bad_option",
        _("看不懂 {option} 里的「{value}」。").format(option=name, value=value),
        _("请写成 {example} 这样。").format(example=example),
    )


def _templates(workbench: Workbench, json: bool) -> None:
    room = workbench.office_return
    kept = room.layouts.templates()
    lists = workbench.outreach.office_returns.lists()
    if json:
        print_json(
            {
                "templates": [{"name": one.name, "sheet": one.sheet, "used": one.used} for one in kept],
                "lists": [
                    {"batch": one.batch, "file": one.file, "sheet": one.sheet, "at": one.at} for one in lists
                ],
            }
        )
        return
    if not kept:
        say(_("还没有总行的模板:workbench office-return --template 文件,收下一份。"))
    for template in kept:
        say(f"{template.name} · {template.sheet} · {template.used or _('还没有用过')}")
    for one in lists:
        say(
            _("名单 {batch}:{file} · {sheet} · {at} 导入").format(
                batch=one.batch, file=one.file, sheet=one.sheet, at=one.at
            )
        )


def _show_layout(layout: "OfficeLayout", json: bool) -> None:
    if json:
        print_json(
            {"template": layout.name, "sheet": layout.sheet, "head": layout.head, "columns": _columns(layout)}
        )
        return
    say(
        _("模板「{name}」,工作表 {sheet},表头在第 {row} 行:").format(
            name=layout.name, sheet=layout.sheet, row=layout.head
        ),
        "bold",
    )
    table = Table(_("列"), _("表头"), _("填什么"))
    for one in layout.columns:
        table.add_row(one.letter, one.heading, _what(one.what))
    out().print(table)
    say(_("不对的用 --map 改;再用 --list 写明名单,-o 写明文件。"))


def _what(code: str) -> str:
    return f"{return_columns()[code].name}({code})" if code else _("不填")


def _columns(layout: "OfficeLayout") -> list[dict[str, object]]:
    return [
        {"letter": one.letter, "heading": one.heading, "what": one.what or None, "how": one.how or None, "words": dict(one.words)}
        for one in layout.columns
    ]  # fmt: skip


def _document(made: "OfficeReturn", output: Path | None) -> dict[str, object]:
    layout = made.layout
    return {
        "template": layout.name, "sheet": layout.sheet, "head": layout.head, "columns": _columns(layout),
        "since": made.since, "until": made.until, "count": len(made.lines), "notices": list(made.notices),
        "returned": [one.as_json() for one in made.lines], "path": None if output is None else str(output),
    }  # fmt: skip


def _show(made: "OfficeReturn", output: Path | None) -> None:
    say(f"{made.since} – {made.until} · {made.sum}", style="bold")
    for one in made.layout.columns:
        if one.what:
            say(f"  {one.letter} {one.heading} = {_what(one.what)}")
    for notice in made.notices:
        complain(notice)
    say(
        _("已写入 {path}").format(path=output)
        if output is not None
        else _("没有写文件;用 -o 写明文件就写出。")
    )
