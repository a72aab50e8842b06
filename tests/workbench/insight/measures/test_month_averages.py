"""The averages packed by month are those of the months in the book, whatever was written, undone and redone."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from db.engine import Book
from db.known import month_averages, standing_runs
from db.tables import snapshots
from tests.books import new_book, reversed_one
from tests.laws import law
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.measures import month_averages as kept
from workbench.insight.measures import packed_months

#: enough that a first packing reads the rows as they lie, few enough that later ones look customers up
MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
_FIGURE = st.one_of(st.none(), st.integers(-500, 100_000))
_FIGURES = st.fixed_dictionaries({"aum_daily_average": _FIGURE, "aum_balance": _FIGURE})
_WHERE = st.tuples(st.integers(0, 2), st.sampled_from(MONTHS))
_STEP = st.one_of(
    st.tuples(st.just("insert"), st.dictionaries(_WHERE, _FIGURES, min_size=1, max_size=6)),
    st.tuples(st.just("update"), st.tuples(st.integers(0, 30), _FIGURES)),
    st.tuples(st.just("delete"), st.integers(0, 30)),
    st.tuples(st.just("move"), st.tuples(st.integers(0, 30), st.integers(0, 2))),
    st.tuples(st.sampled_from(("undo", "redo")), st.integers(0, 9)),
    st.tuples(st.just("look"), st.none()),
)
Told = dict[str, list[tuple[int, int | None]]]


def _in_the_months(conn: Connection) -> Told:
    s, months = snapshots.c, Told()
    for row in conn.execute(select(s.month, s.customer_id, s.aum_daily_average, s.aum_balance)):
        average = row.aum_balance if row.aum_daily_average is None else row.aum_daily_average
        months.setdefault(row.month, []).append((row.customer_id, average))
    return {month: sorted(rows) for month, rows in months.items()}


def _packed(conn: Connection) -> Told:
    return {
        month: [
            (who, None if figure == kept.MISSING else figure)
            for who, figure in zip(one.customers.tolist(), one.averages.tolist(), strict=True)
        ]
        for month, one in kept.read(conn, MONTHS).items()
        if len(one.customers)
    }


def _write(book: Book, small: SmallBook, kind: str, what: Any, done: list[int], undone: list[int]) -> None:
    """One step; one that finds nothing to do does nothing."""
    if kind in ("undo", "redo"):
        reversed_one(book, kind, what, done, undone)
        return
    s = snapshots.c
    with book.read() as conn:
        there = conn.execute(select(s.id, s.customer_id, s.month).order_by(s.id)).all()
    taken = {(row.customer_id, row.month) for row in there}
    with book.write("import", kind) as writer:
        if kind == "insert":
            rows = [
                {"customer_id": small.ids["ABC"[who]], "month": month, "as_of": f"{month}-28", "batch_id": 1,
                 "source_row": 2, **told}
                for (who, month), told in what.items() if (small.ids["ABC"[who]], month) not in taken
            ]  # fmt: skip
            writer.insert(snapshots, rows)
        elif there and kind == "update":
            writer.update(snapshots, there[what[0] % len(there)].id, what[1])
        elif there and kind == "move":  # as merging two customers does
            row, to = there[what[0] % len(there)], small.ids["ABC"[what[1]]]
            if (to, row.month) not in taken:
                writer.update(snapshots, row.id, {"customer_id": to})
        elif there:
            writer.delete(snapshots, [there[what % len(there)].id])
    if writer.counts:
        done.append(writer.change_id)


@law(examples=150, few=12)
@given(st.lists(_STEP, min_size=2, max_size=9))
def test_the_averages_are_those_of_the_months_after_any_writes(steps: list[tuple[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_book(Path(folder) / "a.book") as book:
        small = SmallBook(book)
        for no in "ABC":
            small.customer(no)
        done: list[int] = []
        undone: list[int] = []
        for kind, what in (*steps, ("look", None)):
            if kind != "look":
                _write(book, small, kind, what, done, undone)
                with book.read() as conn:  # what is behind is not read
                    assert _packed(conn) == _in_the_months(conn)
                continue
            with book.derive() as conn:
                kept.bring_forward(conn, MONTHS)
                assert kept.standing(conn)
                assert set(conn.execute(select(month_averages.c.month)).scalars()) == set(MONTHS)
                assert _packed(conn) == _in_the_months(conn)


def _forward(small: SmallBook, *months: str) -> None:
    with small.book.derive() as conn:
        kept.bring_forward(conn, months)


def _marked(small: SmallBook) -> set[str]:
    """The months that still have a mark which packing anew would take away."""
    with small.book.read() as conn:
        query = select(month_averages.c.month).where(month_averages.c.averages == b"")
        return set(conn.execute(query).scalars())


def test_only_months_written_to_or_new_are_packed_again(small: SmallBook) -> None:
    small.month("A", 1, aum_balance=1)
    small.month("A", aum_balance=1)
    _forward(small, "2026-09", MONTH)
    with small.book.derive() as conn:
        conn.execute(month_averages.update().values(averages=b""))
    small.month("B", aum_balance=2)
    _forward(small, "2026-09", MONTH)
    assert _marked(small) == {"2026-09"}
    small.month("A", 2, aum_balance=3)
    _forward(small, "2026-08", "2026-09", MONTH)
    assert _marked(small) == {"2026-09"}


def test_months_of_another_version_are_packed_anew(small: SmallBook) -> None:
    small.month("A", aum_balance=1)
    _forward(small, MONTH)
    with small.book.derive() as conn:
        conn.execute(standing_runs.update().values(basis="0"))
        conn.execute(month_averages.update().values(averages=b"", customers=b""))
        assert not kept.standing(conn)
        kept.bring_forward(conn, [MONTH])
        assert _packed(conn) == _in_the_months(conn)


def test_many_rows_are_read_in_parts(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_months, "_CHUNK", 2)
    for back in range(6):
        for number, no in enumerate("BAC"):
            small.month(no, back, aum_balance=100 * back + number)
    with small.book.read() as conn:
        assert _packed(conn) == _in_the_months(conn)


def test_a_customer_whom_a_month_does_not_list_has_no_average_there() -> None:
    one = kept.MonthAverages(np.array([2, 5]), np.array([10, 20]))
    assert one.of(np.array([1, 2, 5, 9])).tolist() == [kept.MISSING, 10, 20, kept.MISSING]
    nobody = kept.MonthAverages(np.array([], dtype=np.int64), np.array([], dtype=np.int64))
    assert nobody.of(np.array([2])).tolist() == [kept.MISSING]
