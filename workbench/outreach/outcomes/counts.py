"""Lights with their outcome, and how many of them ended which way, with the interval of those that stayed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workbench.base.intervals import wilson
from workbench.insight.churn.losses import OUTCOMES, Judgement, Outcome
from workbench.people.customer import Light

_CERTAIN = ("kept", "won_back", "lost")


@dataclass(frozen=True, slots=True)
class JudgedLight:
    """What a customer was in a month, and what became of him; `light` None: a signal was hit without a light."""

    customer_id: int
    month: str
    light: Light | None
    risk: float
    judged: Judgement
    #: whether a contact reached him between the data date of the light and the end of its window
    touched: bool = False
    #: whether it is his first light among the months looked at: sums take each customer once
    first: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """A share of `n` with its Wilson interval at 95 %."""

    hits: int
    n: int

    @property
    def share(self) -> float | None:
        """0 to 1; None without any."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high, 0 to 1."""
        return wilson(self.hits, self.n)

    def as_json(self) -> dict[str, Any]:
        """For programs, to four places; low and high None where nothing was judged."""
        low, high = self.interval
        return {
            "n": self.n,
            "share": None if self.share is None else round(self.share, 4),
            "low": round(low, 4) if self.n else None,
            "high": round(high, 4) if self.n else None,
        }


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How many lights ended which way. `won_back_fen` is what the rescued brought back; `low_so_far` are those of
    `too_early` who by now have half or less; `stayed` are those kept or won back among all whose window has ended and of
    whom it can be told."""

    n: int
    by_outcome: dict[Outcome, int]
    won_back_fen: int
    low_so_far: int
    stayed: OutcomeShare

    @classmethod
    def of(cls, lights: Iterable[JudgedLight]) -> "OutcomeCounts":
        """The counts of some lights."""
        numbers: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
        won = low = stayed = ended = 0
        for one in lights:
            outcome = one.judged.outcome
            numbers[outcome] += 1
            won += one.judged.won_back_fen
            low += one.judged.why == "low_so_far"
            if one.judged.final and outcome in _CERTAIN:
                ended += 1
                stayed += outcome != "lost"
        return cls(sum(numbers.values()), numbers, won, low, OutcomeShare(stayed, ended))

    def __getitem__(self, outcome: Outcome) -> int:
        return self.by_outcome[outcome]

    def as_json(self) -> dict[str, Any]:
        """For programs; money in yuan."""
        return {
            "n": self.n,
            **{str(outcome): number for outcome, number in self.by_outcome.items()},
            "won_back_yuan": self.won_back_fen / 100,
            "low_so_far": self.low_so_far,
            "stayed": self.stayed.as_json(),
        }
