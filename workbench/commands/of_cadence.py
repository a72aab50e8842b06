"""The command `losing`: customers whom nobody talked to within their interval, or soon will not have."""

from typing import Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Full, FullPurpose, in_full, opened, out, print_json, say
from workbench.outreach.cadence.losing import LosingList
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing


@command("losing")
def losing(
    limit: Annotated[int | None, typer.Option("--limit", help=_("最多几行"))] = None,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print who is about to be lost sight of."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        _bring_up(workbench)
        listed = workbench.outreach.cadence.losing(limit)
        if json:
            body = {
                "date": listed.day, "as_of": listed.as_of, "over": listed.over, "soon": listed.soon,
                "unknown": listed.unknown, "words": listed.words, "customers": [one.as_json() for one in listed.customers],
                "untold": [one.as_json() for one in listed.untold],
            }  # fmt: skip
            what = Outgoing("losing_json", len(listed.customers), in_full=why)
            print_json(workbench.register.hand_over(what, body))
            return
        rules = workbench.rules
    _show(listed, rules)


def _bring_up(workbench: Workbench) -> None:
    """The tags that the list reads, where there are customers."""
    try:
        workbench.insight.engine.ensure()
    except WorkbenchError as error:
        if error.code != "no_data":
            raise


def _show(listed: LosingList, rules: Rules) -> None:
    say(listed.words)
    table = Table(_("客户号"), _("姓名"), _("层级"), _("为什么"))
    for one in listed.customers:
        table.add_row(
            one.customer_no,
            mask_name(one.name),
            rules.text(f"tier.{one.tier}") if one.tier else "—",
            one.reason,
        )
    if listed.customers:
        out().print(table)
