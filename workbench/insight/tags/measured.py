"""The raw layer's columns: told fields, a person's own fields, and every measure of every section."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import Float, FromClause, Integer, String, case, cast

from db.functions import rounded, text_member
from db.tables import customers
from workbench.base.expressions import Expr
from workbench.base.terms import Kind, Term
from workbench.insight.measures.scope import Scope, Second
from workbench.insight.tags.vocabulary import NAMING, field_terms, measure_terms, sections
from workbench.rules.parameters import Rules

#: Rows that stand in for stored ones, by section of the measures.
Facts = Mapping[str, FromClause]
#: Asked for in nearly every question: they lie first, where a row is quickest to read.
_FIRST = ("balance", "average", "lum", "change", "families", "days_since_touch")
#: sections whose figures a room of its own computes
_ROOMS = {"churn": "workbench.insight.churn.measured"}
#: Kinds of what the first step computes for the second only.
_HIDDEN: Kind = "number"
_HIDDEN_TEXT: Kind = "text"


@dataclass(frozen=True, slots=True)
class Step:
    """Columns of one step with their kinds, in their order."""

    columns: Mapping[str, Expr]
    kinds: Mapping[str, Kind]


def first_step(scope: Scope, rules: Rules, custom: tuple[Term, ...], facts: Facts) -> Step:
    """What is read from the book: measures, told fields, a person's own fields. `facts` stand in for the stored
    results of the check, by section."""
    kinds: dict[str, Kind] = {term.name: term.kind for term in measure_terms(rules)}
    columns: dict[str, Expr] = {}
    for section, module in _modules().items():
        beside: dict[str, Any] = {"facts": facts[section]} if section == "churn" and section in facts else {}
        columns.update(module.columns(scope, rules, **beside))
    for term in field_terms(scope.given.columns):
        if term.told and term.name not in kinds and term.name not in NAMING:
            columns[term.name], kinds[term.name] = scope.field(term.name), term.kind
    for term in custom:
        columns[term.name], kinds[term.name] = _own_field(term), term.kind
    order = [*_FIRST, *(name for name in columns if name not in _FIRST)]
    return Step(
        {name: columns[name] for name in order},
        {name: kinds.get(name) or _hidden(columns[name]) for name in order},
    )


def _hidden(column: Expr) -> Kind:
    return _HIDDEN_TEXT if isinstance(column.type, String) else _HIDDEN


def second_step(second: Second, rules: Rules, facts: Facts) -> Step:
    """What is computed over the first step, each figure of which is a column by now; also the way through the levels."""
    kinds: dict[str, Kind] = {term.name: term.kind for term in measure_terms(rules)}
    columns: dict[str, Expr] = {}
    for section, module in _modules().items():
        if hasattr(module, "refined"):
            columns.update(module.refined(second, rules, facts.get(section)))
    order = ("tower", "tier", *(name for name in columns if name not in ("tower", "tier")))
    return Step({name: columns[name] for name in order}, {name: kinds[name] for name in order})


def _modules() -> dict[str, Any]:
    """The file that holds the expressions of each section: beside the others, or with the room that computes it."""
    return {
        section: import_module(_ROOMS.get(section, f"workbench.insight.measures.{section}"))
        for section in sections()
    }


def _own_field(term: Term) -> Expr:
    """A person's own field: it lies beside the customer under its label, written as text."""
    found = text_member(customers.c.extra, term.label)
    if term.kind == "flag":
        return case((found == "是", 1), (found == "否", 0))
    if term.kind == "money":
        return rounded(cast(found, Float) * 100)
    if term.kind == "count":
        return cast(found, Integer)
    return cast(found, Float) if term.kind in ("number", "ratio") else found
