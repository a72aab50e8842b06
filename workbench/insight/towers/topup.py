"""The deposit that a customer needs to reach a line, and whether it can be asked of him (domain 1, golden 2).

Screen, paper, plan, JSON and command line all take their sentence from here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Literal

from workbench.base.dates import month_end
from workbench.base.day_words import day_and_date
from workbench.insight.journey.stages import leaving
from workbench.insight.measures.freshness import freshness
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence, clause
from workbench.rules.tiers import deposit_today

#: 'hold': the balance suffices if it stays; 'today', 'next': a deposit today, or on the first of next month, reaches the
#: line; 'reach': no deposit within his means does; 'leaving': he is about to leave; 'stale': the data are too old
TopUpKind = Literal["hold", "today", "next", "reach", "leaving", "stale"]
Goal = Literal["keep", "restore", "upgrade"]


@dataclass(frozen=True, slots=True)
class TopUp:
    """The advice on a deposit: `fen` to deposit, 0 if nothing is needed, None if no amount can be asked for; `words`: the
    sentence, see `text`."""

    kind: TopUpKind
    fen: int | None
    words: str | Sentence

    @property
    def text(self) -> str:
        """The sentence."""
        return str(self.words)

    @property
    def followable(self) -> bool:
        """Whether the customer can do what it asks for."""
        return self.kind in ("hold", "today", "next")

    @property
    def today_fen(self) -> int | None:
        """The amount to deposit today; None if no deposit of today is asked for."""
        return self.fen if self.kind in ("hold", "today") else None

    def as_json(self) -> dict[str, Any]:
        """The advice for the command line, the amount in yuan."""
        return {"kind": self.kind, "amount": None if self.fen is None else self.fen / 100, "text": self.text}


@dataclass(frozen=True, slots=True)
class Running:
    """The current month so far: its daily average (fen), its `days`, those `left` including today, and the key of the
    clause on what the average rests on."""

    average_fen: int
    days: int
    left: int
    note: str


def running(values: Values, as_of: str, day: str) -> Running | None:
    """The current month by the `average` and `balance` (fen) of the layers, seen on `day`; None without a balance.

    Within the month of the data the reported daily average is continued with the balance. In a later month nothing is
    reported yet, and the last balance stands in for the average so far.
    """
    balance, daily_average = values.balance, values.average
    if balance is None:
        return None
    end, so_far, days_reported = _month_so_far(as_of, day)
    average, note = balance, "today.assumed"
    if days_reported and daily_average is not None and not values.by_balance:
        average = round((daily_average * days_reported + balance * (so_far - days_reported)) / so_far)
        note = "today.running"
    return Running(average, end, end - so_far, note)


@lru_cache(maxsize=8)
def _month_so_far(as_of: str, day: str) -> tuple[int, int, int]:
    """The days of the month of `day`, those before it, and how many of these are reported by data of `as_of`."""
    so_far = dt.date.fromisoformat(day).day - 1
    reported = min(dt.date.fromisoformat(as_of).day, so_far) if as_of[:7] == day[:7] else 0
    return month_end(day[:7]).day, so_far, reported


@lru_cache(maxsize=8)
def _stale(as_of: str, rules: Rules, day: str) -> bool:
    return freshness(as_of, rules, day).stale


def top_up(
    line: int | None,
    values: Values,
    rules: Rules,
    *,
    goal: Goal,
    as_of: str,
    day: str,
    words: Mapping[str, Any] | None = None,
) -> TopUp | None:
    """The advice on reaching a line (fen); None without a line or a balance. `values`: average, balance, by_balance,
    light and stage of the tag layers; `words`: further figures of the goal's sentence (next, restored_from)."""
    now, balance = running(values, as_of, day), values.balance
    if not line or now is None or balance is None:
        return None
    figures: dict[str, Any] = {**(words or {}), "day": Sentence(partial(day_and_date, day))}

    def answer(kind: TopUpKind, fen: int | None = None) -> TopUp:
        """The advice of a kind with its sentence."""
        key = f"topup.{goal}.{kind}" if kind in ("hold", "today") else f"topup.{kind}"
        return TopUp(kind, fen, Sentence(partial(clause, rules, key, figures | {"topup_fen": fen})))

    if _stale(as_of, rules, day):
        return answer("stale")
    if leaving(values):
        return answer("leaving")
    average = values.average
    needed = deposit_today(line, now.average_fen, balance, days=now.days, left=now.left)
    if not needed:
        return answer("hold", 0)
    this_month = as_of[:7] == day[:7]
    behind = now.average_fen if this_month or average is None else round(average)
    # who is far from a higher line is asked for a part of what he has, never for the whole way
    near = goal != "upgrade" or (average is not None and average >= line * rules.number("C1.share"))
    most = max(line - behind if near else 0, round(max(balance, 0) * rules.number("topup.share")))
    if this_month and needed <= most:
        return answer("today", needed)
    later = line - balance
    return answer("next", later) if 0 < later <= most else answer("reach")


def within_means(gap: int, balance: float | None, rules: Rules) -> bool:
    """Whether a customer with this balance (fen) can be asked for a gap (fen) that is farther than a near miss."""
    return gap <= round(max(balance or 0, 0) * rules.number("topup.share"))
