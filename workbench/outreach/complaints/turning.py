"""The turn-around (转机, domain 9): only some time after a complaint was closed well, and the pain is removed first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, false, func, select

from db.tables import complaints
from workbench.base.dates import days_after
from workbench.base.i18n import _
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.words import turn_condition, turn_holders
from workbench.people.consent import held
from workbench.people.consent_facts import still_open
from workbench.rules.parameters import Rules

#: 'account': questions when an account was opened; 'card': a credit card that is closed, or its fees and limit; '': neither
TurnCase = Literal["account", "card", ""]
TurnState = Literal["may", "not_yet", "no", "cannot_tell", "done"]
_ACCOUNT, _CARD = ("开户", "尽调", "身份核实"), ("信用卡", "销卡", "年费", "额度")


@dataclass(frozen=True, slots=True)
class TurnOffer:
    """`why`: the sentence for the state, with its days; `first`: what takes the pain away, '' where no case fits; `since`: the
    first day (ISO) on which it may be, None where no day brings it."""

    state: TurnState
    case: TurnCase
    why: str
    first: str = ""
    since: str | None = None


@dataclass(frozen=True, slots=True)
class TurnList:
    """Customers with a card or a loan whose assets are below the line and who repay well (LUM -> AUM): how many, of how many it
    cannot be told, and the condition that lists them."""

    condition: str
    count: int
    cannot_tell: int
    as_of: str | None
    #: nobody of them is known to have a card or a loan
    blind: bool = False

    @property
    def lacking(self) -> str:
        """Why some cannot be judged, with the column that would tell; '' where there are none."""
        if not self.cannot_tell:
            return ""
        words = _("{n} 位看不出还款好不好,名单要有「逾期天数」一列")
        if self.blind:
            words = _("{n} 位看不出有没有卡和贷款,名单要有「持有信用卡」「贷款余额」两列")
        return words.format(n=f"{self.cannot_tell:,}")


def turn_case(one: Complaint) -> TurnCase:
    """Which of the two cases a complaint is, by what was written of it."""
    if one.turn in ("account", "card"):
        return "account" if one.turn == "account" else "card"
    words = " ".join((one.category_word, one.content, one.demand))
    if any(word in words for word in _CARD):
        return "card"
    if one.category == "process" and any(word in words for word in _ACCOUNT):
        return "account"
    return ""


def turn_of(conn: Connection, one: Complaint, day: str, rules: Rules) -> TurnOffer:
    """Whether more may be talked of on a day (ISO): nothing while consent forbids it or a complaint of his is open."""
    case = turn_case(one)
    first = rules.text(f"complaint.turn.first.{case}") if case else ""
    least, days, until = (rules.whole(f"complaint.{key}") for key in ("satisfied", "turn_days", "turn_until"))
    if one.turned is not None:
        return TurnOffer("done", case, _("{day} 谈过了").format(day=one.turned), first)
    if one.state != "closed" or one.retaken is not None:
        return TurnOffer("no", case, _("投诉办结以后才谈"))
    if one.closed is None:
        return TurnOffer("cannot_tell", case, _("不知道哪天办结,算不出过了几天"))
    if one.satisfaction is None:
        return TurnOffer("cannot_tell", case, _("没有记满意度,先回访问一句满意几分"))
    if one.satisfaction < least:
        words = _("满意度 {n} 分,不到 {least} 分,只做服务")
        return TurnOffer("no", case, words.format(n=one.satisfaction, least=least))
    since, last = days_after(one.closed, days), days_after(one.closed, until)
    if day < since:
        words = _("办结满 {days} 天({since})以后再谈")
        return TurnOffer("not_yet", case, words.format(days=days, since=since), since=since)
    if day > last:
        words = _("办结超过 {until} 天,不再提起那件事")
        return TurnOffer("no", case, words.format(until=until))
    others = select(func.count()).where(
        complaints.c.customer_id == one.customer_id, complaints.c.id != one.id, still_open(day, rules) == 1
    )
    if conn.execute(others).scalar_one():
        return TurnOffer("no", case, _("他还有别的投诉没有办结"))
    consent = held(conn, day, None, rules, [one.customer_id]).get(one.customer_id)
    if consent is not None:
        return TurnOffer("no", case, consent.sentence, since=consent.until)
    words = _("满意度 {n} 分,办结满 {days} 天")
    return TurnOffer("may", case, words.format(n=one.satisfaction, days=days), first, since)


def turn_list(conn: Connection, layers: Layers, rules: Rules) -> TurnList:
    """The list of the second case, by the condition of the rules."""
    condition = turn_condition().format(line=rules.whole("complaint.turn_line"))
    checked = check(parse(condition), layers.vocabulary)
    resolver = LayerResolver(layers, conn)
    holds = where(checked, resolver)
    query = select(holds.label("holds"), func.count().label("n")).select_from(
        layers.source(resolver.names, holds)
    )
    rows: Sequence[tuple[bool | None, int]] = [
        (row.holds, row.n) for row in conn.execute(query.where(holds.is_not(false())).group_by(holds))
    ]
    met = sum(n for meets, n in rows if meets)
    untold = sum(n for meets, n in rows if meets is None)
    return TurnList(condition, met, untold, layers.as_of, bool(untold) and not _borrowers(conn, layers))


def _borrowers(conn: Connection, layers: Layers) -> int:
    """How many are known to have a card or a loan."""
    resolver = LayerResolver(layers, conn)
    holds = where(check(parse(turn_holders()), layers.vocabulary), resolver)
    query = select(func.count()).select_from(layers.source(resolver.names, holds)).where(holds)
    return int(conn.execute(query).scalar_one())
