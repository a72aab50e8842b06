"""PostgreSQL as this program speaks to it: whole numbers of 64 bits, texts in the order of their code points."""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Integer
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from db.stores.meaning import Statements


class _Types(PGTypeCompiler):
    """Columns, casts and values given are of 64 bits; for functions that take no such see `meaning`."""

    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "BIGINT"

    def visit_FLOAT(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "DOUBLE PRECISION"

    def visit_REAL(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return "DOUBLE PRECISION"

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


class PostgresqlDialect(PGDialect_psycopg):
    """psycopg's, so that SQL made for one book fits every other."""

    supports_statement_cache = True
    statement_compiler = Statements
    type_compiler_cls = _Types
    ddl_compiler = _Tables

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("postgresql.book", __name__, PostgresqlDialect.__name__)
