"""Commands of intake: import, imports, undo, redo."""

import glob
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from workbench.commands.app import app, chosen
from workbench.commands.edge import AsJson, Book, complain, opened, out, print_json, progress, say
from workbench.errors import RowProblem, WorkbenchError
from workbench.i18n import _
from workbench.intake.report import FileReport, SheetReport


@app.command("import", help=_("导入总行下发的客户名单"))
def import_files(
    files: Annotated[list[Path], typer.Argument(help=_("Excel 或 CSV 文件"))],
    as_of: Annotated[str | None, typer.Option("--as-of", help=_("数据日期,YYYY-MM 或 YYYY-MM-DD"))] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("只导入这张工作表"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("金额单位:元、千元、万元"))] = None,
    accept_similar: Annotated[bool, typer.Option("--accept-similar", help=_("接受按相似度匹配的列"))] = False,
    leave_out_conflicts: Annotated[
        bool,
        typer.Option("--leave-out-conflicts", help=_("同一客户有几行且内容不同时,不导入这几位,其余照常")),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看会发生什么,不写入"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> int:
    reports: list[FileReport] = []
    with opened(chosen(book), may_create=True) as workbench, progress(quiet=json) as report:
        for path in _expanded(files):
            try:
                session = workbench.intake.read(path, as_of=as_of, sheet=sheet, progress=report)
                if accept_similar:
                    session.confirm_similar()
                if leave_out_conflicts:
                    session.leave_out_conflicts()
                if unit:
                    for found in session.report().sheets:
                        session.set_unit(found.sheet, unit)
                reports.append(session.report() if dry_run else session.commit(progress=report))
            except WorkbenchError as error:
                reports.append(FileReport(str(path), error=error.sentence(), code=error.code))
    if json:
        print_json({"files": [body for one in reports for body in _file_json(one)]})
    else:
        for one in reports:
            _show_file(one)
    refused = [one for one in reports if one.error]
    if refused and json:
        for one in refused:
            complain(one.error or "")
    return 2 if refused else 0


def _expanded(files: list[Path]) -> list[Path]:
    """Windows shells hand a pattern over as it is."""
    found: list[Path] = []
    for path in files:
        if not path.exists() and any(sign in path.name for sign in "*?["):
            found.extend(Path(name) for name in sorted(glob.glob(str(path))))  # noqa: PTH207  a whole pattern
        else:
            found.append(path)
    return found or files


def _file_json(report: FileReport) -> list[dict[str, Any]]:
    if not report.error:
        return [sheet.as_json() for sheet in report.sheets]
    problem = RowProblem("", None, None, report.code or "refused", report.error, level="refuse")
    empty = SheetReport(report.file, "", "none", None, None, "", 0, problems=(problem,))
    return [empty.as_json() | {"sheet": None, "error": report.error, "code": report.code}]


def _show_file(report: FileReport) -> None:
    say(Path(report.file).name, style="bold")
    if report.error:
        complain("  " + report.error)
        return
    for sheet in report.sheets:
        if sheet.kind == "none":
            say(_("  {sheet}:不是名单,没有导入").format(sheet=sheet.sheet), style="dim")
            continue
        words = _(
            "  {sheet} · 数据日期 {as_of} · {rows} 行:新增 {new},变化 {changed},不变 {unchanged},"
            "不在名单上了 {vanished},退回 {refused}"
        )
        say(
            words.format(
                sheet=sheet.sheet, as_of=sheet.as_of or "—", rows=sheet.rows, new=sheet.new, changed=sheet.changed,
                unchanged=sheet.unchanged, vanished=sheet.vanished, refused=sheet.refused,
            ),
        )  # fmt: skip
        for total in sheet.totals:
            sign = "✓" if total.matches else "✗"
            words = _("    {sign} 合计 {column}:表上 {told:,.2f},逐行相加 {sum:,.2f}")
            say(
                words.format(sign=sign, column=total.column, told=total.sheet_total, sum=total.computed),
                style="dim",
            )
        for problem in sheet.problems[:8]:
            where = _("第 {row} 行").format(row=problem.row) if problem.row else ""
            say(f"    {problem.level}: {where} {problem.column or ''} {problem.message}")
        if len(sheet.problems) > 8:
            say(_("    另有 {n} 条问题,用 --json 查看全部").format(n=len(sheet.problems) - 8))


@app.command("imports", help=_("看导入历史"))
def imports(json: AsJson = False, book: Book = None) -> None:
    with opened(chosen(book)) as workbench:
        history = workbench.intake.history()
    if json:
        print_json({"imports": [{name: getattr(h, name) for name in h.__slots__} for h in history]})
        return
    table = Table(
        _("编号"),
        _("时间"),
        _("文件"),
        _("工作表"),
        _("数据日期"),
        _("行数"),
        _("新增"),
        _("变化"),
        _("状态"),
    )
    for h in history:
        state = _("有效") if h.state == "done" else _("已撤销")
        table.add_row(
            str(h.batch),
            h.at,
            h.file,
            h.sheet,
            h.as_of or "—",
            str(h.rows),
            str(h.new),
            str(h.changed),
            state,
        )
    out.print(table)


def _reverse(batch: int | None, json: bool, book: Path | None, *, forward: bool) -> None:
    with opened(chosen(book)) as workbench:
        change = workbench.intake.redo(batch) if forward else workbench.intake.undo(batch)
    if json:
        print_json({"topics": sorted(change.topics), "redone" if forward else "undone": change.count})
    else:
        say(_("已恢复这次导入。") if forward else _("已撤销,账本回到导入之前的样子。"))


@app.command("undo", help=_("撤销一次导入(默认最近一次)"))
def undo(
    batch: Annotated[int | None, typer.Argument(help=_("导入编号"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    _reverse(batch, json, book, forward=False)


@app.command("redo", help=_("恢复一次撤销了的导入"))
def redo(
    batch: Annotated[int | None, typer.Argument(help=_("导入编号"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    _reverse(batch, json, book, forward=True)
