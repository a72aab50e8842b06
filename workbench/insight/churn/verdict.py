"""The results of the check: verdicts with reasons, the risk and its light; frozen values without any SQL."""

from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.insight.churn.chances import Chance
from workbench.insight.measures.freshness import Freshness
from workbench.people.customer import Light

State = Literal["hit", "no", "unknown"]
#: The life of a verdict (domain 4.5): lit and nobody reached the customer yet; being handled; explained; quiet for a while;
#: back after it was lit; nearly everything is lost. Told apart from the light, which stays the verdict.
LightState = Literal["new", "handling", "explained", "quiet", "back", "gone"]
#: Why a customer leaves (domain 4.1), as evidence points to it or the manager confirms it.
LeavingCause = Literal["natural", "fault", "competition", "unknown"]


@dataclass(frozen=True, slots=True)
class SignalVerdict:
    """One signal of one customer (domain 4.3).

    `severity` 0 to 3; `grade` .34/.67/1.0 at the three thresholds, interpolated between them, up to `grade.beyond` above;
    `evidence` the figures behind it, in fen where the key ends in _fen.
    """

    code: str
    state: State
    severity: int
    grade: float
    reason: str
    evidence: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For programs; the grade to four places, money of the evidence in fen."""
        return {
            "code": self.code,
            "severity": self.severity,
            "grade": round(self.grade, 4),
            "reason": self.reason,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class CustomerRisk:
    """One customer's place in the ranking: risk 0 to 100; light None without one; rank 0 when never ranked."""

    customer_id: int
    customer_no: str
    name: str
    risk: float
    light: Light | None
    rank: int
    aum_fen: int | None
    tier: str | None
    signals: tuple[SignalVerdict, ...] = ()
    #: codes of the signals that could not be judged
    cannot_tell: tuple[str, ...] = ()
    #: fragile profiles that apply: 'P1' to 'P4' (domain 4.2)
    profiles: tuple[str, ...] = ()
    #: the hard rule that lifted the light, and its sentence
    hard_rule: str | None = None
    #: the sentence why a high enough risk has no light (domain 4.5)
    no_light: str | None = None
    #: where the verdict stands in its life, and the sentence why; None for a customer who never had a light
    state: LightState | None = None
    state_reason: str | None = None
    #: the month 'YYYY-MM' since which the light has been on without a break, as far as checks are stored
    since: str | None = None
    #: sentences that hold without lifting the light: 轻度/重度流失 in the bank's wording, money that still comes in
    facts: tuple[str, ...] = ()
    #: how many of such customers left where it was measured; None where the fall of the assets cannot be told
    chance: Chance | None = None
    #: whether the customer is not to be asked now: his state is no work of the week
    rests: bool = False

    def standing(
        self, state: LightState | None, reason: str | None, since: str | None, *, rests: bool
    ) -> "CustomerRisk":
        """The verdict with where it stands in its life."""
        # not `replace`, which takes several times as long, for the thousands of lights of a book
        return CustomerRisk(
            self.customer_id, self.customer_no, self.name, self.risk, self.light, self.rank, self.aum_fen, self.tier,
            self.signals, self.cannot_tell, self.profiles, self.hard_rule, self.no_light, state, reason, since, self.facts,
            self.chance, rests,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """For programs; the risk to four places."""
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
            "state": self.state,
            "state_reason": self.state_reason,
            "since": self.since,
            "facts": list(self.facts),
            "chance": self.chance.as_json() if self.chance else None,
        }


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """A check of the whole book at one month.

    `lights`: the number of customers with each light. `guard`: the sentence of the data guard (domain 4.5-9) when it
    blocks the lights. `features_off`: the signals that no customer could be judged by.
    """

    month: str
    as_of: str | None
    customers: int
    lights: dict[str, int]
    rule_version: str
    guard: str | None = None
    features_off: tuple[str, ...] = ()
    fresh: Freshness | None = None
