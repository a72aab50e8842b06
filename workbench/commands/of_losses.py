"""The command of losses: who lost so much that he is spoken to, by when and why, the cases, one customer's facts and choices
(domain 8.6)."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, headed
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
from workbench.outreach.losses.loss import LossBoard, LossTalk
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing


@command("losses")
def losses(
    customer_no: Annotated[str, typer.Argument(help=_("客户号;不写时列出所有要急救的"))] = "",
    product: Annotated[str, typer.Option("--product", help=_("只看这个产品:名称或代码"))] = "",
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", help=_("写出引导单(PDF,姓名遮盖),每个产品一页;不写客户号时是待联系的")),
    ] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the list with its clocks and the cases, of all or of one customer with facts and choices. Raises WorkbenchError
    no_such_customer, no_such_holding, no_losses, usage."""
    why = in_full(full, purpose, json)
    if product and not customer_no:
        raise WorkbenchError(
            "usage", _("--product 要和客户号一起用。"), _("例如 workbench losses 客户号 --product 产品名。")
        )
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        room, rules = workbench.outreach.losses, workbench.rules
        with progress(quiet=json) as report:
            board = room.of(customer_no) if customer_no else room.board(report)
        if pdf is not None:
            sheet = workbench.sheets.loss_sheets(customer_no, product)
            path = workbench.sheets.save(sheet, pdf, replace=force)
            if json:
                print_json({"pdf": str(path), "pages": sheet.rows})
            else:
                say(_("已写入 {path}").format(path=path))
            return
        talks = _talks(workbench, board, customer_no, product) if customer_no else ()
        if json:
            what = Outgoing("losses_json", len(board.rows), in_full=why)
            print_json(workbench.register.hand_over(what, body(board, talks, rules)))
            return
        _show(board, rules)
        for talk in talks:
            _show_talk(talk)


def _talks(workbench: Workbench, board: LossBoard, customer_no: str, product: str) -> tuple[LossTalk, ...]:
    if not product and not board.rows and all(one.state == "closed" for one in board.cases):
        return ()
    return workbench.outreach.losses.talks(customer_no, product)


def body(board: LossBoard, talks: tuple[LossTalk, ...], rules: Rules) -> dict[str, object]:
    """The document."""
    missing = board.untold
    made: dict[str, object] = {
        "as_of": board.as_of,
        "losses": [
            one.as_json() | {"state_name": rules.text(f"loss.state.{one.state}")} for one in board.rows
        ],
        "cases": [one.as_json() for one in board.cases],
        "cannot_tell": {
            "products": missing.products, "no_profit": missing.no_profit, "no_share": missing.no_share,
            "no_risk": missing.no_risk,
        },
        "notes": list(board.notes), "more": board.more,
    }  # fmt: skip
    if talks:
        made["talks"] = [
            {
                "customer_no": one.person.customer_no, "product": one.held.name, "review_on": one.review_on,
                "facts": [
                    {"name": fact.name, "note" if fact.typed else "value": fact.words or None, "as_of": fact.as_of or None,
                     "cannot_tell": fact.unknown or None}
                    for fact in one.facts
                ],
                "choices": [choice.as_json() for choice in one.choices], "stopped": one.stopped or None,
            }
            for one in talks
        ]  # fmt: skip
    return made


def _show(board: LossBoard, rules: Rules) -> None:
    if board.rows:
        say(
            _("按 {date} 的持有清单,{n} 笔要急救").format(date=board.as_of, n=len(board.rows) + board.more),
            style="bold",
        )
        table = Table(_("最迟"), _("状态"), _("客户号"), _("姓名"), _("产品"), _("为什么"))
        for one in board.rows:
            table.add_row(
                one.due, rules.text(f"loss.state.{one.state}"), one.person.customer_no, mask_name(one.person.name),
                one.held.name, one.reason,
            )  # fmt: skip
        out().print(table)
    elif board.as_of:
        say(_("按 {date} 的持有清单,没有看到要急救的亏损。").format(date=board.as_of))
    for note in board.notes:
        say(note)
    for case in board.cases:
        state = rules.text(f"loss.state.{case.state}")
        words = _("{n} 号:{name} {product},{day}开始,{state}")
        say(
            words.format(
                n=case.id, name=mask_name(case.person.name), product=case.held.name, day=case.opened, state=state
            )
        )  # fmt: skip


def _show_talk(talk: LossTalk) -> None:
    say(talk.held.name, style="bold")
    if talk.stopped:
        say(talk.stopped)
    for fact in talk.facts:
        say(
            headed(fact.name, " ".join(filter(None, (fact.words, fact.as_of))))
            if fact.words
            else fact.unknown
        )
    for choice in talk.choices:
        lines = choice.conditions if choice.offered else (_("现在不能选:{why}").format(why=choice.why),)
        say(choice.name, style="bold")
        for line in lines:
            say(f"  {line}")
