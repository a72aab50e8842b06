"""Parses a condition by the grammar in resources/language; errors point at the character, in plain words."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.language import tree
from workbench.insight.language.fault import fault
from workbench.insight.language.tree import Node, Query

#: limits in letters, levels and nodes; the database could not take a longer statement
LONGEST = 6_000
DEEPEST = 60
WIDEST = 400

_SIGNS = {"==": "=", "＝": "=", "!=": "<>", "≠": "<>", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">"}
_OPERATIONS = {"＋": "+", "－": "-", "×": "*", "÷": "/"}
_UNITS = {"万元": "万", "亿元": "亿", "％": "%", "日": "天", "月": "个月"}
_QUOTES = "'\"“”‘’「」`"


def parse(text: str) -> Query:
    """The tree of a condition; an empty text means everybody. Raises WorkbenchError bad_expression."""
    if len(text) > LONGEST:
        raise _too_much("", 0, _("条件太长({n} 个字,最多 {most} 个)。").format(n=len(text), most=LONGEST))
    try:
        made = cast(Query, _parser().parse(text))
    except UnexpectedEOF as error:
        raise fault(text, len(text), _unfinished(text, len(text), error.expected)) from None
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else _start(error.token)
        raise fault(text, at, _unexpected(text, at, error)) from None
    except UnexpectedCharacters as error:
        at = int(error.pos_in_stream or 0)
        raise fault(text, at, _unread(text, at, error.allowed)) from None
    query = Query(made.condition, made.limit, text)
    for place, (node, depth) in enumerate(tree.walk(query)):
        if depth > DEEPEST:
            raise _too_much(text, node.at, _("条件嵌套太深(最多 {most} 层)。").format(most=DEEPEST))
        if place >= WIDEST:
            raise _too_much(text, node.at, _("条件太多(最多 {most} 处)。").format(most=WIDEST))
    return query


def _too_much(text: str, at: int, what: str) -> WorkbenchError:
    return fault(text, at, what, _("请拆成几个名单,再用 list('名单名') 组合。"))


@cache
def _parser() -> Lark:
    grammar = (files("resources") / "language" / "conditions.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Maker(), maybe_placeholders=True)


@cache
def _pattern(terminal: str) -> re.Pattern[str]:
    return re.compile(_parser().get_terminal(terminal).pattern.to_regexp())


def is_bare(word: str) -> bool:
    """Whether a name can be written without backticks."""
    begins = any(_pattern(other).match(word) for other in ("NUMBER", "DATE", "TOP", "BOTTOM"))
    return _pattern("NAME").fullmatch(word) is not None and not begins


@v_args(inline=True)
class _Maker(Transformer[Token, Any]):
    """Makes the nodes while the text is parsed."""

    def start(self, condition: Node | None, limit: tree.Limit | None) -> Query:
        """The whole text: a condition, a limit, both or neither."""
        return Query(condition, limit)

    def top(self, _top: Token, count: Token, _by: Token, by: Node) -> tree.Limit:
        """`top 50 by x`: the highest first."""
        return _limit(self.number(count), by, True, _start(_top))

    def bottom(self, _bottom: Token, count: Token, _by: Token, by: Node) -> tree.Limit:
        """`bottom 50 by x`: the lowest first."""
        return _limit(self.number(count), by, False, _start(_bottom))

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
        return tree.Negative(inner, at=_start(sign))

    def number(self, token: Token) -> tree.Number:
        """The digits and the unit of `5万元`, synonyms of units read as one."""
        digits = token.rstrip("万亿元%％天日月岁次个户位名分件笔类项条 \t\u3000\n")
        unit = token[len(digits) :].strip()
        return tree.Number(digits, _UNITS.get(unit, unit), at=_start(token))

    def date(self, token: Token) -> Node:
        """`2026-1-5` as 2026-01-05; the check refuses a day that does not exist."""
        year, month, day = token.split("-")
        return tree.Date(f"{year}-{month:0>2}-{day:0>2}", at=_start(token))

    def text(self, token: Token) -> Node:
        """The text between quotes; a doubled ' or " stands for one."""
        value = token[1:-1]
        return tree.Text(
            value.replace(token[0] * 2, token[0]) if token[0] in "'\"" else value, at=_start(token)
        )

    def true(self, token: Token) -> Node:
        """`true`, `是`, `真`."""
        return tree.TruthValue(True, at=_start(token))

    def false(self, token: Token) -> Node:
        """`false`, `否`, `假`."""
        return tree.TruthValue(False, at=_start(token))

    def name(self, token: Token) -> Node:
        """A bare word, resolved by the check."""
        return tree.Name(str(token), at=_start(token))

    def quoted(self, token: Token) -> Node:
        """A word in backticks, without them."""
        return tree.Name(token[1:-1], at=_start(token))

    def call(self, name: Token, *arguments: Node | None) -> Node:
        """`f(a, b)`; the parser hands None for the arguments of `f()`."""
        present = tuple(argument for argument in arguments if argument is not None)
        return tree.Call(str(name), present, at=_start(name))

    def inside(self, inner: Node) -> Node:
        """A condition in brackets, which the tree does not need."""
        return inner


def _start(token: Token) -> int:
    return int(token.start_pos or 0)


def _limit(typed: tree.Number, by: Node, descending: bool, at: int) -> tree.Limit:
    """The count is kept as typed too: the check refuses anything but a whole number of people."""
    whole = typed.text.isdecimal() and len(typed.text) < 18
    return tree.Limit(int(typed.text) if whole else 0, by, descending, typed, at=at)


# -- what went wrong -----------------------------------------------------------------------------------------


def _expected(text: str, at: int, names: Iterable[str]) -> str:
    """What could stand here, in a person's words."""
    wanted = set(names)
    opened = sum(text.count(sign, 0, at) for sign in "(（") > sum(text.count(sign, 0, at) for sign in ")）")
    words = []
    if "NAME" in wanted:
        words.append(_("字段、标签或数值"))
    elif "NUMBER" in wanted:
        words.append(_("数字"))
    if "COMPARISON" in wanted:
        words.append(_("比较(如 >、=、属于、包含、介于)"))
    if "_AND" in wanted and "_OR" in wanted:
        words.append(_("且 / 或"))
    elif "_AND" in wanted:
        words.append(_("“到”和上限"))
    if "_CLOSE" in wanted and opened:
        words.append(_("右括号"))
    if wanted == {"_OPEN"}:
        words.append(_("左括号"))
    if "_COMMA" in wanted and opened:
        words.append(_("逗号"))
    if "BY" in wanted:
        words.append(_("“按”和排序的字段"))
    return commas(words)


def _unfinished(text: str, at: int, names: Iterable[str]) -> str:
    expected = _expected(text, at, names)
    if not expected:
        return _("条件没有写完。")
    return _("条件没有写完,这里应该是{expected}。").format(expected=expected)


def _unexpected(text: str, at: int, error: UnexpectedToken) -> str:
    accepted = set(error.accepts or error.expected)
    if error.token.type == "$END":
        return _unfinished(text, at, accepted)
    if error.token.type == "_CLOSE":
        return _("右括号多了一个,或者括号里没有写完。")
    expected = _expected(text, at, accepted) or _("结束")
    return _("没有看懂“{word}”,这里应该是{expected}。").format(word=str(error.token), expected=expected)


def _unread(text: str, at: int, allowed: Iterable[str] | None) -> str:
    letter = text[at]
    if letter in _QUOTES:
        return _("引号没有成对,或者这里不能写文字。")
    expected = _expected(text, at, allowed or ())
    if not expected:
        return _("没有看懂“{word}”。").format(word=letter)
    return _("没有看懂“{word}”,这里应该是{expected}。").format(word=letter, expected=expected)
