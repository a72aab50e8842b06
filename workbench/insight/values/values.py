"""The values of one customer in the layers, as typed attributes: an unknown name fails the type check and at runtime."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from db.values import Value
from workbench.insight.values.fields import FieldValues
from workbench.insight.values.measures import MeasureValues
from workbench.insight.values.tags import TagValues


class Values(FieldValues, MeasureValues, TagValues):
    """One customer's values: fen, counts and 0/1 as int, shares and scores as float, dates (ISO), codes and words as text.

    None is unknown, also for a column that was not computed. Own tags and own fields are columns too: they are looked
    up by name, as are the inputs of a rule.
    """

    __slots__ = ("_row",)

    def __init__(self, row: Mapping[str, Value] | None = None) -> None:
        self._row = row or {}

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Value:
            if name not in _NAMES:
                raise AttributeError(f"no layer has a column {name}")
            return self._row.get(name)

    def look_up(self, name: str) -> Value:
        """The value of a column whose name is data (a tag's input, a person's own tag, a rule)."""
        return self._row.get(name)

    def figure(self, name: str) -> float | None:
        """The value of a column as a number; None also for text."""
        value = self._row.get(name)
        return value if isinstance(value, int | float) else None

    def has(self, name: str) -> bool:
        """Whether a column has a value."""
        return self._row.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __bool__(self) -> bool:
        return bool(self._row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self._row == other._row

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._row)))


_NAMES = frozenset(name for part in (FieldValues, MeasureValues, TagValues) for name in part.__annotations__)
