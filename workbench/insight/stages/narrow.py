"""Many months for many checks: what the rules look at, of the customers who can have a light, copied into a table that is
quick to look things up in; it goes with the transaction's connection or when it is dropped.

A row's key is a number: the month's place times a stride, plus the customer. So the rows of a month lie side by side in the
order in which a check walks the customers, and the next one is one step further.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.sql.expression import column
from sqlalchemy.sql.selectable import NamedFromClause

from db.stores.store import store_of
from db.tables import customers, snapshots
from workbench.insight.churn.window import BACK
from workbench.insight.levels.folding import Wholes

_s = snapshots.c
#: what is always there: the key, and the month, which says whether a list has the customer
_KEYS = ("place", "month")
#: the table's own key where SQLite is to walk it
_KEY = BigInteger().with_variant(Integer, "sqlite")
_ABLE = Table(
    "stages_able",
    MetaData(),
    Column("customer_id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class NarrowMonths:
    """The copy, as a window reads it: its table, the columns that any row of it fills, the place of the first month."""

    table: Table
    filled: Sequence[str]
    first: str
    stride: int

    def of(self, back: int) -> NamedFromClause:
        """The table of a month so many back."""
        return self._of[back]

    def here(self, months: FromClause, month: str) -> ColumnElement[bool]:
        """Whether a row of it is a customer's in a month."""
        start = (_number(month) - _number(self.first)) * self.stride
        # the bounds are for a server, which would look at the rows of every month
        return and_(
            months.c.place == customers.c.id + start, months.c.place.between(start, start + self.stride - 1)
        )

    @cached_property
    def _of(self) -> list[NamedFromClause]:
        own = self.table.c
        filled = table(self.table.name, *(column(name, own[name].type) for name in (*_KEYS, *self.filled)))
        return [filled.alias(f"m{back}") for back in range(BACK + 1)]

    @property
    def able(self) -> Select[tuple[int]]:
        """The customers in it."""
        return select(_ABLE.c.customer_id)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


@contextmanager
def narrow_months(
    conn: Connection, months: Sequence[str], names: Sequence[str], able: Wholes
) -> Iterator[NarrowMonths]:
    """A copy of some columns of the months from the first to the last of `months`, of the customers `able` (ids), for as long
    as the block lasts."""
    names = [name for name in names if name not in _KEYS]
    own = Table(
        "stages_months",
        MetaData(),
        Column("place", _KEY, primary_key=True, autoincrement=False),
        Column("month", Text, nullable=False),
        *(Column(name, _s[name].type) for name in names),
        prefixes=["TEMPORARY"],
    )
    _ABLE.create(conn)
    store_of(conn).insert_rows(conn, _ABLE, ["customer_id"], ([one] for one in np.sort(able).tolist()))
    own.create(conn)
    first, stride = months[0], int(able.max(initial=0)) + 1
    number = cast(func.substr(_s.month, 1, 4), _KEY) * 12 + cast(func.substr(_s.month, 6, 2), _KEY)
    place = (number - _number(first)) * stride + _s.customer_id
    rows = select(place, _s.month, *(_s[name] for name in names)).where(
        _s.month.between(first, months[-1]), _s.customer_id.in_(select(_ABLE.c.customer_id))
    )
    conn.execute(insert(own).from_select([*_KEYS, *names], rows))
    counted: Sequence[Any] = conn.execute(select(*(func.count(own.c[name]) for name in names))).one()
    filled = [name for name, count in zip(names, counted, strict=True) if count]
    try:
        yield NarrowMonths(own, filled, first, stride)
    finally:
        own.drop(conn)
        _ABLE.drop(conn)
