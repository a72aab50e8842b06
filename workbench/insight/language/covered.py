"""Masks the names, phones and ids typed in a condition, before it is shown or handed on (domain 17)."""

from collections.abc import Iterator
from dataclasses import replace

from workbench.base.sensitivity import OPEN, Place, Sensitivity
from workbench.insight.language import tree
from workbench.insight.language.tree import Node, Query
from workbench.people.privacy import mask_typed

#: Functions whose quoted words name a tag, a list, a signal, a field or a channel, never a person
_NAMES = frozenset({"tag", "list", "signal", "field", "touched"})


def covered(query: Query, *, printed: bool = False) -> Query:
    """A checked query with every typed text masked like the field it is compared with; otherwise equal."""
    if query.condition is None:
        return query
    return replace(query, condition=_covered(query.condition, OPEN, printed=printed), source="")


def _covered(node: Node, beside: Sensitivity, *, printed: bool) -> Node:
    """The node with its texts masked; `beside` is the masking of the field that they are compared with."""
    match node:
        case tree.Text():
            return replace(node, value=mask_typed(beside.paper if printed else beside.json, node.value))
        case tree.Call() if node.function in _NAMES:
            return node
        case tree.Call():
            return replace(node, arguments=_each(node.arguments, beside, printed=printed))
        case tree.All() | tree.Either():
            return replace(node, parts=_each(node.parts, printed=printed))
        case tree.Not() | tree.Negative():
            return replace(node, inner=_covered(node.inner, beside, printed=printed))
        case tree.Compare() | tree.Arithmetic():
            left, right = _each((node.left, node.right), printed=printed)
            return replace(node, left=left, right=right)
        case tree.Between():
            value, low, high = _each((node.value, node.low, node.high), printed=printed)
            return replace(node, value=value, low=low, high=high)
        case tree.Among():
            value, *options = _each((node.value, *node.options), printed=printed)
            return replace(node, value=value, options=tuple(options))
        case tree.Contains():
            value, part = _each((node.value, node.part), printed=printed)
            return replace(node, value=value, part=part)
    return node


def _each(nodes: tuple[Node, ...], beside: Sensitivity = OPEN, *, printed: bool) -> tuple[Node, ...]:
    """Parts of one comparison: the field that one of them names decides how the texts of the others are masked.

    `beside`: the masking of what a function is itself compared with. A field that hides its values goes before one that does
    not; where none is named, `beside` decides.
    """
    place: Place = "paper" if printed else "json"
    fields = [*(masks for node in nodes for masks in _fields(node)), beside]
    masks = next((masks for masks in fields if not masks.legible_at(place)), fields[0])
    return tuple(_covered(node, masks, printed=printed) for node in nodes)


def _fields(node: Node) -> Iterator[Sensitivity]:
    """The masking of each field that a side of a comparison names, by itself or inside a function: or_else(name, '…')."""
    match node:
        case tree.Reference():
            yield node.term.masks
        case tree.Call() if node.function not in _NAMES:
            for part in node.arguments:
                yield from _fields(part)
