"""Commands of saved lists (domain 11.4), and what `customers --where` prints."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.base.terms import plain
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
from workbench.insight.picking.facts import Exclusions, PickedRow, Tally
from workbench.people.privacy import mask_name
from workbench.trust.register import Outgoing

Word = Annotated[str, typer.Argument(help=_("名单的编号或名称"))]
Where = Annotated[str, typer.Option("--where", help=_("条件,例如 \"tier>=L4 and not tag('拒绝营销')\""))]
Purpose = Annotated[
    str, typer.Option("--purpose", help=_("用途:marketing product care analysis control,或自己写"))
]


def body_of(workbench: Workbench, expression: str, rows: list[PickedRow], tally: Tally) -> dict[str, object]:
    """The JSON of a condition: counts, words, and each customer with his values of its terms; money in yuan."""
    terms = workbench.insight.picking.terms(expression)
    people = []
    for one in rows:
        r = one.customer
        people.append(
            {
                "customer_no": r.customer_no, "name": r.name, "tier": r.tier, "tower": one.tower,
                "bank_level": r.bank_level,
                "aum_balance": None if r.aum_fen is None else r.aum_fen / 100,
                "aum_daily_average": None if r.daily_average_fen is None else r.daily_average_fen / 100,
                "risk": r.risk, "light": r.light, "branch": r.branch, "manager_name": r.manager, "month": r.month,
                "values": {term.name: plain(one.values.get(term.name), term.kind) for term in terms},
            }
        )  # fmt: skip
    return {
        "count": tally.count, "where": workbench.insight.picking.shown(expression),
        "words": workbench.insight.picking.words(expression), "as_of": tally.as_of, "month": tally.month,
        "aum": None if tally.aum_fen is None else tally.aum_fen / 100,
        "towers": {part.tower or "unknown": part.count for part in tally.towers},
        "cannot_tell": tally.cannot_tell, "everyone": tally.everyone, "customers": people,
    }  # fmt: skip


def show_picked(
    workbench: Workbench, expression: str, limit: int, *, json: bool, why: str = "", title: str | None = None,
    purpose: str = "",
) -> None:  # fmt: skip
    """Print the customers of a condition, without those whom the purpose of a list excludes: all as JSON, or the first
    `limit` in a table under the condition in words (or `title`)."""
    picking = workbench.insight.picking
    tally = picking.count(expression)
    rows = picking.rows(expression, limit=None if json else limit, purpose=purpose)
    left_out = picking.excluded(expression, purpose) if purpose else None
    picking.used(expression, "command")
    if json:
        what = Outgoing("customers_json", len(rows), in_full=why)
        body = body_of(workbench, expression, rows, tally)
        if left_out is not None:
            body |= {
                "count": left_out.left, "matching": left_out.matching,
                "excluded": {one.code: one.count for one in left_out.reasons if one.count},
            }  # fmt: skip
        print_json(workbench.register.hand_over(what, body))
        return
    say(title or picking.words(expression))
    table = Table(_("客户号"), _("姓名"), _("层级"), _("资产"), _("月日均"), _("灯"), _("网点"))
    for one in rows:
        r = one.customer
        table.add_row(
            r.customer_no, mask_name(r.name), workbench.rules.text(f"tier.{r.tier}") if r.tier else "—",
            wan(r.aum_fen), wan(one.values.get("average")), _light(r.light), r.branch or "—",
        )  # fmt: skip
    out().print(table)
    counted = _("共 {count} 位,资产 {aum};无法判断 {unknown} 位;数据日期 {as_of}")
    say(
        counted.format(
            count=tally.count, aum=wan(tally.aum_fen), unknown=tally.cannot_tell, as_of=tally.as_of
        )
    )
    if left_out is not None:
        _say_excluded(left_out)


def _light(light: str | None) -> str:
    return {"red": _("■ 红"), "orange": _("● 橙"), "yellow": _("▲ 黄")}.get(light or "", "")


def _say_excluded(exclusions: Exclusions) -> None:
    reasons = commas(f"{one.label} {one.count}" for one in exclusions.reasons if one.count)
    if reasons:
        say(_("已排除:{reasons};留下 {left} 位").format(reasons=reasons, left=exclusions.left))


@command("lists")
def lists(json: AsJson = False, book: Book = None) -> None:
    """Print the saved lists with kind, size, purpose and expiry."""
    with opened(chosen(book)) as workbench:
        picking = workbench.insight.picking
        saved = picking.lists()
        if json:
            body = {"lists": [picking.as_json(one) for one in saved]}
            what = Outgoing("lists_json", 0, facts={"lists": len(saved)})
            print_json(workbench.register.hand_over(what, body))
            return
    if not saved:
        say(_("还没有保存的名单;用 workbench list-save 名称 --where 条件 保存一份。"))
        return
    table = Table(_("编号"), _("名称"), _("方式"), _("人数"), _("用途"), _("有效期至"))
    for one in saved:
        kind = _("固定名单") if one.kind == "frozen" else _("按条件")
        until = _("{date}(已失效)").format(date=one.expires) if one.expired else (one.expires or "—")
        count = "—" if one.count is None else str(one.count)
        table.add_row(one.number, one.name, kind, count, one.purpose_label, until)
    out().print(table)


@command("list-save")
def list_save(
    name: Annotated[str, typer.Argument(help=_("名单的名称"))],
    where: Where,
    frozen: Annotated[bool, typer.Option("--frozen", help=_("固定现在的客户,以后不再变"))] = False,
    purpose: Purpose = "marketing",
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Save a condition, or with `frozen` its customers of now, as a list; print whom its purpose excludes."""
    with opened(chosen(book)) as workbench:
        picking = workbench.insight.picking
        excluded = picking.excluded(where, purpose)
        owner = str(workbench.settings().get("manager") or "")
        change = picking.save(name, where, "frozen" if frozen else "rule", purpose, owner)
        saved = picking.saved(name.strip())
        body = picking.as_json(saved)
    if json:
        left_out = {one.code: one.count for one in excluded.reasons}
        print_json(body | {"matching": excluded.matching, "excluded": left_out, "undo": change.undo_id})
        return
    say(_("已保存 {number} {name}").format(number=saved.number, name=saved.name))
    _say_excluded(excluded)


@command("list-show")
def list_show(
    name: Word,
    limit: Annotated[int, typer.Option("--limit", help=_("最多几行"))] = 50,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the customers of a saved list, without those whom its purpose excludes."""
    from workbench.insight.language.formatted import quoted

    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        saved = workbench.insight.picking.saved(name)
        words = workbench.insight.picking.words(saved.expression)
        title = f"{saved.number} {saved.name} · {saved.purpose_label}\n{words}"
        words = f"list({quoted(saved.number)})"
        show_picked(workbench, words, limit, json=json, why=why, title=title, purpose=saved.purpose)


@command("list-export")
def list_export(
    name: Word,
    path: Annotated[Path, typer.Argument(help=_("写到哪个文件"))],
    force: Force = False,
    book: Book = None,
) -> None:
    """Export a saved list as xlsx, masked and watermarked."""
    from workbench.sheets.list_sheet import list_sheet, list_xlsx

    with opened(chosen(book)) as workbench:
        workbench.register.check_free(path, replace=force)
        picking = workbench.insight.picking
        printed_by = str(workbench.settings().get("manager") or "")
        made = list_sheet(picking, workbench.rules, name, printed_by, workbench.sheets.anchor())
        written = workbench.sheets.save(list_xlsx(made), path, replace=force)
        picking.used(made.saved.expression, "export")
    say(_("已导出 {n} 位到 {path}").format(n=len(made.rows), path=written))
    say(_("已排除:{excluded}").format(excluded=made.excluded))


@command("list-delete")
def list_delete(name: Word, book: Book = None) -> None:
    """Delete a saved list; undoable by the change number that is printed."""
    with opened(chosen(book)) as workbench:
        change = workbench.insight.picking.delete(name)
    say(_("已删除;撤销请用 workbench undo --change {change}").format(change=change.undo_id))
