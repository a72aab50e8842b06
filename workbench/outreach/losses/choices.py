"""The three choices of step four (domain 8.6): hold, reduce, redeem in stages, each with conditions from his own figures, or why
it is not offered. Nothing is promised, nothing exceeds what he has; persuasion stops where he complained or wants his money."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from workbench.base.i18n import _, commas
from workbench.base.money import exact_yuan, round_yuan
from workbench.base.workdays import Workdays
from workbench.insight.products.losses import HeldProduct
from workbench.insight.products.suitability import assess
from workbench.insight.products.verdict import Buyer, Offered
from workbench.rules.parameters import Rules

ChoiceCode = Literal["hold", "reduce", "stage"]
CHOICES: tuple[ChoiceCode, ...] = ("hold", "reduce", "stage")
#: the check of `suitability` that compares the levels
_LEVELS = 2


@dataclass(frozen=True, slots=True)
class LossChoice:
    """One choice: its conditions, or `why` it is not offered; `parts`: amounts in fen that it speaks of, the whole first."""

    code: ChoiceCode
    name: str
    conditions: tuple[str, ...] = ()
    why: str = ""
    parts: tuple[int, ...] = ()

    @property
    def offered(self) -> bool:
        """Whether it may be chosen."""
        return not self.why

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "choice": self.code, "name": self.name, "offered": self.offered, "why_not": self.why or None,
            "conditions": list(self.conditions),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class LossSituation:
    """What the choices follow from: what he holds, the buyer of the suitability checks (None: nothing is known of him), the day
    (ISO) and the trouble that he told (code)."""

    held: HeldProduct
    buyer: Buyer | None
    day: str
    workdays: Workdays
    trouble: str = ""
    #: why nobody speaks with him of more than service, in half a sentence, '' where one may
    frozen: str = ""

    @property
    def closed(self) -> bool:
        """Whether it cannot be redeemed yet: it matures later and opens on no day before."""
        held = self.held
        opens = held.opens is not None and held.opens >= self.day
        return bool(held.matures and held.matures > self.day and not opens)


def loss_choices(at: LossSituation, rules: Rules) -> tuple[LossChoice, ...]:
    """The three choices in their order, those not offered with why."""
    stopped = ""
    if at.trouble in rules.words("loss.to_complaint"):
        stopped = rules.text("loss.bar.escalated")
    elif at.trouble in rules.words("loss.to_serve"):
        stopped = rules.text("loss.bar.served")
    elif at.frozen:
        stopped = rules.text("loss.bar.frozen").format(why=at.frozen)
    elif at.held.matures is not None and at.held.matures <= at.day:
        stopped = rules.text("loss.bar.matured").format(matures=at.held.matures)
    if stopped:
        return tuple(LossChoice(code, _name(code, rules), why=stopped) for code in CHOICES)
    return (_hold(at, rules), _reduce(at, rules), _stage(at, rules))


def _name(code: ChoiceCode, rules: Rules) -> str:
    return rules.text(f"loss.choice.{code}")


def _hold(at: LossSituation, rules: Rules) -> LossChoice:
    held, buyer, text = at.held, at.buyer or Buyer(), rules.text
    conditions = []
    if held.risk is None:
        conditions.append(text("loss.hold.no_risk"))
    else:
        offered = Offered(held.name, "wealth", seller_risk=held.risk, held_amount=held.value or 0)
        checks = assess(buyer, offered, dt.date.fromisoformat(at.day), rules).checks
        if next(one.outcome for one in checks if one.number == _LEVELS) == "block":
            why = text("loss.hold.bar_fit").format(risk=held.risk, allowed=buyer.risk_class)
            return LossChoice("hold", _name("hold", rules), why=why)
        if not buyer.tested:
            words = text("loss.hold.retest")
            conditions.append(words.format(state=_test_state(buyer, rules), risk=held.risk))
    if at.closed:
        conditions.append(text("loss.hold.until").format(matures=held.matures))
    elif buyer.liquidity_days is not None:
        conditions.append(text("loss.hold.known_days").format(days=buyer.liquidity_days))
    else:
        conditions.append(text("loss.hold.when_free"))
    conditions += [text("loss.hold.more"), text("loss.hold.review")]
    return LossChoice("hold", _name("hold", rules), tuple(conditions), parts=_worth(held))


def _test_state(buyer: Buyer, rules: Rules) -> str:
    if buyer.risk_class is None:
        return rules.text("loss.hold.state.missing")
    if buyer.valid_days is None:
        return rules.text("loss.hold.state.unknown")
    if buyer.valid_days < 0:
        return rules.text("loss.hold.state.over").format(days=-buyer.valid_days)
    return rules.text("loss.hold.state.changed")


def _worth(held: HeldProduct) -> tuple[int, ...]:
    return () if held.value is None else (held.value,)


def _no_exit(at: LossSituation, rules: Rules) -> str:
    """Why nothing of it can be redeemed; '' where it can."""
    held = at.held
    if at.closed:
        return rules.text("loss.bar.closed").format(matures=held.matures)
    if held.value is None:
        return rules.text("loss.bar.value")
    return rules.text("loss.bar.nothing") if held.value <= 0 else ""


def _exit_words(at: LossSituation, rules: Rules) -> tuple[str, ...]:
    """What is known of the day on which it can be redeemed."""
    held = at.held
    if held.opens is not None and held.opens > at.day:
        return (rules.text("loss.reduce.opens").format(opens=held.opens),)
    if held.matures is None and held.opens is None:
        return (rules.text("loss.reduce.open"),)
    return ()


def _reduce(at: LossSituation, rules: Rules) -> LossChoice:
    held, name, text = at.held, _name("reduce", rules), rules.text
    if (why := _no_exit(at, rules)) or held.value is None:
        return LossChoice("reduce", name, why=why)
    half = held.value // 2
    conditions = [
        text("loss.reduce.part").format(as_of=held.as_of, value_fen=_yuan(held.value)),
    ]
    parts = [held.value]
    if held.loss and half:
        conditions.append(
            text("loss.reduce.half").format(half_fen=_about(half), lost_fen=_about(held.loss // 2))
        )
        parts.append(half)
    conditions += [*_exit_words(at, rules), text("loss.reduce.fees"), text("loss.reduce.switch")]
    return LossChoice("reduce", name, tuple(conditions), parts=tuple(parts))


def _stage(at: LossSituation, rules: Rules) -> LossChoice:
    held, name, text = at.held, _name("stage", rules), rules.text
    if (why := _no_exit(at, rules)) or held.value is None:
        return LossChoice("stage", name, why=why)
    times, days, least = (
        rules.whole("loss.stages"), rules.whole("loss.stage_days"), rules.number("loss.stage_least"),
    )  # fmt: skip
    part = held.value // times
    if part < least * 100:
        words = text("loss.bar.small")
        return LossChoice(
            "stage", name, why=words.format(value_fen=_yuan(held.value), n=times, least=round_yuan(least))
        )
    start = dt.date.fromisoformat(max(at.day, held.opens or ""))
    dates = [
        at.workdays.next_workday(start + dt.timedelta(days=days * number)).isoformat()
        for number in range(times)
    ]
    if held.matures is not None and held.matures > at.day and dates[-1] >= held.matures:
        why = text("loss.bar.matures").format(matures=held.matures, n=times)
        return LossChoice("stage", name, why=why)
    words = text("loss.stage.parts").format(n=times, part_fen=_about(part), days=days, dates=commas(dates))
    if (
        held.opens is not None and held.opens > at.day
    ):  # of the days on which it opens the list tells one only
        words = text("loss.stage.opens").format(n=times, part_fen=_about(part), opens=held.opens)
    conditions = (words, *_exit_words(at, rules), text("loss.stage.same"), text("loss.stage.stop"))
    return LossChoice("stage", name, conditions, parts=(held.value, *[part] * times))


def _yuan(fen: int) -> str:
    """An exact amount: what is agreed upon is written without rounding."""
    return _("{amount} 元").format(amount=exact_yuan(fen))


def _about(fen: int) -> str:
    """An estimate: whole yuan, never more than it is."""
    return _("{amount} 元").format(amount=f"{fen // 100:,}")
