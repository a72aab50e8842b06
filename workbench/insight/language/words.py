"""Puts a checked condition into Chinese words for whoever audits a list (domain 11.4)."""

from decimal import Decimal

from workbench.base.i18n import _, commas, with_unit
from workbench.base.money import round_yuan
from workbench.base.terms import Term
from workbench.insight.language import tree
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.functions import FUNCTIONS
from workbench.insight.language.kinds import kind_of
from workbench.insight.language.touched import meant, words
from workbench.insight.language.tree import Node


def in_words(checked: CheckedQuery) -> str:
    """The condition and its limit as one sentence without a full stop, in the language in use."""
    condition, limit = checked.query.condition, checked.query.limit
    sentence = _("全部客户") if condition is None else _condition(condition)
    if limit is None:
        return sentence
    pattern = _("{said},取{by}最高的 {n} 位") if limit.descending else _("{said},取{by}最低的 {n} 位")
    return pattern.format(said=sentence, by=_value(limit.by), n=limit.count)


# -- conditions ----------------------------------------------------------------------------------------------


def _condition(node: Node, *, inside: bool = False) -> str:
    match node:
        case tree.All():
            text = _(",且").join(_condition(part, inside=True) for part in node.parts)
            return _("({text})").format(text=text) if inside else text
        case tree.Either():
            text = _(",或").join(_condition(part, inside=True) for part in node.parts)
            return _("({text})").format(text=text) if inside else text
        case tree.Not():
            return _not(node.inner)
        case tree.Reference():
            return _holds(node, holds=True)
        case tree.TruthValue():
            return _("总是成立") if node.value else _("从不成立")
        case tree.Call():
            return _call(node, holds=True)
    return _comparison(node)


def _not(inner: Node) -> str:
    match inner:
        case tree.Reference():
            return _holds(inner, holds=False)
        case tree.Call(function="touched" | "list" | "top" | "bottom"):
            return _call(inner, holds=False)
        case tree.Compare(sign="="):
            return _condition(tree.Compare(inner.left, "<>", inner.right))
        case tree.Among():
            return _("{value}不属于{options}").format(value=_value(inner.value), options=_options(inner))
        case tree.Contains():
            return _("{value}不含“{part}”").format(value=_value(inner.value), part=tree.word_of(inner.part))
        case tree.Between():
            return _("{value}不在{low}到{high}之间").format(**_ends(inner))
        case tree.Not():
            return _condition(inner.inner)
    return _("并非({text})").format(text=_condition(inner))


def _holds(node: tree.Reference, *, holds: bool) -> str:
    label = node.term.label
    if node.via == "tag" or node.term.origin in ("tag", "own"):
        return (_("有标签“{name}”") if holds else _("没有标签“{name}”")).format(name=label)
    return (_("{name}为是") if holds else _("{name}为否")).format(name=label)


def _comparison(node: Node) -> str:
    match node:
        case tree.Compare(right=tree.TruthValue() as truth):
            wanted = truth.value == (node.sign == "=")
            return _condition(node.left) if wanted else _not(node.left)
        case tree.Compare():
            left = _value(node.left, beside=_term(node.right))
            right = _value(node.right, beside=_term(node.left))
            return _patterns(kind_of(node.left))[node.sign].format(left=left, right=right)
        case tree.Between():
            return _("{value}在{low}到{high}之间").format(**_ends(node))
        case tree.Among():
            return _("{value}属于{options}").format(value=_value(node.value), options=_options(node))
        case tree.Contains():
            return _("{value}含“{part}”").format(value=_value(node.value), part=tree.word_of(node.part))
        case tree.Missing():
            return _("{value}没有值").format(value=_value(node.value))
        case tree.IsPresent():
            return _("{value}有值").format(value=_value(node.value))
    return _value(node)


def _patterns(kind: str) -> dict[tree.Sign, str]:
    if kind == "date":
        return {
            "=": _("{left}是{right}"), "<>": _("{left}不是{right}"), "<": _("{left}早于{right}"),
            "<=": _("{left}不晚于{right}"), ">": _("{left}晚于{right}"), ">=": _("{left}不早于{right}"),
        }  # fmt: skip
    if kind in ("text", "enum", "flag"):
        return {
            "=": _("{left}是{right}"), "<>": _("{left}不是{right}"), "<": _("{left}低于{right}"),
            "<=": _("{left}不高于{right}"), ">": _("{left}高于{right}"), ">=": _("{left}不低于{right}"),
        }  # fmt: skip
    return {
        "=": _("{left}等于{right}"), "<>": _("{left}不等于{right}"), "<": _("{left}少于{right}"),
        "<=": _("{left}不超过{right}"), ">": _("{left}超过{right}"), ">=": _("{left}不少于{right}"),
    }  # fmt: skip


def _ends(node: tree.Between) -> dict[str, str]:
    term = _term(node.value)
    return {
        "value": _value(node.value),
        "low": _value(node.low, beside=term),
        "high": _value(node.high, beside=term),
    }


def _options(node: tree.Among) -> str:
    term = _term(node.value)
    return commas(_value(option, beside=term) for option in node.options)


def _call(node: tree.Call, *, holds: bool) -> str:
    if node.function == "touched":
        return _contact(node, holds=holds)
    name = tree.word_of(node.arguments[0])
    if node.function == "list":
        return (_("在名单“{name}”里") if holds else _("不在名单“{name}”里")).format(name=name)
    if node.function in ("top", "bottom"):
        pattern = {
            ("top", True): _("{by}在全部客户里最高的 {n} 位"),
            ("top", False): _("{by}不在全部客户里最高的 {n} 位"),
            ("bottom", True): _("{by}在全部客户里最低的 {n} 位"),
            ("bottom", False): _("{by}不在全部客户里最低的 {n} 位"),
        }[(node.function, holds)]
        return pattern.format(by=_value(node.arguments[1]), n=_value(node.arguments[0]))
    text = _value(node)
    return text if holds else _("并非({text})").format(text=text)


def _contact(node: tree.Call, *, holds: bool) -> str:
    names = {code: name for _column, code, name in words()}
    word = tree.word_of(node.arguments[0])
    name = next((names[code] for _column, code in meant(word)), word)
    if len(node.arguments) == 1:
        return (_("有过“{name}”的联系") if holds else _("没有过“{name}”的联系")).format(name=name)
    days = _plain(tree.quantity(node.arguments[1])) if isinstance(node.arguments[1], tree.Number) else ""
    pattern = _("{days}天内有过“{name}”的联系") if holds else _("{days}天内没有“{name}”的联系")
    return pattern.format(days=days, name=name)


# -- values --------------------------------------------------------------------------------------------------


def _term(node: Node) -> Term | None:
    return node.term if isinstance(node, tree.Reference) else None


def _value(node: Node, beside: Term | None = None) -> str:
    match node:
        case tree.Number():
            return _number(node, beside)
        case tree.Text():
            return _("“{text}”").format(text=node.value)
        case tree.Date():
            return node.value
        case tree.TruthValue():
            return _("是") if node.value else _("否")
        case tree.Reference():
            return node.term.label
        case tree.EnumValue():
            return node.label
        case tree.Negative():
            return f"-{_value(node.inner, beside)}"
        case tree.Arithmetic():
            return f"({_value(node.left)} {node.operation} {_value(node.right)})"
        case tree.Call():
            return _called(node)
    return _condition(node, inside=True)


def _number(node: tree.Number, beside: Term | None) -> str:
    if node.unit:
        return node.text + {"万": _("万元"), "亿": _("亿元"), "天": _("天"), "个月": _("个月")}.get(
            node.unit, node.unit
        )
    if beside is None:
        return node.text
    figure = tree.quantity(node)
    if beside.kind == "money":
        if abs(figure) >= 10_000:
            return _("{n}元").format(n=round_yuan(float(figure)))
        return _("{n}元").format(n=_plain(figure))
    if beside.kind == "ratio":
        return f"{_plain(figure * 100)}%"
    return with_unit(node.text, _(beside.unit) if beside.unit else "")


def _plain(figure: Decimal) -> str:
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _called(node: tree.Call) -> str:
    arguments = [
        _condition(argument, inside=True) if kind_of(argument) == "flag" else _value(argument)
        for argument in node.arguments
    ]
    match node.function:
        case "days_since":
            return _("{date}距今天数").format(date=arguments[0])
        case "days_until":
            return _("距{date}的天数").format(date=arguments[0])
        case "month":
            return _("{date}的月份").format(date=arguments[0])
        case "score":
            return _("[{condition}]得{points}分").format(condition=arguments[0], points=arguments[1])
        case "count":
            return _("[{conditions}]成立的个数").format(conditions=_(";").join(arguments))
        case "or_else":
            return _("{first}(没有值时取{second})").format(first=arguments[0], second=arguments[1])
        case "least":
            return _("{first}和{second}中较小的").format(first=arguments[0], second=arguments[1])
        case "most":
            return _("{first}和{second}中较大的").format(first=arguments[0], second=arguments[1])
    if node.function in ("touched", "list", "top", "bottom"):
        return _call(node, holds=True)
    alias = next(one.alias for one in FUNCTIONS if one.name == node.function)
    return f"{alias}({commas(arguments)})"
