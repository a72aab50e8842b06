"""Statements with SQLite's meaning on PostgreSQL, so that one statement of the rooms gives the same on both stores.

What differs and is settled here: where NULL stands in an order; what sums and means of whole numbers are; how a quotient
of whole numbers and a cast to a whole number come about. Functions of the rooms' own are in `db.functions`.
"""

from typing import Any

from sqlalchemy import Cast, Column, Select, Table, UnaryExpression, types
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    ClauseElement,
    FunctionFilter,
    Null,
    Over,
    _label_reference,
)
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Join

_NULLS_PLACED = (operators.nulls_first_op, operators.nulls_last_op)
#: told to the compiler of a function that stands before OVER or FILTER, where no cast may come between
_BARE = "without_cast"
#: What SQLAlchemy asks by when it looks at tables.
_OF_CATALOGUE = frozenset({"generate_subscripts"})

#: How a fraction begins; groups do not capture, so that PostgreSQL answers the whole.
_FRACTION = "[+-]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eE][+-]?[0-9]+)?"


class Statements(PGCompiler_psycopg):
    """Compiles them."""

    #: whether the arguments of a function of the system catalogue are being written
    _of_catalogue = False

    # -- orders --------------------------------------------------------------------------------------------

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        """Nothing told is less than everything told, unless the order says otherwise."""
        bare = isinstance(select, Select) and not _joined_outwards(select)
        texts = [self._ordered(clause, bare, **kw) for clause in select._order_by_clauses]
        return " ORDER BY " + ", ".join(texts) if texts else ""

    def visit_over(self, over: Over[Any], **kw: Any) -> str:
        bare = kw.pop(_BARE, False)
        whole = _is_whole_sum(over.element) and not bare
        kw[_BARE] = True
        if over.order_by is None or not len(over.order_by):
            text = str(super().visit_over(over, **kw))  # type: ignore[no-untyped-call]
        elif over.range_ is not None or over.rows is not None or over.groups is not None:
            raise NotImplementedError("a window frame")
        else:
            function = over.element._compiler_dispatch(self, **kw)
            order = ", ".join(self._ordered(clause, False, **kw) for clause in over.order_by)
            parts = over.partition_by
            within = ""
            if parts is not None and len(parts):
                within = f"PARTITION BY {parts._compiler_dispatch(self, **kw)} "
            text = f"{function} OVER ({within}ORDER BY {order})"
        return f"CAST({text} AS BIGINT)" if whole else text

    def _ordered(self, clause: ClauseElement, bare: bool, **kw: Any) -> str:
        text = str(clause._compiler_dispatch(self, **kw))
        inner: Any = clause.element if isinstance(clause, _label_reference) else clause
        modifier = inner.modifier if isinstance(inner, UnaryExpression) else None
        if modifier in _NULLS_PLACED:
            return text
        value = inner.element if modifier is not None else inner
        if bare and isinstance(value, Column) and isinstance(value.table, Table) and not value.nullable:
            return text  # never NULL: an index serves as it is
        return f"{text} NULLS {'LAST' if modifier is operators.desc_op else 'FIRST'}"

    # -- numbers -------------------------------------------------------------------------------------------

    def visit_truediv_binary(self, binary: BinaryExpression[Any], operator: Any, **kw: Any) -> str:
        left, right = (self.process(side, **kw) for side in (binary.left, binary.right))
        return f"{left} / CAST({right} AS DOUBLE PRECISION)"

    def visit_cast(self, cast: Cast[Any], **kw: Any) -> str:
        """A text counts by the number that it begins with, else as 0; to a whole number what follows the point is lost,
        and truth is 1 or 0."""
        inner = cast.clause
        wanted, kind = cast.type._type_affinity, inner.type._type_affinity
        nothing = isinstance(inner, Null) or (isinstance(inner, BindParameter) and inner.value is None)
        if nothing or wanted not in (types.Integer, types.Float, types.Numeric) or kind is types.Integer:
            return str(super().visit_cast(cast, **kw))  # type: ignore[no-untyped-call]
        text = self.process(inner, **kw)
        if wanted is types.Integer:
            if kind is types.Boolean:
                return f"CAST(CAST({text} AS INT) AS BIGINT)"
            if kind in (types.Float, types.Numeric):
                return f"CAST(trunc({text}) AS BIGINT)"
            return _leading(text, "[+-]?[0-9]+", "BIGINT")
        if kind is types.String:
            return _leading(text, _FRACTION, "DOUBLE PRECISION")
        return str(super().visit_cast(cast, **kw))  # type: ignore[no-untyped-call]

    def visit_sum_func(self, function: Any, **kw: Any) -> str:
        """A sum of whole numbers is one: PostgreSQL's is `numeric`, whose divisions are not whole and which JSON lacks."""
        bare = kw.pop(_BARE, False)
        summed = f"sum{self.function_argspec(function, **kw)}"
        return summed if bare or not _is_whole_sum(function) else f"CAST({summed} AS BIGINT)"

    def visit_funcfilter(self, funcfilter: FunctionFilter[Any], **kw: Any) -> str:
        bare = kw.pop(_BARE, False)
        text = str(super().visit_funcfilter(funcfilter, **kw, **{_BARE: True}))  # type: ignore[no-untyped-call]
        return text if bare or not _is_whole_sum(funcfilter) else f"CAST({text} AS BIGINT)"

    def visit_avg_func(self, function: Any, **kw: Any) -> str:
        return f"avg(CAST({self.process(function.clauses, **kw)} AS DOUBLE PRECISION))"

    # -- places, which PostgreSQL takes of 32 bits only ------------------------------------------------------

    def visit_substr_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        text, *places = (self.process(part, **kw) for part in function.clauses)
        return f"substr({', '.join([text, *(f'CAST({place} AS INT)' for place in places)])})"

    def visit_ntile_func(self, function: FunctionElement[Any], **kw: Any) -> str:
        return f"ntile(CAST({self.process(function.clauses, **kw)} AS INT))"

    def visit_function(self, func: Any, add_to_result_map: Any = None, **kw: Any) -> str:
        around = self._of_catalogue
        self._of_catalogue = (
            getattr(func, "packagenames", ()) == ("pg_catalog",) or func.name in _OF_CATALOGUE
        )
        try:
            return str(super().visit_function(func, add_to_result_map, **kw))
        finally:
            self._of_catalogue = around

    def render_bind_cast(self, type_: Any, dbapi_type: Any, sqltext: str) -> str:
        if self._of_catalogue and isinstance(dbapi_type, types.Integer):
            return f"{sqltext}::INTEGER"
        return str(super().render_bind_cast(type_, dbapi_type, sqltext))  # type: ignore[no-untyped-call]


def _leading(text: str, number: str, kind: str) -> str:
    """What a text begins with as a number, 0 where it begins with none, NULL of NULL."""
    text = f"CAST({text} AS TEXT)"
    told = f"CAST(substring({text} FROM '^ *({number})') AS {kind})"
    return f"CASE WHEN {text} IS NOT NULL THEN coalesce({told}, 0) END"


def _is_whole_sum(element: Any) -> bool:
    """Whether an element is a sum of whole numbers, filtered or not."""
    while isinstance(element, FunctionFilter):
        element = element.func
    return (
        isinstance(element, FunctionElement)
        and element.name == "sum"
        and isinstance(element.type, types.Integer)
    )


def _joined_outwards(select: Select[Any]) -> bool:
    """Whether a column that is never NULL in its table may be NULL in the rows of the select."""
    return any(
        isinstance(part, Join) and part.isouter
        for source in select.get_final_froms()
        for part in visitors.iterate(source)
    )
