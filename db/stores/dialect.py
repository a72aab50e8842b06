"""PostgreSQL as this program speaks to it: whole numbers of 64 bits, texts in the order of their code points."""

from typing import Any

from sqlalchemy import Boolean, Cast, Column, ForeignKeyConstraint, Integer
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.sql.elements import FunctionFilter, Over, TypeClause
from sqlalchemy.sql.functions import FunctionElement

#: told to the compiler of a function that stands before OVER or FILTER, where no cast may come between
_BARE = "without_cast"


class _Statements(PGCompiler_psycopg):
    """A sum of whole numbers is one: PostgreSQL's is `numeric`, whose divisions are not whole and which JSON lacks."""

    def visit_sum_func(self, function: Any, **kw: Any) -> str:
        bare = kw.pop(_BARE, False)
        summed = f"sum{self.function_argspec(function, **kw)}"
        return summed if bare or not _whole(function) else f"CAST({summed} AS BIGINT)"

    def visit_substr_func(self, function: Any, **kw: Any) -> str:
        """Places in a text are of 32 bits, here as nowhere else."""
        text, *places = (self.process(part, **kw) for part in function.clauses)
        return f"substr({', '.join((text, *(f'({place})::INTEGER' for place in places)))})"

    def visit_cast(self, cast: Cast[Any], **kw: Any) -> str:
        """A condition becomes a number of 32 bits only."""
        if isinstance(cast.type, Integer) and isinstance(cast.clause.type, Boolean):
            return f"CAST({self.process(cast.clause, **kw)} AS INTEGER)"
        told: str = super().visit_cast(cast, **kw)  # type: ignore[no-untyped-call]
        return told

    def visit_over(self, over: Over[Any], **kw: Any) -> str:
        bare = kw.pop(_BARE, False)
        told: str = super().visit_over(over, **kw, **{_BARE: True})  # type: ignore[no-untyped-call]
        return told if bare or not _whole(over.element) else f"CAST({told} AS BIGINT)"

    def visit_funcfilter(self, funcfilter: FunctionFilter[Any], **kw: Any) -> str:
        bare = kw.pop(_BARE, False)
        told: str = super().visit_funcfilter(funcfilter, **kw, **{_BARE: True})  # type: ignore[no-untyped-call]
        return told if bare or not _whole(funcfilter) else f"CAST({told} AS BIGINT)"


def _whole(element: Any) -> bool:
    """Whether an element is a sum of whole numbers, filtered or not."""
    while isinstance(element, FunctionFilter):
        element = element.func
    return (
        isinstance(element, FunctionElement) and element.name == "sum" and isinstance(element.type, Integer)
    )


class _Types(PGTypeCompiler):
    """Columns and casts are of 64 bits. Values given to a statement stay as they are: `substr` takes no others."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "BIGINT" if isinstance(kw.get("type_expression"), Column | TypeClause) else "INTEGER"

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        told: str = super().visit_TEXT(type_, **kw)
        return f'{told} COLLATE "C"' if isinstance(kw.get("type_expression"), Column) else told


class _Tables(PGDDLCompiler):
    def get_column_specification(self, column: Column[Any], **kwargs: Any) -> str:
        told: str = super().get_column_specification(column, **kwargs)  # type: ignore[no-untyped-call]
        return told.replace(" SERIAL", " BIGSERIAL") if isinstance(column.type, Integer) else told

    def define_constraint_deferrability(self, constraint: Any) -> str:
        """Every key can be checked at the commit, as a reversal needs it; SQLite is told so by a PRAGMA."""
        if isinstance(constraint, ForeignKeyConstraint):
            return " DEFERRABLE INITIALLY IMMEDIATE"
        return str(super().define_constraint_deferrability(constraint))


class Dialect(PGDialect_psycopg):
    """psycopg's, so that SQL made for one book fits every other."""

    supports_statement_cache = True
    statement_compiler = _Statements
    type_compiler_cls = _Types
    ddl_compiler = _Tables

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("postgresql.book", __name__, Dialect.__name__)
