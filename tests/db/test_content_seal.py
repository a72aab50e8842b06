"""After any sequence of writes the kept sums are those that would be counted anew, however a value was given."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db import content_seal
from db.engine import Book
from db.errors import BookError
from db.journal import Writer
from db.tables import customers, snapshots, touches
from tests.books import PASSPHRASE, new_book
from tests.laws import law

STEPS = ("insert", "columns", "update", "delete", "erase", "undo", "redo", "nothing", "trial", "fails")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book_key.COST", 16)
        with new_book(tmp_path_factory.mktemp("sums") / "客户账本.book", PASSPHRASE) as opened:
            yield opened


def _one(writer: Writer, kind: str, pick: int) -> None:
    ids = list(writer.conn.execute(select(customers.c.id)).scalars())
    number = f"{writer.next_id(customers)}-{pick}"
    if kind == "insert":
        # a whole number in a column of fractions, a truth value in one of whole numbers
        given: dict[str, Any] = {"customer_no": number, "kyc_completeness": pick, "is_new": bool(pick % 2)}
        (one,) = writer.insert(customers, [given])
        month: dict[str, Any] = {"month": "2026-10", "as_of": "2026-10-31", "batch_id": 1, "source_row": 2}
        writer.insert(snapshots, [{"customer_id": one, "aum_balance": pick, **month}])
    elif kind == "columns":
        columns: dict[str, Any] = {
            "customer_no": [number, number + "b"],
            "kyc_completeness": [pick, None],
            "is_new": True,
        }
        writer.insert_columns(customers, columns, 2)
    elif kind == "update" and ids:
        writer.update(customers, ids[pick % len(ids)], {"kyc_completeness": pick, "name": f"名{pick}"})
    elif kind == "delete" and ids:
        one = ids[pick % len(ids)]
        below = writer.conn.execute(select(snapshots.c.id).where(snapshots.c.customer_id == one)).scalars()
        writer.delete(snapshots, list(below))
        writer.delete(customers, [one])


def _step(book: Book, kind: str, pick: int, changes: list[int]) -> None:
    if kind in ("undo", "redo"):
        if changes:
            with suppress(BookError):  # it stands already as it is wanted
                book.reverse(changes[pick % len(changes)], forward=kind == "redo", keep_later=True)
    elif kind == "erase":
        with book.read() as conn:
            ids = list(conn.execute(select(customers.c.id)).scalars())
        book.erase("erase", {customers: ids[:pick]}, {customers: {"name": "已删除"}})
    elif kind == "nothing":
        with book.write("none", "什么也没有"):
            pass
    elif kind == "trial":
        with book.rehearsal("trial", "试写") as writer:
            _one(writer, "insert", pick)
    elif kind == "fails":
        with pytest.raises(ZeroDivisionError), book.write("fails", "半途而废") as writer:
            _one(writer, "columns", pick)
            raise ZeroDivisionError
    else:
        with book.write("write", "写") as writer:
            _one(writer, kind, pick)
            if writer.counts:
                changes.append(writer.change_id)


@law(examples=200, few=5)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9)), min_size=6, max_size=10))
def test_kept_sums_are_those_counted_anew(book: Book, steps: list[tuple[str, int]]) -> None:
    changes: list[int] = []
    for kind, pick in steps:
        _step(book, kind, pick, changes)
        with book.read() as conn:
            assert content_seal.unlike(conn) == ()
    assert book.verify() == []


def test_a_write_behind_the_door_is_named_by_its_table(tmp_path: Path) -> None:
    with new_book(tmp_path / "客户账本.book", PASSPHRASE) as book:
        with book.write("import", "一") as writer:
            writer.insert(customers, [{"customer_no": "1"}])
        line = {"customer_id": 1, "date": "2026-11-01", "channel": "call", "result": "reached"}
        with book.derive() as conn:
            conn.execute(touches.insert(), {"id": 1, **line, "initiated_by": "manager"})
        assert [(one.code, one.table) for one in book.verify()] == [("content", "touches")]
