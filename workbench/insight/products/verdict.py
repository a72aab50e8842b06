"""Input and output of the suitability checks (domain 8.1): a buyer, a product, eleven checks, a verdict."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _

Outcome = Literal["ok", "warn", "block", "cannot_tell"]
#: from the mildest to the gravest
_GRAVITY: tuple[Outcome, ...] = ("ok", "warn", "cannot_tell", "block")
#: Checks that must be decided: while one of them cannot be told, nothing is recommended.
ESSENTIAL = frozenset({1, 2, 3})
MARKS: dict[Outcome, str] = {"ok": "✅", "warn": "⚠️", "block": "⛔", "cannot_tell": "❔"}


@dataclass(frozen=True, slots=True)
class Buyer:
    """What the checks ask of a customer. Amounts in fen, levels 1..5; None = not told."""

    risk_class: int | None = None
    #: days until the risk test ends, negative when it has
    valid_days: int | None = None
    lowest_class: bool = False
    circumstances_changed: bool | None = None
    age: int | None = None
    #: the longest term that the customer said he could do without the money
    liquidity_days: int | None = None
    aum: int | None = None
    liquid: int | None = None
    yearly_income: int | None = None
    #: share of AUM in the largest single product
    top_share: float | None = None
    investing_years: float | None = None
    net_worth: int | None = None
    financial_assets: int | None = None
    mean_income: int | None = None
    tests_today: int | None = None
    tests_year: int | None = None
    #: levels that C rose within 30 days
    class_rise: int | None = None
    held_risk: int | None = None

    @property
    def tested(self) -> bool:
        """Whether his risk class is told and valid on the day; without it only plain deposits and bonds may be offered."""
        valid = self.valid_days is not None and self.valid_days >= 0
        return self.risk_class is not None and valid and not self.circumstances_changed


@dataclass(frozen=True, slots=True)
class Offered:
    """What the checks ask of a product. Levels 1..5 by its issuer and by the seller; amounts in fen."""

    name: str
    regime: str
    issuer_risk: int | None = None
    seller_risk: int | None = None
    term_days: int | None = None
    private: bool = False
    #: what the customer would buy, and what he already has of it
    amount: int | None = None
    held_amount: int = 0
    yearly_premium: int | None = None
    premium_years: int | None = None
    product_code: str = ""

    @property
    def risk(self) -> int | None:
        """The risk level, 1..5: the higher of the issuer's and the seller's (domain 8.1); None if neither is told."""
        levels = [one for one in (self.issuer_risk, self.seller_risk) if one is not None]
        return max(levels) if levels else None


@dataclass(frozen=True, slots=True)
class SuitabilityCheck:
    """One of the eleven, in the order of domain 8.1."""

    number: int
    name: str
    outcome: Outcome
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The check for the command line."""
        return {"number": self.number, "name": self.name, "outcome": self.outcome, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class SuitabilityVerdict:
    """The eleven checks of one product for one customer on a day (`on`, ISO)."""

    product: str
    checks: tuple[SuitabilityCheck, ...]
    on: str

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome; a check that cannot be told weighs only if it is essential."""
        weighed = [c.outcome for c in self.checks if c.outcome != "cannot_tell" or c.number in ESSENTIAL]
        return max(weighed, key=_GRAVITY.index)

    @property
    def may_offer(self) -> bool:
        """Whether the product may be suggested at all."""
        return self.outcome in ("ok", "warn")

    @property
    def mark(self) -> str:
        """The outcome as symbol and word, e.g. '✅ 适合'."""
        return f"{MARKS[self.outcome]} {_word(self.outcome)}"

    @property
    def reason(self) -> str:
        """The sentence of the check that decided."""
        return next(c.reason for c in self.checks if c.outcome == self.outcome)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Sentences of the checks that warn or block."""
        return tuple(c.reason for c in self.checks if c.outcome in ("warn", "block"))

    @property
    def not_looked_at(self) -> tuple[str, ...]:
        """Sentences of the checks that cannot be told."""
        return tuple(c.reason for c in self.checks if c.outcome == "cannot_tell")

    def as_json(self) -> dict[str, Any]:
        """The verdict with its checks for the command line."""
        return {
            "product": self.product, "on": self.on, "outcome": self.outcome, "reason": self.reason,
            "checks": [check.as_json() for check in self.checks],
        }  # fmt: skip


def _word(outcome: Outcome) -> str:
    return {"ok": _("适合"), "warn": _("留意"), "block": _("不可"), "cannot_tell": _("无法判断")}[outcome]
