"""The customers that are planned for: columns of the tag layers, and of the log what they lack."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, case, func, literal, select

from db.known import services, trails
from db.stores.planning import reads_every_customer
from db.tables import customers, touches
from db.year import contact_intervals
from workbench.base.expressions import Expr
from workbench.base.sorted_ids import places_of
from workbench.insight.measures.contact import LogConditions
from workbench.insight.tags.layers import Layers
from workbench.outreach.cadence.intervals import days_of
from workbench.outreach.cadence.whom import NOBODY
from workbench.outreach.wishes.packed import UNTOLD, as_number, ordinals, read_columns
from workbench.people.particulars import particular
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

#: so many ids go into a statement; more are picked out of everybody
NAMED = 5_000
#: columns of the layers that hold dates
_DATES = ("birth_date", "open_date", "id_expiry_date", "insurance_maturity_date")
_COUNTS = ("risk_valid_days", "wecom")


@dataclass(frozen=True, slots=True)
class PlannedCustomers:
    """Columns in the order of ids; days are ordinals, UNTOLD for what is not known.

    `tier`: number of the level (L5: 5), `side`: 0 base or unknown, 1 waist, 2 head; `nobody`: place in NOBODY + 1, 0 for those
    who are planned for; of `columns` `last_talk`, `last_met`, `last_review` are days, `interval` is in days, `own_interval` 1
    where it is the customer's own; `reported`: names of the columns that any list tells.
    """

    as_of: str
    customer: NDArray[np.int64]
    tier: NDArray[np.int64]
    side: NDArray[np.int64]
    nobody: NDArray[np.int64]
    columns: Mapping[str, NDArray[np.int64]]
    reported: frozenset[str]

    def __getitem__(self, name: str) -> NDArray[np.int64]:
        return self.columns[name]

    def of(self, some: NDArray[np.bool_]) -> "PlannedCustomers":
        """Those of a mask."""
        columns = {name: one[some] for name, one in self.columns.items()}
        own = (self.customer[some], self.tier[some], self.side[some], self.nobody[some])
        return PlannedCustomers(self.as_of, *own, columns, self.reported)


def planned_customers(
    conn: Connection, layers: Layers, rules: Rules, day: str, only: Collection[int] | None = None
) -> PlannedCustomers:
    """Everybody on the newest list, or those of `only` on it; what was logged up to a day (ISO)."""
    reads_every_customer(conn)
    read = read_columns(conn, _among(_of_layers(layers, rules), layers.customer_id, only))
    order = np.argsort(read["customer_id"], kind="stable")
    columns = {name: one[order] for name, one in read.items()}
    ids = columns.pop("customer_id")
    if only is not None and len(only) > NAMED:
        wanted = np.isin(ids, np.fromiter(only, dtype=np.int64))
        ids, columns = ids[wanted], {name: one[wanted] for name, one in columns.items()}
    for name in (*_DATES, "qualified"):
        columns[name] = ordinals(columns[name])
    for query in (_contacts(rules, day), _reviews(rules, day)):
        columns |= _beside(conn, ids, query, only)
    for name in ("last_talk", "last_met", "last_review"):
        columns[name] = ordinals(columns[name])
    tier, nobody = columns.pop("tier"), columns.pop("nobody")
    reported = frozenset(name for name, one in columns.items() if len(one) and (one != UNTOLD).any())
    return PlannedCustomers(layers.as_of, ids, tier, _sides(tier, rules), nobody, columns, reported)


def _of_layers(layers: Layers, rules: Rules) -> Select[tuple[int]]:
    names = (*_DATES, *_COUNTS, "tier", "journey_out")
    column = {name: layers.column(name) for name in names}
    levels = [(column["tier"] == f"L{place}", place) for place in range(10)]
    out = [(column["journey_out"] == code, place) for place, code in enumerate(NOBODY, 1)]
    source, born = layers.source(names), column["birth_date"]
    source = source.outerjoin(trails, trails.c.customer_id == layers.customer_id)
    source = source.outerjoin(contact_intervals, contact_intervals.c.customer_id == layers.customer_id)
    if not any("birth_date" in one for one in layers.run.columns.values()):
        source, born = source.join(customers, customers.c.id == layers.customer_id), particular("birth_date")
    dates = {name: as_number(column[name]) for name in _DATES} | {"birth_date": as_number(born)}
    return select(
        layers.customer_id.label("customer_id"),
        case(*levels).label("tier"),
        case(*out, else_=0).label("nobody"),
        *(date.label(name) for name, date in dates.items()),
        *(column[name].label(name) for name in _COUNTS),
        days_of(column["tier"], rules).label("interval"),
        case((contact_intervals.c.days.is_not(None), 1), else_=0).label("own_interval"),
        as_number(trails.c.qualified + literal("-01")).label("qualified"),
    ).select_from(source)


def _contacts(rules: Rules, day: str) -> Select[tuple[int]]:
    """The last contact in which both spoke, and the last meeting."""
    t, conditions = touches.c, LogConditions.of(rules)

    def last(condition: Expr) -> Expr:
        """The last day of such a contact."""
        return as_number(func.max(case((condition, t.date))))

    return (
        select(
            t.customer_id.label("customer_id"),
            last(conditions.two_way).label("last_talk"),
            last(conditions.face).label("last_met"),
        )
        .where(t.date <= day)
        .group_by(t.customer_id)
    )


def _reviews(rules: Rules, day: str) -> Select[tuple[int]]:
    s = services.c
    return (
        select(s.customer_id.label("customer_id"), as_number(func.max(s.date)).label("last_review"))
        .where(s.kind.in_(rules.words("touch.reviews")), s.date <= day)
        .group_by(s.customer_id)
    )


def _among(query: Select[tuple[int]], column: Expr, only: Collection[int] | None) -> Select[tuple[int]]:
    if only is None or len(only) > NAMED:
        return query
    return query.where(column.in_(sorted(only)))


def _beside(
    conn: Connection, ids: NDArray[np.int64], query: Select[tuple[int]], only: Collection[int] | None
) -> dict[str, NDArray[np.int64]]:
    """The columns of a query with a row for some customers, beside all of them."""
    read = read_columns(conn, _among(query, query.selected_columns.customer_id, only))
    places, here = places_of(ids, read.pop("customer_id"))
    columns: dict[str, NDArray[np.int64]] = {}
    for name, values in read.items():
        columns[name] = np.full(len(ids), UNTOLD, dtype=np.int64)
        columns[name][places[here]] = values[here]
    return columns


def _sides(tier: NDArray[np.int64], rules: Rules) -> NDArray[np.int64]:
    """0 for the base and for unknown levels, 1 for the waist, 2 for the head, by the ladder in force."""
    ladder = Ladder.of(rules)
    sides = np.zeros(11, dtype=np.int64)
    for code, tower in zip(ladder.codes, ladder.towers, strict=True):
        if code != ASLEEP:
            sides[int(code[1:])] = 2 if tower == "top" else 0 if tower == "base" else 1
    known: NDArray[np.int64] = np.where(tier == UNTOLD, 10, tier)
    return sides[known]
