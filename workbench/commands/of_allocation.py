"""The command of the four pots: allocation (domain 8.2, 8.3)."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, bracketed, commas, headed
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
from workbench.insight.allocation.allocation import Allocation, AllocationGuide
from workbench.insight.allocation.bands import BANDS, band_name
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing

_MARKS = {"hit": "■", "no": "○", "unknown": "?"}


@command("allocation")
def allocation(
    customer_no: Annotated[str, typer.Argument(help=_("客户号"))] = "",
    guide: Annotated[bool, typer.Option("--guide", help=_("五档配置包、新客组合和阶梯,不针对客户"))] = False,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the four pots of a customer, or with `guide` the packages in general. Raises WorkbenchError one_of_two for both or
    neither."""
    why = in_full(full, purpose, json)
    if bool(customer_no) == guide:
        raise WorkbenchError(
            "one_of_two", _("要么给一个客户号,要么用 --guide。"), _("例如 workbench allocation 客户号。")
        )  # fmt: skip
    saved = None
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        room, rules = workbench.insight.allocation, workbench.rules
        made: Allocation | AllocationGuide = room.guide() if guide else room.of(customer_no)
        if json:
            what = Outgoing("allocation_json", 0 if guide else 1, in_full=why)
            body = workbench.register.hand_over(what, made.as_json())
        if pdf:
            sheets = workbench.sheets
            sheet = (
                sheets.allocation_guide(made)
                if isinstance(made, AllocationGuide)
                else sheets.allocation_pdf(made)
            )
            saved = sheets.save(sheet, pdf, replace=force)
    if json:
        print_json(body)
    elif saved:
        say(_("已写入 {path}").format(path=saved))
    elif isinstance(made, AllocationGuide):
        _show_guide(made, rules)
    else:
        _show(made)


def _show(made: Allocation) -> None:
    head = made.package.name if made.package else _("没有有效风评")
    words = _("{name} · {head} · 数据日期 {date}")
    say(words.format(name=mask_name(made.name), head=head, date=made.as_of or _("无")), style="bold")
    for line in filter(None, (made.barred, made.untested)):
        say(line)
    if made.gaps:
        table = Table(_("类别"), _("现在"), _("配置区间"), _("判断"))
        for one in made.gaps:
            table.add_row(one.name, one.share_words, one.range_.words if one.range_ else "—", one.sentence)
        out().print(table)
    for n, move in enumerate(made.moves, 1):
        say(f"{n} {move.sentence}")
        if move.slot.cautions:
            say(f"  ⚠ {commas(move.slot.cautions)}")
    for note in made.notes:
        say(f"- {note}")
    if made.cover:
        say(headed(_("保障"), made.cover.sentence))
    if made.combo:
        say(made.combo.name, style="bold")
        for part in made.combo.lines:
            share = "" if part.share is None else f"{part.share:.0%} "
            say(f"  {part.name} {share}{commas(dict.fromkeys(one.words or one.why for one in part.slots))}")
    for check in made.taboos:
        say(f"{_MARKS[check.state]} {headed(check.name, check.sentence)}")


def _show_guide(guide: AllocationGuide, rules: Rules) -> None:
    table = Table(_("档"), *(band_name(band, rules) for band in BANDS), _("保障(年保费/年收入)"))
    for one in guide.packages:
        table.add_row(one.name, *(one.ranges[band].words for band in BANDS), one.cover.words)
    out().print(table)
    for combo in guide.combos:
        say(bracketed(combo.name, combo.band_words), style="bold")
        for line in combo.lines:
            share = "" if line.share is None else f"{line.share:.0%}"
            say(f"  {line.name} {share} {line.terms}")
