"""A condition as nested groups of rows, for the window that builds it by hand, and back to text."""

from dataclasses import dataclass
from typing import Literal

from workbench.insight.language import tree
from workbench.insight.language.formatted import NOT, SUM, node_text
from workbench.insight.language.parse import parse
from workbench.insight.language.tree import Node, Query

Combination = Literal["all", "any", "none"]
#: '' a row that is a condition by itself: a flag, a tag, touched(...), list(...), or any text written by hand
Operator = Literal[
    "", "=", "<>", "<", "<=", ">", ">=", "between", "not between", "in", "not in", "contains", "not contains",
    "is missing", "is told",
]  # fmt: skip
#: How many values stand behind an operator; None: any number.
VALUES: dict[Operator, int | None] = {
    "": 0, "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "between": 2, "not between": 2, "in": None,
    "not in": None, "contains": 1, "not contains": 1, "is missing": 0, "is told": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One condition. `subject` and `values` are texts of the language (a name, 50万, 'text', touched('call', 30))."""

    subject: str
    operator: Operator = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Rows and groups: all of them hold, any of them, or none."""

    combination: Combination
    parts: tuple["ConditionGroup | Row", ...] = ()


def as_groups(query: Query) -> ConditionGroup:
    """The condition as groups; anything but a comparison becomes a row of its own text. A limit is left out."""
    condition = query.condition
    if condition is None:
        return ConditionGroup("all")
    made = _part(condition)
    return made if isinstance(made, ConditionGroup) else ConditionGroup("all", (made,))


def _part(node: Node) -> ConditionGroup | Row:
    match node:
        case tree.All():
            return ConditionGroup("all", tuple(_part(part) for part in node.parts))
        case tree.Either():
            return ConditionGroup("any", tuple(_part(part) for part in node.parts))
        case tree.Not(inner=tree.Between() | tree.Among() | tree.Contains()):
            row = _row(node.inner)
            return Row(row.subject, f"not {row.operator}", row.values)  # type: ignore[arg-type]
        case tree.Not(inner=tree.Either(parts=parts)):
            return ConditionGroup("none", tuple(_part(part) for part in parts))
        case tree.Not():
            return ConditionGroup("none", (_part(node.inner),))
    return _row(node)


def _row(node: Node) -> Row:
    match node:
        case tree.Compare():
            return Row(_operand(node.left), node.sign, (_operand(node.right),))
        case tree.Between():
            return Row(_operand(node.value), "between", (_operand(node.low), _operand(node.high)))
        case tree.Among():
            return Row(_operand(node.value), "in", tuple(_operand(option) for option in node.options))
        case tree.Contains():
            return Row(_operand(node.value), "contains", (_operand(node.part),))
        case tree.Missing():
            return Row(_operand(node.value), "is missing")
        case tree.IsPresent():
            return Row(_operand(node.value), "is told")
    return Row(node_text(node))


def _operand(node: Node) -> str:
    return node_text(node, tightness=SUM)


def of_groups(group: ConditionGroup, limit: str = "") -> str:
    """The text of groups, followed by `limit` ('top 50 by ...'); rows not filled in are left out.

    Raises WorkbenchError bad_expression when a row was filled with something that cannot be read.
    """
    text = _text_of(group)
    text = f"{text} {limit}".strip()
    parse(text)
    return text


def _text_of(group: ConditionGroup, *, inside: bool = False) -> str:
    parts = [
        _text_of(part, inside=True) if isinstance(part, ConditionGroup) else _text_of_row(part)
        for part in group.parts
    ]
    filled = [part for part in parts if part]
    if not filled:
        return ""
    if group.combination == "none":
        if len(filled) == 1:
            return f"not ({filled[0]})"
        return f"not ({' or '.join(filled)})"
    text = (" and " if group.combination == "all" else " or ").join(filled)
    return f"({text})" if inside and len(filled) > 1 else text


def _text_of_row(row: Row) -> str:
    needed = VALUES[row.operator]
    values = tuple(value.strip() for value in row.values if value.strip())
    if not row.subject.strip() or (len(values) != needed if needed is not None else not values):
        return ""
    subject = _in_brackets(row.subject, NOT if row.operator == "" else SUM)
    match row.operator:
        case "":
            return subject
        case "between" | "not between":
            return f"{subject} {row.operator} {values[0]} and {values[1]}"
        case "in" | "not in":
            return f"{subject} {row.operator} ({', '.join(values)})"
        case "is missing" | "is told":
            return f"{subject} {row.operator}"
    return f"{subject} {row.operator} {values[0]}"


def _in_brackets(text: str, tightness: int) -> str:
    """A text of the language, in brackets where it would otherwise run into what stands beside it."""
    condition = parse(f"({text})").condition
    return "" if condition is None else node_text(condition, tightness)
