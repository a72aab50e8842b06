"""The tables that a job read and wrote, noted at every statement."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Connection, Engine, event

from db.record import batches, settings
from db.tables import DATA, DERIVED, RECORDS, metadata

#: How the tag layers and the standing tables are named; their columns are data, so no schema knows them.
_LAYER = re.compile(r"\b(?:tags_\d+|standing_(?!runs\b)[a-z]+)\b")
#: What all computed results are made from: the given tables, and the imports in force.
_BENEATH = frozenset(table.name for table in (*DATA, batches))
_COMPUTED = frozenset(table.name for table in DERIVED)
#: What a job may depend on: the house's own records grow with every write and tell nothing of what was written.
_KNOWN = frozenset(metadata.tables) - frozenset(table.name for table in RECORDS)


@dataclass(slots=True)
class Footprint:
    """The tables that a job read (computed ones too), and those given tables that it changed for good."""

    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)


_current: ContextVar[Footprint | None] = ContextVar("footprint", default=None)


@contextmanager
def footprint() -> Iterator[Footprint]:
    """Note what is read and written inside, in this thread."""
    made = Footprint()
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def watch(engine: Engine) -> None:
    """Note every statement that runs on an engine's connections."""

    @event.listens_for(engine, "before_cursor_execute")
    def seen(
        _conn: Connection, _cursor: object, statement: str, _given: object, _context: object, _many: bool
    ) -> None:
        """Note one statement."""
        statement_seen(statement)


def statement_seen(statement: str) -> None:
    """A statement is about to run: SQL made by SQLAlchemy or written by hand."""
    if (job := _current.get()) is not None:
        job.read |= tables_in(statement)


def data_seen() -> None:
    """Something kept in memory for a revision of the book is asked for: it rests on all that a revision counts."""
    if (job := _current.get()) is not None:
        job.read |= _BENEATH


def changed(tables: Iterable[str]) -> None:
    """A change of these tables is in the book."""
    if (job := _current.get()) is not None:
        job.written |= set(tables)


@lru_cache(maxsize=512)
def tables_in(statement: str) -> frozenset[str]:
    """Names of the book's tables that stand in a statement, the house's own records left out.

    Read from the text, as SQLite compiles a statement that it remembers only once. Rather too many than too few: a
    table's name that is a bare column's name too counts.
    """
    plain = statement.lower()
    return frozenset(name for name in (*_KNOWN, *set(_LAYER.findall(plain))) if _stands_in(plain, name))


def _stands_in(statement: str, name: str) -> bool:
    """Whether a name stands in a statement as a word that is no column of something (`x.name`) and no label (`AS name`)."""
    at = statement.find(name)
    while at >= 0:
        before = statement[max(0, at - 5) : at].rstrip('"')
        after = statement[at + len(name) : at + len(name) + 1]
        if not (_joins(before[-1:]) or before.endswith((".", " as ")) or _joins(after)):
            return True
        at = statement.find(name, at + 1)
    return False


def _joins(letter: str) -> bool:
    return letter == "_" or letter.isalnum()


def rests_on(tables: Iterable[str]) -> frozenset[str]:
    """The tables whose change may change what was read from `tables`: those that the computed ones among them are made
    from, and the settings, as every rule in force follows from them."""
    named = frozenset(tables)
    computed = {name for name in named if name in _COMPUTED or _LAYER.fullmatch(name)}
    return (named - computed) | {settings.name} | (_BENEATH if computed else frozenset())
