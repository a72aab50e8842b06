"""S1: most transactions of several months running were made away from home (domain 4.3)."""

from sqlalchemy import FromClause, case, func, literal, or_, select

from db.tables import flows
from workbench.base.expressions import Expr, how_many, lowest, share
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def away_from_home(window: Window, rules: Rules) -> tuple[Expr, dict[str, Expr]]:
    """The grade, NULL where a month's share is not told, and the lowest share of 1 of these months.

    The share that the customer list tells goes before the one of the transactions.
    """
    months = range(rules.whole("S1.out_of_town_months"))
    counted = _counted(window, len(months))
    shares: list[Expr] = []
    few: list[Expr] = []
    for back in months:
        share_of, count = window.raw("out_of_town_share", back), window.raw("txn_count_1m", back)
        if counted is not None and window.months[back] in window.coverage.flows:
            every = counted.c[f"all{back}"]
            count = case((share_of.is_(None), every), else_=count)
            share_of = func.coalesce(share_of, share(counted.c[f"away{back}"], every))
        shares.append(window.keep(f"away_share_{back}", share_of))
        few.append(window.keep(f"away_of_{back}", count) < rules.whole("S1.out_of_town_base"))
    least = lowest(*shares)
    grade = case(
        (how_many(shares) < len(shares), None),
        (or_(*few), literal(0.0)),
        (least >= rules.number("S1.out_of_town_share"), literal(rules.number("S1.out_of_town"))),
        else_=literal(0.0),
    )
    return grade, {"away_share": least, "away_months": literal(len(shares))}


def _counted(window: Window, months: int) -> FromClause | None:
    """Per customer and month the transactions out of town, and all of them; NULL where a day cannot tell."""
    backs = [back for back in range(months) if window.months[back] in window.coverage.flows]
    if not backs:
        return None
    f = flows.c
    columns: list[Expr] = []
    for back in backs:
        here = f.month == window.months[back]
        rows, known = func.count(case((here, 1))), func.count(case((here, f.out_of_town_count)))
        away = func.sum(case((here, f.out_of_town_count)))
        columns.append(case((rows == known, away)).label(f"away{back}"))
        columns.append(func.sum(case((here, f.inflow_count + f.outflow_count))).label(f"all{back}"))
    listed = (
        select(f.customer_id, *columns)
        .where(f.month.in_([window.months[back] for back in backs]), f.date <= window.as_of)
        .group_by(f.customer_id)
        .subquery("out_of_town")
    )
    window.join(listed)
    return listed
