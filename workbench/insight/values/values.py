"""The columns of all layers of one customer, as a typed mapping; a name that no layer has is found by the type checker."""

from collections.abc import Mapping
from typing import TypeAlias, cast

from workbench.insight.values.fields import FieldNumber, FieldText, FieldValues
from workbench.insight.values.measures import MeasureNumber, MeasureText, MeasureValues
from workbench.insight.values.tags import TagNumber, TagText, TagValues

#: A value as the layers hold it: fen, counts and 0/1 as int, shares and scores as float, dates (ISO), codes and words as
#: text; None cannot be told.
Value: TypeAlias = str | int | float | None

#: Names whose value is a number, and those whose value is text.
NumberName: TypeAlias = FieldNumber | MeasureNumber | TagNumber
TextName: TypeAlias = FieldText | MeasureText | TagText


class Values(FieldValues, MeasureValues, TagValues, total=False):
    """One customer's values. A column that is absent was not computed: it cannot be told either.

    Tags and fields that a person made are columns too; they are looked up by `look_up`.
    """


def look_up(values: Values, name: str) -> Value:
    """The value of a column whose name is data (a tag's input, a person's own tag, a rule); None cannot be told."""
    return cast("Value", values.get(name))


def figure(values: Values, name: str) -> float | None:
    """The same, where only a number will do; None also for text."""
    found = look_up(values, name)
    return found if isinstance(found, int | float) else None


def number(values: Values, name: NumberName) -> float | None:
    """A number by its name; a name that is no number's fails the type check."""
    return figure(values, name)


def as_values(row: Mapping[str, Value]) -> Values:
    """A row read from the layers, whose columns are the names of `Values`."""
    return cast("Values", row)
