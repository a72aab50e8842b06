"""What a write returns, and how long work tells its progress and is cancelled."""

from collections.abc import Callable
from dataclasses import dataclass

#: Called with a share 0..1 and what is being done; raises Cancelled when the person gave up.
Progress = Callable[[float, str], None]


class Cancelled(Exception):
    """The person cancelled; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a write changed: topics ('customers', 'snapshots', 'touches', 'plans', 'settings', ...) that pages
    reload on, how many rows, and the change id that undoes it."""

    topics: frozenset[str]
    count: int
    undo_id: int | None


def silent(_share: float, _what: str) -> None:
    """Progress that nobody watches."""
