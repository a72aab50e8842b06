"""S7: the day on which pay usually comes, and pay that leaves again at once (domain 4.3, 4.5-5)."""

from sqlalchemy import (
    FromClause,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from db.tables import flows, payrolls, snapshots
from workbench.base.expressions import Expr, count_of, day_number, highest, how_many, lowest, nothing, share
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules

#: months back: pay is looked for in the newest month and the three before, and must leave in the newest three
_LOOKED_AT = range(4)
_LEFT_IN = range(3)


class Paydays:
    """When pay came, by the payroll lists and the date that the customer list tells."""

    def __init__(self, window: Window, rules: Rules) -> None:
        self._window = window
        self._rules = rules

    def may_still_come(self) -> Expr:
        """Whether pay not seen by the data date may still come: the latest day on which it came in the three months
        before, and some days of grace, are not over. NULL where no date is told."""
        window, listed = self._window, self._listed()
        days: list[Expr] = []
        for back in _LOOKED_AT[1:]:
            date = window.raw("last_payroll_date", back)
            days.append(case((func.substr(date, 1, 7) == window.months[back], _day_of_month(date))))
            if listed is not None:
                days.append(listed.c[f"day{back}"])
        usual = window.keep("usual_payday", highest(*days))
        return int(window.as_of[8:]) < usual + self._rules.whole("S7.payday_drift")

    def _listed(self) -> FromClause | None:
        """Per customer the day of the month on which a payroll list names them, by month."""
        window, p = self._window, payrolls.c
        if not window.coverage.payrolls:
            return None
        columns = [
            func.max(case((p.month == window.months[back], _day_of_month(p.date)))).label(f"day{back}")
            for back in _LOOKED_AT[1:]
        ]
        months = [window.months[back] for back in _LOOKED_AT[1:]]
        listed = (
            select(p.customer_id, *columns)
            .where(p.month.in_(months))
            .group_by(p.customer_id)
            .subquery("paydays")
        )
        window.join(listed)
        return listed

    def emptied(self) -> tuple[Expr, dict[str, Expr]]:
        """The grade of pay that left again within two days, month after month, and the figures.

        Where the list tells demand deposits, little of the pay may lie there at the month's end. NULL where too few
        paydays are followed by transactions.
        """
        window, rules = self._window, self._rules
        backs = [back for back in _LEFT_IN if window.months[back] in window.coverage.flows]
        needed = rules.whole("S7.emptied_months")
        if len(backs) < needed:
            return nothing(), {"emptied_months": nothing(), "emptied_share": nothing()}
        by_month = _by_month(window, backs)
        left = self._left(by_month, backs)
        window.join(left)
        least = rules.number("S7.emptied_share")
        shares: list[Expr] = []
        gone: list[Expr] = []
        for back in backs:
            pay = left.c[f"pay{back}"]
            part = window.keep(f"pay_left_{back}", share(left.c[f"left{back}"], pay))
            stays = window.keep(f"pay_stays_{back}", share(window.raw("demand_balance", back), pay))
            shares.append(part)
            gone.append(and_(part >= least, or_(stays.is_(None), stays <= 1 - least)))
        months = count_of(gone)
        grade = case(
            (how_many(shares) < needed, None),
            (months >= needed, literal(rules.numbers("grade.anchors")[2])),
            else_=literal(0.0),
        )
        lowest_share = lowest(*(case((one, part)) for one, part in zip(gone, shares, strict=True)))
        return grade, {
            "emptied_months": months,
            # more may leave than the pay brought
            "emptied_share": case((lowest_share > 1, literal(1.0)), else_=lowest_share),
        }

    def _left(self, paid: Subquery, backs: list[int]) -> FromClause:
        """Per customer and month: the pay, and what left on payday and the two days after, both in fen."""
        d, f = paid.c, flows.c
        after = day_number(f.date) - day_number(d.day)
        joined = paid.outerjoin(
            flows,
            and_(
                f.customer_id == d.customer_id, f.date >= d.day, after <= self._rules.whole("S7.emptied_days")
            ),
        )
        # two days after the data date nothing is known yet
        over = day_number(literal(self._window.as_of)) - day_number(d.day) >= self._rules.whole(
            "S7.emptied_days"
        )
        by_month = (
            select(
                d.customer_id, d.month, func.max(d.amount).label("pay"),
                func.coalesce(func.sum(f.outflow), 0).label("left"),
            )
            .select_from(joined)
            .where(over)
            .group_by(d.customer_id, d.month)
            .subquery("left_by_month")
        )  # fmt: skip
        b = by_month.c
        columns = [
            func.max(case((b.month == self._window.months[back], value))).label(f"{name}{back}")
            for back in backs
            for name, value in (("pay", b.pay), ("left", b.left))
        ]
        return select(b.customer_id, *columns).group_by(b.customer_id).subquery("pay_left")


def _day_of_month(date: Expr) -> Expr:
    return cast(func.substr(date, 9, 2), Integer)


def _by_month(window: Window, backs: list[int]) -> Subquery:
    """Per customer and month the last payday and the month's pay in fen, the payroll lists before the customer list."""
    months = [window.months[back] for back in backs]
    p, s = payrolls.c, snapshots.c
    untold = cast(null(), p.amount.type)
    parts = [
        select(
            s.customer_id, s.month, s.last_payroll_date.label("date"), untold.label("listed"), s.payroll_amount.label("stated")
        ).where(
            s.month.in_(months),
            func.substr(s.last_payroll_date, 1, 7) == s.month,
            s.last_payroll_date <= window.as_of,
        )
    ]  # fmt: skip
    if window.coverage.payrolls:
        parts.append(
            select(p.customer_id, p.month, p.date, p.amount.label("listed"), untold.label("stated")).where(
                p.month.in_(months), p.date <= window.as_of
            )
        )
    every = union_all(*parts).subquery("paid")
    e = every.c
    return (
        select(
            e.customer_id, e.month, func.max(e.date).label("day"),
            func.coalesce(func.sum(e.listed), func.max(e.stated)).label("amount"),
        )
        .group_by(e.customer_id, e.month)
        .subquery("paid_by_month")
    )  # fmt: skip
