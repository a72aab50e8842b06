"""A condition whose names are known: what reading, wording and counting it start from."""

from dataclasses import dataclass

from workbench.base.terms import Kind
from workbench.insight.language.tree import Query


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query whose names are `Reference` and `Choice`; `kind` is 'flag' for a condition.

    `names`: the columns it reads; `tags`: those of them that are tags; `lists`: saved lists it asks for; `days`: whether
    its answer depends on the day.
    """

    query: Query
    kind: Kind
    names: frozenset[str]
    tags: frozenset[str]
    lists: tuple[str, ...]
    days: bool
