"""What is erased is nowhere in the book, and undo and redo go on as if the blank values had always stood there."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import select

from db.engine import Book
from db.erasing import kept_rows
from db.images import Image
from db.journey import prospects
from db.record import audit, changes, journal
from tests.books import reversed_one
from tests.laws import law

SECRET, BLANK = "欧阳小满", {"name": "", "phone": None}
PHONES = ("13912345678", "13612340009")


@pytest.fixture
def book(any_book: Book) -> Book:
    """Every law here holds in every store."""
    return any_book


def person(name: str = SECRET, phone: str | None = PHONES[0], **more: Any) -> dict[str, Any]:
    return {
        "name": name, "phone": phone, "source": "other", "created": "2026-02-09", "expires": "2026-08-08", "state": "open",
        **more,
    }  # fmt: skip


def added(book: Book, **facts: Any) -> int:
    with book.write("prospect", "add") as writer:
        return writer.insert(prospects, [person(**facts)])[0]


def updated(book: Book, row: int, **values: Any) -> int:
    with book.write("prospect", "change") as writer:
        writer.update(prospects, row, values)
        return writer.change_id


def removed(book: Book, row: int) -> int:
    with book.write("prospect", "remove") as writer:
        writer.delete(prospects, [row])
        return writer.change_id


def everything(book: Book) -> str:
    """All that the book keeps, images unpacked."""
    with book.read() as conn:
        rows: list[Any] = [dict(row) for row in conn.execute(select(prospects)).mappings()]
        entries = conn.execute(select(journal)).mappings()
        rows += [{**row, "images": str(Image.unpack(row["images"]).rows)} for row in entries]
        for table in (changes, audit):
            rows += [dict(row) for row in conn.execute(select(table)).mappings()]
    return json.dumps(rows, ensure_ascii=False, default=str)


def test_nothing_of_the_value_is_left_in_rows_images_or_steps(book: Book) -> None:
    here, away, undone = added(book), added(book), added(book)
    updated(book, here, phone=PHONES[1])
    removed(book, away)
    book.reverse(book_changes(book)[2])
    kept = added(book, name="赵先生", phone=None)
    assert everything(book).count(SECRET) == 3
    book.erase("erased", {prospects: [here, away, undone]}, {prospects: BLANK})
    whole = everything(book)
    assert [word for word in (SECRET, *PHONES) if word in whole] == []
    assert "赵先生" in whole
    with book.read() as conn:
        assert {number: row["name"] for number, row in kept_rows(conn, prospects).items()} == {
            here: "", away: "", undone: "", kept: "赵先生",
        }  # fmt: skip
        assert conn.execute(select(audit.c.facts).order_by(audit.c.id.desc())).scalar() == (
            '{"counts": {"prospects": 3}}'
        )
    assert book.verify() == []


def book_changes(book: Book) -> list[int]:
    with book.read() as conn:
        return list(conn.execute(select(changes.c.id).order_by(changes.c.id)).scalars())


def test_a_deleted_row_comes_back_without_the_value_and_an_earlier_name_does_not(book: Book) -> None:
    row = added(book)
    renamed = updated(book, row, name="欧先生", state="dropped")
    gone = removed(book, row)
    book.erase("erased", {prospects: [row]}, {prospects: BLANK})
    book.reverse(gone)
    book.reverse(renamed)
    with book.read() as conn:
        one = conn.execute(select(prospects)).mappings().one()
    assert (one["name"], one["phone"], one["state"]) == ("", None, "open")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "name", "state", "remove", "undo", "redo", "erase"]), st.integers(0, 5)
    ),
    max_size=14,
)


@law(examples=200, few=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undo_goes_on_as_if_the_blank_had_always_stood_there(
    new_books: Callable[[], AbstractContextManager[Book]], steps: list[tuple[str, int]]
) -> None:
    """A book that was erased from, and its twin in which nothing but the blank was ever written, end alike."""
    with new_books() as book, new_books() as twin:
        for one, blank in ((book, False), (twin, True)):
            done: list[int] = []
            undone: list[int] = []
            rows: list[int] = []
            for number, (kind, place) in enumerate([*steps, ("erase", 0)]):
                if kind == "add":
                    rows.append(added(one, **(BLANK if blank else {})))
                    done.append(book_changes(one)[-1])
                elif kind in ("undo", "redo"):
                    reversed_one(one, kind, place, done, undone)
                elif kind == "erase":
                    one.erase("erased", {prospects: rows}, {prospects: BLANK})
                elif rows:
                    row = rows[place % len(rows)]
                    # a need beside the name, another at each step, so that the twin's change is one too
                    named = {"name": "" if blank else f"名{place}", "need": f"第{number}步"}
                    values = {"name": named, "state": {"note": f"写{place}"}}
                    before = book_changes(one)
                    removed(one, row) if kind == "remove" else updated(one, row, **values[kind])
                    done += [change for change in book_changes(one) if change not in before]
        with book.read() as first, twin.read() as second:
            states = [
                [dict(row) for row in conn.execute(select(prospects).order_by(prospects.c.id)).mappings()]
                for conn in (first, second)
            ]
        assert states[0] == states[1]
