"""The commands about persons without an account: list them, note one, drop one, link one to his account, erase those whose
time is over."""

from typing import Annotated

import typer

from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.commands.app import app, chosen
from workbench.commands.edge import AsJson, Book, Full, FullPurpose, in_full, opened, print_json, say
from workbench.people.prospects.prospect import NewProspect, Prospect, ProspectCounts
from workbench.trust.register import Outgoing

prospects = typer.Typer(
    add_completion=False, rich_markup_mode=None, help=_("潜客:还没有开户的人;不带子命令时列出")
)
app.add_typer(prospects, name="prospects")


@prospects.callback(invoke_without_command=True)
def list_prospects(
    context: typer.Context,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """List those who are kept, the next to expire first, unless a command about one follows."""
    if context.invoked_subcommand is not None:
        return
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        listed = workbench.prospects.all()
        persons = [*listed.open, *listed.closed]
        if json:
            body = {"counts": listed.counts.as_json(), "prospects": [one.as_json() for one in persons]}
            outgoing = Outgoing("prospects_json", len(persons), in_full=why)
            print_json(workbench.register.hand_over(outgoing, body))
            return
        states = {one.key: workbench.rules.text(f"prospect.state.{one.state}") for one in persons}
    for one in persons:
        say(_line(one, states[one.key]))
    if not persons:
        say(_("没有潜客。登记一位:workbench prospects add 称呼 --phone 电话 --consent yes"))
    if listed.counts.expired:
        say(expired_words(listed.counts) + _("清除:workbench prospects erase-expired --yes"))


@prospects.command("add", help=_("登记一位还没有开户的人"))
def add(
    name: Annotated[str, typer.Argument(help=_("称呼,例如:赵先生"))],
    phone: Annotated[str, typer.Option("--phone", help=_("一个电话;不知道就不写"))] = "",
    source: Annotated[
        str, typer.Option("--source", help=_("来源:referral、walk_in、event、payroll、other"))
    ] = "other",
    referrer: Annotated[str, typer.Option("--by", help=_("介绍人的客户号"))] = "",
    relation: Annotated[str, typer.Option("--relation", help=_("与介绍人的关系"))] = "",
    need: Annotated[str, typer.Option("--need", help=_("需求,几个字"))] = "",
    consent: Annotated[
        str, typer.Option("--consent", help=_("本人是否同意联系:yes、no、unknown"))
    ] = "unknown",
    note: Annotated[str, typer.Option("--note", help=_("备注"))] = "",
    expires: Annotated[str, typer.Option("--expires", help=_("保留到哪天(不含);不写按规则"))] = "",
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Note a person; undoable by the number that is printed."""
    what = NewProspect(name, phone, source, referrer, relation, need, consent, note, expires)
    with opened(chosen(book)) as workbench:
        change = workbench.prospects.add(what)
    _tell(change, json)


@prospects.command("drop", help=_("不再跟进一位潜客,要写原因"))
def drop(key: str, reason: str, json: AsJson = False, book: Book = None) -> None:
    """End the follow-up; undoable."""
    with opened(chosen(book)) as workbench:
        change = workbench.prospects.drop(key, reason)
    _tell(change, json)


@prospects.command("link", help=_("这位潜客开户了:写上客户号"))
def link(key: str, customer_no: str, json: AsJson = False, book: Book = None) -> None:
    """Link a person to his account; undoable."""
    with opened(chosen(book)) as workbench:
        change = workbench.prospects.link(key, customer_no)
    _tell(change, json)


@prospects.command("erase-expired", help=_("彻底清除已到期的潜客,不能撤销"))
def erase_expired(
    yes: Annotated[bool, typer.Option("--yes", help=_("确认清除"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Erase for good what identifies those whose time is over. Raises WorkbenchError not_confirmed without --yes."""
    with opened(chosen(book)) as workbench:
        counts = workbench.prospects.counts()
        if counts.expired and not yes:
            raise WorkbenchError(
                "not_confirmed",
                expired_words(counts),
                _("清除后不能撤销,也找不回来;确认请加 --yes。"),
            )
        change = workbench.prospects.erase_expired()
    if json:
        print_json({"erased": change.count})
        return
    say(_("已彻底清除 {n} 位。").format(n=change.count) if change.count else _("没有到期的潜客。"))


def expired_words(counts: ProspectCounts) -> str:
    """How many wait to be erased, in a sentence."""
    return _("{n} 位已到期,称呼和电话还没有清除。").format(n=counts.expired)


def _tell(change: Change, json: bool) -> None:
    if json:
        print_json({"change": change.undo_id})
        return
    say(_("已记下;撤销请用 workbench undo --change {change}").format(change=change.undo_id))


def _line(one: Prospect, state: str) -> str:
    account = _("可能已开户:{number}").format(number=one.likely.customer_no) if one.likely else ""
    parts = (
        one.key, one.title, one.shown("phone") if one.name else "", one.source_name, one.shown("need"),
        one.may.name or _("同意联系"), state if one.state != "open" else _("保留到 {day}").format(day=one.expires),
        account,
    )  # fmt: skip
    return " · ".join(part for part in parts if part)
