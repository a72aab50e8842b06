"""A condition with every name resolved: the start of compiling, wording and counting."""

from dataclasses import dataclass

from workbench.base.terms import Kind
from workbench.insight.language.tree import Query


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query whose names are resolved to `Reference` and `EnumValue`; `kind` is 'flag' for a condition.

    `names`: the columns it reads; `tags`: those of them that are tags; `lists`: the saved lists it refers to; `days`:
    whether its answer depends on the day.
    """

    query: Query
    kind: Kind
    names: frozenset[str]
    tags: frozenset[str]
    lists: tuple[str, ...]
    days: bool
