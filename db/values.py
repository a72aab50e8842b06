"""What the cells of a book hold, and what JSON holds: the types under every row, fact and document."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

#: A stored value; the tables are STRICT, so there is nothing else in a given table. None means *not told*.
Value: TypeAlias = str | int | float | None

#: What may be written as JSON: into the journal, the audit, a document or a sheet.
Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None


def whole(value: Value) -> int | None:
    """A value of a column of whole numbers (an id, a row, a count)."""
    return value if isinstance(value, int) else None


def text(value: Value) -> str | None:
    """A value of a column of texts or dates."""
    return value if isinstance(value, str) else None
