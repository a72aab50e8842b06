"""Commands about past imports and other changes: imports, undo, redo."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Full, FullPurpose, in_full, opened, print_json, say
from workbench.commands.total_line import total_line
from workbench.intake.documents import BatchJson
from workbench.intake.report import ControlTotal, HistoryRow

if TYPE_CHECKING:
    from workbench.intake.book.reissue import Versions

#: Most faults, and most changed cells, of a past import that are printed in words.
_SHOWN = 20

OfChange = Annotated[
    int | None, typer.Option("--change", help=_("改动编号(保存名单、记联系等给出的编号),而不是导入编号"))
]


@command("imports")
def imports(
    batch: Annotated[int | None, typer.Argument(help=_("导入编号"))] = None,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """List past imports, or print the details of one: problems, totals, changed cells."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        history = workbench.imports.history()
        details = workbench.imports.details(batch) if batch is not None else None
        versions = workbench.imports.versions(batch) if batch is not None else None
        if json:
            problems = (details["problems"] if details else None) or ()
            disclosed_rows = len(problems) + len(versions.cells if versions else ())
            from workbench.trust.register import Outgoing

            what = Outgoing("imports_json", disclosed_rows, in_full=why)
            body: dict[str, object] = {"imports": [asdict(one) for one in history]}
            if details:
                body = {"batch": batch, **details, "versions": asdict(versions) if versions else None}
            print_json(workbench.register.hand_over(what, body))
            return
    if not history:
        say(_("还没有导入过名单:workbench import 文件。"))
    for one in history:
        if batch in (None, one.batch):
            _show_past(one)
    if details is not None:
        _show_details(details, versions)


def _show_past(one: HistoryRow) -> None:
    state = _("有效") if one.state == "done" else _("已撤销")
    quality = f"{one.quality:.0f}" if one.quality is not None else "—"
    words = _(
        "{batch:>4}  {at}  {file} · {sheet} · {as_of} · {rows} 行:新增 {new},变化 {changed},不变 {unchanged} · "
        "质量 {quality} · {state}"
    )
    say(
        words.format(
            batch=one.batch, at=one.at[:16], file=one.file, sheet=one.sheet, as_of=one.as_of or "—", rows=one.rows,
            new=one.new, changed=one.changed, unchanged=one.unchanged, quality=quality, state=state,
        ),
        style="" if one.state == "done" else "dim",
    )  # fmt: skip


def _show_details(details: BatchJson, versions: "Versions | None") -> None:
    """Print one past import in words: its problems, control totals and the cells it changed."""
    for problem in (details["problems"] or [])[:_SHOWN]:
        where = _("第 {row} 行").format(row=problem["row"]) if problem["row"] else ""
        say(f"    {problem['level']}: {where} {problem['column'] or ''} {problem['message']}")
    for total in details["totals"] or []:
        say(total_line(ControlTotal(**total)))
    for cell in (versions.cells if versions else ())[:_SHOWN]:
        say(f"    {cell.customer_no} {cell.field}: {cell.old or '—'} → {cell.new or '—'}")
    say(_("    全部内容:workbench imports 编号 --json"), style="dim")


def _reverse(
    batch: int | None, change: int | None, json: bool, book: str | None, why: str, *, forward: bool
) -> None:
    if batch is not None and change is not None:
        raise WorkbenchError("two_ways", _("导入编号和 --change 不能一起用。"), _("请一次只撤销或恢复一项。"))
    with opened(chosen(book)) as workbench:
        if change is not None:
            other = workbench.redo(change) if forward else workbench.undo(change)
            _tell_change(other, json, forward=forward)
            return
        if not forward:
            workbench.back_up_before("undo")
        outcome = workbench.imports.redo(batch) if forward else workbench.imports.undo(batch)
        if json:
            reversal = {
                "tables": sorted(outcome.tables),
                "redone" if forward else "undone": outcome.count,
                "kept": [asdict(cell) for cell in outcome.kept],
            }
            from workbench.trust.register import Outgoing

            what = Outgoing("undo_json", len(outcome.kept), in_full=why)
            print_json(workbench.register.hand_over(what, reversal) if outcome.kept else reversal)
            return
    say(_("已恢复这次导入。") if forward else _("已撤销这次导入。"))
    if outcome.kept:
        say(_("其中 {n} 处后来又改过或用到,保留后来的内容。").format(n=outcome.kept_count))


def _tell_change(change: Change, json: bool, *, forward: bool) -> None:
    if json:
        print_json({"tables": sorted(change.tables), "redone" if forward else "undone": change.count})
    else:
        say(_("已恢复这次改动。") if forward else _("已撤销这次改动。"))


@command("undo")
def undo(
    batch: Annotated[int | None, typer.Argument(help=_("导入编号"))] = None,
    change: OfChange = None,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Undo an import (None: the newest), or with `change` any other change."""
    _reverse(batch, change, json, book, in_full(full, purpose, json), forward=False)


@command("redo")
def redo(
    batch: Annotated[int | None, typer.Argument(help=_("导入编号"))] = None,
    change: OfChange = None,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Redo an undone import (None: the newest), or with `change` any other change."""
    _reverse(batch, change, json, book, in_full(full, purpose, json), forward=True)
