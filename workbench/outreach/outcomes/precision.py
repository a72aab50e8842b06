"""How often each signal was right in this book: of those whom it named, how many were lost (domain 4.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.outreach.outcomes.counts import JudgedLight, OutcomeShare
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class SignalPrecision:
    """Customers whom a signal named, each at the first month of which it can be told whether he was lost."""

    code: str
    name: str
    lights: tuple[JudgedLight, ...]

    @property
    def lost(self) -> OutcomeShare:
        """Those lost among those named, also when they came back later."""
        return OutcomeShare(sum(one.judged.lost is True for one in self.lights), len(self.lights))

    def as_json(self) -> dict[str, Any]:
        """For programs: n, lost, precision 0 to 1 with its Wilson interval at 95 %, None where nobody was named."""
        figures = self.lost.as_json()
        return {
            "code": self.code,
            "name": self.name,
            "n": self.lost.n,
            "lost": self.lost.hits,
            "precision": figures["share"],
            "low": figures["low"],
            "high": figures["high"],
        }


def precision(
    named: Mapping[str, Sequence[JudgedLight]], codes: Sequence[str], rules: Rules
) -> tuple[SignalPrecision, ...]:
    """One line for each signal of `codes`, in that order, also for one that named nobody."""
    return tuple(
        SignalPrecision(code, rules.text(f"{code}.name"), tuple(named.get(code, ()))) for code in codes
    )
