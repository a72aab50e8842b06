"""Transactions of the last months, summed per customer: the base of the behaviour measures (domain 10.5)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, case, func, literal, not_, or_, select

from db.tables import customers, flow_months, flows
from workbench.base.dates import month_end
from workbench.base.expressions import Expr, nothing, text_or_null
from workbench.insight.measures.flow_months import summed
from workbench.insight.measures.reconciling import Claim
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules

#: months back of the figures, the newest first; of those needed month by month; the same month a year before
RECENT = tuple(range(6))
QUARTER = (0, 1, 2)
YEAR = 12
#: the span in days of the figures "of the last 90 days"
DAYS = 90
#: a day of the month before which fewer days lie than after it
_MIDDLE = 16


@dataclass(frozen=True, slots=True)
class FlowFacts:
    """Per customer and month, in fen or counts.

    `at` answers the figure of the transactions; for a customer without any, the summary column of the customer list;
    without that too, 0 where the month's transactions were imported.
    """

    scope: Scope
    #: months back with transactions of anybody -> the sums of `flow_months`, one row per customer with transactions in it
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

    def known(self, name: str) -> Expr:
        """The sum of a figure over the recent months that have it; NULL when none has."""
        figures = self.each(name)
        some = func.coalesce(*figures) if len(figures) > 1 else figures[0]
        return case((some.is_not(None), self.sum_of(name)))

    def late(self, name: str) -> Expr:
        """The sum of `active_count` or `amount` over the last 90 days.

        0 without transactions, NULL where a day leaves it open.
        """
        total: Expr = literal(0)
        for back, month in self.months.items():
            if back in RECENT and ends(self.scope, back) > since(self.scope):
                total = total + case((month.c.rows.is_not(None), self._late(name, back, month)), else_=0)
        return total

    def _late(self, name: str, back: int, month: FromClause) -> Expr:
        """The sum over the late days of a month: the month's own, but where the 90 days begin within it."""
        begin, c = since(self.scope), month.c
        if self.scope.months(back, back)[0] + "-01" > begin:
            return c[name]
        # few customers have days on both sides of it: theirs are looked up, on the side that has fewer days
        late = _days(name, flows.c.date > begin, flows.c.date <= ends(self.scope, back))
        days: Expr = late
        if int(begin[8:]) < _MIDDLE:
            early = _days(name, flows.c.date >= begin[:8] + "01", flows.c.date <= begin)
            days = case((c[name].is_not(None), c[name] - early), else_=late)
        return case((c.last_day <= begin, 0), (c.first_day > begin, c[name]), else_=days)


def _days(name: str, *limits: ColumnElement[bool]) -> Expr:
    """The sum of `active_count` or `amount` over some days of a customer, looked up; NULL where one leaves it open."""
    f = flows.c
    figure = {
        "active_count": case(
            (func.count(f.active_count) == func.count(), func.coalesce(func.sum(f.active_count), 0))
        ),
        "amount": func.coalesce(func.sum(f.inflow), 0) + func.coalesce(func.sum(f.outflow), 0),
    }[name]
    return (
        select(figure).where(f.customer_id == customers.c.id, *limits).correlate(customers).scalar_subquery()
    )


def flow_facts(scope: Scope) -> FlowFacts:
    """Joins the sums of each month with transactions to the scope."""
    by_back = {back: scope.months(back, back)[0] for back in (*RECENT, YEAR)}
    return FlowFacts(
        scope,
        {
            back: _month(scope, back, month)
            for back, month in by_back.items()
            if month in scope.reported.flows
        },
    )


def since(scope: Scope, days: int = DAYS) -> str:
    """The day (ISO) after which something counts as of the last `days` days before the data date."""
    return (dt.date.fromisoformat(scope.as_of) - dt.timedelta(days=days)).isoformat()


def ends(scope: Scope, back: int) -> str:
    """The last day (ISO) of a month that counts: none after the data date does."""
    return min(month_end(scope.months(back, back)[0]).isoformat(), scope.as_of)


def _stands(scope: Scope, back: int) -> bool:
    """Whether the sums kept in the book are those of the month up to the data date."""
    return scope.reported.summed and month_end(scope.months(back, back)[0]).isoformat() <= scope.as_of


def _month(scope: Scope, back: int, month: str) -> FromClause:
    """One row per customer with transactions in a month: the kept sums, else summed from its days."""
    if _stands(scope, back):
        kept = flow_months.alias(f"flows_{back}")
        return scope.join(kept, kept.c.month == month)
    days = summed().where(
        flows.c.month == month, flows.c.date <= scope.as_of, scope.among(flows.c.customer_id)
    )
    return scope.join(days.subquery(f"flows_{back}"))


# -- big amounts -------------------------------------------------------------------------------------------------


def big(facts: FlowFacts, rules: Rules, way: str) -> Expr:
    """The sum in fen of the largest single amounts `way` ('inflow', 'outflow') of each of the last 90 days that are big:
    those above the common line, and below it those that are many times the customer's own median. The days of few
    customers are looked up: most have no month with such an amount."""
    f, scope = flows.c, facts.scope
    amount = f[f"largest_{way}"]
    line, floor = _lines(rules)
    late = and_(f.customer_id == customers.c.id, f.date > since(scope), f.date <= scope.as_of)
    some = [
        month.c[f"most_{way}"] >= floor
        for back, month in facts.months.items()
        if back in RECENT and ends(scope, back) > since(scope)
    ]
    is_big = or_(amount >= line, _many_times(way, rules.number("behaviour.big_times"), scope) == 1)
    total = select(func.sum(amount)).where(late, amount >= floor, is_big).correlate(customers)
    return func.coalesce(case((or_(*some), total.scalar_subquery())), 0)


def _lines(rules: Rules) -> tuple[int, int]:
    """In fen: the line from which an amount is big for anybody, and below it that from which it may be for somebody."""
    line = round(rules.number("behaviour.big_least") * 100)
    return line, min(round(rules.number("behaviour.big_floor") * 100), line)


def _many_times(way: str, times: float, scope: Scope) -> Expr:
    """1 for an amount that is `times` the median of the customer's amounts of the late days or more, else 0.

    It is where more than half of them fit `times` into it, and where just half of them do when the two in the middle do
    so together: to count is a tenth of the work of putting them in order.
    """
    other = flows.alias("other")
    amount, one = flows.c[f"largest_{way}"], other.c[f"largest_{way}"]
    fits = one * times <= amount
    twice, number = func.count(case((fits, 1))) * 2, func.count()
    middle = func.max(case((fits, one))) + func.min(case((not_(fits), one)))
    late = and_(
        other.c.customer_id == customers.c.id, other.c.date > since(scope), other.c.date <= scope.as_of
    )
    judged = case((twice > number, 1), (and_(twice == number, middle * times <= amount * 2), 1), else_=0)
    return select(judged).where(late, one > 0).correlate(customers, flows).scalar_subquery()
