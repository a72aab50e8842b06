"""The list of commands and what each prints."""

import glob
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from workbench.commands.edge import (
    AsJson,
    Book,
    WindowWanted,
    err,
    opened,
    out,
    passphrase,
    print_json,
    progress,
)
from workbench.errors import RowProblem, WorkbenchError
from workbench.i18n import _
from workbench.intake.report import FileReport, SheetReport
from workbench.money import wan

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode=None,
    help=_("客户经理工作台:离线导入客户名单、看预警、排 531 计划、打印。不带命令时打开窗口。"),
)
AsOf = Annotated[str | None, typer.Option("--as-of", help=_("数据月份,YYYY-MM"))]
LIGHTS = {"red": "■ 红", "orange": "● 橙", "yellow": "▲ 黄"}


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    book: Annotated[Path | None, typer.Option("--book", help=_("账本文件"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", help=_("语言:zh 或 en"))] = None,
) -> None:
    """Options that stand before the command. The language was chosen before any sentence was made."""
    _before["book"] = book
    if context.invoked_subcommand is None:
        raise WindowWanted(book)


_before: dict[str, Path | None] = {}


def _book(path: Path | None) -> Path | None:
    return path or _before.get("book")


# -- intake ------------------------------------------------------------------------------------------------


@app.command("import", help=_("导入总行下发的客户名单"))
def import_files(
    files: Annotated[list[Path], typer.Argument(help=_("Excel 或 CSV 文件"))],
    as_of: Annotated[str | None, typer.Option("--as-of", help=_("数据日期,YYYY-MM 或 YYYY-MM-DD"))] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("只导入这张工作表"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("金额单位:元、千元、万元"))] = None,
    accept_similar: Annotated[bool, typer.Option("--accept-similar", help=_("接受按相似度匹配的列"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看会发生什么,不写入"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> int:
    reports: list[FileReport] = []
    with opened(_book(book), may_create=True) as workbench, progress(quiet=json) as report:
        for path in _expanded(files):
            try:
                session = workbench.intake.read(path, as_of=as_of, sheet=sheet, progress=report)
                if accept_similar:
                    session.confirm_similar()
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
            err.print(one.error, style="red", highlight=False, soft_wrap=True)
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
    out.print(f"[bold]{Path(report.file).name}[/bold]", highlight=False)
    if report.error:
        err.print("  " + report.error, style="red", highlight=False, soft_wrap=True)
        return
    for sheet in report.sheets:
        if sheet.kind == "none":
            out.print(
                _("  {sheet}:不是名单,没有导入").format(sheet=sheet.sheet), style="dim", highlight=False
            )
            continue
        words = _(
            "  {sheet} · 数据日期 {as_of} · {rows} 行:新增 {new},变化 {changed},不变 {unchanged},"
            "不在名单上了 {vanished},退回 {refused}"
        )
        out.print(
            words.format(
                sheet=sheet.sheet, as_of=sheet.as_of or "—", rows=sheet.rows, new=sheet.new, changed=sheet.changed,
                unchanged=sheet.unchanged, vanished=sheet.vanished, refused=sheet.refused,
            ),
            highlight=False,
        )  # fmt: skip
        for total in sheet.totals:
            sign = "✓" if total.matches else "✗"
            words = _("    {sign} 合计 {column}:表上 {told:,.2f},逐行相加 {sum:,.2f}")
            out.print(
                words.format(sign=sign, column=total.column, told=total.sheet_total, sum=total.computed),
                style="dim",
            )
        for problem in sheet.problems[:8]:
            where = _("第 {row} 行").format(row=problem.row) if problem.row else ""
            out.print(
                f"    {problem.level}: {where} {problem.column or ''} {problem.message}", highlight=False
            )
        if len(sheet.problems) > 8:
            out.print(_("    另有 {n} 条问题,用 --json 查看全部").format(n=len(sheet.problems) - 8))


@app.command("imports", help=_("看导入历史"))
def imports(json: AsJson = False, book: Book = None) -> None:
    with opened(_book(book)) as workbench:
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
    with opened(_book(book)) as workbench:
        change = workbench.intake.redo(batch) if forward else workbench.intake.undo(batch)
    if json:
        print_json({"topics": sorted(change.topics), "redone" if forward else "undone": change.count})
    else:
        out.print(_("已恢复这次导入。") if forward else _("已撤销,账本回到导入之前的样子。"))


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


# -- insight -----------------------------------------------------------------------------------------------


@app.command("customers", help=_("找客户:姓名、拼音首字母、客户号或手机尾号"))
def customers(
    query: Annotated[str, typer.Argument(help=_("要找的字"))] = "",
    limit: Annotated[int, typer.Option("--limit", help=_("最多几行"))] = 50,
    json: AsJson = False,
    book: Book = None,
) -> None:
    from workbench.insight.picker import CustomerQuery

    with opened(_book(book)) as workbench:
        wanted = CustomerQuery(text=query)
        count = workbench.insight.count(wanted)
        rows = workbench.insight.customers(wanted, 0, count if json else limit)
    if json:
        body = [
            {
                "customer_no": r.customer_no, "name": r.name, "tier": r.tier, "bank_level": r.bank_level,
                "aum_balance": None if r.aum_fen is None else r.aum_fen / 100,
                "aum_daily_average": None if r.daily_average_fen is None else r.daily_average_fen / 100,
                "risk": r.risk, "light": r.light, "branch": r.branch, "manager_name": r.manager, "month": r.month,
            }
            for r in rows
        ]  # fmt: skip
        print_json({"count": count, "customers": body})
        return
    table = Table(_("客户号"), _("姓名"), _("层级"), _("AUM"), _("月日均"), _("灯"), _("风险"), _("机构"))
    for r in rows:
        risk = "—" if r.risk is None else f"{r.risk:.0f}"
        table.add_row(
            r.customer_no, r.name, r.tier or "—", wan(r.aum_fen), wan(r.daily_average_fen),
            _(LIGHTS[r.light]) if r.light else "", risk, r.branch or "—",
        )  # fmt: skip
    out.print(table)
    out.print(_("共 {count} 位").format(count=count))


@app.command("portrait", help=_("一位客户的 360° 画像"))
def portrait(customer_no: str, as_of: AsOf = None, json: AsJson = False, book: Book = None) -> None:
    with opened(_book(book)) as workbench:
        found = workbench.insight.portrait(customer_no, as_of)
    if json:
        print_json(found.as_json())
        return
    out.print(f"[bold]{found.name}[/bold]  {found.customer_no}  {found.tier_name or '—'}", highlight=False)
    table = Table(_("月份"), _("AUM"), _("月日均"))
    for point in found.points[-6:]:
        table.add_row(
            point.month, wan(point.figures.get("aum_balance")), wan(point.figures.get("aum_daily_average"))
        )
    out.print(table)
    if found.risk:
        out.print(_("风险 {risk:.0f}").format(risk=found.risk.risk), highlight=False)
        for verdict in found.risk.signals:
            out.print(f"  {verdict.code} {verdict.reason}", highlight=False)


@app.command("check", help=_("检查流失信号"))
def check(
    as_of: AsOf = None,
    everyone: Annotated[bool, typer.Option("--all", help=_("列出全部客户,也包括没有亮灯的"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    with opened(_book(book)) as workbench:
        with progress(quiet=json) as report:
            summary = workbench.insight.check(as_of, progress=report)
        ranking = workbench.insight.ranking(summary.month)
    shown = ranking if everyone else [r for r in ranking if r.light]
    if json:
        print_json(
            {
                "as_of": summary.as_of, "month": summary.month, "customers": summary.customers,
                "lights": {name: summary.lights.get(name, 0) for name in LIGHTS},
                "guard": summary.guard, "rule_version": summary.rule_version,
                "features_off": list(summary.features_off), "results": [r.as_json() for r in shown],
            }
        )  # fmt: skip
        return
    counts = {name: summary.lights.get(name, 0) for name in LIGHTS}
    words = _("数据日期 {as_of},{n} 位客户:红 {red},橙 {orange},黄 {yellow}")
    out.print(words.format(as_of=summary.as_of, n=summary.customers, **counts), highlight=False)
    if summary.guard:
        err.print(summary.guard, style="yellow", highlight=False, soft_wrap=True)
    table = Table(_("灯"), _("风险"), _("客户号"), _("姓名"), _("为什么"))
    for r in shown if everyone else shown[:40]:
        why = ";".join(v.reason for v in r.signals) or (r.hard_rule or "")
        table.add_row(_(LIGHTS[r.light]) if r.light else "", f"{r.risk:.0f}", r.customer_no, r.name, why)
    out.print(table)
    if not everyone and len(shown) > 40:
        out.print(_("另有 {n} 位亮灯,用 --json 查看全部").format(n=len(shown) - 40))
    if summary.features_off:
        out.print(_("看不到(没有这些列):{what}").format(what="、".join(summary.features_off)), style="dim")


# -- outreach and sheets -----------------------------------------------------------------------------------


@app.command("plan", help=_("本周 531 行动计划"))
def plan(
    week: Annotated[str | None, typer.Option("--week", help=_("哪一周,YYYY-Www"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    with opened(_book(book)) as workbench:
        made = workbench.outreach.plan(week)
        written = []
        if pdf:
            written.append(workbench.sheets.save("plan_pdf", workbench.sheets.plan_pdf(made), pdf))
        if xlsx:
            written.append(workbench.sheets.save("plan_xlsx", workbench.sheets.plan_xlsx(made), xlsx))
    if json:
        print_json(made.as_json())
        return
    out.print(_("{week} 531 行动计划").format(week=made.week), style="bold")
    blocks = (
        (_("5 立即见效"), made.quick_wins),
        (_("3 需要支持"), made.needs_resources),
        (_("1 本周落地"), made.this_week),
    )
    for title, items in blocks:
        out.print(title, style="bold")
        for number, item in enumerate(items, 1):
            words = _("  {number} {method} · {n} 户 · {due} 前 · {done}")
            out.print(
                words.format(
                    number=number,
                    method=item.method,
                    n=len(item.customers),
                    due=item.due,
                    done=item.done_when,
                ),
                highlight=False,
            )
    for path in written:
        out.print(_("已写入 {path}").format(path=path), highlight=False, soft_wrap=True)


@app.command("log", help=_("记一次联系"))
def log(
    customer_no: str,
    channel: Annotated[str, typer.Option("--channel", help=_("渠道"))],
    result: Annotated[str, typer.Option("--result", help=_("结果"))],
    on: Annotated[str | None, typer.Option("--date", help=_("日期,默认今天"))] = None,
    next_date: Annotated[str | None, typer.Option("--next", help=_("下次联系日期"))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("备注"))] = None,
    by_customer: Annotated[bool, typer.Option("--by-customer", help=_("是客户主动联系的"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    with opened(_book(book)) as workbench:
        change = workbench.outreach.log_touch(
            customer_no, channel=channel, result=result, date=on, next_date=next_date, note=note,
            initiated_by="customer" if by_customer else "manager",
        )  # fmt: skip
    if json:
        print_json({"change": change.undo_id})
    else:
        out.print(_("已记下。"))


# -- the book ----------------------------------------------------------------------------------------------


@app.command("backup", help=_("把账本完整备份到一个文件"))
def backup(file: Path, json: AsJson = False, book: Book = None) -> None:
    with opened(_book(book)) as workbench:
        written = workbench.backup(file)
    if json:
        print_json({"backup": str(written)})
    else:
        out.print(_("已备份到 {path}(口令与账本相同)").format(path=written), highlight=False, soft_wrap=True)


@app.command("restore", help=_("用备份替换账本;原来的账本改名留着"))
def restore(file: Path, json: AsJson = False, book: Book = None) -> None:
    from workbench.app import Workbench
    from workbench.settings import default_book

    target = _book(book) or default_book()
    with Workbench.open(file, passphrase(file)) as checked:
        kept = checked.restore_to(target)
    if json:
        print_json({"book": str(target), "kept": str(kept) if kept else None})
    else:
        out.print(_("已恢复到 {path}").format(path=target), highlight=False, soft_wrap=True)
        if kept:
            out.print(_("原来的账本留在 {path}").format(path=kept), highlight=False, soft_wrap=True)


@app.command("verify", help=_("检查账本是否完好"))
def verify(json: AsJson = False, book: Book = None) -> int:
    with opened(_book(book)) as workbench:
        failed = workbench.book.verify()
        counts = workbench.book.count()
        print_of = workbench.book.fingerprint()
    if json:
        print_json({"sound": not failed, "failed": failed, "rows": counts, "fingerprint": print_of})
    elif failed:
        err.print(_("账本有问题:{what}。请用最近的备份恢复。").format(what=", ".join(failed)), style="red")
    else:
        out.print(_("账本完好。内容指纹 {seal}").format(seal=print_of[:16]), highlight=False)
    return 2 if failed else 0


@app.command("demo", help=_("造一个样本支行,把整件事做一遍"))
def demo(
    folder: Annotated[Path | None, typer.Option("--dir", help=_("放在哪个文件夹"))] = None,
    customers: Annotated[int, typer.Option("--customers", help=_("客户数"))] = 1000,
    months: Annotated[int, typer.Option("--months", help=_("月数"))] = 14,
    no_window: Annotated[bool, typer.Option("--no-window", help=_("做完不打开窗口"))] = False,
    json: AsJson = False,
) -> int:
    from workbench.commands.demo import run_demo

    return run_demo(folder, customers, months, window=not no_window and not json, as_json=json)
