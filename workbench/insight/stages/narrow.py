"""Many months for many checks: what the rules look at, of the customers who can have a light, copied into a table that is
quick to look things up in; it goes with the transaction's connection or when it is dropped."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.sql.expression import column
from sqlalchemy.sql.selectable import NamedFromClause

from db.stores.store import store_of
from db.tables import snapshots
from workbench.insight.levels.folding import Wholes

_s = snapshots.c
#: what is always there: the month itself says whether a list has the customer
_KEYS = ("customer_id", "month")
_ABLE = Table(
    "stages_able",
    MetaData(),
    Column("customer_id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class NarrowMonths:
    """The copy: its table, and the columns that any row of it fills."""

    table: Table
    filled: Sequence[str]

    def over(self, back: int) -> NamedFromClause:
        """The table of a month so many back, for `Window`."""
        return self._over[back]

    @cached_property
    def _over(self) -> list[NamedFromClause]:
        own = self.table.c
        filled = table(self.table.name, *(column(name, own[name].type) for name in (*_KEYS, *self.filled)))
        return [filled.alias(f"m{back}") for back in range(14)]

    @property
    def able(self) -> Select[tuple[int]]:
        """The customers in it."""
        return select(_ABLE.c.customer_id)


@contextmanager
def narrow_months(
    conn: Connection, months: Sequence[str], names: Sequence[str], able: Wholes
) -> Iterator[NarrowMonths]:
    """A copy of some columns of the months, of the customers `able` (ids), for as long as the block lasts."""
    names = [name for name in names if name not in _KEYS]
    own = Table(
        "stages_months",
        MetaData(),
        Column("customer_id", Integer, nullable=False),
        Column("month", Text, nullable=False),
        *(Column(name, _s[name].type) for name in names),
        PrimaryKeyConstraint("customer_id", "month"),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
    )
    _ABLE.create(conn)
    store_of(conn).insert_rows(conn, _ABLE, ["customer_id"], ([one] for one in np.sort(able).tolist()))
    own.create(conn)
    columns = [_s[name] for name in (*_KEYS, *names)]
    rows = select(*columns).where(
        _s.month.between(months[0], months[-1]), _s.customer_id.in_(select(_ABLE.c.customer_id))
    )
    conn.execute(
        insert(own).from_select([one.name for one in columns], rows.order_by(_s.customer_id, _s.month))
    )
    counted: Sequence[Any] = conn.execute(select(*(func.count(own.c[name]) for name in names))).one()
    filled = [name for name, count in zip(names, counted, strict=True) if count]
    try:
        yield NarrowMonths(own, filled)
    finally:
        own.drop(conn)
        _ABLE.drop(conn)
