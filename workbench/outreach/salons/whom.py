"""Whom a salon is for: customers by their numbers, by a condition of the picker, or by a saved list."""

import re

from sqlalchemy import select

from db.engine import Book
from db.tables import customers
from workbench.base.errors import in_words
from workbench.insight.picking.question import ConditionReader
from workbench.insight.tags.engine import Engine
from workbench.people.find import no_such_customer

_BETWEEN = re.compile(r"[\s,;,;、]+")


def meant(book: Book, engine: Engine, text: str) -> list[int]:
    """The ids of the customers that a text means, in order: customer numbers, else a condition, in which list('…') names a saved
    list.

    Raises WorkbenchError no_such_customer, bad_expression, no_such_list, no_data.
    """
    words = [one for one in _BETWEEN.split(text.strip()) if one]
    with in_words(), book.read() as conn:
        c = customers.c
        query = select(c.customer_no, c.id).where(c.customer_no.in_(words))
        by_number: dict[str, int] = {row.customer_no: row.id for row in conn.execute(query)}
    if words and (by_number or all(one.isdigit() for one in words)):
        missing = next((one for one in words if one not in by_number), None)
        if missing is not None:
            raise no_such_customer(missing)
        return list(dict.fromkeys(by_number[one] for one in words))
    engine.ensure()
    with in_words(), book.read() as conn:
        return ConditionReader(conn, engine.layers(conn), text).ids(None, descending=True, without=())
