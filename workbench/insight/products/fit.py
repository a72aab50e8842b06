"""How well a product family fits a customer (domain 11.6): need, similar customers, stage of life, means.

Computed in Python for one customer and in SQL for all. A part that cannot be told scores nothing and is named; a family
without rules for a part scores nothing in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import tomli as tomllib
from sqlalchemy import Float, and_, case, cast, func, literal, or_

from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.base.terms import Term, Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.checked import CheckedQuery
from workbench.insight.language.compile import Resolver, where
from workbench.insight.language.parse import parse
from workbench.insight.products.conditions import holds
from workbench.insight.shelf.families import Family, families
from workbench.insight.tags.vocabulary import vocabulary
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

FILE = "needs.toml"
PARTS = ("need", "stage", "means")


@dataclass(frozen=True, slots=True)
class FitRule:
    """One condition of one part: worth `score` (0..1) when it holds; `why` is its sentence with {measure} in it."""

    family: str
    part: str
    when: str
    score: float
    why: str
    checked: CheckedQuery
    #: the columns that the condition and the sentence read
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class FitRules:
    """All rules by (family code, part), the highest score first; `terms` name the measures in their sentences."""

    by_part: Mapping[tuple[str, str], tuple[FitRule, ...]]
    terms: Mapping[str, Term]

    def of(self, family: Family, part: str) -> tuple[FitRule, ...]:
        """The rules of a family for a part ('need', 'stage', 'means'), the highest score first."""
        return self.by_part.get((family.code, part), ())

    @property
    def names(self) -> frozenset[str]:
        """All columns that any rule reads."""
        return frozenset(name for rules in self.by_part.values() for rule in rules for name in rule.names)


@dataclass(frozen=True, slots=True)
class Alike:
    """How many similar customers hold a family. Similar are those with the same value of `column`; `shares`: value ->
    family code -> holders / customers whose holdings are reported."""

    column: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def share(self, family: Family, values: Values) -> float | None:
        """The share (0..1) of similar customers who hold the family; None if the customer's kind or the share is unknown."""
        kind = values.look_up(self.column) if self.column else None
        return None if kind is None else self.shares.get(str(kind), {}).get(family.code)

    def label(self, values: Values) -> str:
        """What the customer's kind is called, its code where it has no label."""
        kind = str(values.look_up(self.column))
        return self.labels.get(kind, kind)


@dataclass(frozen=True, slots=True)
class FitPart:
    """One of the four parts: `score` 0..1, None = cannot tell; `why` is its sentence, '' when there is nothing to say."""

    score: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The weighted sum and its parts: need, alike, stage, means."""

    score: float
    parts: Mapping[str, FitPart]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The parts that could not be told, by name."""
        named = {
            "need": _("需求"),
            "alike": _("同类客户持有"),
            "stage": _("人生阶段"),
            "means": _("资金条件"),
        }
        return tuple(named[key] for key, part in self.parts.items() if part.score is None)


@cache
def fit_rules() -> FitRules:
    """The rules as shipped in resources/products. Raises WorkbenchError needs_broken, naming the entry."""
    text = (files("resources") / "products" / FILE).read_text("utf-8")
    return read(text, vocabulary(Rules.load()))


def read(text: str, words: Vocabulary) -> FitRules:
    """Read rules from TOML and check their conditions against the vocabulary. Raises WorkbenchError needs_broken."""
    try:
        entries = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise _broken(str(error)) from error
    codes = {family.code for family in families()}
    by_part: dict[tuple[str, str], list[FitRule]] = {}
    for place, entry in enumerate(entries, start=1):
        rule = _rule(place, entry, codes, words)
        by_part.setdefault((rule.family, rule.part), []).append(rule)
    ordered = {key: tuple(sorted(rules, key=lambda r: -r.score)) for key, rules in by_part.items()}
    return FitRules(ordered, {term.name: term for term in words})


def _rule(place: int, entry: Mapping[str, Any], codes: set[str], words: Vocabulary) -> FitRule:
    try:
        family, part, score = str(entry["family"]), str(entry["part"]), float(entry["score"])
        when, why = str(entry["when"]), str(entry["why"])
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(_("第 {n} 条写得不全:{what}").format(n=place, what=error)) from error
    if family not in codes or part not in PARTS or not 0 <= score <= 1:
        words_ = _("第 {n} 条的大类、部分或分值不对:{family}、{part}、{score}")
        raise _broken(words_.format(n=place, family=family, part=part, score=score))
    try:
        checked = check(parse(when), words)
    except WorkbenchError as error:
        raise _broken(_("第 {n} 条的条件不对:{what}").format(n=place, what=error.message)) from error
    figures = frozenset(name for _text, name, _form, _turn in Formatter().parse(why) if name)
    strange = [name for name in sorted(figures) if words.find(name) is None]
    if strange:
        raise _broken(_("第 {n} 条的理由里有不认识的 {what}").format(n=place, what=strange[0]))
    return FitRule(family, part, when, score, why, checked, checked.names | figures)


def _broken(what: str) -> WorkbenchError:
    return WorkbenchError(
        "needs_broken",
        _("产品需求规则文件 {file} 读不了:{what}。").format(file=FILE, what=what),
        _("请改正这个文件,或换回随程序安装的那一份。"),
        file=FILE,
    )


# -- one customer --------------------------------------------------------------------------------------------------


def fit(
    family: Family,
    values: Values,
    rules: Rules,
    alike: Alike | None = None,
    by: FitRules | None = None,
) -> Fit:
    """The fit of a family for one customer: the parts weighted by `fit.weights`, each 0..1, unknown parts as 0."""
    by = by or fit_rules()
    need, stage = (_part(by, family, part, values) for part in ("need", "stage"))
    means = _part(by, family, "means", values) if by.of(family, "means") else _means(family, values)
    parts = {"need": need, "alike": _alike(family, values, alike, rules), "stage": stage, "means": means}
    weights = rules.numbers("fit.weights")
    score = sum(w * (part.score or 0.0) for w, part in zip(weights, parts.values(), strict=True))
    return Fit(score, parts)


def _part(by: FitRules, family: Family, part: str, values: Values) -> FitPart:
    decided = True
    for rule in by.of(family, part):
        condition = rule.checked.query.condition
        verdict = None if condition is None else holds(condition, values)
        if verdict:
            return FitPart(rule.score, _filled(_(rule.why), by.terms, values))
        decided = decided and verdict is not None
    return FitPart(0.0 if decided else None)


def _filled(why: str, terms: Mapping[str, Term], values: Values) -> str:
    return why.format_map(_FigureWords(terms, values))


class _FigureWords(dict[str, str]):
    """Measure -> its figure as a person reads it; '—' where the book does not tell it."""

    def __init__(self, terms: Mapping[str, Term], values: Values) -> None:
        super().__init__()
        self._terms, self._values = terms, values

    def __missing__(self, name: str) -> str:
        value, term = self._values.look_up(name), self._terms.get(name)
        if value is None:
            return "—"
        if isinstance(value, int | float) and term is not None and term.kind == "money":
            return wan(round(value))
        if isinstance(value, int | float) and term is not None and term.kind == "ratio":
            return f"{value:.0%}"
        return f"{value:g}" if isinstance(value, float) else str(value)


def available(values: Values) -> int | None:
    """Fen at hand for a purchase: demand deposits plus what matures within 30 days; None if no demand deposit is told."""
    demand = values.demand
    return None if demand is None else int(demand + (values.matures_30 or 0))


def _means(family: Family, values: Values) -> FitPart:
    if not family.ticket:
        return FitPart(1.0)
    at_hand = available(values)
    if at_hand is None:
        return FitPart(None)
    figures = {"have": wan(at_hand), "need": wan(family.ticket), "least": wan(family.entry)}
    if at_hand >= family.ticket:
        return FitPart(1.0, _("活期闲置与近期到期 {have},够通常金额 {need}").format(**figures))
    if at_hand >= family.entry:
        return FitPart(0.5, _("活期闲置与近期到期 {have},够起购金额 {least}").format(**figures))
    return FitPart(0.0, _("活期闲置与近期到期 {have},不够起购金额 {least}").format(**figures))


def _alike(family: Family, values: Values, alike: Alike | None, rules: Rules) -> FitPart:
    share = None if alike is None else alike.share(family, values)
    if alike is None or share is None:
        return FitPart(None)
    words = _("同为{kind}的客户有 {share} 持有").format(kind=alike.label(values), share=f"{share:.0%}")
    if share < rules.number("fit.alike_least"):
        words = ""
    return FitPart(min(share / rules.number("fit.alike"), 1.0), words)


# -- all customers -------------------------------------------------------------------------------------------------


def part_sql(by: FitRules, family: Family, part: str, resolver: Resolver) -> Expr:
    """The score of a part as SQL, 0..1; NULL = cannot tell. A rule that hits decides before an unknown one."""
    conditions = [(where(rule.checked, resolver), rule.score) for rule in by.of(family, part)]
    if not conditions:
        return literal(0.0)
    unknown = or_(*(condition.is_(None) for condition, _score in conditions))
    steps = [(condition, literal(score)) for condition, score in conditions]
    return case(*steps, (unknown, cast(None, Float)), else_=literal(0.0))


def fit_sql(
    family: Family, rules: Rules, resolver: Resolver, column: Any, alike: Alike | None = None
) -> Expr:
    """The score of `fit` as SQL. `column(name)` is a column of the tag layers."""
    by = fit_rules()
    means = part_sql(by, family, "means", resolver) if by.of(family, "means") else _means_sql(family, column)
    parts = (
        part_sql(by, family, "need", resolver), _alike_sql(family, alike, rules, column),
        part_sql(by, family, "stage", resolver), means,
    )  # fmt: skip
    total: Expr = literal(0.0)
    for weight, part in zip(rules.numbers("fit.weights"), parts, strict=True):
        total = total + weight * func.coalesce(part, 0.0)
    return total


def _means_sql(family: Family, column: Any) -> Expr:
    if not family.ticket:
        return literal(1.0)
    at_hand = column("demand") + func.coalesce(column("matures_30"), 0)
    return case(
        (at_hand >= family.ticket, literal(1.0)),
        (at_hand >= family.entry, literal(0.5)),
        (at_hand.is_not(None), literal(0.0)),
    )


def _alike_sql(family: Family, alike: Alike | None, rules: Rules, column: Any) -> Expr:
    shares = {
        kind: min(of[family.code] / rules.number("fit.alike"), 1.0)
        for kind, of in (alike.shares if alike else {}).items()
        if family.code in of
    }
    return case(shares, value=column(alike.column)) if alike and shares else cast(None, Float)


def needed_rules(by: FitRules, family: Family, rules: Rules) -> tuple[FitRule, ...]:
    """The need rules of a family that score at least `fit.need`: whoever meets one counts as in need."""
    return tuple(rule for rule in by.of(family, "need") if rule.score >= rules.number("fit.need"))


def needed_sql(by: FitRules, family: Family, rules: Rules, resolver: Resolver) -> Expr:
    """Whether a customer needs the family, as SQL; NULL = cannot tell, false for a family without such rules."""
    conditions = [where(rule.checked, resolver) for rule in needed_rules(by, family, rules)]
    return or_(*conditions) if conditions else and_(literal(1) == 0)


def needed_words(by: FitRules, family: Family, rules: Rules) -> str:
    """`needed_sql` in the language of conditions; '' for a family without such rules."""
    return " or ".join(f"({rule.when})" for rule in needed_rules(by, family, rules))


def columns_of(among: Sequence[Family]) -> frozenset[str]:
    """Every column of the tag layers that is read to offer one of these families."""
    own = {family.column for family in among}
    return fit_rules().names | own | {"barred", "demand", "matures_30", *BUYER}


#: what `suitability.of_values` reads
BUYER = (
    "risk_level", "risk_class", "risk_class_1", "risk_valid_days", "age", "term_preference", "balance", "average",
    "yearly_income", "top_share", "held_risk",
)  # fmt: skip
