"""The evidence for each cause of leaving (domain 4.1), each piece as the key of its points and a sentence with its figures.

Health is never looked at.
"""

from collections.abc import Iterator
from typing import Any

from workbench.base.money import wan
from workbench.insight.churn.cadence import cadence
from workbench.insight.churn.cause_facts import CauseFacts, Spoken
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.sentences import shown

#: (key of the points, sentence)
Piece = tuple[str, str]


class CauseEvidence:
    """What speaks for each cause, by the values of the tag layers and the facts of one customer."""

    def __init__(self, values: Values, rules: Rules, facts: CauseFacts) -> None:
        self._values = values
        self._rules = rules
        self._facts = facts

    def _piece(self, key: str, worded: str = "", **figures: Any) -> Piece:
        return key, self._rules.text(f"cause.{worded or key}.why").format(**figures)

    def natural(self) -> Iterator[Piece]:
        """Life goes on: death or closure, another city or employer, a house, school, a loan repaid, age, retirement."""
        values, rules, facts = self._values, self._rules, self._facts
        if values.close_date:
            yield self._piece("closed", date=values.close_date)
        elif word := self._word(values.lifecycle, "journey.gone_words"):
            yield self._piece("closed", "deceased", word=word)
        if facts.city:
            yield self._piece("moved", "city", old=facts.city[0], new=facts.city[1])
        elif not facts.employer and (values.S1 or 0) >= 1:
            yield self._piece("moved")
        if facts.employer:
            yield self._piece("employer", old=facts.employer[0], new=facts.employer[1])
        if spent := self._spent():
            yield "spent", spent
        if facts.prepaid:
            yield self._piece("prepaid", month=facts.prepaid[0], amount=wan(facts.prepaid[1]))
        if (values.age or 0) >= rules.number("cause.aged_from"):
            yield self._piece("aged", age=values.age)
        if word := self._word(values.occupation, "cause.retired_words"):
            yield self._piece("retired", word=word)

    def _spent(self) -> str:
        """What went to a house and to schools, in one sentence: one piece of evidence; '' for neither."""
        amounts = (("house", self._values.out_house), ("school", self._values.out_school))
        sentences = [self._piece(name, amount=wan(fen))[1] for name, fen in amounts if (fen or 0) > 0]
        return self._rules.text("reason.joint").join(sentences)

    def _word(self, text: str | None, words: str) -> str | None:
        return next((word for word in self._rules.words(words) if word in (text or "")), None)

    def fault(self) -> Iterator[Piece]:
        """What we did or left undone: complaint, silence, a maturity or a new manager without a call, a broken promise, an
        unsuitable sale."""
        values, rules, facts = self._values, self._rules, self._facts
        complained, silent = values.complaint_days, values.days_since_touch
        if complained is not None and complained <= rules.whole("cause.complaint_days"):
            yield self._piece("complained", days=complained)
        usual = cadence(values, rules)
        if (
            silent is not None
            and usual is not None
            and silent > rules.number("cause.neglected_times") * usual
        ):
            yield self._piece("neglected", days=silent, cadence=usual)
        if facts.matured and facts.matured.untouched:
            amount = wan(facts.matured.amount_fen)
            yield self._piece("lapsed", "matured", date=facts.matured.date, amount=amount)
        elif not facts.matured and self._lapsed(silent):
            yield self._piece("lapsed")
        if facts.promised:
            yield self._spoken("promised", facts.promised)
        held, allowed = values.held_risk, values.risk_class
        if held is not None and allowed is not None and held > allowed:
            yield self._piece("unsuitable", risk=held, allowed=allowed)
        if (days := self._managed()) is not None and silent is not None and silent >= days:
            yield self._piece("handover", days=days)

    def _lapsed(self, silent: int | None) -> bool:
        """Whether an anchor was lost and nobody called, without a list that tells which money matured."""
        lost = (self._values.S7 or 0) >= 1 and self._values.next_maturity is None
        return lost and silent is not None and silent > self._rules.numbers("cause.lapsed_days")[0]

    def _managed(self) -> int | None:
        """Days since the manager changed, if within `cause.handover_days`; the first manager of an account is no change."""
        days, opened = self._values.managed_days, self._values.opened_days
        if days is not None and opened is not None and opened <= days:
            days = None
        days = self._facts.managed_days if days is None else days
        return days if days is not None and 0 <= days <= self._rules.whole("cause.handover_days") else None

    def competition(self) -> Iterator[Piece]:
        """Another bank or a wallet draws the money."""
        values, rules, facts = self._values, self._rules, self._facts
        if values.same_name_regular or 0:
            yield self._piece("elsewhere", amount=wan(values.same_name_mean))
        if (values.third_share or 0) >= rules.number("cause.wallet_share"):
            yield self._piece("wallet", share=shown("third_share", values.third_share))
        elif facts.wallet and facts.wallet[1] - facts.wallet[0] >= rules.number("cause.wallet_rise"):
            old, new = (shown("share", one) for one in facts.wallet)
            yield self._piece("wallet", "wallet_rise", old=old, new=new)
        if facts.quoted:
            yield self._spoken("quoted", facts.quoted)
        if facts.paid_elsewhere:
            yield self._piece("paid_elsewhere")
        gone = facts.matured
        if (
            gone
            and gone.left_fen is not None
            and gone.left_fen >= gone.amount_fen * rules.number("cause.left_share")
        ):
            days, left = rules.whole("cause.left_days"), min(gone.left_fen, gone.amount_fen)
            yield self._piece(
                "matured_left", date=gone.date, amount=wan(gone.amount_fen), days=days, left=wan(left)
            )
        if (values.S7 or 0) >= 1:
            yield self._piece("anchor")

    def _spoken(self, key: str, spoken: Spoken) -> Piece:
        return self._piece(key, date=spoken.date, word=spoken.word)
