"""The command `journey`: the five stages with their customers and assets, one customer's card, a move by hand."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, bracketed
from workbench.base.money import wan
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    out,
    print_json,
    progress,
    say,
)
from workbench.commands.journey_cards import write_cards
from workbench.insight.journey.facts import BoardRow, JourneyBoard, LongestWaiting
from workbench.insight.journey.moving import stage_code
from workbench.insight.journey.stages import JourneyStage
from workbench.insight.journey.tasks import StageTask
from workbench.insight.measures.freshness import freshness
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.rules.sentences import undated
from workbench.trust.register import Outgoing


@command("journey")
def journey(
    customer_no: Annotated[str | None, typer.Argument(help=_("客户号;不写就是整个看板"))] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", help=_("列出一个阶段的客户,J1 至 J5 或名称"))
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", help=_("最多几行"))] = None,
    move: Annotated[str | None, typer.Option("--move", help=_("手工换到哪个阶段,J0 至 J5 或名称"))] = None,
    reason: Annotated[str, typer.Option("--reason", help=_("为什么换"))] = "",
    by_machine: Annotated[
        bool, typer.Option("--by-machine", help=_("取消手工换的阶段,恢复系统判断"))
    ] = False,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", help=_("写成 PDF:这位客户的旅程卡,不写客户号就是本周名单最前面几户的")),
    ] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the board, or one customer's card, with `pdf` write cards instead; with `move` or `by_machine` write first. Raises
    WorkbenchError no_customer, two_ways, two_moves, and what a move raises."""
    why = in_full(full, purpose, json)
    _refuse(customer_no, stage, move, by_machine=by_machine, paper=pdf is not None)
    with opened(chosen(book)) as workbench:
        if pdf is not None:
            written = write_cards(workbench, customer_no, pdf, replace=force)
            if json:
                print_json({"pdf": str(written)})
            else:
                say(_("已写入 {path}").format(path=written))
            return
        if customer_no is None:
            _show_board(workbench, stage, limit, json=json, why=why)
            return
        if move is not None or by_machine:
            room = workbench.insight.journey
            change = room.by_machine(customer_no) if by_machine else room.move(customer_no, str(move), reason)
            _tell_change(change, json=json)
            return
        card = workbench.insight.journey.of(customer_no)
        hand = workbench.insight.journey.moves.in_force(customer_no)
        if json:
            moved = None if hand is None else hand.as_json()
            document = card.as_json()
            # a name beside a customer number is the customer's
            body = {
                "customer_no": customer_no.strip(),
                "stage_name": document.pop("name"),
                **document,
                "by_hand": moved,
            }
            print_json(workbench.register.hand_over(Outgoing("journey_json", 1, in_full=why), body))
            return
        fresh = freshness(card.as_of, workbench.rules)
    _show_card(card)
    if fresh.stale:
        complain(fresh.sentence)
    if hand is not None:
        words = _("手工放在这里,到 {until};系统判断:{stage};理由:{reason}")
        say(words.format(until=hand.expires, stage=hand.machine_shown, reason=hand.reason))


def _refuse(
    customer_no: str | None, stage: str | None, move: str | None, *, by_machine: bool, paper: bool
) -> None:
    """Refuse options that do not go together."""
    writes = move is not None or by_machine
    if paper and (writes or stage is not None):
        raise WorkbenchError(
            "two_ways",
            _("--pdf 不能和 --stage、--move、--by-machine 一起用。"),
            _("写客户号印一位的卡,不写印本周的卡。"),
        )
    if writes and customer_no is None:
        raise WorkbenchError(
            "no_customer", _("没有写给谁换阶段。"), _("请写上客户号:workbench journey 客户号 --move J4。")
        )
    if move is not None and by_machine:
        raise WorkbenchError("two_moves", _("--move 和 --by-machine 不能一起用。"), _("请只写一个。"))
    if customer_no is not None and stage is not None:
        raise WorkbenchError(
            "two_ways", _("客户号和 --stage 不能一起用。"), _("看一位客户写客户号,看一个阶段写 --stage。")
        )


def _tell_change(change: Change, *, json: bool) -> None:
    if json:
        print_json({"change": change.undo_id})
    else:
        say(_("已记下;撤销请用 workbench undo --change {change}").format(change=change.undo_id))


def _show_board(workbench: Workbench, stage: str | None, limit: int | None, *, json: bool, why: str) -> None:
    room = workbench.insight.journey
    code = None if stage is None else stage_code(stage, room.moves.stops())
    with progress(quiet=json) as report:
        board = room.board(report)
    rows = [] if code is None else room.rows(code, limit=limit if limit is not None or json else 50)
    if json:
        body: dict[str, Any] = board.as_json()
        if code is not None:
            # the pool is no stage: its list stands beside the five
            body["stages"].get(code, body)["list"] = [one.as_json() for one in rows]
        print_json(workbench.register.hand_over(Outgoing("journey_json", len(rows), in_full=why), body))
        return
    _print_board(board)
    if code is not None:
        _print_rows(rows, workbench.rules)


def _print_board(board: JourneyBoard) -> None:
    say(_("数据日期 {as_of},{n} 位客户").format(as_of=board.as_of, n=f"{board.customers:,}"))
    if board.fresh.stale:
        complain(board.fresh.sentence)
    moves = (words.format(m=int(board.month[5:])) for words in (_("{m}月进"), _("{m}月出")))
    table = Table(_("阶段"), _("户数"), _("资产"), _("最久"), *moves)
    for one in board.columns:
        table.add_row(
            bracketed(one.name, one.code), f"{one.customers:,}", wan(one.aum_fen),
            _longest(one.longest),
            "—" if one.moved_in is None else f"{one.moved_in:,}", "—" if one.moved_out is None else f"{one.moved_out:,}",
        )  # fmt: skip
    out().print(table)
    words = _("不在五张卡上:长尾培育 {pool},旅程之外 {outside},无法判断 {unknown};还没开户的潜客 {prospects}")
    say(
        words.format(
            pool=f"{board.pool.customers:,}", outside=f"{board.outside.customers:,}",
            unknown=f"{board.unknown.customers:,}", prospects=f"{board.prospects:,}",
        )
    )  # fmt: skip
    if board.columns[0].moved_in is None:
        say(_("看不到谁换了阶段:要有前后两个月的名单,都有资产月日均或余额。"), style="dim")


def _longest(longest: LongestWaiting | None) -> str:
    if longest is None:
        return "—"
    if longest.days is None:
        return _("{name} {since} 起").format(name=mask_name(longest.name), since=longest.since)
    return _("{name} {days} 天").format(name=mask_name(longest.name), days=f"{longest.days:,}")


def _print_rows(rows: list[BoardRow], rules: Rules) -> None:
    table = Table(_("客户号"), _("姓名"), _("资产"), _("天数"))
    for title in (_("为什么"), _("下一步")):
        table.add_column(title, overflow="fold")
    for one in rows:
        task = one.card.due[0] if one.card.due else None
        days = "—" if one.card.days is None else f"{one.card.days:,}"
        todo = _task_words(task) if task else "—"
        table.add_row(
            one.customer_no,
            mask_name(one.name),
            wan(one.aum_fen),
            days,
            undated(rules, one.card.as_of, one.card.reason),
            todo,
        )
    out().print(table)


def _show_card(card: JourneyStage) -> None:
    """Print a card in words: stage, since when, why, how it ends, what is open."""
    say(bracketed(card.name, card.code) if card.code else card.name)
    if card.since is not None:
        words = _("{since} 起") if card.days is None else _("{since} 起,{days} 天")
        say(words.format(since=card.since, days=card.days))
    say(card.reason)
    for title, words in ((_("出口"), card.exit), (_("联系"), card.cadence)):
        if words:
            say(_("{title}:{words}").format(title=title, words=words))
    for task in card.due:
        say("  " + _task_words(task))


def _task_words(task: StageTask) -> str:
    """A task with the day by which it is asked for; what is late says so."""
    if task.due is None:
        return task.words
    late = task.due < today().isoformat()
    words = _("逾期 {date} {task}") if late else _("{date} 前 {task}")
    return words.format(date=task.due, task=task.words)
