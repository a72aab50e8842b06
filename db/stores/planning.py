"""What the largest statements need before they are executed."""

from collections.abc import Iterable

from sqlalchemy import ClauseElement, Connection, Table, func, select
from sqlalchemy.schema import CreateColumn

#: Rows of a table that SQLite writes with a few hundred columns more sooner than it adds these, each by reading the whole
#: description of the table anew: a third of a second for the tag layers.
FEW = 2_000


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


def few_rows(conn: Connection, table: Table) -> bool:
    """Whether a table has so few rows that room for columns without values costs less than adding these columns later."""
    counted = select(table.c.id).limit(FEW + 1).subquery()
    return conn.execute(select(func.count()).select_from(counted)).scalar_one() <= FEW


def add_columns(conn: Connection, table: Table, names: Iterable[str]) -> None:
    """Gives a table those of its columns that it has not yet, NULL in every row: they take no room in the rows there."""
    name = conn.dialect.identifier_preparer.format_table(table)
    added = [f"ADD COLUMN {CreateColumn(table.c[column]).compile(dialect=conn.dialect)}" for column in names]
    # SQLite adds one at a time
    steps = [", ".join(added)] if added and conn.dialect.name == "postgresql" else added
    for step in steps:
        conn.exec_driver_sql(f"ALTER TABLE {name} {step}")
