"""The command of win-back: who is won back and what came back, one customer's file, the comparison on paper (domain 4.9)."""

from pathlib import Path
from typing import Annotated

import typer

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
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
    print_json,
    say,
)
from workbench.outreach.winback.win_back import NewWinBack, WinBack, WinBackBoard, WinBackView
from workbench.people.privacy import mask_name
from workbench.trust.register import Outgoing


@command("win-backs")
def win_backs(
    customer: Annotated[
        str | None, typer.Argument(metavar="NO", help=_("只看一位客户:确认的原因、服务空白、赢回档案"))
    ] = None,
    begin: Annotated[bool, typer.Option("--open", help=_("开始赢回这位客户"))] = False,
    strategy: Annotated[
        str, typer.Option("--strategy", help=_("换一种做法:gap、rival 或 need,要写理由"))
    ] = "",
    why: Annotated[str, typer.Option("--why", help=_("换做法或不再争取的理由"))] = "",
    end: Annotated[bool, typer.Option("--give-up", help=_("结束赢回:不再争取,要写理由"))] = False,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写出他行对比单(PDF,姓名遮盖)"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Print who is won back, or do one thing about one customer."""
    reason = in_full(full, purpose, json)
    acts = (begin, end, pdf is not None)
    if sum(acts) > 1:
        raise WorkbenchError("usage", _("一次只做一件事。"), _("请分开写这几个选项。"))
    if any(acts) and customer is None:
        raise WorkbenchError("usage", _("没有写客户号。"), _("请写成 workbench win-backs 客户号 …。"))
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        if customer is not None and any(acts):
            return _act(workbench, customer, NewWinBack(strategy=strategy, why=why), pdf, begin, force, json)
        room = workbench.outreach.win_backs
        body = room.of(customer) if customer is not None else room.board()
        if json:
            rows = 1 if isinstance(body, WinBackView) else len(body.open) + len(body.ended)
            out = Outgoing("winback_json", rows, in_full=reason)
            print_json(workbench.register.hand_over(out, body.as_json()))
        elif isinstance(body, WinBackView):
            _show_one(body)
        else:
            _show(body)
    return 0


def _act(
    workbench: Workbench,
    number: str,
    new: NewWinBack,
    pdf: Path | None,
    begin: bool,
    force: bool,
    as_json: bool,
) -> int:
    room = workbench.outreach.win_backs
    if begin:
        made = room.open(number, new)
        body: dict[str, object] = {"change": made.change.undo_id, "id": made.id}
        words = _("已开始赢回,第 {n} 号。").format(n=made.id)
    else:
        case = room.of(number).case
        if case is None:
            raise WorkbenchError(
                "no_win_back", _("这位客户没有在赢回。"), _("请先用 --open 开始赢回,再出对比单或结束。")
            )
        if pdf is not None:
            path = workbench.sheets.save(workbench.sheets.winback(case.id), pdf, replace=force)
            body, words = {"pdf": str(path)}, _("他行对比单写在 {path}。").format(path=path)
        else:
            change = room.end(case.id, won=False, why=new.why)
            body, words = {"change": change.undo_id}, _("第 {n} 号赢回已结束:不再争取。").format(n=case.id)
    if as_json:
        print_json(body)
    else:
        say(words)
    return 0


def _show(board: WinBackBoard) -> None:
    if not (board.open or board.ended):
        say(_("还没有赢回档案。workbench win-backs 客户号 --open 开始一份。"))
        return
    for one in (*board.open, *board.ended):
        say(_line(one))
        if one.next:
            say(f"  {one.next}")
    if board.counted:
        say(
            _("截至 {as_of}:{n} 份算得出,合计转回 {won}").format(
                as_of=board.as_of or _("无"), n=board.counted, won=wan(board.won)
            )
        )
    if board.untold:
        say(_("{n} 份还算不出转回多少:要等新一期的名单。").format(n=board.untold))


def _line(one: WinBack) -> str:
    return _("{no} {name} {opened} 起 {strategy} {state}:{won}").format(
        no=one.customer_no, name=mask_name(one.name), opened=one.opened, strategy=one.strategy_words,
        state=one.state_words, won=one.won.words,
    )  # fmt: skip


def _show_one(view: WinBackView) -> None:
    say(_("离开的原因:{cause};做法:{strategy}").format(cause=view.cause_words, strategy=view.strategy_words))
    if view.refused:
        say(view.refused)
    for gap in view.gaps:
        say(f"  {gap.key} {gap.words}")
    if view.untold:
        say(view.untold)
    for one in (*((view.case,) if view.case else ()), *view.earlier):
        say(_line(one))
        if one.next:
            say(f"  {one.next}")
