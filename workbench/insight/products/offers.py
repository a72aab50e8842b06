"""The next products for one customer (domain 11.6): the best three that fit, each with its reasons and its verdict.

A product that is held, that cannot be told of, or that may not be sold to him never appears; nor any product to whom
must not be marketed to (`people.consent`)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.products.fit import Alike, Fit, available, fit
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.products.verdict import Buyer, Offered, SuitabilityVerdict
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.regimes import is_free
from workbench.insight.values.values import Values
from workbench.people.consent_rule import CODES
from workbench.rules.parameters import Rules

#: family code -> products of the product sheet, with the smallest amount in fen (None = not told)
Shelf = Mapping[str, Sequence[tuple[Offered, int | None]]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A next product. `fit` 0..1; `product` the shelf's product, '' when the product sheet tells none that suits."""

    family: str
    name: str
    product: str
    product_code: str
    fit: Fit
    reasons: tuple[str, ...]
    verdict: SuitabilityVerdict

    @property
    def score(self) -> float:
        return self.fit.score

    @property
    def reason(self) -> str:
        """One sentence with the numbers in it."""
        return ";".join(self.reasons)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to mind when selling it: the warnings of the eleven checks."""
        return self.verdict.reasons

    def as_json(self) -> dict[str, Any]:
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
    """The best offers by fit, at most `fit.offers` of them. `values`: the layers' values of one customer (fen).

    Only families that he is known not to hold and that some rule says he needs; each passed the eleven checks.
    """
    if values.barred in CODES:
        return ()
    buyer = of_values(values, rules)
    day = on or today()
    found = []
    for family in among if among is not None else families():
        if values.look_up(family.column) != 0:
            continue
        fitting = fit(family, values, rules, alike)
        if not fitting.parts["need"].score:
            continue
        made = _offer(family, fitting, values, buyer, shelf or {}, day, rules)
        if made is not None:
            found.append(made)
    found.sort(key=lambda offer: (-offer.score, offer.family))
    return tuple(found[: rules.whole("fit.offers")])


def _offer(
    family: Family,
    fitting: Fit,
    values: Values,
    buyer: Buyer,
    shelf: Shelf,
    day: dt.date,
    rules: Rules,
) -> Offer | None:
    """The mildest product that may be sold; None when none may. Plain deposits are on sale whatever the shelf lists."""
    at_hand = available(values)
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
        reasons or (_("契合度 {score}").format(score=f"{fitting.score:.0%}"),), verdict,
    )  # fmt: skip


def _planned(family: Family, at_hand: int | None, rules: Rules) -> int | None:
    """What he would usually buy in fen: the usual ticket, no more than he can afford, no less than the entry."""
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
