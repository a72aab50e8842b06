"""May these words be said to this customer? Consent, what his portrait forbids, and suitability, asked where each of them has its
home; a script that passes nothing of them is not offered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.base.i18n import _, commas
from workbench.insight.portrait.unsaid import barred_by
from workbench.insight.products.barring import PRODUCTS, REFERRAL
from workbench.insight.products.hooks import Hook, best_hook
from workbench.insight.products.offers import Offer
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.products.verdict import Offered
from workbench.insight.shelf.families import families
from workbench.insight.values.values import Values
from workbench.outreach.playbook.hearer import Hearer
from workbench.outreach.playbook.script import Script
from workbench.people.consent_rule import FREEZING
from workbench.rules.parameters import Rules

#: the scene in which somebody is asked for a referral
_REFERRAL = "referral"
#: why a script is not said, beside the codes of consent and of limits
UNSUITABLE, NO_PRODUCT, SILENT = "unsuitable", "no_product", "silent"


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a script is not said to somebody: a code, and a sentence with the numbers in it."""

    script: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A script that may be said. `product`: what it names, with its `terms`; `cautions` of the checks of suitability."""

    product: str = ""
    terms: str = ""
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """The product that words are to be about, since it was offered to this customer elsewhere; the offer passed suitability.
    `name` as it is offered, `terms` '' where nothing is told of them."""

    name: str
    regime: str
    risk: int | None = None
    terms: str = ""
    cautions: tuple[str, ...] = ()

    def fits(self, script: Script) -> bool:
        """Whether a script can be about it: it speaks of no product, or of one of this kind and at most of this risk."""
        if not script.of_product:
            return True
        if script.risk is not None and self.risk is not None and self.risk > script.risk:
            return False
        return script.regime in ("", self.regime)


def meant(offer: Offer, shelf: Sequence[Hook]) -> Meant:
    """What a portrait offers, with its terms where the shelf has it."""
    hook = next(
        (one for one in shelf if offer.product and one.offered.product_code == offer.product_code), None
    )
    family = next(one for one in families() if one.code == offer.family)
    if hook is None:
        return Meant(offer.product or offer.name, family.regime, family.risk or None, cautions=offer.cautions)
    cautions = (*filter(None, (hook.to_check,)), *offer.cautions)
    return Meant(offer.product, hook.offered.regime, hook.offered.risk, commas(hook.known_terms), cautions)


#: what a text says of its product: regime, risk, whether it leaves the product open
OfProduct = tuple[str, int | None, bool]


def gate(
    script: Script,
    hearer: Hearer,
    rules: Rules,
    *,
    silent: bool = False,
    verdicts: dict[OfProduct, Passed | Withheld] | None = None,
    about: Meant | None = None,
) -> Passed | Withheld:
    """Whether a script may be said to a customer. `silent`: the day is one without marketing; `verdicts`: of suitability for this
    customer, kept between his scripts, since many speak of the same kind of product; `about`: the product that fills the gap,
    None: the one that opens a door best."""
    if script.to == "manager":
        return Passed()
    for look in (_consent, _limits):
        why = look(script, hearer)
        if why is not None:
            return why
    if silent and script.kind == "marketing":
        return Withheld(script.id, SILENT, _("这天是静默日,不做营销"))
    if not script.of_product:
        return Passed()
    if about is not None and script.leaves_product:
        return Passed(about.name, about.terms, about.cautions)
    kept = verdicts if verdicts is not None else {}
    key = (script.regime, script.risk, script.leaves_product)
    if key not in kept:
        kept[key] = _product(script, hearer, rules)
    verdict = kept[key]
    return replace(verdict, script=script.id) if isinstance(verdict, Withheld) else verdict


def fits(script: Script, values: Values) -> bool:
    """Whether the conditions that a script states are known to hold; an unknown figure fits nothing."""
    if any(values.look_up(name) not in wanted for name, wanted in script.when.items()):
        return False
    for name, least in script.at_least.items():
        figure = values.figure(name)
        if figure is None or figure < least:
            return False
    for name, most in script.at_most.items():
        figure = values.figure(name)
        if figure is None or figure > most:
            return False
    return True


def _consent(script: Script, hearer: Hearer) -> Withheld | None:
    """The ground that bars it: marketing by any, care by those that freeze all contacts; service by none."""
    for ground in hearer.consent.grounds if hearer.consent is not None else ():
        if script.kind == "marketing" or (script.kind == "care" and ground.code in FREEZING):
            return Withheld(script.id, ground.code, ground.sentence)
    return None


def _limits(script: Script, hearer: Hearer) -> Withheld | None:
    """What the portrait forbids beside words: products, marketing, referrals, care."""
    asks = [
        *([PRODUCTS] if script.of_product else []),
        *([REFERRAL] if script.scene == _REFERRAL else []),
        *([script.kind] if script.kind != "service" else []),
    ]
    for what in asks:
        never = barred_by(hearer.limits, what)
        if never is not None:
            return Withheld(script.id, never.code, never.why or never.text)
    return None


def _product(script: Script, hearer: Hearer, rules: Rules) -> Passed | Withheld:
    """Whether the product that it speaks of may be sold to him: the best of the shelf where the text leaves it open, else the
    kind and the risk that it states."""
    day = dt.date.fromisoformat(hearer.day)
    if script.leaves_product:
        among = [one for one in hearer.shelf if _is_about(script, one)]
        best = best_hook(hearer.values, among, rules, day)
        if best is None:
            return Withheld(script.id, NO_PRODUCT, _no_product(among, hearer, rules, day))
        cautions = (*filter(None, (best.hook.to_check,)), *best.verdict.reasons)
        return Passed(best.hook.offered.name, commas(best.hook.known_terms), cautions)
    verdict = assess(of_values(hearer.values, rules), _offered(script), day, rules)
    if not verdict.may_offer:
        return Withheld(script.id, UNSUITABLE, verdict.reason)
    return Passed(cautions=verdict.reasons)


def _is_about(script: Script, hook: Hook) -> bool:
    if script.regime and hook.offered.regime != script.regime:
        return False
    risk = hook.offered.risk
    return script.risk is None or risk is None or risk <= script.risk


def _no_product(among: Sequence[Hook], hearer: Hearer, rules: Rules, day: dt.date) -> str:
    if not among:
        return _("产品清单里没有这一类在售的产品")
    buyer = of_values(hearer.values, rules)
    verdicts = [assess(buyer, replace(one.offered, amount=one.entry), day, rules) for one in among]
    barred = next((one for one in verdicts if not one.may_offer), None)
    return barred.reason if barred is not None else _("这一类的产品客户已经持有,或起购金额不合适")


def _offered(script: Script) -> Offered:
    """The product that a text states by kind and risk alone."""
    family = next((one for one in families() if one.regime == script.regime), None)
    return Offered(
        family.shown if family is not None else script.regime, script.regime, seller_risk=script.risk
    )
