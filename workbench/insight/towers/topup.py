"""What a customer would have to deposit to reach a line, and whether that can be asked of him: the one home of it.

Screen, paper, plan, JSON and the command line say this sentence and no other (domain 1, golden 2).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.dates import month_end
from workbench.insight.journey.stages import leaving
from workbench.insight.measures.freshness import freshness
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause
from workbench.rules.tiers import deposit_today

#: 'hold': what is there suffices if it stays; 'today', 'next': a deposit of today or of next month's first day reaches
#: the line; 'reach': no deposit that he could make does; 'leaving': he is on his way out; 'stale': the data are too old
Kind = Literal["hold", "today", "next", "reach", "leaving", "stale"]
Goal = Literal["keep", "restore", "upgrade"]


@dataclass(frozen=True, slots=True)
class TopUp:
    """`fen` to deposit: 0 where nothing is needed, None where no amount can be asked for. `text` says what to do."""

    kind: Kind
    fen: int | None
    text: str

    @property
    def followable(self) -> bool:
        """Whether it asks for something that the customer can do."""
        return self.kind in ("hold", "today", "next")

    @property
    def today_fen(self) -> int | None:
        """What a deposit of today needs; None where no deposit of today is asked for."""
        return self.fen if self.kind in ("hold", "today") else None

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "amount": None if self.fen is None else self.fen / 100, "text": self.text}


@dataclass(frozen=True, slots=True)
class Running:
    """Where this month stands by the data: the daily average so far in fen, of which days, and on what it rests."""

    average_fen: int
    days: int
    left: int
    note: str


def running(values: Values, as_of: str, day: str) -> Running | None:
    """By the `average` and `balance` (fen) of the layers, seen on `day`; None where no balance is told.

    Within the month of the data the daily average told is the running one; later nothing is told of the new month,
    and the last balance stands in for its average so far.
    """
    balance, average_told = values.balance, values.average
    if balance is None:
        return None
    end, today = month_end(day[:7]).day, dt.date.fromisoformat(day).day
    so_far, average, note = today - 1, balance, "today.assumed"
    told = min(dt.date.fromisoformat(as_of).day, so_far) if as_of[:7] == day[:7] else 0
    if told and average_told is not None and not values.by_balance:
        average = round((average_told * told + balance * (so_far - told)) / so_far)
        note = "today.running"
    return Running(average, end, end - so_far, note)


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
    """For a line in fen; None where there is no line or no balance is told. `values`: average, balance, by_balance,
    light and stage of the layers; `words`: figures that the sentence of the goal names (next, restored_from)."""
    now, balance = running(values, as_of, day), values.balance
    if not line or now is None or balance is None:
        return None
    figures: dict[str, Any] = {**(words or {}), "day": day[5:]}

    def said(kind: Kind, fen: int | None = None) -> TopUp:
        key = f"topup.{goal}.{kind}" if kind in ("hold", "today") else f"topup.{kind}"
        return TopUp(kind, fen, clause(rules, key, figures | {"topup_fen": fen}))

    if freshness(as_of, rules, day).stale:
        return said("stale")
    if leaving(values):
        return said("leaving")
    average = values.average
    needed = deposit_today(line, now.average_fen, balance, days=now.days, left=now.left)
    if not needed:
        return said("hold", 0)
    this_month = as_of[:7] == day[:7]
    behind = now.average_fen if this_month or average is None else round(average)
    most = max(line - behind, round(max(balance, 0) * rules.number("topup.share")))
    if this_month and needed <= most:
        return said("today", needed)
    later = line - balance
    return said("next", later) if 0 < later <= most else said("reach")
