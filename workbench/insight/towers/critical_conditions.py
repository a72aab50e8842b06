"""The conditions of the critical classes (domain 4.8) over the tag layers: who meets which, and what cannot be told.

The tags answer hit, not or unknown; here is only which tag stands for which class, and what is read beside it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli as tomllib
from sqlalchemy import Connection, func, or_, select, union_all

from workbench.base.i18n import _
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.tags.layers import Layers
from workbench.insight.values.values import Values

#: what the sentences of the conditions are made of
_FIGURES = (
    "average", "balance", "by_balance", "line_own", "tier", "change", "active_days", "opened_days", "families", "product_count",
    "holds_app", "payroll_3", "utility_autopay", "risk_valid_days", "older_in", "id_expiry_date", "loss", "loss_share",
    "held_risk", "risk_class", "light", STAGE, "customer_no", "name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CriticalCondition:
    """A condition of a critical class: the `tag` that answers it, its name, and the column that would unlock it."""

    code: str
    critical: str
    tag: str
    name: str
    column: str


@dataclass(frozen=True, slots=True)
class CriticalHit:
    """A customer who meets a condition, with the values that its sentence is made of."""

    customer_id: int
    condition: CriticalCondition
    values: Values


@dataclass(frozen=True, slots=True)
class BlindCondition:
    """A condition that cannot be told of `customers`; of `everyone` when they are as many."""

    condition: CriticalCondition
    customers: int
    everyone: int

    @property
    def of_all(self) -> bool:
        """Whether it cannot be told of anybody."""
        return self.customers == self.everyone

    @property
    def words(self) -> str:
        """What cannot be seen, of how many, and the column that would unlock it."""
        name, column = _(self.condition.name), _(self.condition.column)
        if self.of_all:
            return _("{name}(缺「{column}」)").format(name=name, column=column)
        return _("{name} {n} 户(缺「{column}」)").format(name=name, column=column, n=f"{self.customers:,}")


@cache
def conditions() -> tuple[CriticalCondition, ...]:
    """All conditions, in the order of their classes."""
    body = tomllib.loads((files("resources") / "rules" / "insight_critical.toml").read_text("utf-8"))
    return tuple(
        CriticalCondition(raw["code"], raw["class"], raw["tag"], raw["name"], raw["column"])
        for raw in body["conditions"]
    )


def critical_hits(
    conn: Connection, layers: Layers, classes: Iterable[str], only: Collection[int] | None = None
) -> list[CriticalHit]:
    """Who meets a condition of these classes, by customer id, then in the order of the conditions; of `only` some (ids),
    None: of all. Each table of tags is searched by itself."""
    among = frozenset(classes)
    wanted = [one for one in conditions() if one.critical in among]
    meeting = [
        select(layer.c.customer_id).where(
            or_(*(layers.column(tag) == 1 for tag in some)),
            *([] if only is None else [layer.c.customer_id.in_(only)]),
        )
        for layer, some in layers.by_table(one.tag for one in wanted)
    ]
    if not meeting:
        return []
    tags = [layers.column(one.tag).label(one.tag) for one in wanted]
    figures = [layers.column(name).label(name) for name in _FIGURES]
    query = (
        select(layers.customer_id.label("customer_id"), *tags, *figures)
        .select_from(layers.source([*(one.tag for one in wanted), *_FIGURES]))
        .where(layers.customer_id.in_(union_all(*meeting)))
        .order_by(layers.customer_id)
    )
    hits = []
    for row in conn.execute(query).mappings():
        values = Values({name: row[name] for name in _FIGURES})
        hits += [CriticalHit(row["customer_id"], one, values) for one in wanted if row[one.tag] == 1]
    return hits


def blind_conditions(conn: Connection, layers: Layers) -> tuple[BlindCondition, ...]:
    """The conditions that cannot be told of some customers or of any; each table is read once, by itself."""
    everyone, known = 0, dict[str, int]()
    for layer, some in layers.by_table(one.tag for one in conditions()):
        counts = [func.count(layers.column(tag)).label(tag) for tag in some]
        everyone, *numbers = conn.execute(select(func.count(), *counts).select_from(layer)).one()
        known |= dict(zip(some, numbers, strict=True))
    blind = (BlindCondition(one, everyone - known.get(one.tag, 0), everyone) for one in conditions())
    return tuple(one for one in blind if one.customers)
