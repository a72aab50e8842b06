"""The customers behind the ids that lights are counted by."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import customers

#: more customers than this are not named: nobody reads them
_NAMED = 500


@dataclass(frozen=True, slots=True)
class NamedCustomer:
    """A customer as a list names him; the name unmasked."""

    customer_id: int
    customer_no: str
    name: str


def named(conn: Connection, ids: Collection[int]) -> dict[int, NamedCustomer]:
    """Customer id -> number and name, of at most 500 of the ids."""
    query = select(customers.c.id, customers.c.customer_no, customers.c.name).where(
        customers.c.id.in_(list(ids)[:_NAMED])
    )
    return {row.id: NamedCustomer(row.id, row.customer_no, row.name or "") for row in conn.execute(query)}
