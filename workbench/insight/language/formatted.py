"""Writes a condition's tree as text in one canonical form, so that saved conditions can be compared."""

from workbench.insight.language import tree
from workbench.insight.language.parse import is_bare
from workbench.insight.language.tree import Node, Query

#: How tightly a node holds together; looser ones stand in brackets inside tighter ones.
_EITHER, _ALL, NOT, _COMPARISON, SUM, _PRODUCT, _SIGN, _ATOM = range(8)


def formatted(query: Query) -> str:
    """The canonical text: parsed again it gives an equal query."""
    parts = [] if query.condition is None else [node_text(query.condition)]
    if query.limit is not None:
        which = "top" if query.limit.descending else "bottom"
        parts.append(f"{which} {query.limit.count} by {node_text(query.limit.by, SUM)}")
    return " ".join(parts)


def quoted(text: str) -> str:
    """A text as a literal in single quotes, quotes within it doubled."""
    return "'" + text.replace("'", "''") + "'"


def named(word: str) -> str:
    """A name, in backticks where it needs them."""
    return word if is_bare(word) else f"`{word}`"


def node_text(node: Node, tightness: int = _EITHER) -> str:
    """The text of one node, in brackets when it is looser than `tightness`."""
    text, own = _written(node)
    return f"({text})" if own < tightness else text


def _written(node: Node) -> tuple[str, int]:
    match node:
        case tree.Either():
            return " or ".join(node_text(part, _ALL) for part in node.parts), _EITHER
        case tree.All():
            return " and ".join(node_text(part, NOT) for part in node.parts), _ALL
        case tree.Not(inner=tree.Among() | tree.Between() | tree.Contains()):
            return _comparison(node.inner, "not "), _COMPARISON
        case tree.Not():
            return f"not {node_text(node.inner, NOT)}", NOT
        case tree.Arithmetic():
            own = SUM if node.operation in "+-" else _PRODUCT
            left, right = node_text(node.left, own), node_text(node.right, own + 1)
            return f"{left} {node.operation} {right}", own
        case tree.Negative():
            return f"-{node_text(node.inner, _SIGN)}", _SIGN
        case (
            tree.Compare()
            | tree.Between()
            | tree.Among()
            | tree.Contains()
            | tree.Missing()
            | tree.IsPresent()
        ):
            return _comparison(node, ""), _COMPARISON
    return _atom(node), _ATOM


def _comparison(node: Node, negation: str) -> str:
    match node:
        case tree.Compare():
            return f"{node_text(node.left, SUM)} {node.sign} {node_text(node.right, SUM)}"
        case tree.Between():
            value, low, high = (node_text(one, SUM) for one in (node.value, node.low, node.high))
            return f"{value} {negation}between {low} and {high}"
        case tree.Among():
            options = ", ".join(node_text(option, SUM) for option in node.options)
            return f"{node_text(node.value, SUM)} {negation}in ({options})"
        case tree.Contains():
            return f"{node_text(node.value, SUM)} {negation}contains {node_text(node.part, SUM)}"
        case tree.Missing():
            return f"{node_text(node.value, SUM)} is missing"
        case tree.IsPresent():
            return f"{node_text(node.value, SUM)} is told"
    return node_text(node)


def _atom(node: Node) -> str:
    match node:
        case tree.Number():
            return node.text + node.unit
        case tree.Text():
            return quoted(node.value)
        case tree.Date():
            return node.value
        case tree.TruthValue():
            return "是" if node.value else "否"
        case tree.Name():
            return named(node.word)
        case tree.Reference():
            return f"{node.via}({quoted(node.term.name)})" if node.via else named(node.term.name)
        case tree.EnumValue():
            return quoted(node.code)
        case tree.Call():
            return f"{node.function}({', '.join(node_text(argument) for argument in node.arguments)})"
    return node_text(node)
