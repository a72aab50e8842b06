"""Contradictions: conditions that no customer should meet, as data, counted over the layers (domain 11.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib
from sqlalchemy import Connection, case, func, select

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.terms import Vocabulary
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver


@dataclass(frozen=True, slots=True)
class ContradictionCount:
    """One contradiction counted: `customers` None when its inputs are unknown; `names` the columns it reads."""

    code: str
    when: str
    text: str
    customers: int | None
    names: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """For programs; the text in the language in use."""
        return {"code": self.code, "when": self.when, "text": _(self.text), "customers": self.customers}


@cache
def _written() -> tuple[Mapping[str, str], ...]:
    body = tomllib.loads((files("resources") / "rules" / "insight_tags.toml").read_text("utf-8"))
    return tuple(body["contradictions"])


def count(conn: Connection, layers: Layers, vocabulary: Vocabulary) -> tuple[ContradictionCount, ...]:
    """All contradictions counted in one SELECT; one that names a tag no longer in force is unknown."""
    resolver = LayerResolver(layers, conn)
    names: dict[str, frozenset[str]] = {}
    sums = {}
    for entry in _written():
        try:
            checked = check(parse(entry["when"]), vocabulary)
        except WorkbenchError:
            continue
        holds = where(checked, resolver)
        names[entry["code"]] = checked.names
        sums[entry["code"]] = (func.count(holds), func.count(case((holds, 1))))
    query = select(
        *(e.label(f"n{place}") for place, e in enumerate(part for pair in sums.values() for part in pair))
    )
    row = conn.execute(query.select_from(layers.source(resolver.names))).one() if sums else ()
    counted = {code: (row[2 * place], row[2 * place + 1]) for place, code in enumerate(sums)}
    return tuple(
        ContradictionCount(
            entry["code"], entry["when"], entry["text"],
            counted[entry["code"]][1] if counted.get(entry["code"], (0, 0))[0] else None,
            names.get(entry["code"], frozenset()),
        )
        for entry in _written()
    )  # fmt: skip
