"""Movements are stored once, a chosen cause stands, and what another file of the month disproves goes."""

from typing import Any

from sqlalchemy import select

from db.engine import Book
from db.record import movements as kept
from tests.workbench.intake.people import month, people
from workbench.intake.book.movement_rows import write_movements
from workbench.intake.report import CustomerMovement

OCTOBER = "2026-10"
GONE = CustomerMovement("x", "", "vanished", "unknown", "e")
CAME = CustomerMovement("y", "", "new", "opened", "f")


def put(book: Book, *moved: CustomerMovement) -> int:
    with book.write("import", "list") as writer:
        return write_movements(writer, 2, OCTOBER, moved)


def stored(book: Book) -> list[tuple[Any, ...]]:
    with book.read() as conn:
        query = select(kept.c.direction, kept.c.cause, kept.c.chosen).order_by(kept.c.id)
        return [tuple(row) for row in conn.execute(query)]


def test_movements_written_twice_are_written_once(book: Book) -> None:
    _gone, came = people(book, {"customer_no": "x"}, {"customer_no": "y"})
    month(book, OCTOBER, {came: {"aum_balance": 1}})
    assert put(book, GONE, CAME) == 2
    before = book.fingerprint()
    assert put(book, GONE, CAME) == 0
    assert book.fingerprint() == before


def test_a_chosen_cause_stands_until_a_person_chooses_another(book: Book) -> None:
    people(book, {"customer_no": "x"})
    closed = CustomerMovement("x", "", "vanished", "closed", "e", chosen=True)
    moved = CustomerMovement("x", "", "vanished", "transferred", "e", chosen=True)
    assert (put(book, GONE), put(book, closed)) == (1, 1)
    assert put(book, GONE) == 0
    assert stored(book) == [("vanished", "closed", 1)]
    assert put(book, moved) == 1
    assert stored(book) == [("vanished", "transferred", 1)]


def test_another_file_of_the_month_that_names_the_vanished_takes_the_movement_back(book: Book) -> None:
    gone, came = people(book, {"customer_no": "x"}, {"customer_no": "y"})
    month(book, OCTOBER, {came: {"aum_balance": 1}})
    put(book, GONE, CAME)
    month(book, OCTOBER, {gone: {"aum_balance": 1}})
    assert put(book) == 1
    assert stored(book) == [("new", "opened", 0)]


def test_who_is_new_but_on_no_list_of_the_month_any_more_has_not_come(book: Book) -> None:
    people(book, {"customer_no": "y"})
    assert put(book, CAME) == 1
    assert put(book) == 1
    assert stored(book) == []


def test_a_customer_whom_the_book_does_not_know_is_left_out(book: Book) -> None:
    assert put(book, CustomerMovement("nobody", "", "vanished", "unknown")) == 0
    assert stored(book) == []
