"""The words that a condition may use: fields of the lists, measures, tags and a person's own fields."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib
from sqlalchemy import Connection, select

from db.record import custom_fields
from db.tables import BALANCES, MEASURES, customers, snapshots
from workbench.base.i18n import _
from workbench.base.sensitivity import PERSONAL_CLASS, SENSITIVE_CLASS, sensitivity_of
from workbench.base.terms import Kind, Term, Vocabulary
from workbench.insight.churn.signals.registry import CODES
from workbench.people.labels import headings, label, ordered_fields
from workbench.people.legible import legible, own_column
from workbench.rules.parameters import Rules

_KINDS: Mapping[str, Kind] = {
    "money": "money", "count": "count", "number": "number", "percent": "ratio", "date": "date", "flag": "flag",
}  # fmt: skip
#: fields that name a person: read from the customers themselves, never copied into a layer
NAMING = frozenset({"customer_no", "name", "phone", "id_no", "email", "residence_address", "note"})
#: fields that no selection may use (domain 17, fairness)
_BARRED = frozenset({"ethnicity"})


@cache
def catalogue() -> Mapping[str, Any]:
    """The parsed resources/measures.toml."""
    return tomllib.loads((files("resources") / "measures.toml").read_text("utf-8"))


@cache
def sections() -> Mapping[str, Mapping[str, Any]]:
    """The entries of the measures by section and name; the entry `each_signal` repeated for every signal."""
    found = {name: dict(body) for name, body in catalogue().items() if name != "values"}
    each = found["churn"].pop("each_signal")
    found["churn"].update({code: {**each, "code": code} for code in CODES})
    return found


def field_terms(reported: Collection[str] | None = None) -> list[Term]:
    """The fields of the customer lists; `reported`: the columns that lists have (None: all)."""
    terms = []
    for name, text, kind in ordered_fields():
        if (name in snapshots.c or name in customers.c) and name not in _BARRED:
            here = reported is None or name in reported or name in NAMING
            aliases = headings().get(name, ())
            masks = sensitivity_of(name)
            terms.append(
                Term(
                    name, text, _KINDS.get(kind, "text"), reported=here, aliases=aliases, sensitivity=masks.level,
                    masks=masks,
                )
            )  # fmt: skip
    for measure in MEASURES:
        for balance in BALANCES:
            name = f"{balance}_{measure}"
            masks = sensitivity_of(name)
            terms.append(
                Term(
                    name, label(name), "money", reported=reported is None or name in reported, sensitivity=masks.level,
                    masks=masks,
                )
            )  # fmt: skip
    return terms


def measure_terms(rules: Rules) -> list[Term]:
    """The prepared measures as terms, labels in the language in use."""
    return [
        Term(
            name,
            _(str(body["label"])).format(code=body.get("code", "")),
            body["kind"],
            layer=int(body.get("layer", 1)),
            origin="measure",
            values=values(rules, body["values"]) if body["kind"] == "enum" else (),
            ordered=body["kind"] == "enum" and body["values"] in ("tiers", "tower", "lights"),
            sensitivity=str(body.get("sensitivity", PERSONAL_CLASS)),
            unit=_(str(body["unit"])) if "unit" in body else "",
        )
        for section in sections().values()
        for name, body in section.items()
    ]


def values(rules: Rules, name: str) -> tuple[tuple[str, str], ...]:
    """The values of an enumeration of measures as (code, label), the lowest first."""
    if name == "tiers":
        return tuple((code, rules.text(f"tier.{code}")) for code in ("L0", *rules.words("tiers.codes")))
    return tuple((code, _(str(text))) for code, text in catalogue()["values"][name].items())


def custom_terms(conn: Connection) -> list[Term]:
    """The fields that a person added from columns; their columns in the first layer begin with own_."""
    opened = legible(conn)
    query = select(custom_fields.c.key, custom_fields.c.label, custom_fields.c.kind)
    return [
        Term(
            own_column(row.key),
            row.label,
            _KINDS.get(row.kind, "text"),
            origin="own",
            aliases=(row.key,),
            masks=sensitivity_of(row.key, opened),
        )
        for row in conn.execute(query.order_by(custom_fields.c.id))
    ]


def vocabulary(
    rules: Rules,
    tags: Iterable[Term] = (),
    reported: Collection[str] | None = None,
    custom: Iterable[Term] = (),
) -> Vocabulary:
    """All words; where two share a label, the tag goes before the measure, and that before the field."""
    return Vocabulary([*tags, *inputs(rules, reported, custom)])


def inputs(rules: Rules, reported: Collection[str] | None = None, custom: Iterable[Term] = ()) -> list[Term]:
    """The words of a rule besides tags, without those that must never select a person (domain 17: class C3)."""
    measures = measure_terms(rules)
    taken = {term.name for term in measures}
    labels = {term.label for term in measures}
    field_words = [
        term for term in field_terms(reported) if term.name not in taken and term.label not in labels
    ]
    return [term for term in (*measures, *custom, *field_words) if term.sensitivity != SENSITIVE_CLASS]
