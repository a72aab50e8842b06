"""What is remembered in the book: rule preset and overrides, capacity, who manages it."""

import json
from typing import Any

from sqlalchemy import select

from db.engine import Book
from db.tables import settings as table


def book_settings(book: Book) -> dict[str, Any]:
    """All settings kept in the book, decoded."""
    with book.read() as conn:
        return {key: json.loads(value) for key, value in conn.execute(select(table.c.key, table.c.value))}


def set_book_setting(book: Book, key: str, value: Any) -> int | None:
    """Keep one setting through the write door; returns the change that undoes it, None when nothing differed."""
    text = json.dumps(value, ensure_ascii=False)
    with book.write("setting", key) as writer:
        row = writer.conn.execute(select(table.c.id).where(table.c.key == key)).scalar()
        if row is None:
            writer.insert(table, [{"key": key, "value": text}])
        else:
            writer.update(table, row, {"value": text})
        return writer.change_id if writer.counts else None
