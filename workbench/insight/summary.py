"""What a book holds, in a few figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookSummary:
    """What the book holds: shown at the top of the navigation and on the week page."""

    customers: int
    months: tuple[str, ...]
    as_of: str | None
    last_import_at: str | None
    new: int
    changed: int
    vanished: int
