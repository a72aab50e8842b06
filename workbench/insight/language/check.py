"""Checks a parsed condition against the words of the book: every name resolved, every comparison of like with like."""

import datetime as dt

from workbench.base.i18n import _, commas
from workbench.base.terms import Kind, Term, Vocabulary
from workbench.insight.language import tree
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.fault import fault
from workbench.insight.language.functions import FUNCTIONS, Function, Parameter, function_of
from workbench.insight.language.kinds import NUMERIC, kind_of, kind_word, values_of
from workbench.insight.language.refusals import Refusals
from workbench.insight.language.touched import meant, words
from workbench.insight.language.tree import Node, Query

#: units of people and of days where a number is asked for
PEOPLE, _DAYS = frozenset({"位", "户", "名", "个"}), frozenset({"天"})
#: the most customers and the most days that a condition may ask for
_MOST, _LONGEST = 10_000_000, 36_500
_MIRRORED: dict[tree.Sign, tree.Sign] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def check(query: Query, vocabulary: Vocabulary) -> CheckedQuery:
    """The query with every name resolved. Raises WorkbenchError bad_expression, pointing at the character."""
    refuse = Refusals(query.source)
    checker = _Check(refuse, vocabulary)
    condition: Node | None = None
    kind: Kind = "flag"
    if query.condition is not None:
        condition, kind = checker.node(query.condition)
    limit = query.limit
    if limit is not None:
        if query.condition is not None:
            refuse.must_be_condition(condition, kind)
        by, of = checker.node(limit.by)
        refuse.must_be(NUMERIC | {"date"}, by, of)
        count = (
            refuse.whole(limit.typed_count, PEOPLE, _MOST) if limit.typed_count is not None else limit.count
        )
        if count < 1:
            raise fault(query.source, limit.at, _("名次要从 1 起。"))
        limit = tree.Limit(count, by, limit.descending, limit.typed_count, at=limit.at)
    resolved = Query(condition, limit, query.source)
    nodes = [node for node, _depth in tree.walk(resolved)]
    terms = [node.term for node in nodes if isinstance(node, tree.Reference)]
    calls = [node for node in nodes if isinstance(node, tree.Call)]
    return CheckedQuery(
        resolved,
        kind,
        frozenset(term.name for term in terms),
        frozenset(term.name for term in terms if term.origin in ("tag", "own")),
        tuple(tree.word_of(call.arguments[0]) for call in calls if call.function == "list"),
        any(call.function in ("days_since", "days_until", "touched", "list") for call in calls),
    )


class _Check:
    def __init__(self, refuse: Refusals, vocabulary: Vocabulary) -> None:
        self._refuse = refuse
        self._vocabulary = vocabulary

    # -- one node ------------------------------------------------------------------------------------------

    def node(self, node: Node) -> tuple[Node, Kind]:
        """The resolved node and its kind."""
        made = self._resolved(node)
        return made, kind_of(made)

    def _resolved(self, node: Node) -> Node:
        match node:
            case tree.Name():
                return tree.Reference(self._term(node, node.word), at=node.at)
            case tree.Date():
                return self._date(node, node.value)
            case tree.Not():
                return tree.Not(self.condition(node.inner), at=node.at)
            case tree.All():
                return tree.All(tuple(self.condition(part) for part in node.parts), at=node.at)
            case tree.Either():
                return tree.Either(tuple(self.condition(part) for part in node.parts), at=node.at)
            case tree.Arithmetic():
                left, right = self.number(node.left), self.number(node.right)
                return tree.Arithmetic(left, node.operation, right, at=node.at)
            case tree.Negative():
                return tree.Negative(self.number(node.inner), at=node.at)
            case tree.Call():
                return self._call(node)
        return self._comparison(node)

    def _comparison(self, node: Node) -> Node:
        match node:
            case tree.Compare():
                left, right = self._pair(node.left, node.right)
                sign = node.sign
                if isinstance(left, tree.EnumValue | tree.TruthValue):
                    left, right, sign = right, left, _MIRRORED[sign]
                if sign not in ("=", "<>"):
                    self._refuse.must_have_order(node, left)
                return tree.Compare(left, sign, right, at=node.at)
            case tree.Between():
                value, low = self._pair(node.value, node.low)
                value, high = self._pair(node.value, node.high)
                self._refuse.must_have_order(node, value)
                self._refuse.must_rise(low, high)
                return tree.Between(value, low, high, at=node.at)
            case tree.Among():
                pairs = [self._pair(node.value, option) for option in node.options]
                return tree.Among(pairs[0][0], tuple(option for _value, option in pairs), at=node.at)
            case tree.Contains():
                return self._contains(node)
            case tree.Missing():
                return tree.Missing(self._resolved(node.value), at=node.at)
            case tree.IsPresent():
                return tree.IsPresent(self._resolved(node.value), at=node.at)
        return node

    def condition(self, node: Node) -> Node:
        """The resolved node, refused unless it can hold or not."""
        made, kind = self.node(node)
        self._refuse.must_be_condition(made, kind)
        return made

    def number(self, node: Node) -> Node:
        """The resolved node, refused unless it is a figure."""
        made, kind = self.node(node)
        self._refuse.must_be(NUMERIC, made, kind)
        return made

    def _term(self, node: Node, word: str) -> Term:
        term = self._vocabulary.find(word)
        if term is None:
            near = self._vocabulary.near(word)
            hint = (
                _("是不是:{words}?").format(words=commas(near))
                if near
                else _("名称可以在字段和标签里查;文字请加引号。")
            )
            raise self._refuse.fault(node, _("不认识“{word}”。").format(word=word), hint)
        return term

    def _date(self, node: Node, text: str) -> tree.Date:
        try:
            return tree.Date(dt.date.fromisoformat(text).isoformat(), at=node.at)
        except ValueError:
            raise self._refuse.fault(
                node, _("“{text}”不是日期。").format(text=text), _("请写成 2026-10-31 这样。")
            ) from None

    # -- comparing like with like --------------------------------------------------------------------------

    def _contains(self, node: tree.Contains) -> Node:
        value, kind = self.node(node.value)
        if kind != "text":
            raise self._refuse.fault(
                node.value,
                _("“包含”只用于文字,这里是{kind}。").format(kind=kind_word(kind)),
                _("请用 = 或 属于。"),
            )
        if not isinstance(node.part, tree.Text) or not node.part.value:
            raise self._refuse.fault(node.part, _("“包含”后面要写加引号的文字。"))
        return tree.Contains(value, node.part, at=node.at)

    def _pair(self, left: Node, right: Node) -> tuple[Node, Node]:
        """Both sides of a comparison, resolved and read as the same kind."""
        term = self._enumeration(left)
        if term is not None and isinstance(right, tree.Name | tree.Text):
            return self._resolved(left), self._choice(term, right)
        term = self._enumeration(right)
        if term is not None and isinstance(left, tree.Name | tree.Text):
            return self._choice(term, left), self._resolved(right)
        first, second = self._quoted(left, right), self._quoted(right, left)
        first, second = self._as(first, kind_of(second)), self._as(second, kind_of(first))
        kinds = kind_of(first), kind_of(second)
        if kinds[0] != kinds[1] and not set(kinds) <= NUMERIC:
            hint = _("文字请加引号。") if "text" in kinds else ""
            raise self._refuse.fault(
                right,
                _("{left}不能和{right}比较。").format(
                    left=self._side_in_words(first), right=self._side_in_words(second)
                ),
                hint,
            )
        if kinds == ("enum", "enum") and values_of(first) != values_of(second):
            raise self._refuse.fault(right, _("两边的取值不是同一组,不能比较。"))
        self._refuse.must_fit_units(first, second)
        self._refuse.must_fit_units(second, first)
        return first, second

    def _quoted(self, node: Node, other: Node) -> Node:
        """The resolved side; an unknown bare word beside a text gets the hint that texts need quotes."""
        if (
            isinstance(node, tree.Name)
            and self._vocabulary.find(node.word) is None
            and isinstance(other, tree.Name)
        ):
            beside = self._vocabulary.find(other.word)
            if beside is not None and beside.kind == "text" and not self._vocabulary.near(node.word):
                raise self._refuse.fault(
                    node,
                    _("不认识“{word}”。").format(word=node.word),
                    _("文字请加引号:'{word}'。").format(word=node.word),
                )
        return self._resolved(node)

    def _as(self, node: Node, beside: Kind) -> Node:
        """A literal read as the kind of the other side."""
        if beside == "date" and isinstance(node, tree.Text):
            return self._date(node, node.value)
        if beside == "flag" and isinstance(node, tree.Number) and node.text in ("0", "1") and not node.unit:
            return tree.TruthValue(node.text == "1", at=node.at)
        return node

    def _enumeration(self, node: Node) -> Term | None:
        word = node.word if isinstance(node, tree.Name) else ""
        if isinstance(node, tree.Call) and len(node.arguments) == 1 and _named(node) in ("tag", "field"):
            argument = node.arguments[0]
            word = tree.word_of(argument)
        term = self._vocabulary.find(word) if word else None
        return term if term is not None and term.kind == "enum" else None

    def _choice(self, term: Term, node: tree.Name | tree.Text) -> Node:
        word = node.word if isinstance(node, tree.Name) else node.value
        plain = "".join(word.split()).lower()
        for place, (code, label) in enumerate(term.values):
            if plain in (code.lower(), "".join(label.split()).lower()):
                return tree.EnumValue(code, label, place, at=node.at)
        other = self._vocabulary.find(word) if isinstance(node, tree.Name) else None
        if other is not None and other.kind == "enum" and other.values == term.values:
            return tree.Reference(other, at=node.at)
        labels = commas(f"{label}({code})" if label != code else label for code, label in term.values)
        raise self._refuse.fault(
            node,
            _("“{name}”没有“{word}”这个取值。").format(name=term.label, word=word),
            _("可选:{all}。").format(all=labels),
        )

    def _side_in_words(self, node: Node) -> str:
        kind = kind_word(kind_of(node))
        if isinstance(node, tree.Reference):
            return _("“{name}”({kind})").format(name=node.term.label, kind=kind)
        return kind

    # -- functions -----------------------------------------------------------------------------------------

    def _call(self, node: tree.Call) -> Node:
        function = function_of(node.function)
        if function is None:
            names = commas(one.name for one in FUNCTIONS)
            raise self._refuse.fault(
                node,
                _("没有“{word}”这个函数。").format(word=node.function),
                _("可以用:{names}。").format(names=names),
            )
        self._right_number(node, function)
        if function.name in ("tag", "signal", "field"):
            word = self._word(node.arguments[0])
            return tree.Reference(self._term(node.arguments[0], word), function.name, at=node.at)
        wanted = function.parameters
        made = tuple(
            self._argument(argument, wanted[min(place, len(wanted) - 1)])
            for place, argument in enumerate(node.arguments)
        )
        if function.name == "known":
            return tree.IsPresent(made[0], at=node.at)
        if function.name in ("or_else", "least", "most"):
            made = self._pair(*node.arguments)
        if function.name == "touched":
            self._contact(made[0])
        return tree.Call(function.name, made, at=node.at)

    def _right_number(self, node: tree.Call, function: Function) -> None:
        count, most = len(node.arguments), len(function.parameters)
        if count < function.least or (count > most and not function.repeats):
            raise self._refuse.fault(
                node, _("“{word}”里的内容不对。").format(word=node.function), _(function.text)
            )

    def _word(self, node: Node) -> str:
        if word := tree.word_of(node):
            return word
        raise self._refuse.fault(node, _("这里要写加引号的名称。"))

    def _argument(self, node: Node, wanted: Parameter) -> Node:
        if wanted == "word":
            return tree.Text(self._word(node), at=node.at)
        if wanted == "condition":
            return self.condition(node)
        if wanted in ("whole", "days"):
            units, most = (PEOPLE, _MOST) if wanted == "whole" else (_DAYS, _LONGEST)
            count = self._refuse.whole(node, units, most)
            if wanted == "whole" and not count:
                raise self._refuse.fault(node, _("这里要写一个整数。"))
            return tree.Number(str(count), at=node.at)
        if wanted == "number":
            return self.number(node)
        if wanted == "date":
            made = self._as(self._resolved(node), "date")
            self._refuse.must_be(frozenset({"date"}), made, kind_of(made))
            return made
        return self._resolved(node)

    def _contact(self, node: Node) -> None:
        if not meant(tree.word_of(node)):
            names = commas(dict.fromkeys(name for _column, _code, name in words()))
            raise self._refuse.fault(
                node,
                _("没有“{word}”这个渠道或结果。").format(word=tree.word_of(node)),
                _("可选:{names}。").format(names=names),
            )


def _named(node: tree.Call) -> str:
    function = function_of(node.function)
    return function.name if function else ""
