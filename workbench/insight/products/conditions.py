"""Judge a condition for one customer in Python, with the same three-valued truth as its SQL (see language.compile).

Covers only what the rules of resources/products use: comparisons, between, contains, missing, and / or / not,
arithmetic."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from workbench.insight.language import tree
from workbench.insight.language.tree import Node
from workbench.insight.values.values import Values

_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul,
}  # fmt: skip


def holds(node: Node, values: Values) -> bool | None:
    """Return True (hit), False (no) or None (cannot tell). Raises TypeError for a node that product rules may not use."""
    match node:
        case tree.All():
            return _all([holds(part, values) for part in node.parts])
        case tree.Either():
            none_holds = _all([_not(holds(part, values)) for part in node.parts])
            return _not(none_holds)
        case tree.Not():
            return _not(holds(node.inner, values))
        case tree.TruthValue():
            return node.value
        case tree.Compare():
            return _compared(node.left, node.sign, node.right, values)
        case tree.Between():
            ends = [
                _compared(node.value, ">=", node.low, values),
                _compared(node.value, "<=", node.high, values),
            ]
            return _all(ends)
        case tree.Contains():
            text, part = value(node.value, values), value(node.part, values)
            return None if text is None or part is None else str(part).lower() in str(text).lower()
        case tree.Missing():
            return value(node.value, values) is None
        case tree.IsPresent():
            return value(node.value, values) is not None
    flag = value(node, values)
    return None if flag is None else flag == 1


def value(node: Node, values: Values) -> Any:
    """The value of a node, money in yuan; None where the book does not tell it or a divisor is zero.

    Raises TypeError for a node that product rules may not use.
    """
    match node:
        case tree.Number():
            return float(tree.quantity(node))
        case tree.Text() | tree.Date():
            return node.value
        case tree.TruthValue():
            return int(node.value)
        case tree.EnumValue():
            return node.code
        case tree.Reference():
            fen = values.figure(node.term.name) if node.term.kind == "money" else None
            return values.look_up(node.term.name) if fen is None else fen / 100
        case tree.Negative():
            inner = value(node.inner, values)
            return None if inner is None else -inner
        case tree.Arithmetic():
            return _arithmetic(node, values)
    raise TypeError(f"a rule of products may not use {type(node).__name__}")


def _compared(left: Node, sign: str, right: Node, values: Values) -> bool | None:
    first, second = value(left, values), value(right, values)
    return None if first is None or second is None else _SIGNS[sign](first, second)


def _arithmetic(node: tree.Arithmetic, values: Values) -> float | None:
    first, second = value(node.left, values), value(node.right, values)
    if first is None or second is None:
        return None
    if node.operation == "/":
        return float(first) / float(second) if second else None
    return _OPERATIONS[node.operation](first, second)


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _all(truths: list[bool | None]) -> bool | None:
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True
