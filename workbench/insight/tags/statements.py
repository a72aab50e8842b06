"""The statements of one computation: each layer is one set-based INSERT … SELECT over the layers below it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CTE,
    Connection,
    FromClause,
    Insert,
    Select,
    Table,
    Text,
    cast,
    delete,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import NullType

from db.known import tag_marks
from db.stores.planning import add_columns, few_rows, made_ready, reads_every_customer
from db.tables import customers
from workbench.base.expressions import Expr, always_null, untold
from workbench.base.terms import Kind, Term
from workbench.insight.measures.scope import Scope, Second
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.layers import LAYERS, TYPES, Layers, Run, layer_table
from workbench.insight.tags.measured import Facts, Step, first_step, second_step
from workbench.insight.tags.resolver import LayerResolver
from workbench.people.corrections import in_force, stored_value
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.tags.library import Library


@dataclass(frozen=True, slots=True)
class Filling:
    """How a layer is filled. `run`: with its columns and those of the layers below; `valued`: those of the layer that are
    not NULL in every row."""

    number: int
    run: Run
    valued: Mapping[str, Kind]
    statement: Insert


class Pass:
    """Computes layers within one transaction.

    Corrections in force replace the computed values, so that tags which rest on a corrected fact follow it (domain 0-6).
    """

    def __init__(
        self, conn: Connection, scope: Scope, rules: Rules, library: "Library", custom: tuple[Term, ...]
    ) -> None:
        self._conn = conn
        self._scope = scope
        self._rules = rules
        self._library = library
        self._custom = custom
        #: columns computed so far that are NULL in every row: what is computed over them need not look
        self._untold: set[str] = set()
        by_hand = (tag.column for tag in library.live if tag.by == "hand")
        #: columns that somebody corrected, or gives by hand
        self._hand = {*by_hand, *(name for _id, name, _value in self._corrections(scope.only))}

    # -- tables --------------------------------------------------------------------------------------------

    def first(self, run: Run) -> Filling:
        """How the first step of the raw layer is filled."""
        step = first_step(self._scope, self._rules, self._custom, {})
        return self._filling(run, 0, step.kinds, self._first(step, step.kinds))

    def above(self, run: Run, reading: Connection) -> list[Filling]:
        """How the layers are filled that a run has no columns of yet, the lowest first. Executes nothing, so that a thread
        with a connection of its own may prepare them while the database fills those below."""
        fillings: list[Filling] = []
        for number in LAYERS:
            if number in run.columns:
                continue
            if number == 1:
                step, statement = self._second(run.table(0), {})
                kinds = step.kinds
            else:
                kinds, statement = self._tags(run, number, reading=reading)
            fillings.append(self._filling(run, number, kinds, statement))
            run = fillings[-1].run
            made_ready(reading, fillings[-1].statement)
        return fillings

    def fill(self, filling: Filling) -> Run:
        """Makes the table of a layer anew and fills it; returns the run with its columns."""
        table = filling.run.table(filling.number)
        table.drop(self._conn, checkfirst=True)
        valued = layer_table(filling.number, filling.valued)
        first = table if few_rows(self._conn, customers) else valued
        self._conn.execute(CreateTable(first))
        reads_every_customer(self._conn)
        self._conn.execute(filling.statement)
        # in many rows what is NULL in every one comes last: a column added to rows takes no room in them
        add_columns(self._conn, table, [column.name for column in table.c if column.name not in first.c])
        self._by_hand(filling.run, filling.number, table, None)
        for index in table.indexes:  # once the rows are there: in their order it costs next to nothing
            index.create(self._conn)
        return filling.run

    def some(self, run: Run, only: frozenset[int]) -> None:
        """Computes the rows of the scope's customers (`only`) in all layers, which keep their columns."""
        first = first_step(self._scope, self._rules, self._custom, {})
        for number in LAYERS:
            table = run.table(number)
            self._conn.execute(delete(table).where(table.c.customer_id.in_(only)))
            if number == 0:
                statement = self._first(first, run.columns[0])
            elif number == 1:
                statement = self._second(run.table(0), {})[1]
            else:
                statement = self._tags(run, number, only)[1]
            self._conn.execute(_into(table, statement))
            self._by_hand(run, number, table, only)

    # -- one customer, nothing stored ------------------------------------------------------------------------

    def values(self, run: Run, facts: Facts) -> dict[str, Any] | None:
        """Every column of every layer of the scope's one customer; None when the month does not list him.

        `facts` replace stored trails and check results. Nothing is stored.
        """
        corrected = self._corrected()
        first = first_step(self._scope, self._rules, self._custom, facts)
        chain: dict[int, FromClause] = {0: _cte(self._first(first, first.kinds, corrected), 0)}
        second, statement = self._second(chain[0], facts, corrected)
        chain[1] = _cte(statement, 1)
        run = replace(run, columns={0: first.kinds, 1: second.kinds})
        for number in LAYERS[2:]:
            kinds, statement = self._tags(run, number, tables=chain, corrected=corrected)
            run = replace(run, columns={**run.columns, number: kinds})
            chain[number] = _cte(statement, number)
        base, *others = chain.values()
        source = base
        for other in others:
            source = source.join(other, other.c.customer_id == base.c.customer_id)
        columns = [
            table.c[name] for number, table in chain.items() for name in run.columns[number] if name[0] != "_"
        ]
        row = self._conn.execute(select(*columns).select_from(source)).mappings().first()
        return None if row is None else dict(row)

    def _corrected(self) -> dict[str, str | None]:
        rows = in_force(self._conn, self._scope.day, self._scope.only)
        marks = {row.code: row.value for row in self._marks(self._scope.only)}
        tags = {tag.code: tag for tag in self._library.live if tag.by == "hand"}
        hands = {
            tags[code].column: _marked(tags[code], value) for code, value in marks.items() if code in tags
        }
        return {**hands, **{row.key: row.value for row in rows}}

    # -- parts -----------------------------------------------------------------------------------------------

    def _filling(self, run: Run, number: int, kinds: Mapping[str, Kind], statement: Select[Any]) -> Filling:
        run = replace(run, columns={**run.columns, number: kinds})
        valued = {name: kind for name, kind in kinds.items() if name not in self._untold}
        figures = [
            column for column in statement.selected_columns if column.key not in kinds or column.key in valued
        ]
        return Filling(
            number, run, valued, _into(layer_table(number, valued), statement.with_only_columns(*figures))
        )

    def _first(
        self, step: Step, kinds: Mapping[str, Kind], corrected: Mapping[str, str | None] | None = None
    ) -> Select[Any]:
        """The columns of the first step in the order of `kinds`; NULL for one that no list reports any more."""
        columns = {
            name: step.columns.get(name, cast(None, TYPES.get(kind, Text))) for name, kind in kinds.items()
        }
        return self._scope.statement(self._settled(columns, kinds, corrected or {}))

    def _second(
        self, base: FromClause, facts: Facts, corrected: Mapping[str, str | None] | None = None
    ) -> tuple[Step, Select[Any]]:
        second = Second(self._scope, base, self._untold)
        step = second_step(second, self._rules, facts)
        return step, second.statement(self._settled(step.columns, step.kinds, corrected or {}))

    def _tags(
        self,
        run: Run,
        number: int,
        only: frozenset[int] | None = None,
        *,
        reading: Connection | None = None,
        tables: Mapping[int, FromClause] | None = None,
        corrected: Mapping[str, str | None] | None = None,
    ) -> tuple[dict[str, Kind], Select[Any]]:
        """The columns of a layer of tags, and the statement that computes them."""
        below = tables or {n: run.table(n) for n in run.columns if n < number}
        layers = Layers(run, lambda: self._library.vocabulary, below, self._untold)
        resolver = LayerResolver(layers, reading or self._conn)
        live = self._library.layer(number)
        kinds: dict[str, Kind] = {tag.column: tag.kind for tag in live}
        computed = {tag.column: self._expression(tag, resolver) for tag in live}
        columns = self._settled(computed, kinds, corrected or {})
        statement = select(
            layers.customer_id.label("customer_id"), *(e.label(name) for name, e in columns.items())
        ).select_from(layers.source(resolver.names))
        statement = statement.order_by(layers.customer_id)
        if only is not None:
            statement = statement.where(layers.customer_id.in_(only))
        return kinds, statement

    def _settled(
        self, columns: Mapping[str, Expr], kinds: Mapping[str, Kind], corrected: Mapping[str, str | None]
    ) -> dict[str, Expr]:
        """The columns as they are computed: by the correction of one that has one, and NULL for one that can be nothing else,
        which is noted unless somebody gave it by hand."""
        settled: dict[str, Expr] = {}
        for name, column in columns.items():
            if name in corrected:
                settled[name] = self._literal(corrected[name], kinds[name])
            elif untold(column):
                # of its own type: what is computed over it must be of the same on every store
                plain = isinstance(column.type, NullType)
                settled[name] = cast(None, TYPES.get(kinds[name], Text)) if plain else always_null(column)
                if name not in self._hand:
                    self._untold.add(name)
            else:
                settled[name] = column
        return settled

    def _expression(self, tag: Tag, resolver: LayerResolver) -> Expr:
        rule = self._library.ruled(tag.code)
        if tag.by == "hand" or rule is None:
            return literal(0) if tag.missing == "no" else cast(None, TYPES.get(tag.kind, Text))
        return rule.expression(resolver)

    @staticmethod
    def _literal(value: str | None, kind: Kind) -> Expr:
        return cast(literal(stored_value(value, kind)), TYPES.get(kind, Text))

    # -- marks and corrections ----------------------------------------------------------------------------------

    def _by_hand(self, run: Run, number: int, table: Table, only: frozenset[int] | None) -> None:
        """Writes tags given by hand, then corrections, into the rows of a layer."""
        kinds = run.columns[number]
        for customer, name, value in (*self._given_tags(only), *self._corrections(only)):
            if name in kinds:
                values = {name: stored_value(value, kinds[name])}
                self._conn.execute(update(table).where(table.c.customer_id == customer).values(values))

    def _given_tags(self, only: Collection[int] | None) -> Iterator[tuple[int, str, str | None]]:
        tags = {tag.code: tag for tag in self._library.live if tag.by == "hand"}
        for row in self._marks(only):
            if row.code in tags:
                yield row.customer_id, tags[row.code].column, _marked(tags[row.code], row.value)

    def _marks(self, only: Collection[int] | None) -> list[Any]:
        m, day = tag_marks.c, self._scope.day
        query = (
            select(tag_marks).where(m.date <= day, (m.expires.is_(None)) | (m.expires > day)).order_by(m.id)
        )
        return list(self._conn.execute(query if only is None else query.where(m.customer_id.in_(only))))

    def _corrections(self, only: Collection[int] | None) -> Iterator[tuple[int, str, str | None]]:
        for row in in_force(self._conn, self._scope.day, only):
            yield row.customer_id, row.key, row.value


def _marked(tag: Tag, value: str | None) -> str | None:
    """The value of a tag given by hand: 1 for a flag, else the value given with it."""
    return "1" if tag.kind == "flag" and value is None else value


def _into(table: Table, statement: Select[Any]) -> Insert:
    return insert(table).from_select(list(table.c.keys()), statement, include_defaults=False)


def _cte(statement: Select[Any], number: int) -> CTE:
    return statement.cte(f"layer_{number}").prefix_with("MATERIALIZED")
