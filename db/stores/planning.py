"""What the largest statements need before they are executed."""

from collections.abc import Iterable

from sqlalchemy import ClauseElement, Connection, Table
from sqlalchemy.schema import CreateColumn


def reads_every_customer(conn: Connection) -> None:
    """To be called before a statement over the whole book, for the rest of the transaction.

    PostgreSQL takes `coalesce(month, '') = …` for one row in two hundred and would loop over every subquery beside it,
    once for each customer: twenty seconds for 250 of them, and the square of it for more.
    """
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET LOCAL enable_nestloop = off")


def made_ready(conn: Connection, statement: ClauseElement) -> None:
    """Turns a statement into SQL ahead of its execution, where the SQL made is kept (see `connection.py`): a thread may do so
    while another statement runs."""
    cache = conn.get_execution_options().get("compiled_cache")
    if cache is not None:
        statement._compile_w_cache(conn.dialect, compiled_cache=cache, column_keys=[])


def add_columns(conn: Connection, table: Table, names: Iterable[str]) -> None:
    """Gives a table those of its columns that it has not yet, NULL in every row: they take no room in the rows there."""
    name = conn.dialect.identifier_preparer.format_table(table)
    for column in names:
        described = CreateColumn(table.c[column]).compile(dialect=conn.dialect)
        conn.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {described}")
