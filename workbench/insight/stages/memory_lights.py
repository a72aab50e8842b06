"""The lights of past months by the rules of the check, computed over the months in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Column, ColumnClause, ColumnElement, Connection, FromClause, select, table
from sqlalchemy.sql import visitors
from sqlalchemy.sql.expression import column
from sqlalchemy.sql.selectable import NamedFromClause

from db.tables import customers, snapshots
from workbench.base.columns import ColumnValues, Unclear
from workbench.base.columnwise import Columnwise
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr
from workbench.insight.churn.statement import CheckStatement
from workbench.insight.churn.window import BACK
from workbench.insight.levels.folding import Flags, Wholes
from workbench.insight.stages.lines import UNKNOWN
from workbench.insight.stages.month_columns import ColumnTable, MonthColumns, table_of

#: customers at once
_CHUNK = 65_536
_Named = ColumnClause[Any]


class MonthsInMemory:
    """The months in memory as the window of a month reads them."""

    def __init__(self, columns: MonthColumns, month: str) -> None:
        listed = (columns.months.get(shift_month(month, -back)) for back in range(BACK + 1))
        self._of = [
            _described(back, columns.names - set(() if one is None else one.columns))
            for back, one in enumerate(listed)
        ]

    def of(self, back: int) -> NamedFromClause:
        """The table of a month so many back."""
        return self._of[back]

    def here(self, months: FromClause, month: str) -> ColumnElement[bool]:
        """Never asked of a database."""
        return months.c.customer_id == customers.c.id


@lru_cache(maxsize=64)
def _described(back: int, empty: frozenset[str]) -> NamedFromClause:
    """The table of a month without what no row of it fills; with what was not read, so that who looks at it learns so."""
    names = (one for one in snapshots.columns if one.name not in empty)
    return table("months", *(column(one.name, one.type) for one in names)).alias(f"m{back}")


def looked_at_by(check: CheckStatement) -> set[str]:
    """The columns of the months that the light of a check follows from."""
    parts, ones, lit = check.light_figures()
    kept, steps = check.window.figures_by_name
    layers: Sequence[Mapping[str, Expr]] = (ones, parts, {**steps, **kept})
    names: set[str] = set()
    seen: set[tuple[int, str]] = set()
    ahead = [(lit, 0), (parts["S3"], 2)]
    while ahead:
        figure, layer = ahead.pop()
        for one in (one for one in visitors.iterate(figure) if isinstance(one, ColumnClause)):
            if one.table is not None:
                names.add(one.name)
                continue
            # what is none of the fused figures is a part
            at = next((at for at in range(layer, len(layers)) if one.name in layers[at]), None)
            if at is not None and (at, one.name) not in seen:
                seen.add((at, one.name))
                ahead.append((layers[at][one.name], min(at + 1, len(layers) - 1)))
    return names & {one.name for one in snapshots.columns}


class CustomerColumns:
    """Figures over the customers' own columns alone, which are the same in every month: each asked for once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._tables: dict[str, tuple[Expr, ColumnTable]] = {}

    def table(self, name: str, figure: Expr) -> ColumnTable:
        """The table that has a figure as the column `name`."""
        known = self._tables.get(name)
        if known is None or not known[0].compare(figure):
            query = select(customers.c.id.label("customer_id"), figure.label(name)).where(figure.is_not(None))
            only = query.subquery("people")
            known = self._tables[name] = figure, table_of(self._conn, only, "customer_id")
        return known[1]


def _of_people(figure: Expr) -> bool:
    """Whether a figure is over customers' own columns alone."""
    named = [one for one in visitors.iterate(figure) if isinstance(one, ColumnClause)]
    return bool(named) and all(isinstance(one, Column) and one.table is customers for one in named)


@dataclass(frozen=True)
class MemoryLights:
    """The heights of the lights of a month, of the customers `ids` that it lists."""

    conn: Connection
    check: CheckStatement
    columns: MonthColumns
    people: CustomerColumns
    ids: Wholes

    def heights(self) -> Wholes:
        """0 to 3, UNKNOWN where the check cannot tell. Raises Unclear where a rule or what it looks at is not computed here."""
        parts = [self._part(start) for start in range(0, len(self.ids), _CHUNK)]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def _part(self, start: int) -> Wholes:
        chunk = _Chunk(self, slice(start, min(start + _CHUNK, len(self.ids))))
        number = len(self.ids[chunk.rows])
        with np.errstate(all="ignore"):
            lit, fall = chunk.light()
        heights = np.broadcast_to(lit.data, number).astype(np.int64)
        blind = np.broadcast_to(np.False_ if fall.known is None else ~fall.known, number)
        return np.where((heights == 0) & blind, UNKNOWN, heights)

    @cached_property
    def figures(self) -> tuple[Mapping[str, Expr], Mapping[str, Expr], Expr]:
        """See `CheckStatement.light_figures`."""
        return self.check.light_figures()

    @cached_property
    def facts(self) -> dict[str, tuple[ColumnTable, Wholes, Flags]]:
        """The months by 'm' and how many back, and the facts beside them by name; with the places of the customers."""
        window = self.check.window
        tables = {f"m{back}": self.columns.months.get(month) for back, month in enumerate(window.months)}
        known = {name: one for name, one in tables.items() if one is not None}
        known |= {one.name: table_of(self.conn, one, "customer_id") for one in window.joined}  # type: ignore[attr-defined]
        sums = window.flow_sums
        if sums is not None:
            known[_FLOWS] = table_of(self.conn, sums, "flow_customer")
        return {name: (one, *one.places(self.ids)) for name, one in known.items()}

    @cached_property
    def own(self) -> frozenset[str]:
        """The names of the kept figures over customers' own columns alone."""
        kept, _steps = self.check.window.figures_by_name
        return frozenset(name for name, figure in kept.items() if _of_people(figure))

    def of_people(self, name: str) -> tuple[ColumnTable, Wholes, Flags]:
        """The table of one of these, with the places of the customers."""
        if (own := f"own {name}") not in self.facts:
            known = self.people.table(name, self.check.window.figures_by_name[0][name])
            self.facts[own] = known, *known.places(self.ids)
        return self.facts[own]


#: the name that the sums of transactions have among the facts
_FLOWS = "flow_sums"


class _Chunk:
    """Some customers of a month; each figure is computed when one that needs it is."""

    def __init__(self, of: MemoryLights, rows: slice) -> None:
        self.rows = rows
        self._of = of
        self._kept: dict[tuple[str, str], ColumnValues] = {}

    def light(self) -> tuple[ColumnValues, ColumnValues]:
        """The height of the light, and the grade of the fall of assets."""
        parts, ones, lit = self._of.figures
        raw = Columnwise(self._raw)
        kept, steps = self._of.check.window.figures_by_name

        def figure(one: _Named) -> ColumnValues:
            return self._once("figure", one.name, lambda: raw_or_figure(one))

        over_figures = Columnwise(figure)

        def raw_or_figure(one: _Named) -> ColumnValues:
            if one.name in self._of.own:
                return self._at(one.name, *self._of.of_people(one.name))
            return raw.of(kept[one.name]) if one.name in kept else over_figures.of(steps[one.name])

        def part(one: _Named) -> ColumnValues:
            return self._once("part", one.name, lambda: over_figures.of(parts[one.name]))

        over_parts = Columnwise(part)

        def fused(one: _Named) -> ColumnValues:
            if one.name not in ones:
                return part(one)
            return self._once("fused", one.name, lambda: over_parts.of(ones[one.name]))

        return Columnwise(fused).of(lit), part(column("S3"))

    def _once(self, kind: str, name: str, computed: Any) -> ColumnValues:
        key = (kind, name)
        if key not in self._kept:
            self._kept[key] = computed()
        return self._kept[key]

    def _raw(self, one: _Named) -> ColumnValues:
        of = None if one.table is None else one.table.name  # type: ignore[attr-defined]
        return self._once(f"raw {of}", one.name, lambda: self._looked_up(one, of))

    def _looked_up(self, one: _Named, of: str | None) -> ColumnValues:
        known = self._of.facts.get(of or _FLOWS)
        if known is None or one.name not in known[0].columns:
            raise Unclear(one.name)
        return self._at(one.name, *known)

    def _at(self, name: str, known: ColumnTable, places: Wholes, here: Flags) -> ColumnValues:
        some = here[self.rows]
        return known.at(name, places[self.rows], None if some.all() else some)
