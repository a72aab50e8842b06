"""The expressions of a tag, parsed and checked, and the one SQL expression that computes the tag."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import case, cast, func, literal

from db.functions import rounded
from workbench.base.errors import WorkbenchError
from workbench.base.expressions import WHOLE, Expr
from workbench.base.i18n import _
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.compile import Resolver, value, where
from workbench.insight.language.kinds import NUMERIC, kind_word
from workbench.insight.language.parse import parse
from workbench.insight.language.tree import Query
from workbench.insight.tags.definition import Tag, filled
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Ruled:
    """A tag's expressions with parameters filled in, checked against a vocabulary; `names`: the columns they read."""

    tag: Tag
    rule: CheckedQuery | None
    cases: tuple[tuple[str, CheckedQuery], ...]
    eligible: CheckedQuery | None
    names: frozenset[str]

    def expression(self, resolver: Resolver) -> Expr:
        """The tag's value per customer: 0/1 for a flag, the code for an enum, fen for money; NULL when unknown.

        A tag given by hand has no rule: its value is the column of the resolver.
        """
        if self.cases:
            return self._first(resolver)
        if self.rule is None:
            return resolver.column(self.tag.term())
        if self.tag.kind == "flag":
            return self._policy(cast(where(self.rule, resolver), WHOLE), 0)
        figure = value(self.rule, resolver)
        if self.tag.kind == "money":
            # the language computes in yuan, the book stores fen
            figure = rounded(figure * 100)
        return self._policy(figure, 0 if self.tag.kind in NUMERIC else None)

    def for_whom(self, resolver: Resolver) -> Expr | None:
        """The condition of customers who can have the tag; None when everybody can."""
        return None if self.eligible is None else where(self.eligible, resolver)

    def _first(self, resolver: Resolver) -> Expr:
        steps: list[tuple[Expr, Expr]] = []
        for code, condition in self.cases:
            holds = where(condition, resolver)
            steps.append((holds, literal(code)))
            if not self.tag.pass_unknown:
                steps.append((holds.is_(None), cast(None, literal(code).type)))
        return case(*steps)

    def _policy(self, figure: Expr, absent: int | None) -> Expr:
        return figure if self.tag.missing == "unknown" or absent is None else func.coalesce(figure, absent)


def ruled(tag: Tag, vocabulary: Vocabulary, rules: Rules) -> Ruled:
    """The checked expressions of a tag.

    Raises WorkbenchError bad_expression, unknown_param, uses_list, wrong_kind; `facts["key"]` is the key of the entry.
    """
    checked_by_key: dict[str, list[CheckedQuery]] = {"rule": [], "cases": [], "eligible": []}
    for key, text in tag.conditions():
        try:
            checked = check(_parsed(_filled(text, rules)), vocabulary)
            _no_lists(checked)
            _suits(checked, tag, key)
        except WorkbenchError as error:
            error.facts["key"] = key
            raise
        checked_by_key[key].append(checked)
    names = frozenset(name for group in checked_by_key.values() for query in group for name in query.names)
    return Ruled(
        tag,
        next(iter(checked_by_key["rule"]), None),
        tuple(zip((code for code, _text in tag.cases), checked_by_key["cases"], strict=True)),
        next(iter(checked_by_key["eligible"]), None),
        names,
    )


def _no_lists(checked: CheckedQuery) -> None:
    """Refuses saved lists in a rule (domain 11.2): a list may be deleted, or read the tag itself."""
    if checked.lists:
        raise WorkbenchError(
            "uses_list",
            _("标签的规则里不能用名单“{name}”:名单建立在标签之上。").format(name=checked.lists[0]),
            _("请把这份名单的条件直接写进规则;固定的一批客户请改用手工标签。"),
        )


def _suits(checked: CheckedQuery, tag: Tag, key: str) -> None:
    """Refuses a rule of another kind than the tag's, and cases or eligibility that are no conditions."""
    wanted = tag.kind if key == "rule" else "flag"
    numbers = {wanted, checked.kind} <= NUMERIC and "money" not in {wanted, checked.kind} - {"number"}
    if checked.kind != wanted and not numbers and not {wanted, checked.kind} <= {"text", "enum"}:
        raise WorkbenchError(
            "wrong_kind",
            _("{key} 应当是{wanted},写的是{found}。").format(
                key=key, wanted=kind_word(wanted), found=kind_word(checked.kind)
            ),
        )


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Query:
    """The tree of a text, cached because the library is judged again and again; trees are immutable."""
    return parse(text)


def _filled(text: str, rules: Rules) -> str:
    try:
        return filled(text, rules.__getitem__)
    except KeyError as error:
        raise WorkbenchError(
            "unknown_param", _("没有规则参数 {key}。").format(key=error.args[0]), key=error.args[0]
        ) from None
