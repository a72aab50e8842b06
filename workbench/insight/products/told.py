"""What the book tells the suggestions: what the like-minded hold, and which products can still be bought."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from db.tables import holdings, products
from workbench.base.dates import today
from workbench.insight.products.fit import Alike
from workbench.insight.products.offers import Shelf
from workbench.insight.products.verdict import Offered
from workbench.insight.shelf.families import Family, families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.regimes import is_free, regime_of
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.tags.layers import Layers


def alike_column(layers: "Layers", rules: Rules) -> str:
    """What makes customers alike: the first kind of rows that this book knows; '' for none."""
    first = rules.words("fit.rows")[0]
    return first if layers.vocabulary.find(first) else ""


def alike_of(conn: Connection, layers: "Layers", rules: Rules) -> Alike:
    """How many of each main segment hold each family; a family that too few are told of is left out."""
    name = alike_column(layers, rules)
    if not name:
        return Alike()
    kind = layers.column(name)
    holds = [layers.column(family.column) for family in families()]
    sums = [e for hold in holds for e in (func.count(hold), func.sum(hold))]
    asked = (
        select(kind, *sums)
        .select_from(layers.source({name, *(family.column for family in families())}))
        .where(kind.is_not(None))
        .group_by(kind)
    )
    least = rules.whole("fit.least_alike")
    shares: dict[str, dict[str, float]] = {}
    for row in conn.execute(asked):
        told, held = row[1::2], row[2::2]
        shares[str(row[0])] = {
            family.code: of / n
            for family, n, of in zip(families(), told, held, strict=True)
            if n >= least and of is not None
        }
    return Alike(name, dict(layers.vocabulary[name].values), shares)


def on_sale(every: tuple[Family, ...], shelf: Shelf, rules: Rules) -> tuple[Family, ...]:
    """The families with the risk level that a customer must bear at least: that of the mildest product on the shelf,
    the family's own where the product sheet tells none. Of plain deposits there is always one without a level."""

    def mildest(family: Family) -> int:
        told = [product.risk for product, _least in shelf.get(family.code, ()) if product.risk is not None]
        free = is_free(family.regime, family.risk or None, rules)
        return family.risk if free else min(told, default=family.risk)

    return tuple(replace(family, risk=mildest(family)) for family in every)


def shelf_of(conn: Connection, rules: Rules) -> Shelf:
    """The products of the product sheet that can still be bought, by family."""
    found: dict[str, list[tuple[Offered, int | None]]] = {}
    p = products.c
    rated = _sold_as(conn, rules)
    for row in conn.execute(select(products).order_by(p.product_code)):
        risk = level(row.product_risk, rules)
        family = family_of(row.category, row.product_name, risk, families())
        if family is None or (row.maturity_date and row.maturity_date <= today().isoformat()):
            continue
        regime = regime_of(family.regime, row.category, row.product_name, row.risk_notice, rules)
        product = Offered(
            row.product_name or row.product_code, regime, issuer_risk=risk, seller_risk=rated.get(row.product_code),
            term_days=row.term_days, product_code=row.product_code,
        )  # fmt: skip
        found.setdefault(family.code, []).append((product, row.min_amount))
    return found


def _sold_as(conn: Connection, rules: Rules) -> dict[str, int]:
    """The highest level that the newest list of holdings gives a product, by its code: head office's own rating beside
    the issuer's on the product sheet (domain 8.1: where they differ, the higher counts)."""
    h = holdings.c
    newest = select(func.max(h.month)).where(h.kind == "holding").scalar_subquery()
    asked = (
        select(h.product_code, h.product_risk)
        .distinct()
        .where(
            h.month == newest, h.kind == "holding", h.product_code.is_not(None), h.product_risk.is_not(None)
        )
    )
    found: dict[str, int] = {}
    for code, told in conn.execute(asked):
        risk = level(told, rules)
        if risk is not None:
            found[code] = max(risk, found.get(code, 0))
    return found
