"""The products of head office's list with their figures, the regime and the date of the list."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.record import batches
from db.tables import products
from workbench.base.dates import today
from workbench.insight.products.offers import Shelf
from workbench.insight.selling.sheet import ListedProduct
from workbench.insight.shelf.families import families
from workbench.insight.shelf.on_list import honest_name, is_over, last_day
from workbench.rules.parameters import Rules


def listed_products(conn: Connection, shelf: Shelf, rules: Rules) -> Mapping[str, ListedProduct]:
    """The products of the list that have not matured, by code, in the order of the families."""
    on, p = today().isoformat(), products.c
    query = select(
        p.product_code, p.benchmark, p.quota, p.start_date, p.open_date, p.maturity_date, batches.c.as_of
    ).outerjoin(batches, batches.c.id == p.batch_id)
    rows = {row["product_code"]: row for row in conn.execute(query).mappings()}
    made = {}
    for family in families():
        for one, entry in shelf.get(family.code, ()):
            row = rows.get(one.product_code)
            if row is None:
                continue
            name = honest_name(one.name, one.product_code, one.regime, rules)
            made[one.product_code] = ListedProduct(
                one.product_code, name, family.shown, one.regime, one.risk, one.term_days, entry, row["benchmark"],
                row["quota"], last_day(row, on), row["as_of"], on_sale=not is_over(row, on),
            )  # fmt: skip
    return made
