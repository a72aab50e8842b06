"""The product sheets of a book as values."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from db.playbook import product_sheets
from workbench.insight.selling.sheet import ListedProduct, ProductSheet


def sheets_of(conn: Connection, listed: Mapping[str, ListedProduct]) -> tuple[ProductSheet, ...]:
    """The sheets of a book with the figures of the list: 引流, 粘性, 利润, each by its code."""
    made = []
    for row in conn.execute(select(product_sheets)).mappings():
        body, product = json.loads(row["body"]), listed.get(row["code"])
        made.append(
            ProductSheet(
                row["id"], row["code"], product.name if product else row["name"], body["template"], body["role"],
                body["model"], body["margin"], product.regime if product else body["regime"], body["texts"], body["review"],
                row["made"], product,
            )
        )  # fmt: skip
    order = ("lead", "sticky", "profit")
    return tuple(sorted(made, key=lambda one: (order.index(one.role), one.code)))
