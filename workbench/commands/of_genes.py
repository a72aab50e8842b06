"""Commands of customer genes: genes (quadrants and segments), canvas (the battle map of a segment)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, semicolons
from workbench.base.money import wan
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
from workbench.insight.genes.board import QuadrantBoard, SegmentBoard
from workbench.people.privacy import mask_name, tail
from workbench.trust.register import Outgoing


@command("genes")
def genes(json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None) -> None:
    """Print the quadrants of relation and the eight segments."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        with progress(quiet=json) as report:
            relation = workbench.insight.genes.quadrants(report)
        segments = workbench.insight.genes.segments()
        if json:
            named = sum(len(cell.top) for cell in relation.cells) + len(relation.bosses)
            boards = {
                "as_of": relation.as_of, "quadrants": asdict(relation), "segments": asdict(segments),
            }  # fmt: skip
            what = Outgoing("genes_json", named, in_full=why)
            print_json(workbench.register.hand_over(what, in_yuan(boards)))
            return
    _say_quadrants(relation)
    _say_segments(segments)


def in_yuan(body: object) -> object:
    """A document with amounts in yuan: values of keys ending in _fen are divided by 100, the ending is cut off."""
    if isinstance(body, dict):
        return {
            key.removesuffix("_fen"): value / 100
            if key.endswith("_fen") and value is not None
            else in_yuan(value)
            for key, value in body.items()
        }
    return [in_yuan(one) for one in body] if isinstance(body, list | tuple) else body


def _say_quadrants(board: QuadrantBoard) -> None:
    say(_("数据日期 {as_of}").format(as_of=board.as_of))
    table = Table(_("关系象限"), _("位置"), _("户数"), _("资产"), _("口诀"))
    for cell in board.cells:
        table.add_row(cell.name, cell.place, f"{cell.customers:,}", wan(cell.aum_fen), cell.mnemonic)
    out().print(table)
    if board.reason:
        say(board.reason)
    if board.bosses:
        say(_("沉默大boss攻坚清单(共 {n} 户):").format(n=board.bosses_all))
    for one in board.bosses:
        say(f"  {mask_name(one.name)} {tail(one.customer_no)}  {wan(one.aum_fen)}  {one.reason}")


def _say_segments(board: SegmentBoard) -> None:
    table = Table(_("客群"), _("户数"), _("资产"), _("占可判断"), _("主客群"), _("无法判断"), _("缺什么(户)"))
    for row in board.rows:
        share = "—" if row.share is None else f"{row.share:.1%}"
        lacking = commas(f"{name} {n:,}" for name, n in row.missing)
        table.add_row(
            row.name, f"{row.customers:,}", wan(row.aum_fen), share, f"{row.primary:,}", f"{row.unknown:,}", lacking
        )  # fmt: skip
    out().print(table)
    say(
        semicolons(
            (
                _("主客群待定 {n} 户").format(n=f"{board.open:,}"),
                _("未分群 {n} 户").format(n=f"{board.unsorted:,}"),
            )
        )
    )


@command("canvas")
def canvas(
    segment: Annotated[str, typer.Argument(help=_("客群:代码或名称,例如 elder、老年"))],
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF 文件"))] = None,
    force: Force = False,
    a3: Annotated[bool, typer.Option("--a3", help=_("用 A3 纸,默认 A4"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print the battle map of a segment, or write it as PDF. Raises WorkbenchError two_outputs for both at once."""
    if pdf is not None and json:
        raise WorkbenchError(
            "two_outputs", _("--pdf 和 --json 不能一起用。"), _("请一次只要一种。"),
        )  # fmt: skip
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        with progress(quiet=json) as report:
            battle_map = workbench.insight.genes.canvas(segment, report)
        if json:
            print_json(workbench.register.hand_over(Outgoing("canvas_json", 0), in_yuan(asdict(battle_map))))
            return
        if pdf is not None:
            from workbench.sheets.canvas import canvas_pdf

            sheet = canvas_pdf(battle_map, paper="a3" if a3 else "a4", **workbench.sheets.foot())
            workbench.sheets.save(sheet, pdf, replace=force)
            say(_("已写入 {path}").format(path=pdf))
            return
    say(
        _("作战画布 · {name}({positioning})").format(
            name=battle_map.name, positioning=battle_map.positioning
        ),
        style="bold",
    )
    for box in battle_map.boxes:
        say(f"{box.number} {box.title}" + (_("(手写)") if box.edited else ""))
        for line in (*box.lines, *(one.text for one in box.evidence)):
            say(f"   {line}")
