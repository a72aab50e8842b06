"""The next products for one customer (domain 11.6): the best three that fit, each with its reasons and its verdict.

A family never appears if the customer holds it, if it is unknown whether he does, or if no product of it may be sold to
him. Who is told of no product now gets no offers at all (`products.barring`)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.base.dates import today
from workbench.base.i18n import _, semicolons
from workbench.insight.products.barring import products_barred
from workbench.insight.products.fit import Alike, Fit, fit
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.products.verdict import Buyer, Offered, SuitabilityVerdict
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.regimes import is_free
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: Family code -> products of the product sheet, each with its minimum amount in fen (None = not told).
Shelf = Mapping[str, Sequence[tuple[Offered, int | None]]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A next product. `product` is one of the product sheet, '' where the offer is of the family in general."""

    family: str
    name: str
    product: str
    product_code: str
    fit: Fit
    reasons: tuple[str, ...]
    verdict: SuitabilityVerdict

    @property
    def score(self) -> float:
        """The fit, 0..1."""
        return self.fit.score

    @property
    def reason(self) -> str:
        """One sentence with the numbers in it."""
        return semicolons(self.reasons)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to mind when selling it: the warnings of the eleven checks."""
        return self.verdict.reasons

    def as_json(self) -> dict[str, Any]:
        """The offer for the command line: the fit with its parts, its reasons and all checks of suitability."""
        return {
            "family": self.family, "name": self.name, "product": self.product or None,
            "product_code": self.product_code or None, "fit": round(self.score, 3),
            "parts": {key: part.score for key, part in self.fit.parts.items()},
            "unknown": list(self.fit.unknown), "reasons": list(self.reasons), "suitability": self.verdict.as_json(),
        }  # fmt: skip


def offers(
    values: Values,
    rules: Rules,
    among: Sequence[Family] | None = None,
    alike: Alike | None = None,
    shelf: Shelf | None = None,
    on: dt.date | None = None,
) -> tuple[Offer, ...]:
    """The best offers by fit, at most `fit.offers`. `values`: the tag layers of one customer (fen); `on`: today if None.

    Only families that he is known not to hold and that some rule says he needs; no check blocks the product, and the
    essential ones can be told.
    """
    if products_barred(values, rules):
        return ()
    buyer = of_values(values, rules)
    day = on or today()
    suitable = []
    for family in among if among is not None else families():
        if values.look_up(family.column) != 0:
            continue
        fitting = fit(family, values, rules, alike)
        if not fitting.parts["need"].score:
            continue
        offer = _offer(family, fitting, buyer, shelf or {}, day, rules)
        if offer is not None:
            suitable.append(offer)
    suitable.sort(key=lambda offer: (-offer.score, offer.family))
    return tuple(suitable[: rules.whole("fit.offers")])


def _offer(
    family: Family,
    fitting: Fit,
    buyer: Buyer,
    shelf: Shelf,
    day: dt.date,
    rules: Rules,
) -> Offer | None:
    """The offer of a family: of the products that may be sold one without warnings first, then the lowest risk; None when
    none may. Plain deposits are on sale even if the product sheet lists none."""
    at_hand = buyer.liquid
    planned = _planned(family, at_hand, rules)
    generic = Offered(family.shown, family.regime, seller_risk=family.risk or None, amount=planned)
    candidates = [
        (product, least) for product, least in shelf.get(family.code, ()) if _within(least, at_hand)
    ]
    tried = [_with_amount(product, planned, least) for product, least in candidates] or [generic]
    if is_free(generic.regime, generic.risk, rules) and not any(
        is_free(one.regime, one.risk, rules) for one in tried
    ):
        tried.append(generic)
    verdicts = [(product, assess(buyer, product, day, rules)) for product in tried]
    sellable = [pair for pair in verdicts if pair[1].may_offer]
    if not sellable:
        return None
    product, verdict = min(sellable, key=lambda pair: (pair[1].outcome != "ok", pair[0].risk or 0))
    named = product.name if product is not generic else ""
    reasons = tuple(
        part.why for key in ("need", "alike", "means") if (part := fitting.parts[key]).why and part.score
    )
    return Offer(
        family.code, family.shown, named, product.product_code, fitting,
        reasons or (_("匹配度 {score}").format(score=f"{fitting.score:.0%}"),), verdict,
    )  # fmt: skip


def _planned(family: Family, at_hand: int | None, rules: Rules) -> int | None:
    """The usual purchase in fen: the family's ticket, capped at a share of the money at hand, at least its entry."""
    if not family.ticket or family.regime in ("loan", "service"):
        return None
    if at_hand is None:
        return family.ticket
    return max(min(family.ticket, round(at_hand * rules.number("suit.liquid_share"))), family.entry)


def _within(least: int | None, at_hand: int | None) -> bool:
    return least is None or at_hand is None or least <= at_hand


def _with_amount(product: Offered, planned: int | None, least: int | None) -> Offered:
    amount = planned if planned is None or least is None else max(planned, least)
    return Offered(
        product.name, product.regime, product.issuer_risk, product.seller_risk, product.term_days, product.private,
        amount, product.held_amount, product.yearly_premium, product.premium_years, product.product_code,
    )  # fmt: skip
