"""Commands about learned forms of sheets (dialects) and about customer numbers of one person (identity, merge)."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

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
    in_full,
    opened,
    out,
    print_json,
    say,
)
from workbench.trust.register import Outgoing


@command("dialects")
def dialects(
    export: Annotated[Path | None, typer.Option("--export", help=_("写到这个文件"))] = None,
    take: Annotated[Path | None, typer.Option("--import", help=_("从这个文件读入"))] = None,
    force: Force = False,
    forget: Annotated[str | None, typer.Option("--forget", help=_("删除这一种"))] = None,
    show: Annotated[str | None, typer.Option("--show-values", help=_("这个自定义字段的内容不用遮盖"))] = None,
    mask: Annotated[str | None, typer.Option("--mask-values", help=_("这个自定义字段的内容要遮盖"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """List the learned forms of sheets, after importing, forgetting, masking or exporting as the options say."""
    with opened(chosen(book), may_create=take is not None) as workbench:
        workbench.register.check_free(export, replace=force)
        intake = workbench.intake
        if take is not None:
            count = intake.import_dialects(take).count
            say(_("已导入 {n} 种表式。").format(n=count))
        if forget is not None:
            intake.forget_dialect(forget)
        for field, shown in ((show, True), (mask, False)):
            if field is not None:
                intake.show_values(field, shown=shown)
        if export is not None:
            count = intake.export_dialects(export, replace=force)
            say(_("已导出 {n} 种表式到 {path}。").format(n=count, path=export))
        learned = intake.dialects()
    if json:
        print_json(
            {"dialects": [{"name": d.name, "kind": d.kind, "headings": sorted(d.headings)} for d in learned]}
        )
        return
    table = Table(_("名称"), _("清单"), _("列数"))
    for one in learned:
        table.add_row(one.name, one.kind, str(len(one.headings)))
    out().print(table)


@command("identity")
def identity(json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None) -> None:
    """List pairs of customer numbers that may be one person; as JSON also the merges in force."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        pairs = workbench.intake.identity_queue()
        merged = workbench.intake.merges()
        if json:
            body = {
                "pairs": [asdict(one) for one in pairs],
                "merges": [{"customer_no": one.keep_no, **asdict(one)} for one in merged],
            }
            what = Outgoing("identity_json", len(pairs) + len(merged), in_full=why)
            print_json(workbench.register.hand_over(what, body))
            return
    if not pairs:
        say(_("没有可能是同一个人的客户号。"))
        return
    table = Table(_("客户号"), _("另一客户号"), _("依据"), _("把握"))
    for one in pairs:
        table.add_row(one.keep.customer_no, one.other.customer_no, commas(one.evidence), f"{one.score:.0%}")
    out().print(table)


@command("merge")
def merge(
    keep: Annotated[str, typer.Argument(help=_("保留的客户号"))],
    other: Annotated[str, typer.Argument(help=_("并入的客户号"))],
    reason: Annotated[str, typer.Option("--reason", help=_("依据"))],
    apart: Annotated[bool, typer.Option("--apart", help=_("相反:记下这是两个人"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Merge two customer numbers into the first; with `apart` record that they are two people."""
    with opened(chosen(book)) as workbench:
        settle = workbench.intake.keep_apart if apart else workbench.intake.merge
        change = settle(keep, other, reason)
    if json:
        print_json({"change": change.undo_id, "count": change.count, "tables": sorted(change.tables)})
    else:
        say(_("已记下是两个人。") if apart else _("已合并;workbench identity 可以看到,合并可以撤销。"))


@command("unmerge")
def unmerge(
    other: Annotated[str, typer.Argument(help=_("当时并入的客户号"))],
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Undo the merge of a customer number; as JSON also the cells that keep their later values."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        undone = workbench.intake.unmerge(other)
        if json:
            reversal = {"tables": sorted(undone.tables), "kept": [asdict(cell) for cell in undone.kept]}
            what = Outgoing("undo_json", len(undone.kept), in_full=why)
            print_json(workbench.register.hand_over(what, reversal) if undone.kept else reversal)
            return
    say(_("已撤销合并。"))
