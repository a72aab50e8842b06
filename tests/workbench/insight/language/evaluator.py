"""A second opinion on what a condition means: evaluates a checked tree over one row in Python (None = cannot tell)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from workbench.insight.language import tree
from workbench.insight.language.tree import Node, quantity

DAY = dt.date(2026, 10, 31)


def value(node: Node, row: Mapping[str, Any]) -> Any:
    match node:
        case tree.Number():
            return float(quantity(node))
        case tree.Text() | tree.Date():
            return node.value
        case tree.TruthValue():
            return int(node.value)
        case tree.EnumValue():
            return node.place
        case tree.Reference():
            return _term_value(node, row)
        case tree.Negative():
            inner = value(node.inner, row)
            return None if inner is None else -inner
        case tree.Arithmetic():
            return _arithmetic(value(node.left, row), node.operation, value(node.right, row))
        case tree.Call():
            return _call(node, row)
    return _verdict(node, row)


def _term_value(node: tree.Reference, row: Mapping[str, Any]) -> Any:
    stored = row[node.term.name]
    if stored is None:
        return None
    if node.term.kind == "money":
        return stored / 100
    if node.term.kind == "enum":
        return [code for code, _label in node.term.values].index(stored)
    return stored


def _verdict(node: Node, row: Mapping[str, Any]) -> int | None:
    match node:
        case tree.Not():
            return _turned(value(node.inner, row))
        case tree.All():
            return _lowest(value(part, row) for part in node.parts)
        case tree.Either():
            return _turned(_lowest(_turned(value(part, row)) for part in node.parts))
        case tree.Compare():
            return _compare(value(node.left, row), node.sign, value(node.right, row))
        case tree.Between():
            middle, low, high = (value(one, row) for one in (node.value, node.low, node.high))
            return _lowest([_compare(middle, ">=", low), _compare(middle, "<=", high)])
        case tree.Among():
            one = value(node.value, row)
            return _turned(_lowest(_compare(one, "<>", value(option, row)) for option in node.options))
        case tree.Contains():
            whole = value(node.value, row)
            return None if whole is None else int(value(node.part, row).lower() in whole.lower())
        case tree.Missing():
            return int(value(node.value, row) is None)
        case tree.IsPresent():
            return int(value(node.value, row) is not None)
    raise AssertionError(node)


def _turned(verdict: int | None) -> int | None:
    return None if verdict is None else 1 - verdict


def _lowest(values: Any) -> int | None:
    """And of Kleene: one no is enough for no, else one unknown is enough for unknown."""
    told = list(values)
    if 0 in told:
        return 0
    return None if None in told else 1


def _compare(left: Any, sign: str, right: Any) -> int | None:
    if left is None or right is None:
        return None
    holds = {
        "=": left == right, "<>": left != right, "<": left < right, "<=": left <= right, ">": left > right,
        ">=": left >= right,
    }  # fmt: skip
    return int(holds[sign])


def _arithmetic(left: Any, operation: str, right: Any) -> Any:
    if left is None or right is None or (operation == "/" and right == 0):
        return None
    return (
        {"+": left + right, "-": left - right, "*": left * right}.get(operation)
        if operation != "/"
        else left / right
    )


def _call(node: tree.Call, row: Mapping[str, Any]) -> Any:
    given = [value(argument, row) for argument in node.arguments]
    match node.function:
        case "days_since":
            return None if given[0] is None else (DAY - dt.date.fromisoformat(given[0])).days
        case "days_until":
            return None if given[0] is None else (dt.date.fromisoformat(given[0]) - DAY).days
        case "month":
            return None if given[0] is None else int(given[0][5:7])
        case "score":
            return None if given[0] is None else (given[1] if given[0] else 0)
        case "count":
            return None if all(one is None for one in given) else sum(one == 1 for one in given)
        case "or_else":
            return given[1] if given[0] is None else given[0]
        case "least":
            return None if None in given else min(given)
        case "most":
            return None if None in given else max(given)
    raise AssertionError(node.function)
