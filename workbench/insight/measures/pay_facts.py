"""Pay of the last months per customer, by payroll lists or customer lists, and how long it stays (domain 10.5)."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import FromClause, and_, case, exists, func, select

from db.tables import flows, payrolls, snapshots
from workbench.base.expressions import Expr, day_number
from workbench.insight.measures.flow_facts import QUARTER, FlowFacts
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules


def pays(scope: Scope, backs: Sequence[int]) -> FromClause | None:
    """Per customer: `paid_<back>` (1 or NULL) and `amount_<back>` (fen) of payroll lists; None without such a list."""
    if "payrolls" not in scope.reported.lists:
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
    """Whether any payroll list covers this month 'YYYY-MM'."""
    return exists(select(payrolls.c.id).where(payrolls.c.month == month))


def kept_after_pay(scope: Scope, facts: FlowFacts, rules: Rules) -> FromClause | None:
    """Per customer: the mean share of pay still there some days after it came, in the last three months."""
    backs = [back for back in QUARTER if back in facts.backs]
    if not backs or not ("payrolls" in scope.reported.lists or scope.has_column("last_payroll_date")):
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
    if "payrolls" in scope.reported.lists:
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
