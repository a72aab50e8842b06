"""The distribution of every tag's values over the customers: one SELECT with many sums per layer (domain 11.3)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, case, func, select

from workbench.base.expressions import Expr
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.layers import LAYERS, Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.tags.library import Library

_NUMBERS = ("money", "number", "count", "ratio")


@dataclass(frozen=True, slots=True)
class Spread:
    """The customers who can have a tag (`eligible`), and how many have each value.

    A value is '1' or '0' of a flag, the code of an enum, 'b0' to 'b9' of a figure (bins of `tags.bins.*`), 'told' for
    any date or text.
    """

    eligible: int
    values: Mapping[str, int]

    @property
    def with_value(self) -> int:
        """How many customers have any value."""
        return sum(self.values.values())

    @property
    def unknown(self) -> int:
        """How many eligible customers have no value."""
        return max(self.eligible - self.with_value, 0)

    @property
    def hit(self) -> int:
        """How many customers have the tag: of a flag those for whom it holds, else all with a value."""
        return self.values.get("1", 0) if set(self.values) <= {"0", "1"} else self.with_value

    def share(self, value: str) -> float:
        """The share of a value among the customers with any, 0 to 1."""
        return self.values.get(value, 0) / self.with_value if self.with_value else 0.0

    def less(self, *others: "Spread") -> "Spread":
        """The spread without the customers of other spreads of the same tag."""
        values = {
            value: count - sum(other.values.get(value, 0) for other in others)
            for value, count in self.values.items()
        }
        return Spread(self.eligible - sum(other.eligible for other in others), values)

    def as_text(self) -> str:
        """The spread as JSON, as stored for a month."""
        return json.dumps({"eligible": self.eligible, "values": dict(self.values)})

    @classmethod
    def of_text(cls, text: str) -> "Spread":
        """The spread of a stored text."""
        body = json.loads(text)
        return cls(body["eligible"], body["values"])


def spread(
    conn: Connection, layers: Layers, library: "Library", rules: Rules, among: Expr | None = None
) -> dict[str, Spread]:
    """The spread of every live tag by its code; `among` limits the customers counted."""
    spreads: dict[str, Spread] = {}
    for number in LAYERS[2:]:
        tags = [tag for tag in library.layer(number) if tag.column in layers.run.columns[number]]
        if tags:
            spreads.update(_of_layer(conn, layers, library, rules, tags, among))
    return spreads


def _of_layer(
    conn: Connection,
    layers: Layers,
    library: "Library",
    rules: Rules,
    tags: Iterable[Tag],
    among: Expr | None,
) -> dict[str, Spread]:
    resolver = LayerResolver(layers, conn)
    counted: list[tuple[str, str, Expr]] = []
    for tag in tags:
        rule = library.ruled(tag.code)
        who = rule.for_whom(resolver) if rule else None
        column = resolver.column(tag.term())
        counted.append((tag.code, "", func.count() if who is None else func.count(case((who, 1)))))
        if tag.kind == "flag" and who is None:
            # two plain sums cost half as much as two conditions
            counted += [
                (tag.code, "1", func.sum(column)),
                (tag.code, "0", func.count(column) - func.sum(column)),
            ]
        else:
            counted += [(tag.code, value, _counted(e, who)) for value, e in parts(tag, column, rules)]
    query = select(*(e.label(f"n{place}") for place, (_code, _value, e) in enumerate(counted)))
    query = query.select_from(layers.source(resolver.names))
    row = conn.execute(query if among is None else query.where(among)).one()
    eligible: dict[str, int] = {}
    values: dict[str, dict[str, int]] = {}
    for (code, value, _e), figure in zip(counted, row, strict=True):
        if value:
            values.setdefault(code, {})[value] = int(figure or 0)
        else:
            eligible[code] = int(figure or 0)
    return {code: Spread(eligible[code], values.get(code, {})) for code in eligible}


def parts(tag: Tag, column: Expr, rules: Rules) -> list[tuple[str, Expr]]:
    """Each value or bin of a tag with the condition of having it."""
    if tag.kind == "flag":
        return [("1", column == 1), ("0", column == 0)]
    if tag.kind == "enum":
        return [(code, column == code) for code, _label in tag.values]
    if tag.kind in _NUMBERS:
        edges = [
            edge * 100 if tag.kind == "money" else edge for edge in rules.numbers(f"tags.bins.{tag.kind}")
        ]
        lows: list[float | None] = [None, *edges]
        highs: list[float | None] = [*edges, None]
        return [
            (f"b{place}", _between(column, low, high))
            for place, (low, high) in enumerate(zip(lows, highs, strict=True))
        ]
    return [("told", column.is_not(None))]


def _between(column: Expr, low: float | None, high: float | None) -> Expr:
    if low is None:
        return column < high
    return column >= low if high is None else and_(column >= low, column < high)


def _counted(condition: Expr, who: Expr | None) -> Expr:
    return func.count(case((condition if who is None else and_(who, condition), 1)))
