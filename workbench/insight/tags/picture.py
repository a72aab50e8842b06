"""One customer with every column of all layers: read from the book, or computed for him alone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection, FromClause, func, select

from db.tables import snapshots
from db.values import Value
from workbench.base.dates import month_end, today
from workbench.base.months import data_date
from workbench.insight.churn.assessing import assess
from workbench.insight.churn.measured import as_facts as churn_facts
from workbench.insight.churn.statement import Assessed
from workbench.insight.levels.trails import as_facts as trail_facts
from workbench.insight.levels.trails import compute_trails
from workbench.insight.measures.journey import as_facts as journey_facts
from workbench.insight.stages.stays import Stay, records
from workbench.insight.tags.layers import LAYERS, Layers, Run
from workbench.insight.tags.statements import Pass
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: makes the statements for a month as seen on a day, for some customers
PassFor = Callable[[Connection, str, str, Collection[int] | None], Pass]


@dataclass(frozen=True, slots=True)
class Picture:
    """`values`: every column by name (fen, ISO dates, 0/1, codes; None unknown), empty before the first month.

    `checked`: the result of the churn check where it was computed, None where the stored one was read.
    """

    month: str | None
    as_of: str | None
    day: str
    values: Values
    computed_at: str | None = None
    checked: Assessed | None = None
    #: his stays in the stages of the journey up to the month, the newest first, where they were looked up with the values
    stays: tuple[Stay, ...] = ()

    def get(self, name: str) -> Value:
        """The value of a column; None when unknown or not computed."""
        return self.values.look_up(name)

    @classmethod
    def stored(cls, conn: Connection, layers: Layers, customer_id: int) -> "Picture | None":
        """The picture of the layers in the book; None when they do not hold the customer."""
        run = layers.run
        names = [name for layer in LAYERS for name in run.columns[layer] if name[0] != "_"]
        columns = [layers.column(name) for name in names]
        query = select(*columns).select_from(layers.source(names)).where(layers.customer_id == customer_id)
        row = conn.execute(query).first()
        if row is None:
            return None
        values = Values(dict(zip(names, row, strict=True)))
        stays = records(conn, [customer_id])[customer_id].stays
        return cls(run.month, run.as_of, run.day, values, run.computed_at, stays=stays)


def picture(
    conn: Connection, customer_id: int, month: str | None, day: str | None, rules: Rules, pass_for: PassFor
) -> Picture:
    """Computes one customer in `month`, or in the last month that lists him; stores nothing.

    An earlier month is seen from its own end, as it could be seen then.
    """
    query = select(func.max(snapshots.c.month)).where(snapshots.c.customer_id == customer_id)
    last = conn.execute(query if month is None else query.where(snapshots.c.month <= month)).scalar()
    seen = day or (today().isoformat() if month is None else _seen_from(month))
    as_of = data_date(conn, last) if last else None
    if last is None or as_of is None:
        return Picture(None, None, seen, Values())
    trail = trail_facts(compute_trails(conn, last, rules, [customer_id]))
    facts: dict[str, FromClause] = {"trail": trail, "service": trail}
    checked = assess(conn, last, rules, customer_id)
    if checked is not None:
        facts["churn"] = churn_facts(checked)
    from workbench.insight.stages.one_customer import of_one

    stays = of_one(conn, customer_id, last, rules, checked)
    newest = stays[0] if stays else None
    facts["journey"] = journey_facts(
        customer_id, *((newest.stage, newest.since, newest.ground) if newest else (None, None, None))
    )
    run = Run(last, as_of, seen, 0, "", "", "", "", {})
    turn = pass_for(conn, last, seen, [customer_id])
    values = Values(turn.values(run, facts) or {})
    return Picture(last, as_of, max(seen, as_of), values, checked=checked, stays=stays)


def _seen_from(month: str) -> str:
    return min(today(), month_end(month)).isoformat()
