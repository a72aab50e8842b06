"""Columns of whole months read as packed texts: one text a column, since a value for each customer would be made into an
object of its own."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, and_, cast, func, literal, select

from db.stores.planning import reads_every_customer
from db.tables import customers, snapshots

#: up to so many months are looked up customer by customer; more are read as they lie in the table, so many rows at once
_FEW = 4
_CHUNK = 20_000
_s = snapshots.c


def packed_months(
    conn: Connection, months: Sequence[str], columns: Sequence[Any]
) -> dict[str, list[tuple[NDArray[np.int64], ...]]]:
    """For each month 'YYYY-MM' the parts that it is read in, in no order: the customers' ids, then each of the columns of
    whole numbers, which are never NULL."""
    reads_every_customer(conn)
    packed = [func.aggregate_strings(cast(one, Text), ",") for one in (_s.customer_id, *columns)]
    parts: dict[str, list[tuple[NDArray[np.int64], ...]]] = {month: [] for month in months}
    queries = _all(conn, months, packed) if len(months) > _FEW else (_one(month, packed) for month in months)
    for query in queries:
        for month, *texts in conn.execute(query):
            parts[month].append(tuple(np.fromstring(text, dtype=np.int64, sep=",") for text in texts))
    return parts


def _one(month: str, packed: Sequence[Any]) -> Select[Any]:
    """The packed columns of one month: the customers are walked and found in it by key."""
    listed = and_(_s.customer_id == customers.c.id, _s.month == month)
    # coalesce keeps the planner from reading every month
    return (
        select(literal(month), *packed)
        .select_from(customers.outerjoin(snapshots, listed))
        .where(func.coalesce(_s.month, "") == month)
        .having(func.count() > 0)
    )


def _all(conn: Connection, months: Sequence[str], packed: Sequence[Any]) -> Iterator[Select[Any]]:
    """The packed columns of many months, in the order in which the rows lie there."""
    first, last = conn.execute(select(func.min(_s.id), func.max(_s.id))).one()
    for start in range(first or 0, (last or -1) + 1, _CHUNK):
        here = and_(_s.id.between(start, start + _CHUNK - 1), _s.month.in_(months))
        yield select(_s.month, *packed).where(here).group_by(_s.month)
