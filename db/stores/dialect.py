"""PostgreSQL's SQL with SQLite's meaning, so that one statement of the rooms gives the same values on both stores.

What differs and is settled here: whole numbers have 64 bits and fractions 53; where NULL stands in an order; what sums
and means of whole numbers are; how a quotient of whole numbers, a rounding and a cast to a whole number come about.
"""

from typing import Any

from sqlalchemy import Cast, Column, ColumnElement, Select, Table, UnaryExpression, types
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ClauseElement, Null, _label_reference
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join

_NULLS_TOLD = (operators.nulls_first_op, operators.nulls_last_op)


def _is_whole(element: ColumnElement[Any]) -> bool:
    return element.type._type_affinity is types.Integer


class _Types(PGTypeCompiler):
    """SQLite's two kinds of number: 64-bit integers, 64-bit floats."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:
        return "BIGINT"

    def visit_FLOAT(self, type_: Any, **kw: Any) -> str:
        return "DOUBLE PRECISION"

    visit_REAL = visit_FLOAT


class _Statements(PGCompiler_psycopg):
    def order_by_clause(self, select: Any, **kw: Any) -> str:
        """Nothing told is less than everything told, unless the order says otherwise."""
        clauses = getattr(select, "_order_by_clauses", ())
        bare = isinstance(select, Select) and not _joined_outwards(select)
        texts = [self._ordered(clause, bare, **kw) for clause in clauses]
        return " ORDER BY " + ", ".join(texts) if texts else ""

    def visit_over(self, over: Any, **kw: Any) -> str:
        if over.order_by is None or not len(over.order_by):
            return super().visit_over(over, **kw)
        function = over.element._compiler_dispatch(self, **kw)
        order = ", ".join(self._ordered(clause, False, **kw) for clause in over.order_by.clauses)
        parts = over.partition_by
        within = f"PARTITION BY {parts._compiler_dispatch(self, **kw)} " if parts is not None and len(parts) else ""
        return f"{function} OVER ({within}ORDER BY {order})"

    def _ordered(self, clause: ClauseElement, bare: bool, **kw: Any) -> str:
        text: str = clause._compiler_dispatch(self, **kw)
        inner = clause.element if isinstance(clause, _label_reference) else clause
        modifier = inner.modifier if isinstance(inner, UnaryExpression) else None
        if modifier in _NULLS_TOLD:
            return text
        value = inner.element if isinstance(inner, UnaryExpression) and modifier is not None else inner
        if bare and isinstance(value, Column) and isinstance(value.table, Table) and not value.nullable:
            return text  # an index serves as it is
        return f"{text} NULLS {'LAST' if modifier is operators.desc_op else 'FIRST'}"

    def visit_truediv_binary(self, binary: BinaryExpression[Any], operator: Any, **kw: Any) -> str:
        left, right = (self.process(side, **kw) for side in (binary.left, binary.right))
        return f"{left} / CAST({right} AS DOUBLE PRECISION)"

    def visit_cast(self, cast: Cast[Any], **kw: Any) -> str:
        """To a whole number: what follows the point is lost, of a text its leading digits count, truth is 1 or 0."""
        if cast.type._type_affinity is not types.Integer:
            return super().visit_cast(cast, **kw)
        inner = cast.clause
        text = self.process(inner, **kw)
        kind = inner.type._type_affinity
        if kind is types.Integer or (isinstance(inner, Null) or getattr(inner, "value", 0) is None):
            return f"CAST({text} AS BIGINT)"
        if kind is types.Boolean:
            return f"CAST(CAST({text} AS INT) AS BIGINT)"
        if kind in (types.Float, types.Numeric):
            return f"CAST(trunc({text}) AS BIGINT)"
        text = f"CAST({text} AS TEXT)"
        leading = f"CAST(substring({text} FROM '^ *([+-]?[0-9]+)') AS BIGINT)"
        return f"CASE WHEN {text} IS NOT NULL THEN coalesce({leading}, 0) END"

    def visit_substr_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        text, *places = (self.process(part, **kw) for part in function.clauses)
        return f"substr({', '.join([text, *(f'CAST({place} AS INT)' for place in places)])})"

    def visit_ntile_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        return f"ntile(CAST({self.process(function.clauses, **kw)} AS INT))"

    def visit_sum_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        total = f"sum{self.function_argspec(function, **kw)}"
        return f"CAST({total} AS BIGINT)" if _is_whole(function) else total

    def visit_avg_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        return f"avg(CAST({self.process(function.clauses, **kw)} AS DOUBLE PRECISION))"


def _joined_outwards(select: Select[Any]) -> bool:
    """Whether a column that is never NULL in its table may be NULL in the rows of the select."""
    return any(
        isinstance(part, Join) and part.isouter
        for source in select.get_final_froms()
        for part in visitors.iterate(source)
    )


class PostgreSQL(PGDialect_psycopg):
    """PostgreSQL as this program speaks to it."""

    supports_statement_cache = True
    statement_compiler = _Statements
    type_compiler_cls = _Types


registry.register("postgresql.book", __name__, PostgreSQL.__name__)
