"""The products of a journey card: what is held and matures, and the one to open the talk with (domain 3, 8.1)."""

from collections.abc import Iterable

from workbench.base.i18n import _, commas, semicolons
from workbench.base.money import wan
from workbench.insight.journey.marked import HOOK
from workbench.insight.journey.stages import leaving
from workbench.insight.portrait.card_source import JourneyLine, JourneySection, JourneySource
from workbench.insight.portrait.portrait import HoldingRow
from workbench.insight.portrait.unsaid import barred_by
from workbench.insight.products.barring import PRODUCTS, bar_names
from workbench.insight.products.verdict import SuitabilityVerdict

#: the check of suitability that holds R against C (domain 8.1)
_RISK_CHECK = 2


def holdings(source: JourneySource) -> JourneySection:
    """Products and maturities, the nearest first, then what has matured, then what has no date."""
    day, most = source.day, source.rules.whole("card.products")
    rows = _once(source.portrait.holdings)
    ahead = sorted((one for one in rows if one.maturity_date and not one.matured(day)), key=_due)
    past = sorted((one for one in rows if one.matured(day)), key=_due, reverse=True)
    ordered = [*ahead, *past, *(one for one in rows if not one.maturity_date)]
    dated = max((one.as_of or "" for one in rows), default="") or source.as_of
    lines = [_holding(one, source, dated) for one in ordered[:most]]
    rest = ordered[most:]
    if rest:
        sums = [one.amount_fen for one in rest if one.amount_fen is not None]
        words = (
            source.text("rest", n=len(rest), amount=wan(sum(sums)))
            if sums
            else source.text("rest_plain", n=len(rest))
        )
        lines.append(source.line(words))
    return source.section("holdings", _("持有与到期"), lines, source.text("holdings_untold"), dated)


def _due(one: HoldingRow) -> str:
    return one.maturity_date or ""


def _once(rows: Iterable[HoldingRow]) -> list[HoldingRow]:
    """The rows without the lines of a maturity list that repeat a product of the holdings list."""
    held = [one for one in rows if one.kind == "holding"]
    known = {(one.product_code or one.product_name, one.maturity_date) for one in held}
    return [
        *held,
        *(
            one
            for one in rows
            if one.kind != "holding"
            and (one.product_code or one.product_name, one.maturity_date) not in known
        ),
    ]


def _holding(one: HoldingRow, source: JourneySource, dated: str) -> JourneyLine:
    name = one.product_name or one.category or one.product_code or _("没有写名称")
    risk = one.product_risk or ""
    amount = wan(one.amount_fen) if one.amount_fen is not None else _("金额没有写")
    words = " ".join(filter(None, [name, risk, amount]))
    asides = [source.text("matured")] if one.matured(source.day) else []
    if one.as_of and one.as_of != dated:
        asides.append(source.text("as_of", date=one.as_of))
    return source.line(words, commas(asides), one.maturity_date or "")


def hook(source: JourneySource) -> JourneySection:
    """The product to open the talk with: suitable, with its R level and why; else why there is none."""
    lines: list[JourneyLine] = []
    untold = _no_hook(source)
    best = None if _barred(source) else _best(source)
    if best is not None:
        if when := _when(source):
            lines.append(source.line(when))
        lines.append(best)
    return source.section("hook", _("钩子产品"), lines, untold)


def _best(source: JourneySource) -> JourneyLine | None:
    """Of a newcomer the product that opens the door; else the next product that suits best, which the next things to do name
    too; None where none suits."""
    portrait = source.portrait
    door, stage = portrait.hook, portrait.stage
    if door is not None and (
        not portrait.offers or (stage is not None and any(one.code == HOOK for one in stage.tasks))
    ):
        terms = [door.hook.terms, _match(door.verdict), *door.verdict.reasons]
        return source.line(door.hook.offered.name, semicolons(filter(None, terms)))
    for one in portrait.offers[:1]:
        why = [*one.reasons, _match(one.verdict), *one.cautions]
        return source.line(one.product or one.name, semicolons(filter(None, why)))
    return None


def _match(verdict: SuitabilityVerdict) -> str:
    """The R level of a product against the class of the customer; '' where no check says it."""
    return next((check.reason for check in verdict.checks if check.number == _RISK_CHECK), "")


def _when(source: JourneySource) -> str:
    """When the product may be spoken of, where another rule of the card says not at once; '' where at once."""
    picture = source.portrait.picture
    return source.text("hook_leaving") if picture is not None and leaving(picture.values) else ""


def _barred(source: JourneySource) -> str:
    """Why no product is named to him now; '' where one may be."""
    portrait = source.portrait
    if portrait.consent is not None and portrait.consent.held:
        return portrait.consent.sentence
    limit = barred_by(portrait.do_not_say, PRODUCTS)
    return "" if limit is None else bar_names(source.rules).get(limit.code, limit.why)


def _no_hook(source: JourneySource) -> str:
    portrait = source.portrait
    if why := _barred(source):
        return source.text("hook_held", why=why)
    known = portrait.picture is not None and portrait.picture.values.families is not None
    return source.text("hook_none" if known else "hook_untold")
