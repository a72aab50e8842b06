"""In which state a verdict stands (domain 4.5): explained, quiet, gone, handled, new or back; pure, with its sentence."""

import datetime as dt
from dataclasses import dataclass

from db.values import Json
from workbench.base.dates import shift_month
from workbench.base.i18n import _
from workbench.base.lunar import spring_festival
from workbench.insight.churn.decisions import UNDECIDED, Decisions, in_words
from workbench.insight.churn.life.known import LifeFacts, StoredVerdict
from workbench.insight.churn.verdict import CustomerRisk, LightState
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause
from workbench.rules.tiers import Ladder

_HEIGHT: dict[str | None, int] = {None: 0, "yellow": 1, "orange": 2, "red": 3}


@dataclass(frozen=True, slots=True)
class LifeState:
    """The state of one verdict, its sentence, the first month of the light; `rests`: he is not to be asked now."""

    state: LightState
    reason: str
    since: str | None
    rests: bool


class LifeOf:
    """Judges the customers of one check by what the book knows of them."""

    def __init__(self, facts: LifeFacts, rules: Rules) -> None:
        self._facts = facts
        self._rules = rules
        self._ladder = Ladder.of(rules)
        self._festival = self._quiet_until()
        self._lasting = frozenset(rules.words("life.lasting"))
        self._cash_rules = frozenset(rules.words("life.cash_rules"))
        self._gone_from = rules.number("life.gone")
        #: first month of the light -> the sentence of a new one; it has no figures of the customer
        self._new: dict[str | None, str] = {}

    def state(self, risk: CustomerRisk, hard_rule: str | None) -> LifeState | None:
        """The state of a verdict; None for who has no light and had none lately. `hard_rule`: its name."""
        decided = self._facts.decisions.get(risk.customer_id, UNDECIDED)
        since = self.since(risk) if risk.light else None
        if (words := self._explained(risk, hard_rule, decided)) is not None:
            return LifeState("explained", words, since, True)
        if risk.light is None:
            return self._back(risk)
        for decision in filter(None, (decided.muted, decided.handed_over)):
            return LifeState("quiet", in_words(decision, self._rules), since, True)
        if (figures := self._gone(risk)) is not None:
            return LifeState("gone", self._say("gone", figures), since, True)
        handled = self._handled(risk, since or self._facts.month)
        if handled is not None and handled.rests:
            return handled
        if self._festival and self._is_cash(risk, hard_rule):
            return LifeState("quiet", self._say("festival", self._festival), since, True)
        if handled is not None:
            return handled
        if since not in self._new:
            figures = {"since": since, "days": self._rules.whole("life.rest_days")}
            self._new[since] = self._say("new", figures)
        return LifeState("new", self._new[since], since, False)

    def since(self, risk: CustomerRisk) -> str:
        """The first month of the unbroken run of checks that lit him, up to this one."""
        return self._facts.since.get(risk.customer_id, self._facts.month)

    # -- the states --------------------------------------------------------------------------------------------

    def _handled(self, risk: CustomerRisk, since: str) -> LifeState | None:
        contact = self._facts.contacts.get(risk.customer_id)
        if contact is None:
            return None
        if contact.reached is not None:
            worse = self._worse(risk, contact.reached)
            if worse is not None:
                return LifeState("new", worse, since, False)
            until = contact.until(self._rules)
            words = self._say("reached", {"date": contact.reached, "until": until})
            return LifeState("handling", words, since, True)
        figures: dict[str, Json] = {
            "since": since, "first": contact.first, "last": contact.last, "tries": contact.tries,
        }  # fmt: skip
        return LifeState("handling", self._say("tried", figures), since, False)

    def _worse(self, risk: CustomerRisk, reached: str) -> str | None:
        """The sentence why a customer is worse off than when he was reached; None if he is not, or nothing tells it."""
        rules, facts = self._rules, self._facts
        # what was known on that day: the newest check before it
        month = next((month for month, as_of in facts.months if as_of <= reached), None)
        if facts.as_of <= reached:
            return None
        stored = {one.month: one for one in facts.stored.get(risk.customer_id, ())}
        before: StoredVerdict | None = stored.get(month) if month else None
        if before is not None and _HEIGHT[risk.light] > _HEIGHT[before.light]:
            names = {"before": _light_word(before.light), "now": _light_word(risk.light)}
            return self._say("worse_light", {"date": reached, **names})
        if before is not None and risk.risk >= before.risk + rules.number("life.worse_risk"):
            figures: dict[str, Json] = {
                "date": reached,
                "before": round(before.risk),
                "now": round(risk.risk),
            }
            return self._say("worse_risk", figures)
        balances = facts.balances.get(risk.customer_id, {})
        known = [month for month in balances if month < reached[:7]]
        then, now = balances.get(max(known)) if known else None, balances.get(facts.month)
        if then and now is not None and now <= then * (1 - rules.number("life.worse_fall")):
            return self._say("worse_fall", {"date": reached, "before_fen": then, "now_fen": now})
        return None

    def _explained(self, risk: CustomerRisk, hard_rule: str | None, decided: Decisions) -> str | None:
        """The sentence that explains where the money went; None where nothing does, or where something else lights him."""
        facts = self._facts
        if risk.light is not None and not self._is_cash(risk, hard_rule):
            return None
        if decided.explained is not None:
            return in_words(decided.explained, self._rules)
        by_contact = facts.explained.get(risk.customer_id)
        if by_contact is not None and (risk.light is not None or self._concerns_a_light(risk, by_contact[0])):
            return self._say("explained", {"date": by_contact[0], "until": by_contact[1]})
        listed = facts.listed.get(risk.customer_id)
        return listed.sentence if listed is not None and listed.enough else None

    def _concerns_a_light(self, risk: CustomerRisk, explained_on: str) -> bool:
        """Whether what somebody without a light explained is about a light: told after this month's data, or he was lit
        lately."""
        since = shift_month(self._facts.month, -self._rules.whole("life.back_months"))
        lit = any(one.light and one.month >= since for one in self._facts.stored.get(risk.customer_id, ()))
        return lit or explained_on > self._facts.as_of

    def _gone(self, risk: CustomerRisk) -> dict[str, Json] | None:
        """The figures of a customer who lost nearly everything; None of any other."""
        high, balance = stakes(risk)
        lost = share_lost(high, balance)
        if lost is None or lost <= self._gone_from:
            return None
        return {"balance_fen": balance, "high_fen": high, "lost_share": lost}

    def _back(self, risk: CustomerRisk) -> LifeState | None:
        """Whether a light of the last months went out because the balance came back over the own line (domain 4.4)."""
        facts, rules = self._facts, self._rules
        if facts.guarded:
            return None
        last = next((one for one in facts.stored.get(risk.customer_id, ()) if one.light), None)
        if last is None or last.month < shift_month(facts.month, -rules.whole("life.back_months")):
            return None
        balances = facts.balances.get(risk.customer_id, {})
        averages = facts.highs.get(risk.customer_id, {})
        now, then = balances.get(facts.month), balances.get(last.month)
        high = max((fen for month, fen in averages.items() if month <= last.month), default=None)
        if now is None or then is None or high is None:
            return None
        line = self._ladder.line(high)
        whole_again = now >= high * (1 - rules.numbers("S3.drop")[0])
        if now < line or not (then < line or whole_again):
            return None
        figures: dict[str, Json] = {"month": last.month, "now_fen": now, "line_fen": line}
        return LifeState("back", self._say("back", figures), None, True)

    # -- the calendar ------------------------------------------------------------------------------------------

    def _quiet_until(self) -> dict[str, Json] | None:
        """The figures of the Spring Festival that mutes cash signals now; None when none does."""
        days = self._rules.whole("life.festival_days")
        if len(self._facts.as_of) < 10:
            return None
        as_of = dt.date.fromisoformat(self._facts.as_of)
        festival = spring_festival(as_of.year)
        until = as_of + dt.timedelta(days=days)
        if not days or abs((as_of - festival).days) > days or self._facts.day > until.isoformat():
            return None
        return {
            "as_of": as_of.isoformat(), "festival": f"{festival:%m-%d}", "days": days, "until": until.isoformat(),
        }  # fmt: skip

    def _is_cash(self, risk: CustomerRisk, hard_rule: str | None) -> bool:
        """Whether nothing but cash signals and cash rules lit him."""
        if hard_rule and hard_rule not in self._cash_rules:
            return False
        return all(verdict.code not in self._lasting for verdict in risk.signals)

    # -- words -------------------------------------------------------------------------------------------------

    def _say(self, key: str, figures: dict[str, Json]) -> str:
        return clause(self._rules, f"life.{key}", figures)


def stakes(risk: CustomerRisk) -> tuple[int | None, int | None]:
    """(recent high, balance) in fen as signal S3 tells them, else (None, assets)."""
    for verdict in risk.signals:
        high = verdict.evidence.get("recent_high_fen")
        if high is not None:
            return int(high), verdict.evidence.get("balance_fen", risk.aum_fen)
    return None, risk.aum_fen


def share_lost(high: int | None, balance: int | None) -> float | None:
    """How much of the recent high has left, of 1; None where it is not told. Over `life.gone` he is gone."""
    return None if not high or balance is None else 1 - max(balance, 0) / high


def _light_word(light: str | None) -> str:
    return {None: _("无"), "yellow": _("黄"), "orange": _("橙"), "red": _("红")}[light]
