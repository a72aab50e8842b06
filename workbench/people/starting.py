"""Whether a column starts with a text, answered by an index on any database."""

from sqlalchemy import Column, ColumnElement, and_

#: Sorts after every character that a name can contain.
_LAST = "\U0010ffff"


def starts(column: Column[str], text: str) -> ColumnElement[bool]:
    """Whether a column starts with a text, as a range that an index answers on any database."""
    return and_(column >= text, column < text + _LAST)
