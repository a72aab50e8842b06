"""Money that comes due, seen from a day: what is coming, and what came due since the data date.

The one home of the question, for the measures and for the leads.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import and_, case, exists, func, literal, select

from db.tables import holdings
from workbench.base.expressions import Expr, day_number, highest, how_many, nothing, share, text_or_null
from workbench.insight.measures.scope import Scope


def maturing(scope: Scope, days: int = 30) -> dict[str, Expr]:
    """The measures of coming maturities, from the scope's day on; money in fen, dates ISO, shares of 1.

    `matures_30` covers `days`. Lists of maturities and dated holdings partly report the same money, so the larger sum
    and the earlier date count; without either, the customer list's own columns.
    """
    sources = [
        _by_list(scope, kind, (days, 90))
        for kind, months in (("maturity", scope.reported.maturities), ("holding", scope.reported.holdings))
        if scope.month in months
    ] or [_by_columns(scope, (days, 90))]
    in_30, in_90 = highest(*(source[0] for source in sources)), highest(*(source[1] for source in sources))
    first = _earliest([source[2] for source in sources])
    return {
        "matured_since": _matured(scope),
        "matures_30": in_30,
        "matures_90": in_90,
        "next_maturity": first,
        "next_maturity_days": day_number(first) - day_number(literal(scope.day)),
        "matures_share": share(in_30, func.coalesce(scope.at("aum_balance"), scope.average())),
    }


def _matured(scope: Scope) -> Expr:
    """Fen that came due after the data date and before the day: no list says yet where it went."""
    h = holdings.c
    sums: list[Expr] = []
    for kind, months in (("maturity", scope.reported.maturities), ("holding", scope.reported.holdings)):
        if scope.month not in months:
            continue
        here = (h.month == scope.month, h.kind == kind)
        due = and_(h.maturity_date > scope.as_of, h.maturity_date < scope.day)
        facts = scope.join(
            select(h.customer_id, func.sum(h.amount).label("amount"))
            .where(*here, due, scope.among(h.customer_id))
            .group_by(h.customer_id)
            .subquery(f"matured_{kind}")
        )
        dated = exists().where(*here, h.maturity_date.is_not(None))
        sums.append(case((dated, func.coalesce(facts.c.amount, 0))))
    return highest(*sums) if sums else nothing()


def _earliest(dates: Sequence[Expr]) -> Expr:
    first = dates[0]
    for other in dates[1:]:
        first = case((first.is_(None), other), (other < first, other), else_=first)
    return first


def _until(scope: Scope, days: int) -> str:
    return (dt.date.fromisoformat(scope.day) + dt.timedelta(days=days)).isoformat()


def _by_list(scope: Scope, kind: str, spans: tuple[int, int]) -> tuple[Expr, Expr, Expr]:
    """Fen maturing within two spans of days and the first date, by lines of one kind; NULL when no line has a date."""
    h = holdings.c
    sums = [
        func.sum(case((h.maturity_date <= _until(scope, days), h.amount), else_=0)).label(f"in_{place}")
        for place, days in enumerate(spans)
    ]
    facts = scope.join(
        select(h.customer_id, func.min(h.maturity_date).label("first"), *sums)
        .where(
            h.month == scope.month, h.kind == kind, h.maturity_date >= scope.day, scope.among(h.customer_id)
        )
        .group_by(h.customer_id)
        .subquery(f"maturing_{kind}")
    )
    dated = exists().where(h.month == scope.month, h.kind == kind, h.maturity_date.is_not(None))
    first, second = (case((dated, func.coalesce(facts.c[f"in_{place}"], 0))) for place in (0, 1))
    return first, second, facts.c.first


def _by_columns(scope: Scope, spans: tuple[int, int]) -> tuple[Expr, Expr, Expr]:
    pairs = [
        (scope.at(f"{what}_maturity_date"), scope.at(f"{what}_maturity_amount"))
        for what in ("deposit", "wealth")
        if scope.has_column(f"{what}_maturity_date")
    ]
    if not pairs:
        return nothing(), nothing(), text_or_null()
    sums: list[Expr] = []
    for days in spans:
        parts: list[Expr] = [
            case(
                (date.is_(None), None),
                (date.between(scope.day, _until(scope, days)), amount),
                else_=literal(0),
            )
            for date, amount in pairs
        ]
        total: Expr = literal(0)
        for part in parts:
            total = total + func.coalesce(part, 0)
        sums.append(case((how_many(parts) > 0, total)))
    return sums[0], sums[1], _earliest([case((date >= scope.day, date)) for date, _amount in pairs])
