"""The sums kept per customer and month are those of the days in the book, whatever was written, undone and redone."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from db.engine import Book
from db.known import standing_runs
from db.tables import flow_months, flows
from tests.books import new_book, reversed_one
from tests.laws import law
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.measures import flow_months as kept
from workbench.insight.measures.scope import reported_data

MONTHS = ("2026-08", "2026-09", "2026-10")
_AMOUNT = st.one_of(st.none(), st.integers(0, 100_000))
_CLASSES = st.one_of(
    st.none(), st.dictionaries(st.sampled_from(("school", "securities", "same_name")), st.integers(1, 999))
)
_DAY = st.fixed_dictionaries(
    {
        "inflow": _AMOUNT, "outflow": _AMOUNT, "active_count": st.one_of(st.none(), st.integers(0, 3)),
        "largest_inflow": _AMOUNT, "largest_outflow": _AMOUNT, "same_name_outflow": _AMOUNT,
        "counterparties": _CLASSES,
    }
)  # fmt: skip
_WHERE = st.tuples(st.integers(0, 2), st.sampled_from(MONTHS), st.integers(1, 28))
_STEP = st.one_of(
    st.tuples(st.just("insert"), st.dictionaries(_WHERE, _DAY, min_size=1, max_size=5)),
    st.tuples(st.just("update"), st.tuples(st.integers(0, 30), _AMOUNT)),
    st.tuples(st.just("delete"), st.integers(0, 30)),
    st.tuples(st.sampled_from(("undo", "redo")), st.integers(0, 9)),
    st.tuples(st.just("look"), st.none()),
)


def _rows(conn: Connection, query: Any) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in conn.execute(query)), key=lambda row: row[:2])


def _of_days(conn: Connection) -> list[tuple[Any, ...]]:
    return _rows(conn, kept.summed())


def _in_the_book(conn: Connection) -> list[tuple[Any, ...]]:
    return _rows(conn, select(*(flow_months.c[name] for name in ("customer_id", "month", *kept.SUMS))))


def _write(book: Book, small: SmallBook, kind: str, what: Any, done: list[int], undone: list[int]) -> None:
    """One step; one that finds nothing to do does nothing."""
    if kind in ("undo", "redo"):
        reversed_one(book, kind, what, done, undone)
        return
    with book.read() as conn:
        there = conn.execute(select(flows.c.id, flows.c.customer_id, flows.c.date).order_by(flows.c.id)).all()
    with book.write("import", kind) as writer:
        if kind == "insert":
            taken = {(row.customer_id, row.date) for row in there}
            days = {
                (small.ids["ABC"[who]], f"{month}-{day:02d}"): told
                for (who, month, day), told in what.items()
            }
            rows = [
                {"customer_id": who, "date": date, "month": date[:7], "rows": 1, "batch_id": 1, "source_row": 2,
                 **told, "counterparties": None if told["counterparties"] is None else json.dumps(told["counterparties"])}
                for (who, date), told in days.items() if (who, date) not in taken
            ]  # fmt: skip
            writer.insert(flows, rows)
        elif there and kind == "update":
            writer.update(flows, there[what[0] % len(there)].id, {"inflow": what[1]})
        elif there:
            writer.delete(flows, [there[what % len(there)].id])
    if writer.counts:
        done.append(writer.change_id)


@law(examples=150, few=12)
@given(st.lists(_STEP, min_size=2, max_size=9))
def test_the_sums_are_those_of_the_days_after_any_writes(steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_book(Path(folder) / "a.book") as book:
        small = SmallBook(book)
        for no in "ABC":
            small.customer(no)
        done: list[int] = []
        undone: list[int] = []
        for kind, what in (*steps, ("look", None)):
            if kind != "look":
                _write(book, small, kind, what, done, undone)
                continue
            with book.derive() as conn:
                kept.bring_forward(conn)
                assert _in_the_book(conn) == _of_days(conn)
                assert kept.standing(conn)


def _day(small: SmallBook, no: str, date: str, **told: Any) -> int:
    row = {
        "customer_id": small.ids[no],
        "date": date,
        "month": date[:7],
        "rows": 1,
        "batch_id": 1,
        "source_row": 2,
    }
    with small.book.write("import", "day") as writer:
        writer.insert(flows, [{**row, **told}])
    return writer.change_id


def _forward(small: SmallBook) -> None:
    with small.book.derive() as conn:
        kept.bring_forward(conn)


def test_sums_that_are_behind_are_not_read(small: SmallBook) -> None:
    small.month("A", aum_balance=1)
    _day(small, "A", "2026-10-05", inflow=100)
    _forward(small)
    with small.book.read() as conn:
        data = reported_data(conn, MONTH)
        assert data is not None
        assert data.summed
    _day(small, "A", "2026-10-06", inflow=100)
    with small.book.read() as conn:
        data = reported_data(conn, MONTH)
        assert data is not None
        assert not data.summed


def test_a_write_that_leaves_the_transactions_alone_leaves_the_sums_standing(small: SmallBook) -> None:
    small.month("A", aum_balance=1)
    _day(small, "A", "2026-10-05", inflow=100)
    _forward(small)
    small.month("A", 1, aum_balance=2)
    with small.book.read() as conn:
        assert kept.standing(conn)


def test_only_the_months_written_to_are_summed_again(small: SmallBook) -> None:
    small.month("A", aum_balance=1)
    _day(small, "A", "2026-09-05", inflow=100)
    change = _day(small, "A", "2026-10-05", inflow=100)
    _forward(small)
    with small.book.derive() as conn:  # a mark that a month summed anew would lose
        conn.execute(flow_months.update().values(to_self=7))
    _day(small, "A", "2026-10-06", inflow=100)
    _forward(small)
    query = select(flow_months.c.month, flow_months.c.rows, flow_months.c.to_self).order_by(
        flow_months.c.month
    )
    with small.book.read() as conn:
        assert [tuple(row) for row in conn.execute(query)] == [("2026-09", 1, 7), ("2026-10", 2, None)]
    small.book.reverse(change)
    _forward(small)
    with small.book.read() as conn:
        assert [tuple(row) for row in conn.execute(query)] == [("2026-09", 1, 7), ("2026-10", 1, None)]


def test_sums_of_another_version_are_made_anew(small: SmallBook) -> None:
    small.month("A", aum_balance=1)
    _day(small, "A", "2026-10-05", inflow=100)
    _forward(small)
    with small.book.derive() as conn:
        conn.execute(standing_runs.update().values(basis="0"))
        conn.execute(flow_months.update().values(inflow=1))
        assert not kept.standing(conn)
        kept.bring_forward(conn)
        assert _in_the_book(conn) == _of_days(conn)
