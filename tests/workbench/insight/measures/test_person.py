"""Days until a birthday, by the same rule as the leads: February 29 is kept on the 28th in common years."""

import datetime as dt

import pytest
from sqlalchemy import literal, null, select

from db.engine import Book
from workbench.base.birthdays import solar_birthday
from workbench.insight.measures.person import _until_birthday


@pytest.mark.parametrize(
    ("born", "day", "left"),
    [
        ("1988-02-29", "2027-02-20", 8), ("1988-02-29", "2027-02-28", 0), ("1988-02-29", "2028-02-28", 1),
        ("1988-02-29", "2027-03-01", 365), ("1980-11-04", "2026-11-04", 0), ("1980-01-03", "2026-12-31", 3),
        ("1980-11", "2026-11-04", None), (None, "2026-11-04", None),
    ],
)  # fmt: skip
def test_days_until_the_next_birthday(book: Book, born: str | None, day: str, left: int | None) -> None:
    with book.read() as conn:
        told = null() if born is None else literal(born)
        found = conn.execute(select(_until_birthday(told, day))).scalar()
    assert found == left
    if born is not None and left is not None:
        today = dt.date.fromisoformat(day)
        kept = [solar_birthday(born[5:], today.year + later) for later in (0, 1)]
        assert (min(one for one in kept if one >= today) - today).days == left
