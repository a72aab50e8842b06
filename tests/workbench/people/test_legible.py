"""Own fields are closed until somebody opens them, under every name that they are met by (domain 17)."""

import pytest

from db.engine import Book
from db.record import custom_fields
from workbench.people.legible import OWN, legible, own_column, say_legible


@pytest.fixture
def hobbies(book: Book) -> Book:
    with book.write("import", "custom") as writer:
        row = {"key": "custom.爱好", "label": "爱好", "kind": "text", "headings": "[]"}
        writer.insert(custom_fields, [row])
    return book


def opened(book: Book) -> frozenset[str]:
    with book.read() as conn:
        return legible(conn)


def say(book: Book, *, shown: bool) -> int:
    with book.write("custom", "legible") as writer:
        say_legible(writer, "custom.爱好", shown=shown)
        return sum(writer.counts.values())


@pytest.mark.parametrize(
    ("key", "column"),
    [("custom.爱好", "own_custom_爱好"), ("Pet Name", "own_pet_name"), ("a-b.c", "own_a_b_c")],
)
def test_the_column_of_a_field_holds_only_signs_that_a_column_may(key: str, column: str) -> None:
    assert own_column(key) == column
    assert own_column(key).startswith(OWN)


def test_a_field_is_closed_then_open_under_all_its_names_then_closed(hobbies: Book) -> None:
    assert opened(hobbies) == frozenset()
    say(hobbies, shown=True)
    assert opened(hobbies) == {"custom.爱好", "爱好", "own_custom_爱好"}
    say(hobbies, shown=False)
    assert opened(hobbies) == frozenset()


def test_saying_the_same_twice_writes_nothing(hobbies: Book) -> None:
    assert say(hobbies, shown=True) > 0
    assert say(hobbies, shown=True) == 0


def test_a_key_of_no_field_opens_nothing(book: Book) -> None:
    say(book, shown=True)
    assert opened(book) == frozenset()
