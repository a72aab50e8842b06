"""What cannot be true of one customer at the same time: conditions as data, counted over the layers (domain 11.3)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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
    """One of them counted: `customers` None when no list tells what it needs; `names` are the columns it reads."""

    code: str
    when: str
    text: str
    customers: int | None
    names: frozenset[str]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "when": self.when, "text": _(self.text), "customers": self.customers}


@cache
def _written() -> tuple[Mapping[str, str], ...]:
    body = tomllib.loads((files("resources") / "rules" / "insight_tags.toml").read_text("utf-8"))
    return tuple(body["contradictions"])


def count(conn: Connection, layers: Layers, vocabulary: Vocabulary) -> tuple[ContradictionCount, ...]:
    """All of them in one SELECT; one that names a tag no longer in force cannot be told."""
    resolver = LayerResolver(layers, conn)
    names: dict[str, frozenset[str]] = {}
    sums = {}
    for one in _written():
        try:
            checked = check(parse(one["when"]), vocabulary)
        except WorkbenchError:
            continue
        holds = where(checked, resolver)
        names[one["code"]] = checked.names
        sums[one["code"]] = (func.count(holds), func.count(case((holds, 1))))
    asked = select(
        *(e.label(f"n{place}") for place, e in enumerate(part for pair in sums.values() for part in pair))
    )
    row = conn.execute(asked.select_from(layers.source(resolver.names))).one() if sums else ()
    told = {code: (row[2 * place], row[2 * place + 1]) for place, code in enumerate(sums)}
    return tuple(
        ContradictionCount(
            one["code"], one["when"], one["text"],
            told[one["code"]][1] if told.get(one["code"], (0, 0))[0] else None,
            names.get(one["code"], frozenset()),
        )
        for one in _written()
    )  # fmt: skip
