"""Transactions of the last months, summed per customer: the base of the behaviour measures (domain 10.5)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import FromClause, Integer, and_, case, cast, func, literal, select

from db.functions import holds, member
from db.tables import flows
from workbench.base.expressions import Expr, nothing, text_or_null
from workbench.insight.measures.reconciling import Claim
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules

#: months back of the figures, the newest first; of those needed month by month; the same month a year before
RECENT = tuple(range(6))
QUARTER = (0, 1, 2)
YEAR = 12
#: classes of counterparties as the import names them (resources/rules/intake_kinds.toml)
CLASSES = ("property", "school", "hospital", "securities", "insurance", "same_name", "internet")
#: columns with the largest single amount of a day
LARGEST = ("largest_outflow", "largest_inflow")
#: the span in days of the figures "of the last 90 days"
DAYS = 90

#: figure -> months back in which it is needed
_MONTHLY = {
    "inflow": (*QUARTER, YEAR),
    "outflow": QUARTER,
    "active_count": (0,),
    "third_party_outflow": QUARTER,
    "third_party_count": (0,),
}


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """Per customer and month, in fen or counts.

    `at` answers the figure of the transactions; for a customer without any, the summary column of the customer list;
    without that too, 0 where the month's transactions were imported.
    """

    scope: Scope
    #: months back with transactions of anybody -> one row per customer with transactions in it (see `_month`)
    months: Mapping[int, FromClause]

    @property
    def backs(self) -> frozenset[int]:
        """Months back with transactions of anybody."""
        return frozenset(self.months)

    @property
    def recent(self) -> list[FromClause]:
        """The per-customer sums of the recent months that have transactions, the newest first."""
        return [self.months[back] for back in RECENT if back in self.months]

    def of(self, name: str, back: int) -> Expr:
        """The figure of the transactions alone; NULL where the customer has none or the file left it open."""
        return self.months[back].c[name] if back in self.months else nothing()

    def absent(self, back: int) -> Expr:
        """0 where the month's transactions were imported without any of this customer, else NULL."""
        return case((self.months[back].c.rows.is_(None), 0)) if back in self.months else nothing()

    def at(self, name: str, back: int, column: str | None = None) -> Expr:
        """The figure of a month, `column` its summary in the customer list (see the class)."""
        sources = [self.of(name, back)] if back in self.months else []
        if column is not None:
            sources.append(self.scope.at(column, back))
        if back in self.months:
            sources.append(self.absent(back))
        if not sources:
            return nothing()
        return func.coalesce(*sources) if len(sources) > 1 else sources[0]

    def each(self, name: str) -> list[Expr]:
        """The figure in each of the recent months with transactions, the newest first."""
        return [month.c[name] for month in self.recent]

    def claim(self, back: int) -> Claim:
        """The flows of a month from either list, beside the balances before and after it."""
        balances = self.scope.at("aum_balance", back + 1), self.scope.at("aum_balance", back)
        return Claim(self.at("outflow", back, "outflow"), self.at("inflow", back, "inflow"), *balances)

    def outflow(self, back: int, rules: Rules) -> Expr:
        """The outflow of a month in fen; NULL where the balances contradict it."""
        claim = self.claim(back)
        return case((claim.contradicted(rules) == 0, claim.outflow))

    def sum_of(self, name: str) -> Expr:
        """The sum of a figure over the recent months with transactions; 0 for a customer without any."""
        total: Expr = literal(0)
        for month_figure in self.each(name):
            total = total + func.coalesce(month_figure, 0)
        return total

    def latest(self, name: str, backs: Sequence[int] = RECENT) -> Expr:
        """The latest date in a column: that of the newest of these months which has one; NULL without."""
        dates = [self.months[back].c[name] for back in backs if back in self.months]
        if not dates:
            return text_or_null()
        return func.coalesce(*dates) if len(dates) > 1 else dates[0]

    def covers(self, backs: Sequence[int]) -> bool:
        """Whether transactions of all these months were imported."""
        return self.backs.issuperset(backs)

    def late(self, name: str) -> Expr:
        """The sum of `active`, `amount` or a column of `LARGEST` over the last 90 days.

        0 without transactions, NULL where a day leaves it open.
        """
        total: Expr = literal(0)
        for month in self.recent:
            if f"late_{name}" in month.c:
                total = total + case((month.c.rows.is_not(None), month.c[f"late_{name}"]), else_=0)
        return total


def flow_facts(scope: Scope, rules: Rules) -> FlowFacts:
    """Joins the sums of each month with transactions to the scope."""
    line = _big_line(rules)
    by_back = {back: scope.months(back, back)[0] for back in (*RECENT, YEAR)}
    reported = {back: month for back, month in by_back.items() if month in scope.reported.flows}
    return FlowFacts(
        scope, {back: scope.join(_month(scope, back, month, line)) for back, month in reported.items()}
    )


def since(scope: Scope, days: int = DAYS) -> str:
    """The day (ISO) after which something counts as of the last `days` days before the data date."""
    return (dt.date.fromisoformat(scope.as_of) - dt.timedelta(days=days)).isoformat()


def _month(scope: Scope, back: int, month: str, line: int) -> FromClause:
    """One row per customer with transactions in a month, with the sums that are needed of that month only.

    The rows of a month lie together, and a sum without a condition costs a third of one with: so each month is summed
    for itself, and only the month in which the 90 days begin compares dates.
    """
    f = flows.c
    columns = {name: _whole(f[name]) for name, backs in _MONTHLY.items() if back in backs}
    columns["rows"] = func.count()
    columns["last_active"] = func.max(case((f.active_count > 0, f.date)))
    if back in RECENT:
        columns |= _recent() | _late(scope, month, line)
    return (
        select(f.customer_id, *(column.label(name) for name, column in columns.items()))
        .where(f.month == month, f.date <= scope.as_of, scope.among(f.customer_id))
        .group_by(f.customer_id)
        .subquery(f"flows_{back}")
    )


def _recent() -> dict[str, Expr]:
    """The sums of every recent month: classed days, open days, transfers to oneself at another bank."""
    f = flows.c
    to_self = f.same_name_outflow > 0
    return {
        "classed": func.count(f.counterparties),
        "last_open": func.max(case((f.active_count.is_(None), f.date))),
        "same_name_told": func.count(f.same_name_outflow),
        "to_self": func.sum(case((to_self, f.same_name_outflow))),
        "to_self_day": func.min(case((to_self, cast(func.substr(f.date, 9, 2), Integer)))),
    }


def _late(scope: Scope, month: str, line: int) -> dict[str, Expr]:
    """The sums over the last 90 days; none for a month that lies wholly before them."""
    f, begin = flows.c, since(scope)
    if month + "-31" <= begin:
        return {}
    late = f.date > begin if month + "-01" <= begin else None

    def of(column: Expr) -> Expr:
        """The column on the late days only; the column itself where the whole month is late."""
        return column if late is None else case((late, column))

    active = of(f.active_count)
    return {
        "late_active": case(
            (func.count(active) == func.count(of(f.date)), func.coalesce(func.sum(active), 0))
        ),
        "late_amount": func.coalesce(func.sum(of(f.inflow)), 0) + func.coalesce(func.sum(of(f.outflow)), 0),
        **{
            f"late_{name}": func.coalesce(func.sum(case((of(f[name]) >= line, f[name]))), 0)
            for name in LARGEST
        },
    }


def _whole(column: Expr) -> Expr:
    """The sum over the days of a group; NULL when one of them has no value."""
    return case((func.count(column) == func.count(), func.sum(column)))


# -- where the money went ----------------------------------------------------------------------------------------


def by_class(scope: Scope, facts: FlowFacts) -> FromClause:
    """Per customer: outflow in fen by class over the recent months, times to brokers, last payment to a school."""
    f = flows.c
    months = [scope.months(back, back)[0] for back in RECENT if back in facts.backs]
    days = (
        select(
            f.customer_id,
            f.date,
            # most days name a class or two: searching the text is cheaper than parsing the JSON
            *(
                case((holds(f.counterparties, f'"{name}"'), member(f.counterparties, name))).label(name)
                for name in CLASSES
            ),
        )
        .where(
            f.month.in_(months), f.date <= scope.as_of, f.counterparties != "{}", scope.among(f.customer_id)
        )
        .subquery("classed_days")
    )
    return (
        select(
            days.c.customer_id,
            *(func.sum(days.c[name]).label(name) for name in CLASSES),
            func.count(case((days.c.securities > 0, 1))).label("securities_times"),
            func.max(case((days.c.school > 0, days.c.date))).label("school_last"),
        )
        .group_by(days.c.customer_id)
        .subquery("flow_classes")
    )


# -- big amounts -------------------------------------------------------------------------------------------------


def _big_line(rules: Rules) -> int:
    """The line in fen from which an amount is big for anybody."""
    return round(rules.number("behaviour.big_least") * 100)


def unusual(scope: Scope, rules: Rules, column: str) -> FromClause:
    """Per customer: the sum in fen of amounts below the common line for big ones that are big for him.

    Those are the days' largest single amounts of 90 days which are many times their median.
    """
    f = flows.c
    amount = f[column]
    line = _big_line(rules)
    floor = min(round(rules.number("behaviour.big_floor") * 100), line)
    months = [month for month in scope.months(0, 3) if month + "-31" > since(scope)]
    late = and_(f.month.in_(months), f.date > since(scope), f.date <= scope.as_of, scope.among(f.customer_id))
    # the median is needed only for customers with an amount that it could make big
    doubtful = select(f.customer_id).where(late, amount >= floor, amount < line)
    place = func.row_number().over(partition_by=f.customer_id, order_by=amount)
    number = func.count().over(partition_by=f.customer_id)
    ordered = (
        select(f.customer_id, amount.label("amount"), place.label("place"), number.label("number"))
        .where(late, amount > 0, f.customer_id.in_(doubtful))
        .subquery(f"{column}_ordered")
    )
    medians = (
        select(ordered.c.customer_id, func.avg(ordered.c.amount).label("median"))
        .where(ordered.c.place * 2 >= ordered.c.number, ordered.c.place * 2 <= ordered.c.number + 2)
        .group_by(ordered.c.customer_id)
        .subquery(f"{column}_medians")
    )
    is_big = amount >= medians.c.median * rules.number("behaviour.big_times")
    return (
        select(f.customer_id, func.sum(amount).label("amount"))
        .select_from(flows.join(medians, medians.c.customer_id == f.customer_id))
        .where(late, amount >= floor, amount < line, is_big)
        .group_by(f.customer_id)
        .subquery(f"{column}_unusual")
    )
