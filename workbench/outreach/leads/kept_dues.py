"""What was due of everybody's files, kept for a book: after a contact or a step only the customers concerned are read again."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from db.since import changed_since
from workbench.outreach.case_due import CaseDue
from workbench.outreach.lights.beneath import FILED, MOST, WORKED

Read = Callable[[Collection[int] | None], list[CaseDue]]


@dataclass(frozen=True, slots=True)
class _KeptDues:
    """What a room told at a revision of the book."""

    at: int
    dues: list[CaseDue]


_KEPT: WeakKeyDictionary[Book, dict[Hashable, _KeptDues]] = WeakKeyDictionary()
#: keys that are remembered of a book
_REMEMBERED = 16


def kept_dues(conn: Connection, book: Book, key: Hashable, read: Read) -> list[CaseDue]:
    """What `read(None)` tells, from what was kept under `key` where nothing was written since but about a few customers: theirs
    are read anew."""
    now, mine = revision(conn), _KEPT.setdefault(book, {})
    kept = mine.get(key)
    if kept is not None and kept.at == now:
        return kept.dues
    few = _few(conn, kept.at) if kept is not None else None
    if kept is None or few is None:
        dues = read(None)
    else:
        dues = [one for one in kept.dues if one.customer_id not in few]
        dues += read(few) if few else []
    while len(mine) >= _REMEMBERED and key not in mine:
        mine.pop(next(iter(mine)))
    mine[key] = _KeptDues(now, dues)
    return dues


def _few(conn: Connection, at: int) -> frozenset[int] | None:
    """The customers who were written about since a revision; None where more than that was written."""
    since = changed_since(conn, at)
    if since.customers is None or len(since.customers) > MOST or since.tables - WORKED - FILED:
        return None
    return since.customers
