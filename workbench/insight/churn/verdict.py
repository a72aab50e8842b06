"""What the check says of a customer: verdicts with reasons, the risk and its light; frozen values without any SQL."""

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.insight.measures.freshness import Freshness
from workbench.people.customer import Light

State = Literal["hit", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class SignalVerdict:
    """One signal about one customer. severity 0..3; grade 0..1 (graded severity, domain 4.3: .34/.67/1.0 at the
    three thresholds, interpolated between); evidence holds the numbers (fen for money keys ending in _fen)."""

    code: str
    state: State
    severity: int
    grade: float
    reason: str
    evidence: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity,
            "grade": round(self.grade, 4),
            "reason": self.reason,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """One customer's place in the ranking of all. risk 0..100; light None when nothing is lit."""

    customer_id: int
    customer_no: str
    name: str
    risk: float
    light: Light | None
    rank: int
    aum_fen: int | None
    tier: str | None
    signals: tuple[SignalVerdict, ...] = ()
    #: codes of the signals whose columns are missing
    cannot_tell: tuple[str, ...] = ()
    #: fragile profiles that apply: 'P1'..'P4'
    profiles: tuple[str, ...] = ()
    #: the hard rule that lifted the light, and its sentence
    hard_rule: str | None = None
    #: why the risk lights nothing although it is high enough (domain 4.5): a sentence
    no_light: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "customer_no": self.customer_no,
            "name": self.name,
            "risk": round(self.risk, 4),
            "light": self.light,
            "rank": self.rank,
            "signals": [verdict.as_json() for verdict in self.signals],
            "cannot_tell": list(self.cannot_tell),
            "profiles": list(self.profiles),
            "hard_rule": self.hard_rule,
            "no_light": self.no_light,
        }


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """A check of the whole book at one month. `guard` is the sentence when the data guard (domain 4.5-9) blocks
    the lights; `features_off` names what could not be looked at because no column tells."""

    month: str
    as_of: str | None
    customers: int
    lights: dict[str, int]
    rule_version: str
    guard: str | None = None
    features_off: tuple[str, ...] = ()
    fresh: Freshness | None = None
