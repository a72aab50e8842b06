"""A customer's assets and their changes (domain 1, 10.5); money in fen, shares of 1."""

from sqlalchemy import case, func, literal

from workbench.base.expressions import Expr, share
from workbench.insight.measures.scope import Scope
from workbench.rules.parameters import Rules

#: measure -> the balance it reads
_PARTS = {
    "deposit": "deposit_balance",
    "wealth": "wealth_balance",
    "fund": "fund_balance",
    "insurance": "insurance_balance",
}


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The [assets] section of resources/measures.toml."""
    now = scope.average()
    balance = func.coalesce(scope.at("aum_balance"), scope.at("aum_daily_average"))
    demand = func.coalesce(scope.at("demand_balance"), scope.at("demand_daily_average"))
    parts = {name: scope.at(field) for name, field in _PARTS.items()}
    parts["deposit"] = func.coalesce(parts["deposit"], _deposits(scope))
    return {
        "average": now,
        "by_balance": case(
            (now.is_(None), None), (scope.at("aum_daily_average").is_(None), literal(1)), else_=literal(0)
        ),
        "balance": balance,
        "average_1": scope.average(1),
        "average_3": scope.average(3),
        "average_12": scope.average(12),
        "change": now - scope.average(1),
        "change_share": share(now - scope.average(1), scope.average(1)),
        "change_2": now - scope.average(2),
        "change_2_share": share(now - scope.average(2), scope.average(2)),
        "change_3_share": share(now - scope.average(3), scope.average(3)),
        "season_share": share(now - scope.average(12), scope.average(12)),
        **parts,
        "demand": demand,
        "demand_share": share(demand, balance),
        **{f"{name}_share": share(part, balance) for name, part in parts.items()},
        "lum": func.coalesce(scope.at("loan_balance"), _loans(scope)),
    }


def _deposits(scope: Scope) -> Expr:
    """The sum of the kinds of deposits, for lists without a total; NULL without demand and time deposits."""
    total = scope.at("demand_balance") + scope.at("time_deposit_balance")
    for kind in ("large_cd", "notice_deposit", "structured_deposit"):
        total = total + func.coalesce(scope.at(f"{kind}_balance"), 0)
    return total


def _loans(scope: Scope) -> Expr:
    """The sum of the kinds of loans, for lists without a total; NULL when the list has none of them."""
    kinds = [scope.at(f"{kind}_loan_balance") for kind in ("business", "consumer")]
    kinds.append(scope.at("mortgage_balance"))
    total: Expr = literal(0)
    for kind in kinds:
        total = total + func.coalesce(kind, 0)
    return case((func.coalesce(*kinds).is_not(None), total))
