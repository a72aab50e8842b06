"""Figures kept in the book, one row per customer, so that no month need be read again: what a check or the tags look at.

A standing table is named `standing_…`; its columns are data (whatever its SELECT gives), so it is no part of the schema.
It is never trusted without its run in `standing_runs`, which goes when a change of customers throws away all that is
computed. To have one:

    standing = Standing("check")
    run = standing.run(conn)                                 # None, or what it stands on
    standing.fill(conn, StandingRun(...), statement)         # anew: the SELECT gives customer_id first, then the figures
    standing.fill(conn, StandingRun(...), statement, only)   # only these customers: the SELECT takes them as `named`
    standing.source(run)                                     # a FROM with .c.customer_id and .c[figure]

A value keeps its own type, a whole number stays one. Filled inside `Book.derive()`; an import has it filled by
`Insight.bring_forward`.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, FromClause, Insert, Select, column, delete, insert, select, table, text

from db.known import standing_runs
from db.stores.planning import reads_every_customer


@dataclass(frozen=True, slots=True)
class StandingRun:
    """What a standing table stands on: the month 'YYYY-MM', the book's revision, and all else that its figures follow
    from (`basis`: version of rules and code, lists reported, in any form that tells them apart)."""

    month: str
    revision: int
    basis: str
    #: filled in by `Standing.fill`: the figures, without the customer
    columns: tuple[str, ...] = ()


class Standing:
    """One standing table, by its name ('check': the table `standing_check`). `first`: its figures that are read of thousands
    at once; they stand in the index beside the customer, so that none of the wide rows is looked up for them."""

    def __init__(self, name: str, first: Sequence[str] = ()) -> None:
        self._name = name
        self._table = f"standing_{name}"
        self._first = first

    def run(self, conn: Connection) -> StandingRun | None:
        """What the table in the book stands on; None when there is none."""
        row = conn.execute(select(standing_runs).where(standing_runs.c.name == self._name)).first()
        if row is None:
            return None
        return StandingRun(row.month, row.revision, row.basis, tuple(json.loads(row.columns)))

    def source(self, run: StandingRun) -> FromClause:
        """The table with the columns of a run."""
        source: FromClause = _described(self._table, run.columns)
        return source

    def fill(
        self, conn: Connection, run: StandingRun, statement: Select[Any], only: Collection[int] | None = None
    ) -> StandingRun:
        """Makes the table anew, or sets the rows of the customers of `only`, and keeps the run, which is returned.

        The columns of `statement` begin with customer_id; with `only` they must be those in the book, and the statement takes
        their ids as its parameter `named`.
        """
        names = tuple(one.name for one in statement.selected_columns)
        kept = StandingRun(run.month, run.revision, run.basis, names[1:])
        target = _described(self._table, kept.columns)
        if only is None:
            reads_every_customer(conn)
            conn.execute(text(f"DROP TABLE IF EXISTS {self._table}"))
            conn.execute(statement.into(self._table))
            keys = ", ".join(("customer_id", *(name for name in self._first if name in kept.columns)))
            conn.execute(text(f"CREATE UNIQUE INDEX {self._table}_customer ON {self._table} ({keys})"))
        elif only:
            conn.execute(delete(target).where(target.c.customer_id.in_(only)))
            conn.execute(_put(target, statement), {"named": sorted(only)})
        conn.execute(delete(standing_runs).where(standing_runs.c.name == self._name))
        conn.execute(
            insert(standing_runs),
            {
                "name": self._name, "month": kept.month, "revision": kept.revision, "basis": kept.basis,
                "columns": json.dumps(kept.columns),
            },
        )  # fmt: skip
        return kept


@lru_cache(maxsize=4)
def _put(target: Any, statement: Select[Any]) -> Insert:
    """The same object for the same statement: to tell that its SQL is made already takes a while for some hundred columns."""
    return insert(target).from_select([one.name for one in statement.selected_columns], statement)


@lru_cache(maxsize=20)
def _described(name: str, columns: tuple[str, ...]) -> Any:
    """Equal columns give the same object, so that compiled SQL can be reused."""
    return table(name, column("customer_id"), *(column(one) for one in columns))
