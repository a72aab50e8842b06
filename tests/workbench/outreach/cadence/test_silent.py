"""The days without marketing come from the calendar of the book (domain 6.1, 6.5)."""

import datetime as dt

from db.engine import Book
from workbench.outreach.cadence.silent import silent_of


def test_three_days_of_a_year_are_silent_and_a_year_out_of_reach_has_none(book: Book) -> None:
    with book.read() as conn:
        assert silent_of(conn, [2026, 2027]) == {
            dt.date(2026, 4, 5), dt.date(2026, 8, 27), dt.date(2026, 12, 13),
            dt.date(2027, 4, 5), dt.date(2027, 8, 16), dt.date(2027, 12, 13),
        }  # fmt: skip
        assert silent_of(conn, [2101]) == frozenset()
