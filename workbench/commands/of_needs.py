"""Commands of needs and meetings: what customers need, by class; the agenda of a meeting and its record (domain 15)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, bracketed, headed
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, Full, FullPurpose, in_full, opened, print_json, say
from workbench.outreach.meetings.meeting import MeetingAgenda
from workbench.outreach.needs.judged import CustomerNeeds, JudgedNeed, NeedConversion
from workbench.people.privacy import mask_name, masked_as
from workbench.trust.register import Outgoing


@command("needs")
def needs(
    customer_no: Annotated[str, typer.Argument(help=_("只看一位客户:需求、线索、目标"))] = "",
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the needs of everybody by class with what came of them, or those of a customer with what is proposed."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        outreach = workbench.outreach
        if customer_no:
            portrait = workbench.insight.portrait(customer_no)
            his, goals = outreach.needs.on(portrait), outreach.family_goals.on(portrait.customer_id)
            body = his.as_json() | {"goals": [one.as_json() for one in goals]}
            rows = 1
        else:
            listed = outreach.needs.all()
            by_class = outreach.needs.conversion(listed)
            body = {
                "needs": [
                    {"customer_no": one.customer_no, "name": one.name} | one.as_json() for one in listed
                ],
                "conversion": [one.as_json() for one in by_class],
            }
            rows = len(listed)
        if json:
            print_json(workbench.register.hand_over(Outgoing("needs_json", rows, in_full=why), body))
            return
    if customer_no:
        _show_one(his)
        for goal in goals:
            say(headed(bracketed(masked_as("text", goal.words), goal.name), goal.line))
        return
    _show(listed, by_class)


@command("meeting")
def meeting(
    customer_no: Annotated[str, typer.Argument(help=_("客户号"))],
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF:会前提纲,带空白"))] = None,
    held: Annotated[bool, typer.Option("--held", help=_("印最近一次面谈的记录,不是会前提纲"))] = False,
    customer: Annotated[bool, typer.Option("--customer", help=_("给客户的一份:没有内部用语"))] = False,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the agenda of a meeting with a customer and the meetings that were recorded; with `pdf` as a sheet. Raises
    WorkbenchError no_meeting where `held` finds none."""
    why = in_full(full, purpose, json)
    saved = None
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        room = workbench.outreach.meetings
        recorded = room.of(customer_no)
        if held and not recorded:
            raise WorkbenchError(
                "no_meeting", _("这位客户还没有面谈记录。"), _("请先在画像里记一次面谈,或者去掉 --held。")
            )
        portrait = workbench.insight.portrait(customer_no)
        agenda = room.prepare(portrait, workbench.insight.allocation.of(customer_no))
        if pdf is not None:
            sheet = workbench.sheets.meeting_pdf(agenda, recorded[0] if held else None, customer=customer)
            saved = workbench.sheets.save(sheet, pdf, replace=force)
        if json:
            body = agenda.as_json() | {"meetings": [one.as_json() for one in recorded]}
            print_json(workbench.register.hand_over(Outgoing("meeting_json", 1, in_full=why), body))
            return
    if saved is not None:
        say(_("已写入 {path}").format(path=saved))
        return
    _show_agenda(agenda)


def _show(listed: Sequence[JudgedNeed], by_class: Sequence[NeedConversion]) -> None:
    if not listed:
        say(_("还没有记下需求。联系时在“需求”里写一句,或者在画像里记。"))
        return
    group = ""
    for one in listed:
        head = one.of.name if one.need.open else one.state
        if head != group:
            say(head, style="bold")
            group = head
        _line(one, f"{mask_name(one.name)} {one.customer_no}")
    say(_("各类的转化"), style="bold")
    for line in by_class:
        say(f"  {headed(line.name, line.words)}")


def _show_one(his: CustomerNeeds) -> None:
    if not his.needs and not his.proposals:
        say(_("这位客户还没有记下需求,名单上也没有线索。"))
    for one in his.needs:
        _line(one, one.of.name if one.need.open else bracketed(one.of.name, one.state))
    for proposal in his.proposals:
        say(_("待核实的线索:{need}").format(need=proposal.text), style="bold")
        say(f"  {bracketed(proposal.why, _('数据日期 {date}').format(date=proposal.as_of))}")
        words = _("→ 先不提:{limit}") if proposal.held else _("→ 问一句:“{question}”")
        say(f"  {words.format(limit=proposal.held, question=proposal.ask)}")


def _line(one: JudgedNeed, head: str) -> None:
    say(f"  {headed(head, masked_as('text', one.need.text))}")
    say(f"    {one.of.reason}")
    if one.need.open:
        say(f"    → {one.step.text}")
        for caution in one.step.cautions:
            say(f"    ⚠ {caution}")
    if one.loop:
        say(f"    {one.loop}", style="dim")


def _show_agenda(agenda: MeetingAgenda) -> None:
    words = _("{name} {number} · 面谈提纲 · 数据日期 {date}")
    say(
        words.format(name=mask_name(agenda.name), number=agenda.customer_no, date=agenda.as_of or _("无")),
        style="bold",
    )
    if agenda.barred:
        say(agenda.barred)
    for part in agenda.parts:
        say(part.title, style="bold")
        for line in part.lines:
            text = masked_as("text", line.text)
            say(f"  {headed(text, line.aside) if line.aside else text}")
