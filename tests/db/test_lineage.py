"""The journal tells every version of a row, and for each cell in force which file and row gave it."""

from typing import Any

import pytest

from db.engine import Book
from db.lineage import Origin, cells, giver, givers
from db.tables import customers, snapshots


def _snapshot(customer: int, month: str, **more: Any) -> dict[str, Any]:
    row = {"customer_id": customer, "month": month, "as_of": month + "-28", "batch_id": 1, "source_row": 4}
    return {**row, **more}


@pytest.fixture
def book(any_book: Book) -> Book:
    """The journal tells the same in every store."""
    return any_book


@pytest.fixture
def told(book: Book) -> Book:
    """Change 1 (batch 1) brings two months, 2 (batch 2) changes one balance, 3 is by hand, 4 (batch 3) is row 4 again."""
    with book.write("import", "一") as writer:
        writer.insert(customers, [{"customer_no": "01", "batch_id": 1, "source_row": 4}])
        writer.insert(snapshots, [_snapshot(1, "2026-01", aum_balance=100, fund_balance=5)])
        writer.insert(snapshots, [_snapshot(1, "2026-02", aum_balance=200)])
    with book.write("import", "二") as writer:
        writer.update(snapshots, 1, {"aum_balance": 110, "batch_id": 2, "source_row": 9})
    with book.write("edit", "三") as writer:
        writer.update(snapshots, 1, {"fund_balance": 6})
    with book.write("import", "四") as writer:
        writer.update(snapshots, 1, {"wealth_balance": 7, "aum_balance": 120, "batch_id": 3, "source_row": 9})
    return book


def test_each_cell_names_the_file_and_row_that_gave_it(told: Book) -> None:
    with told.read() as conn:
        given = giver(conn, snapshots, 1)
    assert given["month"] == Origin(1, 4, 1)
    assert given["fund_balance"] == Origin(None, None, 3)
    assert given["aum_balance"] == given["wealth_balance"] == Origin(3, 9, 4)
    assert not {"deposit_balance", "batch_id", "source_row"} & set(given)


def test_every_version_is_told_oldest_first(told: Book) -> None:
    with told.read() as conn:
        versions = cells(conn, snapshots, [1, 2])
    first, *rest = versions[1]
    assert (first.op, first.values["aum_balance"], first.values["fund_balance"]) == ("insert", 100, 5)
    assert "wealth_balance" not in first.values
    assert [(one.change_id, one.before.get("aum_balance"), one.values.get("aum_balance")) for one in rest] == [
        (2, 100, 110), (3, None, None), (4, 110, 120),
    ]  # fmt: skip
    assert [one.values["month"] for one in versions[2]] == ["2026-02"]


def test_an_undone_change_gives_nothing_but_is_still_told(told: Book) -> None:
    told.reverse(2, keep_later=True)
    told.reverse(4, keep_later=True)
    with told.read() as conn:
        given = giver(conn, snapshots, 1)
        states = [(one.change_id, one.state) for one in cells(conn, snapshots, [1])[1]]
    assert given["aum_balance"] == Origin(1, 4, 1)
    assert states == [(1, "done"), (2, "undone"), (3, "done"), (4, "undone")]
    told.reverse(4, forward=True, keep_later=True)
    with told.read() as conn:
        assert giver(conn, snapshots, 1)["aum_balance"] == Origin(3, 9, 4)


def test_rows_out_of_the_book_still_tell_their_versions(told: Book) -> None:
    with told.write("reissue", "五") as writer:
        writer.delete(snapshots, [1])
    with told.read() as conn:
        first, *_middle, last = cells(conn, snapshots, [1])[1]
    assert (last.op, last.before["aum_balance"], first.values["aum_balance"]) == ("delete", 120, 100)
    for change in (5, 4, 3, 2, 1):
        told.reverse(change)
    with told.read() as conn:
        (first, *_rest) = cells(conn, snapshots, [1])[1]
    assert (first.state, first.values["aum_balance"]) == ("undone", 100)


def test_rows_nobody_wrote_have_no_giver(told: Book) -> None:
    with told.read() as conn:
        assert giver(conn, snapshots, 99) == {}
        assert givers(conn, snapshots, []) == {}
