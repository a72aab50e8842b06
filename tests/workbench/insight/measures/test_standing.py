"""A table of figures that stands in the book: made, set right for some, trusted only with its run."""

import pytest
from sqlalchemy import String, cast, literal, select

from db.known import standing_runs
from db.tables import customers, snapshots
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.measures.standing import Standing, StandingRun

STANDING = Standing("tried")
RUN = StandingRun(MONTH, 7, "these rules")


def figures(*only: int):  # type: ignore[no-untyped-def]
    query = select(
        customers.c.id.label("customer_id"), snapshots.c.aum_balance.label("money"),
        (snapshots.c.aum_balance * 0.5).label("half"), customers.c.name.label("name"),
        cast(None, String).label("untold"), literal(1).label("one"),
    ).join(snapshots, snapshots.c.customer_id == customers.c.id)  # fmt: skip
    return query.where(customers.c.id.in_(only)) if only else query


@pytest.fixture
def filled(small: SmallBook) -> SmallBook:
    small.month("1", aum_balance=10)
    small.month("2", aum_balance=20)
    with small.book.derive() as conn:
        STANDING.fill(conn, RUN, figures())
    return small


def rows(small: SmallBook) -> dict[int, tuple[object, ...]]:
    with small.book.read() as conn:
        run = STANDING.run(conn)
        assert run is not None
        return {row.customer_id: tuple(row)[1:] for row in conn.execute(select(STANDING.source(run)))}


def test_what_stands_keeps_its_types_and_tells_what_it_stands_on(filled: SmallBook) -> None:
    first = rows(filled)[filled.ids["1"]]
    assert first == (1_000, 500.0, "客户1", None, 1)
    assert [type(value) for value in first] == [int, float, str, type(None), int]
    with filled.book.read() as conn:
        run = STANDING.run(conn)
        assert run == StandingRun(MONTH, 7, "these rules", ("money", "half", "name", "untold", "one"))
        assert Standing("other").run(conn) is None


def test_some_customers_are_set_right_and_those_gone_are_out(filled: SmallBook) -> None:
    one, two = filled.ids["1"], filled.ids["2"]
    with filled.book.write("edit", "x") as writer:
        row = writer.conn.execute(select(snapshots.c.id).where(snapshots.c.customer_id == two)).scalar_one()
        writer.update(snapshots, row, {"aum_balance": 5})
    with filled.book.derive() as conn:
        STANDING.fill(conn, StandingRun(MONTH, 8, "these rules"), figures(two), [two])
        run = STANDING.run(conn)
    assert run is not None
    assert run.revision == 8
    assert {no: row[0] for no, row in rows(filled).items()} == {one: 1_000, two: 5}
    with filled.book.derive() as conn:
        STANDING.fill(conn, StandingRun(MONTH, 9, "these rules"), figures(two).where(literal(0) == 1), [two])
    assert set(rows(filled)) == {one}


def test_made_anew_it_has_the_columns_of_its_last_statement(filled: SmallBook) -> None:
    with filled.book.derive() as conn:
        STANDING.fill(conn, RUN, select(customers.c.id.label("customer_id"), literal(3).label("three")))
    assert rows(filled) == {filled.ids["1"]: (3,), filled.ids["2"]: (3,)}


def test_without_its_run_it_does_not_stand(filled: SmallBook) -> None:
    with filled.book.derive() as conn:
        conn.execute(standing_runs.delete())
        assert STANDING.run(conn) is None
        STANDING.fill(conn, RUN, figures())
    assert len(rows(filled)) == 2
