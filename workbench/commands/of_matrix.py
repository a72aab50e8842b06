"""Commands of the product matrix and the pivot: matrix, pivot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from workbench.base.dates import now
from workbench.base.i18n import _, commas, sentences
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
    progress,
    say,
)
from workbench.insight.products.grid import Cell, PivotGrid
from workbench.insight.products.hooks import Hook
from workbench.sheets.pivot_sheet import pivot_pdf, shown
from workbench.trust.register import Outgoing


@command("matrix")
def matrix(
    rows: Annotated[
        str | None, typer.Option("--rows", help=_("行:segments、personas 或任一标签的名称"))
    ] = None,
    product: Annotated[
        str | None, typer.Option("--product", help=_("只要一个产品大类的目标客户名单"))
    ] = None,
    where: Annotated[str, typer.Option("--where", help=_("目标客户名单只在这个条件里找"))] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help=_("名单最多多少户"))] = 50,
    hooks: Annotated[bool, typer.Option("--hooks", help=_("只列钩子产品和得分"))] = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the matrix of portraits and products, with `product` its target list within the condition `where`, or with `hooks`
    the hook products."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench, progress(json) as report:
        room = workbench.insight.matrix
        if hooks:
            ranked = room.hooks()
            if json:
                body = {"hooks": [one.as_json() for one in ranked]}
                print_json(workbench.register.hand_over(Outgoing("matrix_json", 0, in_full=why), body))
                return
            _hooks(ranked)
            return
        if product:
            targets = room.targets(product, where, limit=limit)
            if json:
                what = Outgoing("matrix_json", len(targets.rows), in_full=why)
                print_json(workbench.register.hand_over(what, targets.as_json()))
                return
            words = _("{name}:{n} 户有需要、适当性允许、尚未持有")
            say(words.format(name=targets.name, n=f"{targets.count:,}"), style="bold")
            if left_out := commas(f"{name} {n}" for name, n in targets.excluded.items() if n):
                say(_("其中不宜营销:{names}").format(names=left_out))
            for row in targets.rows:
                say(f"  {row.customer_no}  {row.fit.score:.0%}  {sentences((row.reason, *row.cautions))}")
            return
        grid = room.grid(rows, report)
        if json:
            what = Outgoing("matrix_json", 0, in_full=why)
            print_json(workbench.register.hand_over(what, grid.as_json()))
            return
    _show(grid)


def _hooks(ranked: Sequence[Hook]) -> None:
    if not ranked:
        say(_("还没有产品清单,或清单里没有现在能买的产品。"))
    for one in ranked:
        score = _("不打分") if one.score is None else f"{one.score:.2f}"
        behind = _("看不出:{what}").format(what=commas(one.unknown)) if one.unknown else ""
        say(f"  {score}  {one.offered.name}  {commas(filter(None, (one.terms, behind)))}")


def _show(grid: PivotGrid) -> None:
    table = Table(_("产品大类"), *(f"{row.label} {row.customers:,}" for row in (*grid.rows, grid.whole)))
    for family in grid.families:
        table.add_row(family.shown, *(_cell(row.cell(family.code)) for row in (*grid.rows, grid.whole)))
    _print(table)
    words = _("每格:持有比例 / 有需要、适当性允许、尚未持有的户数。列:{rows}。数据日期 {date}。")
    say(words.format(rows=grid.label, date=grid.as_of))


def _print(table: Table) -> None:
    """Print a table as wide as it needs, beyond the terminal too: figures cut short would be useless."""
    for column in table.columns:
        column.no_wrap = True
    needed = Measurement.get(out(), out().options.update(width=10_000, max_width=10_000), table).maximum
    Console(width=max(out().width, needed)).print(table)


def _cell(cell: Cell) -> str:
    return "—" if cell.penetration is None else f"{cell.penetration:.0%} / {cell.whitespace:,}"


@command("pivot")
def pivot(
    rows: Annotated[str, typer.Argument(help=_("行:标签、指标或字段的名称"))],
    columns: Annotated[str, typer.Argument(help=_("列:标签、指标或字段的名称"))],
    measure: Annotated[
        str, typer.Option("--measure", help=_("户数、资产、贷款、产品数或变动"))
    ] = "customers",
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print two tags against each other; with `pdf` also write them to a file, small cells left out."""
    with opened(chosen(book)) as workbench, progress(json) as report:
        workbench.register.check_free(pdf, replace=force)
        pivot_table = workbench.insight.pivot.table(rows, columns, measure, report)
        if json:
            body = workbench.register.hand_over(Outgoing("pivot_json", 0), pivot_table.as_json())
        if pdf:
            sheet = pivot_pdf(
                pivot_table,
                workbench.rules.whole("pivot.small"),
                printed_by=str(workbench.settings().get("manager") or ""),
                printed_at=now(),
                anchor=workbench.sheets.anchor(),
            )
            workbench.sheets.save(sheet, pdf, replace=force)
    if json:
        print_json(body)
        return
    table = Table(
        f"{pivot_table.rows.label} / {pivot_table.columns.label}",
        *(g.label for g in pivot_table.column_groups),
        _("合计"),
    )
    for label, line in zip(
        [*(g.label for g in pivot_table.row_groups), _("合计")], pivot_table.cells, strict=True
    ):
        table.add_row(label, *(shown(pivot_table, cell) for cell in line))
    _print(table)
    if pdf:
        say(_("已写入 {path}").format(path=pdf))
