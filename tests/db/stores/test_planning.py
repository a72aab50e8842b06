"""Columns that come after the rows are there, on both stores."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, inspect, select
from sqlalchemy.schema import CreateTable

from db.engine import Book
from db.stores import planning
from db.stores.planning import add_columns, few_rows
from db.tables import customers

NARROW = Table("tags_9", MetaData(), Column("customer_id", Integer, primary_key=True), Column("a", Integer))
WIDE = Table(
    "tags_9",
    MetaData(),
    Column("customer_id", Integer, primary_key=True),
    Column("a", Integer),
    Column("名", Text),
    Column("b", Integer),
)


def test_a_table_gets_the_columns_that_it_lacks_null_in_every_row(any_book: Book) -> None:
    with any_book.derive() as conn:
        conn.execute(CreateTable(NARROW))
        conn.execute(NARROW.insert(), [{"customer_id": 1, "a": 7}, {"customer_id": 2, "a": 8}])
        add_columns(conn, WIDE, [])
        assert [column["name"] for column in inspect(conn).get_columns("tags_9")] == ["customer_id", "a"]
        add_columns(conn, WIDE, ["名", "b"])
        rows = conn.execute(select(WIDE).order_by(WIDE.c.customer_id)).all()
        assert [tuple(row) for row in rows] == [(1, 7, None, None), (2, 8, None, None)]


@pytest.mark.parametrize("number", [0, 2, 3])
def test_few_are_told_from_many(book: Book, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(planning, "FEW", 2)
    if number:
        with book.write("import", "customers") as writer:
            writer.insert(customers, [{"customer_no": str(n), "name": "客户"} for n in range(number)])
    with book.read() as conn:
        assert few_rows(conn, customers) is (number <= 2)
