"""The commands about a person's data: told, deleted, allowed to return; and what is kept too long."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.commands.app import app, chosen
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    in_full,
    opened,
    print_json,
    say,
)
from workbench.people.privacy import tail
from workbench.trust.personal.deletion import Deletion
from workbench.trust.personal.extract import PersonExtract
from workbench.trust.personal.retention import Retention
from workbench.trust.register import Outgoing

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("只显示会删掉什么,不改动"))]


@app.command("person", help=_("本人信息:查询、删除(--delete)、恢复收录(--lift)"))
def person(
    customer_no: Annotated[str, typer.Argument(help=_("客户号;恢复收录时写回执号"))],
    delete: Annotated[bool, typer.Option("--delete", help=_("彻底删除这个人的全部数据,不能撤销"))] = False,
    lift: Annotated[bool, typer.Option("--lift", help=_("本人重新同意:以后的名单可以再收录"))] = False,
    reason: Annotated[str, typer.Option("--reason", help=_("原因,会登记"))] = "",
    dry_run: DryRun = False,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF:查询的清单,或删除的回执"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Tell what is held of a person, or delete it. Raises WorkbenchError no_such_customer, no_reason, no_such_receipt."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        if lift:
            count = workbench.personal.lift(customer_no, reason)
            if json:
                print_json({"receipt": customer_no, "marks": count})
            else:
                say(_("已恢复收录:以后的名单里有本人的行可以导入。"))
            return
        if delete:
            if dry_run:
                gone = workbench.personal.foreseen(customer_no, reason)
            else:
                gone = workbench.personal.delete(customer_no, reason)
                if pdf is not None:
                    sheet = workbench.sheets.deletion_receipt(gone)
                    workbench.sheets.save(sheet, pdf, replace=force)
            if json:
                print_json(workbench.register.hand_over(Outgoing("person_json", 0), gone.as_json()))
                return
            _say_deletion(gone)
            return
        leaves = json or pdf is not None  # which is registered by itself
        made = (workbench.personal.held if leaves else workbench.personal.extract)(customer_no)
        if pdf is not None:
            workbench.sheets.save(workbench.sheets.person_extract(made), pdf, replace=force)
        if json:
            outgoing = Outgoing(
                "person_json", 1, facts={"customer_no_tail": tail(made.customer_no)}, in_full=why
            )
            print_json(workbench.register.hand_over(outgoing, made.as_json(in_full=bool(why))))
            return
    _say_extract(made)


@app.command("retention", help=_("清理保留期已满的数据;先用 --dry-run 看会删掉什么"))
def retention(
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("确认清理"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Take away what is kept too long. Raises WorkbenchError not_confirmed without --yes where anything would go."""
    with opened(chosen(book)) as workbench:
        seen = workbench.personal.overdue()
        if seen.rows and not dry_run:
            if not yes:
                raise WorkbenchError(
                    "not_confirmed",
                    _("{n} 行数据保留期已满,还没有清理。").format(n=seen.rows),
                    _("清理后不能撤销;先用 --dry-run 看清单,确认请加 --yes。"),
                )
            workbench.back_up_before("clean")
            seen = workbench.personal.clean_up()
    if json:
        print_json({"dry_run": dry_run, **seen.as_json()})
        return
    _say_retention(seen, done=not dry_run)


def _say_extract(made: PersonExtract) -> None:
    for place in made.places:
        back = _("(另有撤销过的 {n} 行)").format(n=place.taken_back) if place.taken_back else ""
        say(_("{what}:{n} 行{back}").format(what=place.title, n=len(place.rows), back=back))
    for one in made.mentions:
        say(_("别处的文字里提到:{what},{n} 处").format(what=one.title, n=one.count))
    say(_("登记簿里与本人有关的记录:{n} 条").format(n=made.registered))
    say(_("给本人的清单请用 --pdf 文件;要更正请在客户画像里改,删除用 --delete。"))


def _say_deletion(gone: Deletion) -> None:
    for one in gone.gone:
        where = _("{what}(文字里遮住)").format(what=one.title) if one.column else one.title
        say(_("{what}:{n} 行").format(what=where, n=one.count))
    for sentence in gone.stays:
        say(sentence)
    if gone.receipt:
        say(_("已删除 {rows} 行,遮住 {texts} 处文字;回执 {receipt}。不能撤销。").format(
            rows=gone.rows, texts=gone.texts, receipt=gone.receipt,
        ))  # fmt: skip
    else:
        say(_("还没有删除。确认请加 --reason 原因,去掉 --dry-run。"))


def _say_retention(seen: Retention, *, done: bool) -> None:
    for rule in seen.rules:
        say(rule)
    listed = semicolons(_("{what} {n} 行").format(what=one.title, n=one.count) for one in seen.gone)
    if not seen.rows:
        say(_("没有保留期已满的数据。"))
    elif done:
        say(_("已清理 {n} 行:{listed}。不能撤销。").format(n=seen.rows, listed=listed))
    else:
        say(_("会清理 {n} 行:{listed}。").format(n=seen.rows, listed=listed))
