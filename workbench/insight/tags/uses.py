"""Counts the uses of tags by day and place, for the check of unused ones (domain 11.3)."""

from collections.abc import Iterable

from db.engine import Book
from db.known import tag_uses
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.insight.tags.library import Library


def count_uses(book: Book, library: Library, words: Iterable[str], place: str) -> None:
    """Adds one to today's uses of each of these tags at a place; unknown words are left out. Derived, never undone."""
    codes = {tag.code for word in words if (tag := library.find(word)) is not None}
    date = today().isoformat()
    with in_words(), book.derive() as conn:
        for code in sorted(codes):
            today_here = (tag_uses.c.code == code) & (tag_uses.c.date == date) & (tag_uses.c.place == place)
            updated = conn.execute(tag_uses.update().where(today_here).values(times=tag_uses.c.times + 1))
            if not updated.rowcount:
                row = {"code": code, "date": date, "place": place, "times": 1}
                conn.execute(tag_uses.insert(), row)
