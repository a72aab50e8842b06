"""Rows that are read by the thousand."""

from sqlalchemy import create_engine, text

from workbench.base.rows import named_rows


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    with create_engine("sqlite://").connect() as conn:
        rows = named_rows(conn.execute(text("SELECT 1 AS customer_id, 'a' AS name UNION SELECT 2, NULL")))
    assert [(row.customer_id, row.name) for row in rows] == [(1, "a"), (2, None)]
