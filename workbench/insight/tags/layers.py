"""The tag layers in the book: five tables, one row per customer; the last run records their columns."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import (
    BooleanClauseList,
    Column,
    Connection,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
    select,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.util import find_tables

from db.known import tag_runs
from db.tables import customers
from workbench.base.expressions import REAL, WHOLE, Expr, always_null
from workbench.base.terms import Kind, Term, Vocabulary
from workbench.insight.tags.vocabulary import NAMING

#: the tables: 0 and 1 hold the raw layer in its two steps, 2 to 4 the layers of tags (domain 11.2)
LAYERS = (0, 1, 2, 3, 4)
#: columns of the first table that most statements and conditions read: first in their rows, and with the customer in an
#: index that is read instead of the table where nothing else is asked for; those that lists report are not always there
FIRST = (
    "balance", "average", "change", "light", "risk", "lum", "families", "days_since_touch",
    "change_share", "risk_level", "product_count", "holds_payroll",
)  # fmt: skip
#: kind of a term -> type of its column (text for all others)
TYPES: Mapping[str, Any] = {
    "money": WHOLE,
    "count": WHOLE,
    "flag": WHOLE,
    "number": REAL,
    "ratio": REAL,
}


@dataclass(frozen=True, slots=True)
class Run:
    """What the layers were computed for and from. `columns`: per layer, column -> kind.

    `given` is the digest of the data reported (a column of `tag_runs`).
    """

    month: str
    as_of: str
    day: str
    revision: int
    rule_version: str
    library: str
    given: str
    computed_at: str
    columns: Mapping[int, Mapping[str, Kind]]

    @property
    def raw(self) -> frozenset[str]:
        """The fields and measures of the raw layer."""
        return frozenset(name for number in (0, 1) for name in self.columns[number] if name[0] != "_")

    def table(self, layer: int) -> Table:
        """The table of a layer, with the columns of this run."""
        return layer_table(layer, self.columns[layer])


def layer_table(layer: int, columns: Mapping[str, Kind]) -> Table:
    """The table of a layer: the customer, then one column per figure or tag.

    Equal columns give the same object, so that compiled SQL can be reused.
    """
    return _described(layer, tuple(columns.items()))


@lru_cache(maxsize=30)
def _described(layer: int, columns: tuple[tuple[str, Kind], ...]) -> Table:
    table = Table(
        f"tags_{layer}",
        MetaData(),
        Column("customer_id", Integer, primary_key=True),
        *(Column(name, TYPES.get(kind, Text)) for name, kind in columns),
    )
    if layer == 0:
        Index(f"{table.name}_first", *(table.c[name] for name in ("customer_id", *FIRST) if name in table.c))
    return table


def last_run(conn: Connection) -> Run | None:
    """The run that the layers in the book come from; None when there are none."""
    row = conn.execute(select(tag_runs).order_by(tag_runs.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    columns = {int(layer): names for layer, names in json.loads(row.columns).items()}
    return Run(
        row.month,
        row.as_of,
        row.day,
        row.revision,
        row.rule_version,
        row.library,
        row.given,
        row.computed_at,
        columns,
    )


def by_customer(
    conn: Connection, month: str, name: str, only: Collection[int] | None = None, value: str | None = None
) -> dict[int, Any]:
    """The values of a column by customer id, without NULLs; of `only` some, None: of all; one `value` alone, None: any.

    Empty where the layers in the book are of another month or lack the column.
    """
    run = last_run(conn)
    if run is None or run.month != month:
        return {}
    layer = next((layer for layer in LAYERS if name in run.columns[layer]), None)
    if layer is None:
        return {}
    table = run.table(layer)
    query = select(table.c.customer_id, table.c[name]).where(table.c[name].is_not(None))
    if only is not None:
        query = query.where(table.c.customer_id.in_(only))
    if value is not None:
        query = query.where(table.c[name] == value)
    return {row[0]: row[1] for row in conn.execute(query)}


class Layers:
    """Reads the layers: finds the table of a column, and joins the tables that some columns need. `spoken` gives the words of
    conditions; whoever reads columns by name needs none, and the library of tags is not read for him."""

    def __init__(
        self,
        run: Run,
        spoken: Callable[[], Vocabulary],
        tables: Mapping[int, FromClause] | None = None,
        untold: Collection[str] = (),
    ) -> None:
        self.run = run
        self.spoken = spoken
        #: columns that are NULL in every row
        self._untold = untold
        self.tables = tables if tables is not None else {layer: run.table(layer) for layer in LAYERS}
        self._home = {name: layer for layer in self.tables for name in run.columns[layer]}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word of a condition over these layers."""
        return self.spoken()

    @property
    def month(self) -> str:
        """The month 'YYYY-MM' of the layers."""
        return self.run.month

    @property
    def as_of(self) -> str:
        """The data date (ISO) of the month."""
        return self.run.as_of

    @property
    def day(self) -> str:
        """The day that the figures are seen from (ISO)."""
        return self.run.day

    @cached_property
    def customer_id(self) -> Expr:
        """The customer of a row, in the first table."""
        return self.tables[0].c.customer_id

    def has(self, name: str) -> bool:
        """Whether a layer holds a term, or the customer's own row does."""
        return name in self._home or name in NAMING

    def column(self, name: str) -> Expr:
        """The column of a term; NULL in every row for one that no layer has."""
        if name in self._home:
            column: Expr = self.tables[self._home[name]].c[name]
            return always_null(column) if name in self._untold else column
        if name in NAMING:
            return customers.c[name]
        return cast(None, TYPES.get(self._kind(name), String))

    def _kind(self, name: str) -> str:
        term: Term | None = self.vocabulary.find(name)
        return term.kind if term else "text"

    def by_table(self, names: Iterable[str]) -> Iterator[tuple[FromClause, list[str]]]:
        """The tables that hold some columns, each with those that it holds; columns that no layer has are left out."""
        held: dict[int, list[str]] = {}
        for name in names:
            if name in self._home:
                held.setdefault(self._home[name], []).append(name)
        yield from ((self.tables[layer], some) for layer, some in sorted(held.items()))

    def source(self, names: Iterable[str] = (), condition: Expr | None = None) -> FromClause:
        """The first table, joined to the tables that hold these columns.

        Read from a narrower table where that alone refuses a customer who does not meet the condition, unless the index
        of the first table holds all that it is asked for.
        """
        wanted = set(names)
        layers = sorted({0, *(self._home[name] for name in wanted if name in self._home)})
        quick = all(name in FIRST for name in wanted if self._home.get(name) == 0)
        first = 0 if quick else self._narrowest(layers, condition)
        base = self.tables[first]
        # a sum is no key: SQLite cannot begin with the other table and look into this one
        key = base.c.customer_id + 0 if first else base.c.customer_id
        source: FromClause = base
        for layer in layers:
            if layer != first:
                other = self.tables[layer]
                source = source.join(other, other.c.customer_id == key)
        if wanted & NAMING:
            source = source.join(customers, customers.c.id == self.customer_id)
        return source

    def _narrowest(self, layers: Sequence[int], condition: Expr | None) -> int:
        """The layer with the fewest columns among those whose table alone a part of the condition reads; else 0."""
        parts = [] if condition is None else conjuncts(condition)
        read = [set(find_tables(part, check_columns=True, include_selects=True)) for part in parts]
        alone = [layer for layer in layers if {self.tables[layer]} in read]
        return min(alone, key=lambda layer: len(self.tables[layer].c), default=0)


def conjuncts(condition: Expr) -> list[Expr]:
    """The parts of a conjunction, those of parts that are one themselves among them; else the condition itself."""
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        return [part for clause in condition.clauses for part in conjuncts(clause)]
    return [condition]
