"""Answers of the product matrix about customers: the target list of a product, the next products of listed customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench.insight.products.fit import Fit
from workbench.insight.products.offers import Offer
from workbench.insight.products.verdict import SuitabilityVerdict


@dataclass(frozen=True, slots=True)
class Target:
    """One customer of a product's target list, with the fit and its reasons. `aum_fen` is the daily average."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    fit: Fit
    reason: str
    #: verdict on the product of the family that would be offered to him; None if none may be sold
    verdict: SuitabilityVerdict | None = None

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to mind when selling it: the warnings of the eleven checks."""
        return self.verdict.reasons if self.verdict else ()

    def as_json(self) -> dict[str, Any]:
        """The customer for the command line: fit 0..1, AUM in yuan."""
        return {
            "customer_no": self.customer_no, "name": self.name, "fit": round(self.fit.score, 3),
            "aum": None if self.aum_fen is None else self.aum_fen / 100, "reason": self.reason,
            "suitability": self.verdict.as_json() if self.verdict else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """The target list (目标客户名单) of a product: `where` is met by `count` customers and cannot be judged for
    `cannot_tell`; `excluded` counts, by reason, those who are told of no product now and are not among the `rows`."""

    family: str
    name: str
    where: str
    count: int
    cannot_tell: int
    excluded: Mapping[str, int]
    rows: tuple[Target, ...]

    def as_json(self) -> dict[str, Any]:
        """The target list for the command line; customers as in `Target.as_json`."""
        return {
            "family": self.family, "name": self.name, "where": self.where, "count": self.count,
            "cannot_tell": self.cannot_tell, "excluded": dict(self.excluded),
            "customers": [row.as_json() for row in self.rows],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextProducts:
    """The best next products of one listed customer; `held` names why he is told of no product now, '' for
    nothing."""

    customer_id: int
    customer_no: str
    name: str
    aum_fen: int | None
    offers: tuple[Offer, ...]
    held: str = ""

    def as_json(self) -> dict[str, Any]:
        """The customer with his offers for the command line, AUM in yuan."""
        return {
            "customer_no": self.customer_no, "name": self.name,
            "aum": None if self.aum_fen is None else self.aum_fen / 100,
            "offers": [offer.as_json() for offer in self.offers], "held": self.held or None,
        }  # fmt: skip
