"""The tree of a condition: what the parser makes, the check resolves, and the compiler and the wording walk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from workbench.base.terms import Term

Sign = Literal["=", "<>", "<", "<=", ">", ">="]
Operation = Literal["+", "-", "*", "/"]
_SCALES = {"万": 10_000, "亿": 100_000_000}


def _at() -> Any:
    """Where the node begins in the text (0-based); equal trees may stand at different places."""
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed: `text` its digits, `unit` one of '', '万', '亿', '元', '%', '天', '个月', ..."""

    text: str
    unit: str = ""
    at: int = _at()


def quantity(node: Number) -> Decimal:
    """The amount of a number as typed: 5万 -> 50000, 10% -> 0.1."""
    figure = Decimal(node.text)
    return figure / 100 if node.unit == "%" else figure * _SCALES.get(node.unit, 1)


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Date:
    """A date 'YYYY-MM-DD'."""

    value: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class TruthValue:
    """是 or 否."""

    value: bool
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Name:
    """A word not yet resolved: a term, or a value of an enumeration."""

    word: str
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Reference:
    """A resolved word. `via` is the function that named it: '' (none), 'tag', 'signal', 'field'."""

    term: Term
    via: str = ""
    at: int = _at()


@dataclass(frozen=True, slots=True)
class EnumValue:
    """A resolved value of an enumeration; `place` is its position, the lowest 0."""

    code: str
    label: str
    place: int
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; `function` is its English name once checked."""

    function: str
    arguments: tuple["Node", ...]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    inner: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple["Node", ...]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values side by side."""

    left: "Node"
    sign: Sign
    right: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Between:
    """The value lies between low and high; both ends count."""

    value: "Node"
    low: "Node"
    high: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of the options."""

    value: "Node"
    options: tuple["Node", ...]
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Contains:
    """A text holds another one."""

    value: "Node"
    part: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Missing:
    """Whether the book has no value; true or false, never NULL."""

    value: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class IsPresent:
    """Whether the book has a value; true or false, never NULL."""

    value: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, difference, product or quotient."""

    left: "Node"
    operation: Operation
    right: "Node"
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Negative:
    """A value with its sign turned."""

    inner: "Node"
    at: int = _at()


Node = (
    Number | Text | Date | TruthValue | Name | Reference | EnumValue | Call | Not | All | Either | Compare | Between | Among
    | Contains | Missing | IsPresent | Arithmetic | Negative
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """The first (`descending`) or last `count` of those that match, by a value."""

    count: int
    by: Node
    descending: bool = True
    #: the count as typed; None where the limit was not parsed from a text
    typed_count: Number | None = field(default=None, compare=False)
    at: int = _at()


@dataclass(frozen=True, slots=True)
class Query:
    """A whole text. No condition means everybody."""

    condition: Node | None = None
    limit: Limit | None = None
    #: as typed, for pointing at a place; '' for a query that was not parsed
    source: str = field(default="", compare=False)


def children(node: Node) -> tuple[Node, ...]:
    """The direct children of a node; empty for a leaf."""
    match node:
        case Call():
            return node.arguments
        case Not() | Negative():
            return (node.inner,)
        case All() | Either():
            return node.parts
        case Compare() | Arithmetic():
            return (node.left, node.right)
        case Between():
            return (node.value, node.low, node.high)
        case Among():
            return (node.value, *node.options)
        case Contains():
            return (node.value, node.part)
        case Missing() | IsPresent():
            return (node.value,)
    return ()


def walk(query: Query) -> Iterator[tuple[Node, int]]:
    """Every node with its depth (the roots 1), without recursion."""
    roots = (query.condition, query.limit.by if query.limit else None)
    waiting = [(node, 1) for node in roots if node is not None]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting.extend((below, depth + 1) for below in children(node))


def word_of(node: Node) -> str:
    """The words of a quoted text or a bare name; '' for any other node."""
    match node:
        case Text():
            return node.value
        case Name():
            return node.word
    return ""
