"""What a database has to be told before the largest statements; SQLite needs nothing."""

from sqlalchemy import Connection


def reads_every_customer(conn: Connection) -> None:
    """To be called before a statement over the whole book, for the rest of the transaction.

    PostgreSQL takes `coalesce(month, '') = …` for one row in two hundred and would loop over every subquery beside it,
    once for each customer: twenty seconds for 250 of them, and the square of it for more.
    """
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET LOCAL enable_nestloop = off")
