"""Transactions of the last months, summed per customer: what the behaviour measures are written over (domain 10.5)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import JSON, FromClause, Integer, and_, case, cast, exists, func, or_, select, type_coerce

from db.tables import flows, payrolls, snapshots
from workbench.insight.expressions import Expr, day_number, nothing
from workbench.insight.measures.scope import Scope
from workbench.rules import Rules

#: Months looked at, the newest first; those looked at one by one; and the same month a year before.
RECENT = tuple(range(6))
QUARTER = (0, 1, 2)
YEAR = 12
#: Classes of counterparties as the import names them (resources/rules/intake_kinds.toml).
CLASSES = ("property", "school", "hospital", "securities", "insurance", "same_name", "internet")
#: Days looked back at by the figures "of the last 90 days".
DAYS = 90

#: figure -> months back that it is summed for one by one
_MONTHLY = {
    "inflow": (*QUARTER, YEAR),
    "outflow": QUARTER,
    "active_count": (0,),
    "third_party_outflow": QUARTER,
    "third_party_count": (0,),
}
#: Stands for "left open" while days are summed; far below any sum, and a year of days of it does not overflow.
_OPEN = -(10**16)


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """Per customer and month, in fen or counts.

    `at` tells a figure of the transactions, the summary column of the customer list where the customer has none, and
    nothing (0) where the month's transactions were imported and the customer is not among them.
    """

    scope: Scope
    #: one row per customer with transactions: `<figure>_<months back>`; None when no transactions were imported
    sums: FromClause | None
    #: months back with transactions of anybody
    told: frozenset[int]

    def of(self, name: str, back: int) -> Expr:
        """Of the transactions alone; NULL where the customer has none or the sheet left it open."""
        if self.sums is None or back not in self.told:
            return nothing()
        return self.sums.c[f"{name}_{back}"]

    def absent(self, back: int) -> Expr:
        """0 where the month was imported without any transaction of this customer, else NULL."""
        if self.sums is None or back not in self.told:
            return nothing()
        return case((func.coalesce(self.sums.c[f"rows_{back}"], 0) == 0, 0))

    def at(self, name: str, back: int, column: str | None = None) -> Expr:
        """The figure of a month; `column` is its summary in the customer list."""
        sources = [self.of(name, back)] if back in self.told else []
        if column is not None:
            sources.append(self.scope.at(column, back))
        if back in self.told:
            sources.append(self.absent(back))
        if not sources:
            return nothing()
        return func.coalesce(*sources) if len(sources) > 1 else sources[0]

    def any_of(self, name: str) -> Expr:
        """A figure over all recent months (no month in its name); NULL without transactions."""
        return nothing() if self.sums is None else self.sums.c[name]

    def covers(self, backs: Sequence[int]) -> bool:
        """Whether transactions of all these months were imported."""
        return self.told.issuperset(backs)


def flow_facts(scope: Scope) -> FlowFacts:
    """Put the sums beside the months of the scope."""
    by_back = {back: scope.months(back, back)[0] for back in (*RECENT, YEAR)}
    told = {back: month for back, month in by_back.items() if month in scope.given.flows}
    if not told:
        return FlowFacts(scope, None, frozenset())
    return FlowFacts(scope, scope.join(_sums(scope, told)), frozenset(told))


def since(scope: Scope, days: int = DAYS) -> str:
    """The day (ISO) after which something counts as of the last `days` days before the data date."""
    return (dt.date.fromisoformat(scope.as_of) - dt.timedelta(days=days)).isoformat()


def _sums(scope: Scope, told: dict[int, str]) -> FromClause:
    """One row per customer: sums of the months that are looked at one by one, and of all recent ones together.

    One pass in the order of the customers; dates, not months, are asked for, as they stand in that index.
    """
    f = flows.c
    months = {back: told[back] for back in (*QUARTER, YEAR) if back in told}
    recent, late = f.date > _last_before(scope), f.date > since(scope)
    columns = [
        _whole(f[name], f.month == months[back]).label(f"{name}_{back}")
        for name, backs in _MONTHLY.items()
        for back in backs
        if back in months
    ]
    rows = [func.count(case((f.month == month, 1))).label(f"rows_{back}") for back, month in months.items()]
    within = or_(*(f.date.between(month + "-01", month + "-31") for month in told.values()))
    return (
        select(
            f.customer_id,
            func.count(case((recent, 1))).label("rows"),
            func.count(case((recent, f.counterparties))).label("classed"),
            func.max(case((f.active_count > 0, f.date))).label("last_active"),
            func.max(case((and_(recent, f.active_count.is_(None)), f.date))).label("last_open"),
            case((func.count(case((late, 1))) == 0, 0), else_=_whole(f.active_count, late)).label(
                "active_90"
            ),
            func.sum(case((late, func.coalesce(f.inflow, 0) + func.coalesce(f.outflow, 0)), else_=0)).label(
                "amount_90"
            ),
            func.count(case((and_(recent, f.same_name_outflow.is_(None)), 1))).label("same_name_open"),
            *columns,
            *rows,
        )
        .where(within, f.date <= scope.as_of, scope.among(f.customer_id))
        .group_by(f.customer_id)
        .subquery("flow_facts")
    )


def _whole(column: Expr, where: Expr) -> Expr:
    """The sum over the days `where` holds: NULL when one of them leaves it open, or there is none."""
    total = func.sum(case((where, func.coalesce(column, _OPEN))))
    return case((total > _OPEN / 2, total))


def _last_before(scope: Scope) -> str:
    """A day (ISO) before the first of the recent months and after any other."""
    return scope.months(RECENT[-1] + 1, RECENT[-1] + 1)[0] + "-32"


def same_name(scope: Scope, facts: FlowFacts) -> FromClause:
    """Per customer: transfers to oneself at another bank within the recent months: `months`, `total`, `squares` of
    the monthly sums (fen), and between which days of the month (`first`, `last`) they lie."""
    months = [scope.months(back, back)[0] for back in RECENT if back in facts.told]
    f = flows.c
    each = (
        select(
            f.customer_id,
            func.sum(f.same_name_outflow).label("amount"),
            func.min(cast(func.substr(f.date, 9, 2), Integer)).label("day"),
        )
        .where(
            f.month.in_(months), f.date <= scope.as_of, f.same_name_outflow > 0, scope.among(f.customer_id)
        )
        .group_by(f.customer_id, f.month)
        .subquery("same_name_months")
    )
    amount = each.c.amount
    return (
        select(
            each.c.customer_id,
            func.count().label("months"),
            func.sum(amount).label("total"),
            func.sum(amount * 1.0 * amount).label("squares"),
            func.min(each.c.day).label("first"),
            func.max(each.c.day).label("last"),
        )
        .group_by(each.c.customer_id)
        .subquery("same_name")
    )


# -- where the money went ----------------------------------------------------------------------------------------


def by_class(scope: Scope, facts: FlowFacts) -> FromClause | None:
    """Per customer: outflow in fen by class over the recent months, times to brokers, last payment to a school."""
    months = [scope.months(back, back)[0] for back in RECENT if back in facts.told]
    if not months:
        return None
    f = flows.c
    # json() makes text JSON on SQLite and on PostgreSQL; a cast does so only on the latter
    told = type_coerce(func.json(f.counterparties), JSON)
    days = (
        select(
            f.customer_id,
            f.date,
            # most days name one class or two: looking for the word is cheaper than reading the JSON for nothing
            *(
                case((f.counterparties.contains(f'"{name}"'), told[name].as_integer())).label(name)
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


def big(scope: Scope, facts: FlowFacts, rules: Rules, column: str) -> FromClause | None:
    """Per customer: the sum of the days' largest single amounts of 90 days that are big: from a fixed line on, or
    many times the median of those days."""
    if not facts.covers((0, 1, 2)):
        return None
    f = flows.c
    amount = f[column]
    line = round(rules.number("behaviour.big_least") * 100)
    floor = min(round(rules.number("behaviour.big_floor") * 100), line)
    late = and_(
        f.month.in_(scope.months(0, 3)), f.date > since(scope), f.date <= scope.as_of,
        scope.among(f.customer_id),
    )  # fmt: skip
    # the median matters only to those with an amount that it could make big
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
    times = rules.number("behaviour.big_times")
    is_big = (amount >= line) | (amount >= func.coalesce(medians.c.median, line) * times)
    return (
        select(f.customer_id, func.sum(amount).label("amount"))
        .select_from(flows.outerjoin(medians, medians.c.customer_id == f.customer_id))
        .where(late, amount >= floor, is_big)
        .group_by(f.customer_id)
        .subquery(f"{column}_big")
    )


# -- pay ---------------------------------------------------------------------------------------------------------


def pays(scope: Scope, backs: Sequence[int]) -> FromClause | None:
    """Per customer: `paid_<back>` (1 or NULL) and `amount_<back>` (fen) of payroll lists; None without such a list."""
    if "payrolls" not in scope.given.lists:
        return None
    p = payrolls.c
    months = {back: scope.months(back, back)[0] for back in backs}
    return (
        select(
            p.customer_id,
            *(func.max(case((p.month == month, 1))).label(f"paid_{back}") for back, month in months.items()),
            *(
                func.sum(case((p.month == month, p.amount))).label(f"amount_{back}")
                for back, month in months.items()
            ),
        )
        .where(p.month.in_(list(months.values())), p.date <= scope.as_of, scope.among(p.customer_id))
        .group_by(p.customer_id)
        .subquery("pays")
    )


def listed_pay(month: str) -> Expr:
    """Whether a payroll list tells this month of anybody."""
    return exists(select(payrolls.c.id).where(payrolls.c.month == month))


def kept_after_pay(scope: Scope, facts: FlowFacts, rules: Rules) -> FromClause | None:
    """Per customer: the mean share of pay that was still there some days after it came, over the last three months."""
    backs = [back for back in QUARTER if back in facts.told]
    if not backs:
        return None
    days = rules.whole("behaviour.payday_days")
    months = [scope.months(back, back)[0] for back in backs]
    last = (dt.date.fromisoformat(scope.as_of) - dt.timedelta(days=days)).isoformat()
    paid = _pay_dates(scope, months, last)
    f = flows.c
    gone = (
        select(
            paid.c.customer_id,
            paid.c.date,
            func.max(paid.c.amount).label("amount"),
            func.sum(func.coalesce(f.outflow, 0)).label("outflow"),
        )
        .select_from(
            paid.join(
                flows,
                and_(
                    f.customer_id == paid.c.customer_id,
                    f.date.between(paid.c.date, scope.as_of),
                    day_number(f.date) <= day_number(paid.c.date) + days,
                ),
            )
        )
        .group_by(paid.c.customer_id, paid.c.date)
        .subquery("after_pay")
    )
    kept = 1 - gone.c.outflow * 1.0 / gone.c.amount
    return (
        select(gone.c.customer_id, func.avg(case((kept > 0, kept), else_=0.0)).label("kept"))
        .group_by(gone.c.customer_id)
        .subquery("payday_kept")
    )


def _pay_dates(scope: Scope, months: Sequence[str], last: str) -> FromClause:
    """customer_id, date, month and amount (fen) of each pay: from the payroll lists, else from the customer lists."""
    if "payrolls" in scope.given.lists:
        p = payrolls.c
        return (
            select(p.customer_id, p.date, p.month, func.sum(p.amount).label("amount"))
            .where(p.month.in_(months), p.date <= last, p.amount > 0, scope.among(p.customer_id))
            .group_by(p.customer_id, p.date, p.month)
            .subquery("pay_dates")
        )
    s = snapshots.c
    return (
        select(s.customer_id, s.last_payroll_date.label("date"), s.month, s.payroll_amount.label("amount"))
        .where(
            s.month.in_(months), s.payroll_amount > 0, s.last_payroll_date <= last,
            func.substr(s.last_payroll_date, 1, 7) == s.month, scope.among(s.customer_id),
        )
        .subquery("pay_dates")
    )  # fmt: skip
