"""What not to say to one customer, with reasons, and what each limit bars beside words (domain 8.1, 8.5, 17)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.base.money import wan
from workbench.insight.portrait.situation import Reading, Situation
from workbench.insight.products.barring import bars_now, is_conditional, limit_bars
from workbench.rules.parameters import Rules
from workbench.rules.sentences import shown

#: Kind of a ground against marketing -> key of the text that says what not to do, then the measures it rests on.
_OF_GROUND = {
    "opted_out.list": ("opt_out", "opt_out"), "opted_out.contact": ("refused", "refused"),
    "complaint.open": ("complaint", "complaints_open"), "complaint.said": ("complaint", "complaints_open"),
    "complaint.closed": ("settling", "complaint_days"), "complaint.undated": ("settling", "complaint_days"),
    "minor.born": ("minor", "age"), "tired.often": ("tired", "ours_7", "ours_30"),
    "bereaved.note": ("mourning", "days_since_touch"), "unanswered.rest": ("resting", "unanswered"),
}  # fmt: skip
#: the highest class of a customer and of a product
_HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Never:
    """One thing not to say or do, with its reason. `bars`: what it forbids beside words now, of
    `insight.products.barring.BARS`."""

    code: str
    text: str
    why: str
    inputs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The limit for the command line."""
        return {
            "code": self.code, "text": self.text, "why": self.why, "inputs": list(self.inputs), "bars": list(self.bars),
        }  # fmt: skip


def do_not_say(situation: Situation, rules: Rules) -> tuple[Never, ...]:
    """What not to say to this customer, the strictest first; the red lines for everybody come last."""
    return tuple(_Limits(situation, rules).all())


def barred_by(limits: Iterable[Never], what: str) -> Never | None:
    """The first limit that bars something ('products', 'marketing', 'referral', 'care'); None where it is free."""
    return next((one for one in limits if what in one.bars), None)


class _Limits(Reading):
    """Collects every limit that the situation of one customer sets."""

    def all(self) -> Iterator[Never]:
        """Every limit that applies, in the order of its rules, then the one for everybody."""
        for find in (
            self._consent, self._stage, self._age, self._risk, self._loss, self._flows, self._quadrant, self._birthday,
            self._family,
        ):  # fmt: skip
            yield from find()
        yield self._never("always")

    def _never(self, code: str, *inputs: str, why: str = "", text: str = "") -> Never:
        bars = limit_bars(code, self.rules) if self._bars(code) else ()
        words = text or self.text(f"never.{code}"), why or self.text(f"never.{code}.why")
        return Never(code, *words, inputs, bars)

    def _bars(self, code: str) -> bool:
        """Whether a limit bars anything now."""
        return not is_conditional(code, self.rules) or bars_now(code, self.values, self.rules)

    def _consent(self) -> Iterator[Never]:
        """One limit for each ground against marketing."""
        for ground in self.situation.consent.grounds if self.situation.consent else ():
            code, *inputs = _OF_GROUND[ground.kind]
            yield self._never(code, *inputs, why=ground.sentence)

    def _stage(self) -> Iterator[Never]:
        """Money overdue comes first, and who is won back is not sold anything yet."""
        if self._bars("overdue"):
            yield self._never("overdue", "overdue_days")
        if self._bars("gone"):
            yield self._never("gone", "s_journey_stage_m0")

    def _age(self) -> Iterator[Never]:
        age = self.values.age
        if age is None:
            return
        if age >= self.rules.whole("never.aged_from"):
            level, days = self.values.risk_class, self.values.risk_valid_days
            # who may not be sold such a product is not told how to be sold it
            none = (
                level is None or level < self.rules.whole("suit.old_risk") or (days is not None and days < 0)
            )
            text = self.text("never.aged_low") if none else ""
            yield self._never("aged", "age", why=self.text("never.aged.why", age=age), text=text)

    def _risk(self) -> Iterator[Never]:
        """No product above the customer's class; without a valid class only deposits (domain 8.1)."""
        level, days = self.values.risk_class, self.values.risk_valid_days
        if days is not None and days < 0:
            why = self.text("never.expired.why", days=-days)
            yield self._never("untested", "risk_valid_days", why=why)
        elif level is None:
            yield self._never("untested", "risk_class")
        elif level <= 1:
            yield self._never("lowest", "risk_class")
        elif level < _HIGHEST:
            why = (
                self.text("never.risk.why_plain", risk=level)
                if days is None or self.fresh.stale
                else self.text("never.risk.why", risk=level, days=days)
            )
            above = round(level) + 1
            text = self.text("never.risk_top" if above == _HIGHEST else "never.risk", above=above)
            yield self._never("risk", "risk_class", "risk_valid_days", text=text, why=why)

    def _loss(self) -> Iterator[Never]:
        loss, part, rules = self.values.loss, self.values.loss_share, self.rules
        large = loss is not None and loss >= rules.number("never.loss_least") * 100
        if loss and (large or (part is not None and part >= rules.number("never.loss_share"))):
            amount = wan(round(loss))
            why = (
                self.text("never.loss.why", amount=amount)
                if part is None
                else self.text("never.loss.why_share", amount=amount, share=shown("share", part))
            )
            # whom nobody has spoken to since hears of the loss first
            text = self.text("never.loss_first") if self._bars("loss") else ""
            yield self._never("loss", "loss", "loss_share", text=text, why=why)

    def _flows(self) -> Iterator[Never]:
        if self.count(self.values.same_name_regular) or self.count(self.values.S3):
            yield self._never("flows", "S3", "same_name_regular")

    def _quadrant(self) -> Iterator[Never]:
        moves = (*(self.situation.at_first if self._bars("quadrant") else ()), *self.situation.forbidden)
        if moves:
            why = self.text("never.quadrant.why", quadrant=self.situation.quadrant)
            text = self.rules.text("reason.joint").join(moves)
            yield self._never("quadrant", "familiarity", "average", "talks_90", text=text, why=why)

    def _birthday(self) -> Iterator[Never]:
        days = self.values.birthday_in
        if days is not None and 0 <= days <= self.rules.whole("advice.birthday_days"):
            why = self.text("never.birthday.why" if days else "never.birthday.why_today", days=days)
            text = self.text("never.birthday_today") if self._bars("birthday") else ""
            yield self._never("birthday", "birthday_in", text=text, why=why)

    def _family(self) -> Iterator[Never]:
        if self.situation.family:
            why = self.text("never.family.why", n=self.situation.family)
            yield self._never("family", "family_size", why=why)
