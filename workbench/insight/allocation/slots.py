"""A slot of a proposal: which products the branch sells fill it for this customer, or why it stays empty (domain 8.1, 8.3).

Whether a product may be named is asked of `suitability.assess` alone."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.allocation.bands import BANDS, STABLE, band_of
from workbench.insight.products.offers import Shelf
from workbench.insight.products.suitability import assess
from workbench.insight.products.verdict import Buyer, Offered, SuitabilityVerdict
from workbench.insight.shelf.families import Family, families
from workbench.insight.shelf.regimes import is_free
from workbench.rules.parameters import Rules

#: days of a month of a term
_MONTH = 365 / 12


@dataclass(frozen=True, slots=True)
class SlotSeller:
    """What is on sale, to whom and on which day. `buyer` None: nobody in particular, so that only kinds are named; `held`: fen
    by product code that he has already."""

    shelf: Shelf
    buyer: Buyer | None
    day: dt.date
    rules: Rules
    held: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledSlot:
    """A slot with its product, or `why` it is empty. `least`: the smallest purchase in fen, None where it is not told."""

    slot: str
    amount: int | None
    family: str = ""
    product: str = ""
    product_code: str = ""
    risk: int | None = None
    term_days: int | None = None
    least: int | None = None
    verdict: SuitabilityVerdict | None = None
    why: str = ""

    @property
    def filled(self) -> bool:
        """Whether a product may be named."""
        return bool(self.product)

    @property
    def words(self) -> str:
        """'稳享91天(R2、91 天、1.0万元起)'."""
        terms = [
            f"R{self.risk}" if self.risk else None,
            _("{n} 天").format(n=self.term_days) if self.term_days else None,
            _("{amount}元起").format(amount=wan(self.least)) if self.least else None,
        ]
        known = [one for one in terms if one]
        return f"{self.product}({commas(known)})" if known else self.product

    @property
    def cautions(self) -> tuple[str, ...]:
        """The warnings of the eleven checks."""
        return self.verdict.reasons if self.verdict else ()

    def as_json(self) -> dict[str, Any]:
        """For programs: yuan; the eleven checks where a customer is meant."""
        return {
            "slot": self.slot, "amount": None if self.amount is None else self.amount / 100, "family": self.family or None,
            "product": self.product or None, "product_code": self.product_code or None, "risk": self.risk,
            "term_days": self.term_days, "reason": self.why or None, "cautions": list(self.cautions),
            "suitability": self.verdict.as_json() if self.verdict else None,
        }  # fmt: skip


def no_risk_urged(buyer: Buyer | None, rules: Rules) -> bool:
    """Whether a customer is so old that what needs a supervisor's consent is not proposed to him: he may ask for it himself."""
    return buyer is not None and buyer.age is not None and buyer.age >= rules.whole("suit.very_old_age")


def fill(
    seller: SlotSeller, slot: str, amount: int | None, months: int | None = None, *, coming: int = 0
) -> FilledSlot:
    """The product for a slot of `alloc.slot.*`: of those that may be sold one without warnings first, then by the order of its
    families, then the mildest. `amount`: fen to be placed; `months`: the term that is wanted; `coming`: fen that pay for it
    beside what is at hand."""
    rules, buyer = seller.rules, _paying(seller.buyer, coming)
    entry_bars: list[str] = []
    term_bars: list[str] = []
    choices: list[tuple[int, Family, Offered, int | None]] = []
    for place, (family, product, least) in enumerate(_candidates(seller, slot)):
        if months is not None and not _near(product.term_days, months, rules):
            term_bars.append(family.shown)
            continue
        if amount is not None and least is not None and least > amount:
            words = rules.text("alloc.slot.entry")
            entry_bars.append(words.format(what=family.shown, least=wan(least), amount=wan(amount)))
            continue
        choices.append((place, family, product, least))
    judged: list[tuple[bool, int, int, Family, Offered, int | None, SuitabilityVerdict | None]] = []
    refused = []
    quiet = no_risk_urged(buyer, rules)
    for place, family, product, least in choices:
        if buyer is None:
            judged.append((False, place, product.risk or 0, family, product, least, None))
            continue
        if quiet and (product.risk or 0) >= rules.whole("suit.old_risk"):
            refused.append(rules.text("alloc.slot.old").format(age=buyer.age, risk=product.risk))
            continue
        held = seller.held.get(holding_key(product.product_code, product.name), 0)
        wanted = replace(product, amount=_bought(amount, product), held_amount=held)
        checked = assess(buyer, wanted, seller.day, rules)
        if checked.may_offer:
            warned = checked.outcome != "ok"
            judged.append((warned, place, product.risk or 0, family, product, least, checked))
        else:
            refused.append(checked.reason)
    if judged:
        best = min(judged, key=lambda one: one[:3])
        family, product, least, verdict = best[3:]
        return FilledSlot(
            slot, amount, family.code, product.name, product.product_code, product.risk, product.term_days, least, verdict
        )  # fmt: skip
    what = commas(dict.fromkeys(one.shown for one in _families(slot, rules)))
    if refused:
        why = refused[0]
    elif entry_bars:
        why = entry_bars[0]
    elif term_bars and months is not None:
        why = rules.text("alloc.slot.term").format(months=months, what=what)
    else:
        why = rules.text("alloc.slot.none").format(what=what)
    return FilledSlot(slot, amount, why=why)


def holding_key(code: str, name: str) -> str:
    """What `SlotSeller.held` knows a product by: its code, of a kind in general its name."""
    return code or name


def _paying(buyer: Buyer | None, coming: int) -> Buyer | None:
    """The buyer with money at hand that comes only now; what is not told of it stays so."""
    if buyer is None or buyer.liquid is None or not coming:
        return buyer
    return replace(buyer, liquid=buyer.liquid + coming)


def _bought(amount: int | None, product: Offered) -> int | None:
    return None if product.regime in ("loan", "service") else amount


def _near(term: int | None, months: int, rules: Rules) -> bool:
    wanted = months * _MONTH
    return bool(term) and abs((term or 0) - wanted) <= wanted * rules.number("alloc.ladder.near")


def _families(slot: str, rules: Rules) -> tuple[Family, ...]:
    known = {one.code: one for one in families()}
    return tuple(known[code] for code in rules.words(f"alloc.slot.{slot}") if code in known)


def _candidates(seller: SlotSeller, slot: str) -> Iterator[tuple[Family, Offered, int | None]]:
    """The products of the shelf for a slot; of a family that the shelf does not list, the family in general: plain deposits,
    services and cards always, others only while there is no product sheet at all."""
    rules, band = seller.rules, STABLE if slot == "plain" else slot
    any_listed = any(seller.shelf.values())
    for family in _families(slot, rules):
        listed: Sequence[tuple[Offered, int | None]] = seller.shelf.get(family.code, ())
        fitting = [
            (product, least)
            for product, least in listed
            if not product.private
            and (
                band not in BANDS
                or band_of(family, product.regime, product.risk, product.name, rules) == band
            )
        ]
        for product, least in sorted(
            fitting, key=lambda one: (one[0].risk or 0, one[0].term_days or 0, one[0].product_code)
        ):
            yield family, product, least
        plain = is_free(family.regime, family.risk or None, rules)
        if not fitting and (plain or not any_listed):
            risk = _general_risk(family, band, rules)
            yield family, Offered(family.shown, family.regime, seller_risk=risk or None), family.entry or None


def _general_risk(family: Family, band: str, rules: Rules) -> int:
    """The level of a family in general within a band."""
    if band == "bold":
        return max(family.risk, rules.whole("alloc.bold_risk"))
    if band == "growth":
        return max(family.risk, rules.whole("alloc.growth_risk"))
    return family.risk
