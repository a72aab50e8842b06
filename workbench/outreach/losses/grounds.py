"""Why a loss calls for first aid (domain 8.6): its share by the product's level, its amount, the net asset value after a year, an
event of the product. Deposits and R1 never do. A figure that is not told is no ground, and no proof of none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, and_, false, func, or_

from db.values import Json
from workbench.base.dates import shift_month
from workbench.base.expressions import share
from workbench.base.money import round_yuan, wan
from workbench.insight.churn.adverse_events import AdverseEvent
from workbench.insight.products.losses import Having, HeldProduct, Sums
from workbench.rules.parameters import Rules

GroundCode = Literal["share", "amount", "par", "event"]
#: the level whose share stands first in `loss.share`
_FIRST = 2


@dataclass(frozen=True, slots=True)
class LossGround:
    """One reason, in words with its figures."""

    code: GroundCode
    sentence: str
    figures: dict[str, Json] = field(default_factory=dict)


def loss_grounds(
    held: HeldProduct, since: str | None, events: Sequence[AdverseEvent], rules: Rules
) -> tuple[LossGround, ...]:
    """The reasons for first aid, () for none that can be told. `since`: the first month of the lists in which he held it,
    'YYYY-MM', None where not known; `events`: those in force on the day."""
    if held.risk == 1:
        return ()
    grounds: list[LossGround] = []
    limit = _limit(held.risk, rules)
    loss = held.loss
    if limit is not None and loss and held.share is not None and held.share >= limit:
        words = rules.text("loss.ground.share").format(
            risk=held.risk, loss_fen=wan(loss), share=f"{held.share:.2%}", limit=f"{limit * 100:g}%"
        )
        grounds.append(LossGround("share", words, {"share": held.share, "limit": limit}))
    least = rules.number("loss.least")
    if loss is not None and loss >= least * 100:
        words = rules.text("loss.ground.amount").format(loss_fen=wan(loss), limit=round_yuan(least))
        grounds.append(LossGround("amount", words, {"loss_fen": loss, "limit": least}))
    par, months = rules.number("loss.par"), rules.whole("loss.par_months")
    old = since is not None and since <= shift_month(held.as_of[:7], -months)
    # who is known to have gained has lost nothing, whatever the value of a unit
    if old and held.nav is not None and held.nav < par and (held.profit is None or held.profit < 0):
        words = rules.text("loss.ground.par").format(months=months, nav=f"{held.nav:.4f}", par=f"{par:g}")
        grounds.append(LossGround("par", words, {"nav": held.nav, "months": months}))
    for event in events:
        if event.scope == "product" and {held.code, held.name, held.key} & set(event.targets):
            words = rules.text("loss.ground.event").format(title=event.title, start=event.start)
            grounds.append(LossGround("event", words, {"event": event.title}))
            break
    return tuple(grounds)


def may_be_struck(events: Sequence[AdverseEvent], rules: Rules, *, aged: bool) -> Having:
    """What can be asked of `may_call_for_aid` without the level: the least share, the amount, the value, the event."""
    least = min(rules.numbers("loss.share"))

    def condition(sums: Sums) -> ColumnElement[bool]:
        return or_(
            sums.profit <= -round(rules.number("loss.least") * 100),
            share(-sums.profit, sums.cost) >= least,
            _below_par(sums, rules) if aged else false(),
            _named(sums, events),
        )

    return condition


def _below_par(sums: Sums, rules: Rules) -> ColumnElement[bool]:
    return and_(sums.nav < rules.number("loss.par"), func.coalesce(sums.profit, -1) < 0)


def _named(sums: Sums, events: Sequence[AdverseEvent]) -> ColumnElement[bool]:
    targets = sorted({name for one in events if one.scope == "product" for name in one.targets})
    return sums.key.in_(targets) if targets else false()


def may_call_for_aid(events: Sequence[AdverseEvent], rules: Rules, *, aged: bool) -> Having:
    """The same as a condition in SQL, but for how long he has held it: who meets it is looked at by `loss_grounds`. `aged`:
    whether there is a list old enough to tell who held it for so long."""

    def condition(sums: Sums) -> ColumnElement[bool]:
        part = share(-sums.profit, sums.cost)
        shares: list[ColumnElement[bool]] = [
            and_(sums.risk == level, part >= limit)
            for level, limit in enumerate(rules.numbers("loss.share"), start=_FIRST)
        ]
        return or_(
            sums.profit <= -round(rules.number("loss.least") * 100),
            *shares,
            _below_par(sums, rules) if aged else false(),
            _named(sums, events),
        )

    return condition


def _limit(risk: int | None, rules: Rules) -> float | None:
    limits = rules.numbers("loss.share")
    if risk is None or not _FIRST <= risk < _FIRST + len(limits):
        return None
    return limits[risk - _FIRST]
