"""Contradictions: facts of a customer that cannot be true together, with figures and what to check (domain 2.3, 11.3)."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _
from workbench.insight.genes.data import Conflict, conflicts
from workbench.insight.genes.wording import in_yuan, value_of
from workbench.insight.values.values import Values

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
    "contains": lambda text, part: str(part) in str(text),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GeneContradiction:
    """A contradiction of one customer: the sentence with its figures, and what to check."""

    code: str
    sentence: str
    check: str


def contradictions(values: Values) -> tuple[GeneContradiction, ...]:
    """The contradictions whose parts are all told and hold; an unknown part contradicts nothing."""
    return tuple(
        GeneContradiction(
            one.code,
            _(one.sentence).format_map(
                {name: value_of(name, values.look_up(name)) for name, _op, _value in one.all}
            ),
            _(one.check),
        )
        for one in conflicts()
        if _contradicts(one, values)
    )


def _contradicts(one: Conflict, values: Values) -> bool:
    return all(
        values.look_up(name) is not None and _OPERATORS[sign](in_yuan(name, values.look_up(name)), wanted)
        for name, sign, wanted in one.all
    )
