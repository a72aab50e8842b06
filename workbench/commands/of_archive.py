"""The command of the service file: service-file (domain 1)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, bracketed, commas, headed
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
    say,
)
from workbench.outreach.archive.archive import FamilyPlan, ServiceArchive
from workbench.outreach.archive.expert import Expert, ExpertBooking
from workbench.people.privacy import mask_name, masked_as, tail
from workbench.trust.register import Outgoing

_MARKS = {"done": "○", "gap": "■", "unknown": "?"}


@command("service-file")
def service_file(
    customer_no: Annotated[str, typer.Argument(help=_("客户号;不给就列出专家和预约"))] = "",
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the service file of a customer, or the experts and their bookings. Raises WorkbenchError no_customer for a PDF of
    nobody."""
    why = in_full(full, purpose, json)
    if pdf and not customer_no:
        raise WorkbenchError(
            "no_customer", _("写 PDF 要给一个客户号。"), _("例如 workbench service-file 客户号 --pdf 文件。")
        )
    saved = None
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        room = workbench.outreach.archives
        if not customer_no:
            experts, booked = room.roster(), room.bookings()
            if json:
                listed = {
                    "experts": [one.as_json() for one in experts],
                    "bookings": [one.as_json() for one in booked],
                }
                print_json(
                    workbench.register.hand_over(
                        Outgoing("service_file_json", len(booked), in_full=why), listed
                    )
                )
            else:
                _show_experts(experts, booked)
            return
        made = room.of(customer_no)
        if json:
            what = Outgoing("service_file_json", 1, in_full=why)
            body = workbench.register.hand_over(what, made.as_json())
        if pdf:
            saved = workbench.sheets.save(workbench.sheets.service_archive(made), pdf, replace=force)
    if json:
        print_json(body)
    elif saved:
        say(_("已写入 {path}").format(path=saved))
    else:
        _show(made)


def _show(made: ServiceArchive) -> None:
    words = _("{name} · {tower} · 数据日期 {date}")
    say(
        words.format(name=mask_name(made.name), tower=made.tower_name, date=made.as_of or _("无")),
        style="bold",
    )
    say(made.reason)
    if made.parts:
        table = Table(made.way, _("得分"), _("依据"), _("下一步"))
        for one in made.parts:
            points = "—" if one.points is None else f"{one.points}/{one.most}"
            table.add_row(f"{_MARKS[one.state]} {one.name}", points, one.shown_by or "—", one.next or "—")
        out().print(table)
    _show_plan(made.plan)
    if made.channel_words:
        say(headed(_("专属通道"), masked_as("text", made.channel_words)))
    _show_bookings(made.bookings)


def _show_plan(plan: FamilyPlan) -> None:
    for goal in plan.goal_lines:
        say(headed(_("家庭目标"), masked_as("text", goal)))
    for name, fen in ((_("资产"), plan.assets), (_("贷款(另计)"), plan.loans)):
        if fen is not None:
            say(headed(name, wan(fen)))
    if plan.untold:
        say(headed(_("配置"), plan.untold))
    for band in plan.bands:
        if band.outside:
            say(headed(_("配置"), _("{name} 现在 {share},目标 {range}:{verdict}").format(
                name=band.name, share=band.share, range=band.range_, verdict=band.verdict,
            )))  # fmt: skip
    say(headed(_("检视日"), plan.no_reviews or commas(plan.reviews)))


def _show_experts(experts: Sequence[Expert], booked: Sequence[ExpertBooking]) -> None:
    if not experts:
        say(_("专家名册还是空的。在三塔页的“专家”里添加。"))
    for one in experts:
        state = _("停用") if one.off else _("已约 {n} 次").format(n=one.ahead)
        say(" · ".join(filter(None, (one.name, one.field_name, one.reached, state))))
    _show_bookings(booked)


def _show_bookings(booked: Sequence[ExpertBooking]) -> None:
    for one in booked:
        state = _("已过期,请登记结果或取消") if one.over else one.state_name
        whom = f"{mask_name(one.name)} {tail(one.customer_no)}".strip()
        who = bracketed(one.expert, one.field_name)
        topic, outcome = masked_as("text", one.topic), masked_as("text", one.outcome)
        say(" · ".join(filter(None, (one.date, whom, who, topic, state, outcome))))
