"""The command `towers`: shares by tower and level, movements, customers near a line, service of each tower."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
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
from workbench.insight.towers.facts import Board, Named, TowerCoverage, TowerShare
from workbench.people.privacy import mask_name
from workbench.rules.tiers import ASLEEP, Ladder
from workbench.trust.register import Outgoing

_SHOWN = 15


@command("towers")
def towers(json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None) -> None:
    """Print the tower board of the newest month."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        with progress(quiet=json) as report:
            board = workbench.insight.towers.board(report)
        if json:
            listed = sum(len(one.rows) for one in (board.keep, board.upgrade, board.differs))
            what = Outgoing("towers_json", listed, in_full=why)
            print_json(workbench.register.hand_over(what, board.as_json()))
            return
        option = workbench.rules.text(f"tiers.option.{board.option}")
        order = (ASLEEP, *Ladder.of(workbench.rules).codes)
    words = _("数据日期 {as_of},{n} 位客户,资产 {aum},升降级办法:{option}")
    say(words.format(as_of=board.as_of, n=board.customers, aum=wan(board.aum_fen), option=option))
    if board.fresh.stale:
        complain(board.fresh.sentence)
    out().print(_shares(_("塔"), board.towers))
    out().print(_shares(_("层级"), board.levels))
    _concentration(board)
    _moved(board, order)
    for title, named in ((_("保级"), board.keep), (_("升级"), board.upgrade)):
        _list(title, named)
    if board.differs_widely:
        words = _("与本行等级不一致:{n}/{all} 户,比例过高,先核对本行的认定办法和等级叫法")
        say(words.format(n=board.differs.total, all=board.compared))
    elif board.differs.total:
        _list(_("与本行等级不一致"), board.differs)
    _coverage(board.coverage)


def _shares(title: str, shares: Sequence[TowerShare]) -> Table:
    table = Table(title, _("户数"), _("户数占比"), _("资产"), _("资产占比"))
    for one in shares:
        if one.customers:
            table.add_row(
                one.name, f"{one.customers:,}", f"{one.customers_share:.1%}", wan(one.aum_fen), f"{one.aum_share:.1%}"
            )  # fmt: skip
    return table


def _concentration(board: Board) -> None:
    if board.curve.top10 is not None and board.curve.top20 is not None:
        words = _("前 10% 的客户占资产 {top10:.1%},前 20% 占 {top20:.1%}")
        say(words.format(top10=board.curve.top10, top20=board.curve.top20))


def _moved(board: Board, order: tuple[str, ...]) -> None:
    if board.before is None:
        say(_("只有一个月的数据,看不到升降。"), style="dim")
        return
    counts = Counter[str]()
    for move in board.movements:
        counts["left" if not move.expression else "new" if move.before is None else "other"] += move.customers
    words = _("与 {before} 相比:升级 {up},降级 {down},新进 {new},离开名单 {left}")
    up, down = board.moved(True, order), board.moved(False, order)
    say(words.format(before=board.before, up=up, down=down, new=counts["new"], left=counts["left"]))


def _list(title: str, named: Named) -> None:
    say(_("{title}:共 {n} 户").format(title=title, n=named.total))
    if not named.rows:
        return
    differs = named.kind == "differs"
    last = (_("本行等级"), _("可能的原因")) if differs else (_("差额"), _("怎么办"))
    table = Table(_("客户号"), _("姓名"), _("层级"), _("月日均"), *last)
    for row in named.rows[:_SHOWN]:
        place = row.standing
        if differs:
            words = (place.bank_level or "—", place.bank_note or "—")
        elif named.kind == "keep":
            words = (wan(place.margin_fen), place.advice or "—")
        else:
            words = (wan(place.gap_fen), place.advice or "—")
        level = _("{tier}(连续 {n} 个月未达标)").format(tier=place.tier_name, n=place.watch)
        table.add_row(
            row.customer_no,
            mask_name(row.name),
            level if place.watch else place.tier_name,
            wan(place.average_fen),
            *words,
        )
    out().print(table)
    if named.total > _SHOWN:
        say(_("另有 {n} 户,用 --json 查看").format(n=named.total - min(len(named.rows), _SHOWN)))


def _coverage(towers: Sequence[TowerCoverage]) -> None:
    for one in towers:
        if one.share is None:
            say(_("{way}:还没有任何记录,无法判断").format(way=one.way), style="dim")
            continue
        words = _("{way}:有据可查的部分做到 {share:.0%},{untold} 户还没有记录")
        line = words.format(way=one.way, share=one.share, untold=one.unscored)
        weak = commas(f"{name} {n}" for code, name, n, _where in one.weakest if code != "full")
        say(line + (_(";未覆盖 {weak}").format(weak=weak) if weak else ""))
