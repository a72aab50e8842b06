"""What a write returns, and how long work tells its progress and is cancelled."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.journal import Writer

#: Called with a share 0..1 and what is being done; raises Cancelled when the person gave up.
Progress = Callable[[float, str], None]


class Cancelled(Exception):
    """The person cancelled; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write changed: the tables of the book that it wrote to, how many rows (or what else is counted), and the
    change id that undoes it."""

    tables: frozenset[str]
    count: int
    undo_id: int | None

    @classmethod
    def by(cls, writer: "Writer", count: int) -> "Change":
        """What was written through the one door; a write that found everything as wanted can not be undone."""
        return cls(writer.tables, count, writer.change_id if writer.counts else None)

    @classmethod
    def nothing(cls) -> "Change":
        """The book is as it was."""
        return cls(frozenset(), 0, None)


def silent(_share: float, _what: str) -> None:
    """Progress that nobody watches."""
