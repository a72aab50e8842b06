"""What is remembered in the book: rule preset and overrides, capacity, who manages it."""

import json
from typing import TypedDict, cast

from sqlalchemy import select

from db.engine import Book
from db.journal import Writer
from db.record import settings as table
from db.values import Json
from workbench.base.change import Change
from workbench.base.toml import Threshold


class Statement(TypedDict):
    """本行授权使用: who at the bank approved the use, on which day (ISO), on which PC, under which account."""

    approver: str
    date: str
    device: str
    account: str


class BookSettings(TypedDict, total=False):
    """What a book may keep; what nobody set is not there."""

    preset: str
    overrides: dict[str, Threshold]
    manager: str
    branch: str
    calls: int
    visits: int
    sample: bool
    #: 'full', or 'hash': of identity numbers only hashes are kept
    id_numbers: str
    statement: Statement


#: the setting of a book that holds the made-up customers of the sample branch
SAMPLE = "sample"


def book_settings(book: Book) -> BookSettings:
    """All settings kept in the book, decoded."""
    with book.read() as conn:
        kept = conn.execute(select(table.c.key, table.c.value))
        return cast(BookSettings, {key: json.loads(value) for key, value in kept})


def set_book_setting(book: Book, key: str, value: Json) -> Change:
    """Keep one setting through the write door; the change counts none when nothing differed."""
    with book.write("setting", key) as writer:
        put_setting(writer, key, value)
        return Change.by(writer, int(bool(writer.counts)))


def put_setting(writer: Writer, key: str, value: Json) -> None:
    """Keep one setting within a write."""
    text = json.dumps(value, ensure_ascii=False)
    row = writer.conn.execute(select(table.c.id).where(table.c.key == key)).scalar()
    if row is None:
        writer.insert(table, [{"key": key, "value": text}])
    else:
        writer.update(table, row, {"value": text})
