"""Parses a condition by the grammar in resources/language; errors point at the character, in plain words."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.language import tree
from workbench.insight.language.fault import fault
from workbench.insight.language.tree import Query

if TYPE_CHECKING:
    from lark import Lark
    from lark.exceptions import UnexpectedToken

#: limits in letters, levels and nodes; the database could not take a longer statement
LONGEST = 6_000
DEEPEST = 60
WIDEST = 400
#: digits of a number; every amount that there can be has fewer
MOST_DIGITS = 30

_QUOTES = "'\"“”‘’「」`"


def parse(text: str) -> Query:
    """The tree of a condition; an empty text means everybody. Raises WorkbenchError bad_expression."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

    from workbench.insight.language.making import start_of

    if len(text) > LONGEST:
        raise _too_much("", 0, _("条件太长({n} 个字,最多 {most} 个)。").format(n=len(text), most=LONGEST))
    try:
        made = cast(Query, _parser().parse(text))
    except UnexpectedEOF as error:
        raise fault(text, len(text), _unfinished(text, len(text), error.expected)) from None
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else start_of(error.token)
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
        if isinstance(node, tree.Number) and len(node.text) > MOST_DIGITS:
            words = _("数字太长({n} 位,最多 {most} 位)。").format(n=len(node.text), most=MOST_DIGITS)
            raise fault(text, node.at, words)
    return query


def _too_much(text: str, at: int, what: str) -> WorkbenchError:
    return fault(text, at, what, _("请拆成几个名单,再用 list('名单名') 组合。"))


@cache
def _parser() -> "Lark":
    from lark import Lark

    from workbench.insight.language.making import TreeMaker

    grammar = (files("resources") / "language" / "conditions.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=TreeMaker(), maybe_placeholders=True)


@cache
def _pattern(terminal: str) -> re.Pattern[str]:
    return re.compile(_parser().get_terminal(terminal).pattern.to_regexp())


def is_bare(word: str) -> bool:
    """Whether a name can be written without backticks."""
    begins = any(_pattern(other).match(word) for other in ("NUMBER", "DATE", "TOP", "BOTTOM"))
    return _pattern("NAME").fullmatch(word) is not None and not begins


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


def _unexpected(text: str, at: int, error: "UnexpectedToken") -> str:
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
