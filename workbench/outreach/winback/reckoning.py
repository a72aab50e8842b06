"""The arithmetic of win-back: the strategy of a cause, interest lost by moving early, the part to ask for, what came back (domain
4.7, 4.9). No book, no clock."""

import datetime as dt
from dataclasses import replace

from workbench.base.i18n import _, commas
from workbench.base.money import exact_yuan, wan
from workbench.outreach.winback.win_back import RivalMoney, Strategy, WonBack
from workbench.rules.parameters import Rules

_YEAR = 365
_BY_CAUSE: dict[str, Strategy] = {"fault": "gap", "competition": "rival"}


def strategy_of(cause: str) -> Strategy:
    """The strategy of a confirmed cause (code): our fault asks for the gap, competition for the comparison, a natural or an
    unknown one for a need."""
    return _BY_CAUSE.get(cause, "need")


def lost_interest(amount: int, rate: float, since: dt.date, day: dt.date, demand: float) -> int:
    """Fen of interest that are lost when a term deposit is taken out on a day before it matures: it bears the demand rate for all
    the days it has lain. Rates are shares a year."""
    days = max(0, (day - since).days)
    return max(0, round(amount * (rate - demand) * days / _YEAR))


def part_of(amount: int | None, rules: Rules) -> int | None:
    """Fen that he may be asked to bring back, a round sum and never all of it; None where the amount there is not known or too
    small for a part."""
    if amount is None:
        return None
    step = rules.whole("winback.part_round") * 100
    part = int(amount * rules.number("winback.part_share")) // step * step
    return part if 0 < part < amount else None


def rival_money(money: RivalMoney, day: dt.date, rules: Rules) -> RivalMoney:
    """What is known of the money at the rival with what follows from it on a day."""
    part = part_of(money.amount, rules)
    if money.amount is None:
        part_words = _("在他行有多少还没有登记,先不提金额。")
    elif part is None:
        part_words = _("在他行的金额不大,不提转回多少。")
    else:
        part_words = _("最多提先转回 {part},其余留着不动;转不转由客户定。").format(part=wan(part))
    cost, words = _switch_cost(money, day, rules)
    return replace(money, cost=cost, cost_words=words, part=part, part_words=part_words)


def _switch_cost(money: RivalMoney, day: dt.date, rules: Rules) -> tuple[int | None, str]:
    if money.due is not None and money.due <= day.isoformat():
        return 0, _("{due} 已到期,转回没有提前支取的损失。").format(due=money.due)
    lacking = [
        name
        for name, value in (
            (_("金额"), money.amount),
            (_("利率"), money.rate),
            (_("起息日"), money.since),
        )
        if value is None
    ]
    if money.amount is None or money.rate is None or money.since is None:
        return None, _("提前支取要损失多少算不出:还缺{what}。").format(what=commas(lacking))
    demand = rules.number("winback.demand_rate")
    cost = lost_interest(money.amount, money.rate, dt.date.fromisoformat(money.since), day, demand)
    words = _(
        "若是定期,{day} 提前支取按活期 {demand} 计息,已存 {days} 天大约少 {cost}元利息;以对方银行计算为准。"
    ).format(
        day=day.isoformat(),
        demand=f"{demand:.2%}",
        days=(day - dt.date.fromisoformat(money.since)).days,
        cost=exact_yuan(cost),
    )
    if money.due is not None and cost:
        words += _("等到 {due} 到期再转就没有这项损失。").format(due=money.due)
    return cost, words


def won_back(base: int | None, base_as_of: str | None, now: int | None, as_of: str | None) -> WonBack:
    """Assets now less assets when it began (fen), with the dates of both lists; told only by a newer list, counted only where
    it is more."""
    fen: int | None = None
    if base is None or base_as_of is None:
        words = _("开始时没有名单上的资产,转回多少无法判断。")
    elif as_of is None or as_of <= base_as_of:
        words = _("{base_as_of} 资产 {base};要等新一期的名单才能算转回多少。").format(
            base_as_of=base_as_of, base=wan(base)
        )
    elif now is None:
        words = _("{as_of} 的名单没有这位客户的资产,转回多少无法判断。").format(as_of=as_of)
    else:
        fen = max(0, now - base)
        span = {"base_as_of": base_as_of, "base": wan(base), "as_of": as_of, "now": wan(now), "won": wan(fen)}
        words = (
            _("{base_as_of} 资产 {base},{as_of} 资产 {now},转回 {won}").format(**span)
            if fen
            else _("{base_as_of} 资产 {base},{as_of} 资产 {now},还没有转回").format(**span)
        )
    return WonBack(fen, base, base_as_of, now, as_of, words)
