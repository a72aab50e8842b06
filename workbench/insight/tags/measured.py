"""The columns of the raw layer: reported fields, a person's own fields, and every measure of every section."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlalchemy import FromClause, Integer, String, case, cast

from db.functions import date_in, number_in, rounded, text_member
from db.tables import customers
from workbench.base.expressions import Expr
from workbench.base.terms import Kind, Term
from workbench.insight.measures.scope import Scope, Second
from workbench.insight.tags.layers import FIRST
from workbench.insight.tags.vocabulary import NAMING, field_terms, measure_terms, sections
from workbench.rules.parameters import Rules

#: rows that replace stored ones, by section of the measures
Facts = Mapping[str, FromClause]
#: sections whose measures another room computes
_ROOMS = {"churn": "workbench.insight.churn.measured"}
#: sections whose first step reads rows that may be replaced
_REPLACED = ("churn", "journey")
#: the kind of the columns that the first step computes for the second only
_HIDDEN: Kind = "number"
_HIDDEN_TEXT: Kind = "text"


@dataclass(frozen=True, slots=True)
class Step:
    """Columns of one step with their kinds, in their order."""

    columns: Mapping[str, Expr]
    kinds: Mapping[str, Kind]


def first_step(scope: Scope, rules: Rules, custom: tuple[Term, ...], facts: Facts) -> Step:
    """The first step: measures over the book, reported fields, a person's own fields.

    `facts` replace the stored results of the churn check and the kept stays.
    """
    kinds: dict[str, Kind] = {term.name: term.kind for term in measure_terms(rules)}
    columns: dict[str, Expr] = {}
    for section, module in _modules().items():
        beside: dict[str, Any] = (
            {"facts": facts[section]} if section in _REPLACED and section in facts else {}
        )
        columns.update(module.columns(scope, rules, **beside))
    for term in field_terms(scope.reported.columns):
        if term.reported and term.name not in kinds and term.name not in NAMING:
            columns[term.name], kinds[term.name] = scope.field(term.name), term.kind
    for term in custom:
        columns[term.name], kinds[term.name] = _own_field(term), term.kind
    first = [name for name in FIRST if name in columns]
    rest = [name for name in columns if name not in FIRST]
    # nobody looks for hidden ones after the second step: they come last
    order = [*first, *sorted(rest, key=lambda name: name.startswith("_"))]
    return Step(
        {name: columns[name] for name in order},
        {name: kinds.get(name) or _hidden(columns[name]) for name in order},
    )


def _hidden(column: Expr) -> Kind:
    return _HIDDEN_TEXT if isinstance(column.type, String) else _HIDDEN


def second_step(second: Second, rules: Rules, facts: Facts) -> Step:
    """The second step: measures over the columns of the first, among them those of the level."""
    kinds: dict[str, Kind] = {term.name: term.kind for term in measure_terms(rules)}
    columns: dict[str, Expr] = {}
    for section, module in _modules().items():
        if hasattr(module, "refined"):
            columns.update(module.refined(second, rules, facts.get(section)))
    order = ("tower", "tier", *(name for name in columns if name not in ("tower", "tier")))
    return Step({name: columns[name] for name in order}, {name: kinds[name] for name in order})


def _modules() -> dict[str, Any]:
    """The module with the expressions of each section, in `insight.measures` or in the room of `_ROOMS`."""
    return {
        section: import_module(_ROOMS.get(section, f"workbench.insight.measures.{section}"))
        for section in sections()
    }


def _own_field(term: Term) -> Expr:
    """The column of a person's own field, which `customers.extra` holds as text under its label.

    A cell that could not be read as the field's kind is kept as it was written, and tells nothing here.
    """
    text = text_member(customers.c.extra, term.label)
    match term.kind:
        case "flag":
            return case((text == "是", 1), (text == "否", 0))
        case "money":
            return rounded(number_in(text) * 100)
        case "count":
            return cast(number_in(text), Integer)
        case "number" | "ratio":
            return number_in(text)
        case "date":
            return date_in(text)
    return text
