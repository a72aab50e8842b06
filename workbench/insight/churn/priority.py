"""How urgent it is to contact a lit customer (domain 4.4): risk x value x reachability x urgency; no probability."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.insight.churn.life.state import stakes
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules

_LIGHTS = ("red", "orange", "yellow")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of lit customers the order needs beside the verdict, by customer id: who has `no_number`, who `refused` to be
    marketed to, and the next `maturity` (ISO)."""

    no_number: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    maturity: Mapping[int, str] = field(default_factory=dict)


def value_at_stake(risk: CustomerRisk, rules: Rules) -> int | None:
    """Fen that may still be kept: the lesser of what was lost and what is left (domain 4.4); None when not told.

    Where nothing was lost yet, a part of what is left (`queue.value_still`).
    """
    return still_to_keep(*stakes(risk), rules)


def still_to_keep(high: int | None, balance: int | None, rules: Rules) -> int | None:
    """`value_at_stake` of a recent high and a balance in fen."""
    if balance is None:
        return None
    left = max(balance, 0)
    lost = max(high - left, 0) if high is not None else 0
    return min(lost, left) if lost else round(left * _weights(rules).value_still)


def priority(
    risk: CustomerRisk, value_fen: int | None, around: Circumstances, day: dt.date, rules: Rules
) -> float:
    """The priority of a lit customer on a day; only its order means anything."""
    days = _clock(str(risk.light), rules)
    maturity = around.maturity.get(risk.customer_id)
    if maturity is not None and maturity >= day.isoformat():
        days = min(days, (dt.date.fromisoformat(maturity[:10]) - day).days)
    return risk.risk * _worth(value_fen) * _reach(risk, around, rules) * _urgency(days, rules)


def priority_by_figures(risk: float, light: str, value_fen: int | None, rules: Rules) -> float:
    """The priority of a lit customer of whom only the verdict is known: as `priority` under no circumstances."""
    return risk * _worth(value_fen) * _urgency(_clock(light, rules), rules)


def _worth(value_fen: int | None) -> float:
    """The logarithm of the value in yuan, so that one giant does not eat the week."""
    return math.log10(10 + (value_fen or 0) / 100)


def _reach(risk: CustomerRisk, around: Circumstances, rules: Rules) -> float:
    if risk.customer_id in around.no_number:
        return _weights(rules).reach_none
    return _weights(rules).reach_refused if risk.customer_id in around.refused else 1.0


def _clock(light: str, rules: Rules) -> float:
    """Days within which a light asks for a contact."""
    return _weights(rules).clock[_LIGHTS.index(light)]


def _urgency(days: float, rules: Rules) -> float:
    """From 1 up to 1 + `queue.urgency` as the next event comes near: the clock of the light, or a maturity."""
    weights = _weights(rules)
    return 1 + weights.urgency * max(weights.urgency_days - days, 0.0) / weights.urgency_days


@dataclass(frozen=True, slots=True)
class _Weights:
    """The rules of the order, read once for thousands of lights."""

    value_still: float
    reach_none: float
    reach_refused: float
    urgency: float
    urgency_days: float
    clock: tuple[float, ...]


@lru_cache(maxsize=2)
def _weights(rules: Rules) -> _Weights:
    still, none, refused, urgency, days = (
        rules.number(f"queue.{name}")
        for name in ("value_still", "reach_none", "reach_refused", "urgency", "urgency_days")
    )
    return _Weights(still, none, refused, urgency, days, rules.numbers("queue.clock"))
