"""The kind of value that a part of a condition has, its unit, and the words for both."""

from workbench.base.i18n import _
from workbench.base.terms import Kind
from workbench.insight.language import tree
from workbench.insight.language.tree import Node

NUMERIC = frozenset({"money", "number", "count", "ratio"})
MONEY_UNITS = frozenset({"万", "亿", "元"})
#: units that cannot stand for one another, nor for pieces
SPANS = frozenset({"天", "个月", "岁"})


def kind_of(node: Node) -> Kind:
    """The kind of value of a checked node; money is in yuan."""
    match node:
        case tree.Number():
            if node.unit in MONEY_UNITS:
                return "money"
            return {"%": "ratio", "": "number"}.get(node.unit, "count")  # type: ignore[return-value]
        case tree.Text():
            return "text"
        case tree.Date():
            return "date"
        case tree.Reference():
            return node.term.kind
        case tree.EnumValue():
            return "enum"
        case tree.Negative():
            return kind_of(node.inner)
        case tree.Arithmetic():
            return _arithmetic(kind_of(node.left), node.operation, kind_of(node.right))
        case tree.Call():
            return _kind_of_call(node)
    return "flag"


def _kind_of_call(node: tree.Call) -> Kind:
    if node.function in ("days_since", "days_until", "month", "count"):
        return "count"
    if node.function == "score":
        return "number"
    if node.function in ("or_else", "least", "most"):
        first, second = (kind_of(argument) for argument in node.arguments)
        return first if first == second or first not in NUMERIC or second == "number" else second
    return "flag"


def _arithmetic(left: Kind, operation: tree.Operation, right: Kind) -> Kind:
    both = {left, right}
    if operation == "/":
        if both == {"money"}:
            return "ratio"
        return "money" if left == "money" else "number"
    if "money" in both:
        return "money"
    return left if len(both) == 1 and operation in "+-" else "number"


def unit_of(node: Node) -> str:
    """The unit of a count: '天', '个月', '岁' or as the term says; '' for anything else."""
    if isinstance(node, tree.Reference):
        unit = node.term.unit
        return next((one for one in SPANS if unit == _(one)), unit) if node.term.kind == "count" else ""
    if isinstance(node, tree.Call):
        return {"days_since": "天", "days_until": "天", "month": "个月"}.get(node.function, "")
    return ""


def kind_word(kind: Kind) -> str:
    """The name of a kind, in the language in use."""
    return {
        "money": _("金额"), "number": _("数值"), "count": _("数目"), "ratio": _("比例"), "date": _("日期"),
        "text": _("文字"), "flag": _("是否"), "enum": _("类别"),
    }[kind]  # fmt: skip


def values_of(node: Node) -> tuple[tuple[str, str], ...]:
    """The values of an enumeration as (code, label), lowest first; empty for any other node."""
    return node.term.values if isinstance(node, tree.Reference) else ()
