"""What offers are made from beside a customer's own values: what similar customers hold, which products are on sale."""

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
    """The column by which customers count as similar: the first of `fit.rows`; '' if this book does not have it."""
    first = rules.words("fit.rows")[0]
    return first if layers.vocabulary.find(first) else ""


#: value of a tag that says in which of several kinds a customer is, for one who is in none
NO_KIND = "none"


def alike_of(conn: Connection, layers: "Layers", rules: Rules) -> Alike:
    """The share of similar customers who hold each family; left out where fewer than `fit.least_alike` are reported."""
    name = alike_column(layers, rules)
    if not name:
        return Alike()
    kind = layers.column(name)
    holds = [layers.column(family.column) for family in families()]
    sums = [e for hold in holds for e in (func.count(hold), func.sum(hold))]
    query = (
        select(kind, *sums)
        .select_from(layers.source({name, *(family.column for family in families())}))
        # who is of no kind is like nobody
        .where(kind.is_not(None), kind != NO_KIND)
        .group_by(kind)
    )
    least = rules.whole("fit.least_alike")
    shares: dict[str, dict[str, float]] = {}
    for row in conn.execute(query):
        reported, held = row[1::2], row[2::2]
        shares[str(row[0])] = {
            family.code: of / n
            for family, n, of in zip(families(), reported, held, strict=True)
            if n >= least and of is not None
        }
    return Alike(name, dict(layers.vocabulary[name].values), shares)


def on_sale(every: tuple[Family, ...], shelf: Shelf, rules: Rules) -> tuple[Family, ...]:
    """The families, each with the lowest risk level among its products on the shelf; the family's own level where the
    product sheet tells none. Families of plain deposits keep theirs: there is always one without a level."""

    def mildest(family: Family) -> int:
        """The lowest level that a customer must bear to buy something of the family."""
        levels = [product.risk for product, _least in shelf.get(family.code, ()) if product.risk is not None]
        free = is_free(family.regime, family.risk or None, rules)
        return family.risk if free else min(levels, default=family.risk)

    return tuple(replace(family, risk=mildest(family)) for family in every)


def shelf_of(conn: Connection, rules: Rules) -> Shelf:
    """The products of the product sheet that have not matured, by family code, each with its minimum amount in fen."""
    by_family: dict[str, list[tuple[Offered, int | None]]] = {}
    p = products.c
    sellers_levels = _sold_as(conn, rules)
    for row in conn.execute(select(products).order_by(p.product_code)):
        risk = level(row.product_risk, rules)
        family = family_of(row.category, row.product_name, risk, families())
        if family is None or (row.maturity_date and row.maturity_date <= today().isoformat()):
            continue
        regime = regime_of(family.regime, row.category, row.product_name, row.risk_notice, rules)
        product = Offered(
            row.product_name or row.product_code, regime, issuer_risk=risk, seller_risk=sellers_levels.get(row.product_code),
            term_days=row.term_days, product_code=row.product_code,
        )  # fmt: skip
        by_family.setdefault(family.code, []).append((product, row.min_amount))
    return by_family


def _sold_as(conn: Connection, rules: Rules) -> dict[str, int]:
    """Product code -> its highest risk level on the newest list of holdings: the seller's rating, beside the issuer's
    on the product sheet (domain 8.1: where they differ, the higher counts)."""
    h = holdings.c
    newest = select(func.max(h.month)).where(h.kind == "holding").scalar_subquery()
    query = (
        select(h.product_code, h.product_risk)
        .distinct()
        .where(
            h.month == newest, h.kind == "holding", h.product_code.is_not(None), h.product_risk.is_not(None)
        )
    )
    levels: dict[str, int] = {}
    for code, rating in conn.execute(query):
        risk = level(rating, rules)
        if risk is not None:
            levels[code] = max(risk, levels.get(code, 0))
    return levels
