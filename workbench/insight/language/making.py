"""Makes the tree of a condition while the parser reads it; the one importer of the parser, loaded with the first condition."""

from typing import Any

from lark import Token, Transformer, v_args

from workbench.insight.language import tree
from workbench.insight.language.tree import Node, Query

_SIGNS = {"==": "=", "＝": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">"}
_OPERATIONS = {"＋": "+", "－": "-", "×": "*", "÷": "/"}
_UNITS = {"万元": "万", "亿元": "亿", "％": "%", "日": "天", "月": "个月"}


@v_args(inline=True)
class TreeMaker(Transformer[Token, Any]):
    """Makes the nodes while the text is parsed."""

    def start(self, condition: Node | None, limit: tree.Limit | None) -> Query:
        """The whole text: a condition, a limit, both or neither."""
        return Query(condition, limit)

    def top(self, _top: Token, count: Token, _by: Token, by: Node) -> tree.Limit:
        """`top 50 by x`: the highest first."""
        return _limit(self.number(count), by, True, start_of(_top))

    def bottom(self, _bottom: Token, count: Token, _by: Token, by: Node) -> tree.Limit:
        """`bottom 50 by x`: the lowest first."""
        return _limit(self.number(count), by, False, start_of(_bottom))

    def any_of(self, *parts: Node) -> Node:
        """`a or b or (c or d)`: one flat node of four parts."""
        flat = [one for part in parts for one in (part.parts if isinstance(part, tree.Either) else (part,))]
        return tree.Either(tuple(flat), at=parts[0].at)

    def all_of(self, *parts: Node) -> Node:
        """`a and b and (c and d)`: one flat node of four parts."""
        flat = [one for part in parts for one in (part.parts if isinstance(part, tree.All) else (part,))]
        return tree.All(tuple(flat), at=parts[0].at)

    def negated(self, inner: Node) -> Node:
        """`not a` and `不是 a`."""
        return tree.Not(inner, at=inner.at)

    def compared(self, left: Node, sign: Token, right: Node) -> Node:
        """`a >= b`, the full-width and doubled signs read as the plain ones."""
        return tree.Compare(left, _SIGNS.get(sign, str(sign)), right, at=left.at)  # type: ignore[arg-type]

    def equal(self, left: Node, right: Node) -> Node:
        """`a is b` and `a 是 b`."""
        return tree.Compare(left, "=", right, at=left.at)

    def unequal(self, left: Node, right: Node) -> Node:
        """`a is not b` and `a 不是 b`."""
        return tree.Compare(left, "<>", right, at=left.at)

    def between(self, value: Node, low: Node, high: Node) -> Node:
        """`a between b and c` and `a 介于 b 到 c`."""
        return tree.Between(value, low, high, at=value.at)

    def not_between(self, value: Node, low: Node, high: Node) -> Node:
        """`a not between b and c`: the negation of the range."""
        return tree.Not(tree.Between(value, low, high, at=value.at), at=value.at)

    def among(self, value: Node, *options: Node) -> Node:
        """`a in (b, c)` and `a 属于 (b, c)`."""
        return tree.Among(value, options, at=value.at)

    def not_among(self, value: Node, *options: Node) -> Node:
        """`a not in (b, c)`: the negation of the choice."""
        return tree.Not(tree.Among(value, options, at=value.at), at=value.at)

    def contains(self, value: Node, part: Node) -> Node:
        """`a contains 'text'` and `a 包含 'text'`."""
        return tree.Contains(value, part, at=value.at)

    def not_contains(self, value: Node, part: Node) -> Node:
        """`a not contains 'text'`: the negation of the search."""
        return tree.Not(tree.Contains(value, part, at=value.at), at=value.at)

    def missing(self, value: Node) -> Node:
        """`a is missing` and `a is not told`."""
        return tree.Missing(value, at=value.at)

    def present(self, value: Node) -> Node:
        """`a is told` and `a is not missing`."""
        return tree.IsPresent(value, at=value.at)

    def arithmetic(self, left: Node, operation: Token, right: Node) -> Node:
        """`a + b`, `a - b`, `a * b`, `a / b`, the full-width signs read as the plain ones."""
        return tree.Arithmetic(left, _OPERATIONS.get(operation, str(operation)), right, at=left.at)  # type: ignore[arg-type]

    def negative(self, sign: Token, inner: Node) -> Node:
        """`-a`, at the place of its sign."""
        return tree.Negative(inner, at=start_of(sign))

    def number(self, token: Token) -> tree.Number:
        """The digits and the unit of `5万元`, synonyms of units read as one."""
        digits = token.rstrip("万亿元%％天日月岁次个户位名分件笔类项条 \t\u3000\n")
        unit = token[len(digits) :].strip()
        return tree.Number(digits, _UNITS.get(unit, unit), at=start_of(token))

    def date(self, token: Token) -> Node:
        """`2026-1-5` as 2026-01-05; the check refuses a day that does not exist."""
        year, month, day = token.split("-")
        return tree.Date(f"{year}-{month:0>2}-{day:0>2}", at=start_of(token))

    def text(self, token: Token) -> Node:
        """The text between quotes; a doubled ' or " stands for one."""
        value = token[1:-1]
        return tree.Text(
            value.replace(token[0] * 2, token[0]) if token[0] in "'\"" else value, at=start_of(token)
        )

    def true(self, token: Token) -> Node:
        """`true`, `是`, `真`."""
        return tree.TruthValue(True, at=start_of(token))

    def false(self, token: Token) -> Node:
        """`false`, `否`, `假`."""
        return tree.TruthValue(False, at=start_of(token))

    def name(self, token: Token) -> Node:
        """A bare word, resolved by the check."""
        return tree.Name(str(token), at=start_of(token))

    def quoted(self, token: Token) -> Node:
        """A word in backticks, without them."""
        return tree.Name(token[1:-1], at=start_of(token))

    def call(self, name: Token, *arguments: Node | None) -> Node:
        """`f(a, b)`; the parser hands None for the arguments of `f()`."""
        present = tuple(argument for argument in arguments if argument is not None)
        return tree.Call(str(name), present, at=start_of(name))

    def inside(self, inner: Node) -> Node:
        """A condition in brackets, which the tree does not need."""
        return inner


def start_of(token: Token) -> int:
    return int(token.start_pos or 0)


def _limit(typed: tree.Number, by: Node, descending: bool, at: int) -> tree.Limit:
    """The count is kept as typed too: the check refuses anything but a whole number of people."""
    whole = typed.text.isdecimal() and len(typed.text) < 18
    return tree.Limit(int(typed.text) if whole else 0, by, descending, typed, at=at)
