"""The raw layer's columns: told fields, a person's own fields, and every measure of every section."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import JSON, Float, FromClause, Integer, case, cast, func

from db.tables import customers
from workbench.insight.expressions import Expr
from workbench.insight.language.terms import Kind, Term
from workbench.insight.measures.scope import Base, Scope
from workbench.insight.tags.vocabulary import NAMING, field_terms, measure_terms, sections
from workbench.rules import Rules

#: Asked for in nearly every question: they lie first, where a row is quickest to read.
_FIRST = ("balance", "tower", "average", "tier", "lum", "change", "families")
#: Sections whose figures are computed beside the book for one person or another month.
_FACTS = ("trail", "service", "churn")


@dataclass(frozen=True, slots=True)
class Measured:
    """The columns of the first layer. `told` are read from the book (those with an underscore only serve others),
    `refined` computed over them; `kinds` names all that are kept, in their order."""

    told: Mapping[str, Expr]
    refined: Callable[[Base], Mapping[str, Expr]]
    kinds: Mapping[str, Kind]


def measured(
    scope: Scope, rules: Rules, custom: tuple[Term, ...] = (), facts: Mapping[str, FromClause] | None = None
) -> Measured:
    """`facts` stand in for the stored trails and results of the check, by section."""
    told: dict[str, Expr] = {}
    modules = [import_module(f"workbench.insight.measures.{section}") for section in sections()]
    for section, module in zip(sections(), modules, strict=True):
        beside: dict[str, Any] = (
            {"facts": facts[section]} if facts and section in _FACTS and section in facts else {}
        )
        told.update(module.columns(scope, rules, **beside))
    kinds: dict[str, Kind] = {term.name: term.kind for term in measure_terms(rules)}
    for term in field_terms(scope.given.columns):
        if term.told and term.name not in kinds and term.name not in NAMING:
            told[term.name], kinds[term.name] = scope.field(term.name), term.kind
    for term in custom:
        told[term.name], kinds[term.name] = _own_field(term), term.kind
    order = [*_FIRST, *(name for name in kinds if name not in _FIRST)]

    def refined(base: Base) -> dict[str, Expr]:
        found: dict[str, Expr] = {}
        for module in modules:
            if hasattr(module, "refined"):
                found.update(module.refined(base, scope, rules))
        return found

    return Measured(told, refined, {name: kinds[name] for name in order})


def _own_field(term: Term) -> Expr:
    """A person's own field: it lies beside the customer under its label, written as text."""
    found = cast(customers.c.extra, JSON)[term.label].as_string()
    if term.kind == "flag":
        return case((found == "是", 1), (found == "否", 0))
    if term.kind == "money":
        return cast(func.round(cast(found, Float) * 100), Integer)
    return cast(found, Float) if term.kind in ("number", "count", "ratio") else found
