"""Whom the writes since a revision concern: by the rows written, taken away or turned back; too many are not named."""

from typing import Any

import pytest

from db import since
from db.engine import Book
from db.since import changed_since, speaks_of_nobody_else, tables_since
from db.tables import customers, snapshots, touches

TOUCH = {"date": "2026-02-03", "channel": "phone", "result": "reached", "initiated_by": "us"}


def people(book: Book, *numbers: str) -> list[int]:
    with book.write("import", "people") as writer:
        return list(writer.insert(customers, [{"customer_no": no, "name": "甲"} for no in numbers]))


def touched(book: Book, *ids: int) -> int:
    """The change that wrote one contact for each of these customers."""
    with book.write("touch", "touch") as writer:
        writer.insert(touches, [{"customer_id": one, **TOUCH} for one in ids])
        return writer.change_id


def asked(book: Book, revision: int) -> tuple[set[str], set[int] | None]:
    with book.read() as conn:
        found = changed_since(conn, revision)
        assert tables_since(conn, revision) == found.tables
    return set(found.tables), None if found.customers is None else set(found.customers)


def test_nothing_written_concerns_nobody(book: Book) -> None:
    people(book, "1")
    assert asked(book, book.revision()) == (set(), set())


def test_a_customer_is_concerned_by_his_own_row_and_by_rows_about_him(book: Book) -> None:
    one, two, three = people(book, "1", "2", "3")
    at = book.revision()
    touched(book, one, three)
    assert asked(book, at) == ({"touches"}, {one, three})
    with book.write("edit", "name") as writer:
        writer.update(customers, two, {"name": "乙"})
    assert asked(book, at) == ({"touches", "customers"}, {one, two, three})


def test_what_was_written_before_is_not_asked_for_again(book: Book) -> None:
    one, two = people(book, "1", "2")
    touched(book, one)
    at = book.revision()
    touched(book, two)
    assert asked(book, at) == ({"touches"}, {two})


def test_undone_and_redone_contacts_concern_whom_they_spoke_of_though_the_rows_are_gone(book: Book) -> None:
    one, _two = people(book, "1", "2")
    change = touched(book, one)
    at = book.revision()
    book.reverse(change)
    assert asked(book, at) == ({"touches"}, {one})
    at = book.revision()
    book.reverse(change, forward=True)
    assert asked(book, at) == ({"touches"}, {one})


def test_a_row_given_to_another_customer_concerns_the_one_who_has_it_now(book: Book) -> None:
    one, two = people(book, "1", "2")
    touched(book, one)
    at = book.revision()
    with book.write("edit", "moved") as writer:
        writer.update(touches, 1, {"customer_id": two})
    tables, found = asked(book, at)
    assert tables == {"touches"}
    assert two in (found or set())


@pytest.mark.parametrize(("most", "named"), [(2, True), (1, False)])
def test_more_rows_than_can_be_traced_concern_everybody(
    book: Book, monkeypatch: pytest.MonkeyPatch, most: int, named: bool
) -> None:
    one, two = people(book, "1", "2")
    at = book.revision()
    touched(book, one, two)
    monkeypatch.setattr(since, "MOST", most)
    assert asked(book, at) == ({"touches"}, {one, two} if named else None)


def test_many_changes_are_read_in_pieces(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = people(book, *map(str, range(7)))
    at = book.revision()
    for one in ids:
        touched(book, one)
    monkeypatch.setattr(since, "_CHUNK", 2)
    assert asked(book, at) == ({"touches"}, set(ids))


def test_whether_a_table_speaks_of_others_too(book: Book) -> None:
    one, two = people(book, "1", "2")
    month: dict[str, Any] = {"month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 4}
    with book.write("import", "month") as writer:
        writer.insert(snapshots, [{"customer_id": one, **month}])
    with book.read() as conn:
        assert speaks_of_nobody_else(conn, snapshots, {one})
        assert speaks_of_nobody_else(conn, snapshots, {one, two})
        assert not speaks_of_nobody_else(conn, snapshots, {two})
        assert speaks_of_nobody_else(conn, touches, set())


def test_rows_that_a_list_met_unchanged_concern_nobody_until_it_is_undone(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = people(book, "1", "2", "3")
    month = {"month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 4}
    with book.write("import", "list") as writer:
        rows = writer.insert(snapshots, [{"customer_id": no, **month} for no in (one, two, three)])
    at = book.revision()
    monkeypatch.setattr(since, "MOST", 2)
    with book.write("import", "again") as writer:
        writer.confirm(snapshots, [rows[0], rows[1]])
        writer.update(snapshots, rows[2], {"aum_balance": 5})
        again = writer.change_id
    assert asked(book, at) == ({"snapshots"}, {three})
    book.reverse(again)
    assert asked(book, at) == ({"snapshots"}, None)
