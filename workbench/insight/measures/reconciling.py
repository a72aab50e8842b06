"""Do the flows of a list agree with the balances? The one home of that question (domain 22-6, 22-16).

A net outflow is believed where the point-in-time balance fell by a good part of it, contradicted where it did not, and
unknown without the balances of both months. Inflow is used whatever the balances say.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, case, func, literal, select

from db.tables import flows
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr, highest, no_count, untold
from workbench.base.months import month_before
from workbench.people.source_row import SourceRow
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause

#: months before the newest in which contradictions are looked for
_BACK = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A month's flows and the point-in-time balances before and after it, as SQL in fen; NULL: not reported."""

    outflow: Expr
    inflow: Expr
    before: Expr
    now: Expr

    @property
    def net(self) -> Expr:
        """Outflow less inflow in fen; NULL when one is not reported."""
        return self.outflow - self.inflow

    @property
    def fell(self) -> Expr:
        """How far the balance fell in fen (negative: it rose); NULL without both balances."""
        return self.before - self.now

    def believed(self, rules: Rules) -> Expr:
        """1 where a net outflow is confirmed by the fall of the balance, 0 where not, NULL where it is unknown.

        Without an inflow, a fall by enough of the whole outflow is proof; a smaller one proves nothing.
        """
        enough = rules.number("flows.fell_share")
        if untold(self.outflow):
            return no_count()
        return case(
            (self.outflow <= 0, 0),
            (self.net <= 0, 0),
            (self.outflow.is_(None) | self.fell.is_(None), None),
            (and_(self.inflow.is_(None), self.fell >= self.outflow * enough), 1),
            (self.inflow.is_(None), None),
            (self.fell >= self.net * enough, 1),
            else_=0,
        )

    def contradicted(self, rules: Rules) -> Expr:
        """1 where the balances deny a claimed net outflow by more than is tolerated, else 0; never NULL."""
        denied = and_(self.net > 0, self.believed(rules) == 0, self.differs(rules) == 1)
        return case((denied, 1), else_=0)

    def lost(self, rules: Rules) -> Expr:
        """The net outflow in fen where it is believed, at most the opening balance; 0 where it is not."""
        believed = self.believed(rules)
        gone = replace(self, outflow=func.coalesce(self.net, self.outflow)).at_most_had()
        return case((believed == 0, 0), (believed == 1, gone))

    def at_most_had(self) -> Expr:
        """The outflow in fen, at most the opening balance; NULL without that balance."""
        had = highest(self.before, literal(0))
        return case((self.before.is_(None), None), (self.outflow > had, had), else_=self.outflow)

    def gap(self) -> Expr:
        """The closing balance less (opening + in - out) in fen; NULL where one of them is not reported."""
        return self.now - (self.before + self.inflow - self.outflow)

    def differs(self, rules: Rules) -> Expr:
        """1 where opening + in - out misses the closing balance by more than is tolerated, else 0; NULL: unknown."""
        share = rules.number("flows.gap_share")
        least = literal(round(rules.number("flows.gap_least") * 100))
        tolerated = highest(highest(self.before, self.now) * share, least)
        return case((self.gap().is_(None), None), (func.abs(self.gap()) > tolerated, 1), else_=0)


def claim_of(month: Any, before: Any, *, outflow: Expr | None = None, inflow: Expr | None = None) -> Claim:
    """The claim of a month's row and the row before it; `outflow` and `inflow` replace the row's own flows."""
    return Claim(
        month.c.outflow if outflow is None else outflow,
        month.c.inflow if inflow is None else inflow,
        before.c.aum_balance,
        month.c.aum_balance,
    )


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """A month of a customer whose flows and balances disagree: money in fen, the sentence, the rows behind it.

    `sources` are the rows of the opening balance, of the closing one, and of the first transaction where the flows
    come from transactions.
    """

    month: str
    before: str
    opening_fen: int
    inflow_fen: int
    outflow_fen: int
    closing_fen: int
    gap_fen: int
    #: the net outflow is not believed
    contradicted: bool
    text: str
    sources: tuple[SourceRow, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For programs; money in yuan."""
        return {
            "code": "flows_differ", "month": self.month, "before": self.before, "opening": self.opening_fen / 100,
            "inflow": self.inflow_fen / 100, "outflow": self.outflow_fen / 100, "closing": self.closing_fen / 100,
            "gap": self.gap_fen / 100, "outflow_believed": not self.contradicted, "text": self.text,
            "sources": [
                {"file": row.file, "sheet": row.sheet, "row": row.row, "batch": row.batch} for row in self.sources
            ],
        }  # fmt: skip


def flow_problems(
    conn: Connection,
    customer_id: int,
    last: str,
    rules: Rules,
    source: Callable[[Any, Any], SourceRow | None],
) -> tuple[FlowProblem, ...]:
    """The months of the year up to `last` in which a customer's flows contradict his balances, the newest first.

    It uses the expressions of the check and the measures. `source` finds the file row of (batch id, row number).
    """
    now, before = month_before(0), month_before(1)
    days = (
        select(
            flows.c.month,
            *(_whole(flows.c[name]).label(name) for name in ("inflow", "outflow")),
            func.min(flows.c.batch_id).label("batch_id"),
            func.min(flows.c.source_row).label("source_row"),
        )
        .where(flows.c.customer_id == customer_id)
        .group_by(flows.c.month)
        .subquery("days")
    )
    outflow, inflow = (func.coalesce(now.c[name], days.c[name]) for name in ("outflow", "inflow"))
    claim = claim_of(now, before, outflow=outflow, inflow=inflow)
    first = shift_month(last, -_BACK)
    months: Sequence[str] = [shift_month(first, k) for k in range(_BACK + 1)]
    earlier = case({month: shift_month(month, -1) for month in months}, value=now.c.month)
    query = (
        select(
            now.c.month, before.c.month.label("before"), claim.before.label("opening"), inflow.label("inflow"),
            outflow.label("outflow"), claim.now.label("closing"), claim.gap().label("gap"),
            claim.contradicted(rules).label("contradicted"), before.c.batch_id.label("batch_1"),
            before.c.source_row.label("row_1"), now.c.batch_id.label("batch_0"), now.c.source_row.label("row_0"),
            case((now.c.outflow.is_(None), days.c.batch_id)).label("batch_2"), days.c.source_row.label("row_2"),
        )
        .select_from(
            now.join(before, and_(before.c.customer_id == now.c.customer_id, before.c.month == earlier))
            .outerjoin(days, days.c.month == now.c.month)
        )
        .where(
            now.c.customer_id == customer_id,
            now.c.month.in_(months),
            claim.differs(rules) == 1,
        )
        .order_by(now.c.month.desc())
    )  # fmt: skip
    return tuple(_problem(dict(row), rules, source) for row in conn.execute(query).mappings())


def _problem(
    row: Mapping[str, Any], rules: Rules, source: Callable[[Any, Any], SourceRow | None]
) -> FlowProblem:
    figures = {f"{name}_fen": row[name] for name in ("opening", "inflow", "outflow", "closing")}
    figures |= {"month": row["month"], "before": row["before"], "gap_fen": abs(row["gap"])}
    sentence = clause(rules, "flows.differ", figures)
    if row["contradicted"]:
        sentence += rules.text("reason.joint") + rules.text("flows.not_believed")
    rows = (source(row[f"batch_{n}"], row[f"row_{n}"]) for n in (1, 0, 2))
    return FlowProblem(
        row["month"], row["before"], row["opening"], row["inflow"], row["outflow"], row["closing"], row["gap"],
        bool(row["contradicted"]), sentence, tuple(row_source for row_source in rows if row_source is not None),
    )  # fmt: skip


def _whole(column: Expr) -> Expr:
    """The sum over a month's days; NULL when one of them has no value."""
    return case((func.count(column) == func.count(), func.sum(column)))
