"""The comparison with the rival: his facts with source and date, ours from head office's list, nothing else (domain 4.7, 8.5)."""

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.base.i18n import _, semicolons
from workbench.insight.products.barring import bar_names, products_barred
from workbench.insight.products.suitability import assess, of_values
from workbench.insight.selling.listed import listed_products
from workbench.insight.shelf.families import families
from workbench.insight.values.values import Values
from workbench.outreach.winback.win_back import SIDES, ComparedSide, OurOffer, RivalComparison, WinBack
from workbench.people.consent import consent_of
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.products.room import Matrix

#: who is won back is told of no product by himself; what he asks about is answered
_OF_STAGE = "gone"


def compared(
    conn: Connection, case: WinBack, values: Values, matrix: "Matrix", rules: Rules
) -> RivalComparison:
    """The comparison of a file, by the customer's values. It is withheld from who may not be marketed to."""
    day = today()
    consent = consent_of(conn, case.customer_id, day.isoformat(), None, rules)
    if consent.held:
        return RivalComparison(
            case, refused=_("{why};不出对比单。").format(why=consent.sentence.rstrip("。"))
        )
    fresh = [one for one in case.facts if (day - dt.date.fromisoformat(one.date)).days <= _days(rules)]
    stale = len(case.facts) - len(fresh)
    ours = _ours(conn, values, matrix, rules)
    known = {one.side for one in fresh}
    missing = tuple(rules.text(f"winback.fact.{side}") for side in SIDES if side not in known)
    sides = tuple(
        ComparedSide(
            side,
            rules.text(f"winback.fact.{side}"),
            "\n".join(
                _("{fact}({source},{date})").format(fact=one.words, source=one.source, date=one.date)
                for one in fresh
                if one.side == side
            ),
            rules.text(f"winback.ours.{side}"),
        )
        for side in SIDES
    )
    barred = products_barred(values, rules)
    none_ours = ""
    if barred and barred != _OF_STAGE:
        ours, none_ours = (), _("现在不谈产品:{why}。").format(why=bar_names(rules).get(barred, barred))
    elif not any(matrix.shelf(conn).values()):
        none_ours = _("账本里没有产品清单;导入产品清单后,这里列出这位客户合适的产品。")
    elif not ours:
        none_ours = _("产品清单里没有这位客户合适、现在能买的产品;先看风险测评是否有效。")
    notes = {"stale": str(stale)} if stale else {}
    as_of = max((one.as_of for one in ours if one.as_of), default=None)
    return RivalComparison(case, sides, ours, none_ours, "", missing, as_of, notes)


def _days(rules: Rules) -> int:
    return rules.whole("winback.fact_days")


def _ours(conn: Connection, values: Values, matrix: "Matrix", rules: Rules) -> tuple[OurOffer, ...]:
    """The products of the list that suit him and can be bought, plain deposits first, in the order of the families."""
    buyer, shelf, day = of_values(values, rules), matrix.shelf(conn), today()
    listed = listed_products(conn, shelf, rules)
    fit = [
        listed[product.product_code]
        for family in families()
        for product, _least in shelf.get(family.code, ())
        if product.product_code in listed
        and listed[product.product_code].on_sale
        and assess(buyer, product, day, rules).may_offer
    ]
    fit.sort(key=lambda one: one.regime != "deposit")
    return tuple(
        OurOffer(one.name, one.regime, semicolons(one.figures(rules)), one.as_of)
        for one in fit[: rules.whole("winback.ours_most")]
    )
