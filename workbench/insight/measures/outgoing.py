"""Idle deposits and third-party payments beside the outflow of the last months (domain 10.5).

A second step, since the outflow is a long expression that should be computed once.
"""

from sqlalchemy import and_, case, func, literal

from db.functions import rounded
from workbench.base.expressions import Expr, mean, share
from workbench.insight.measures.flow_facts import QUARTER, RECENT, FlowFacts
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules


def for_later(scope: Scope, facts: FlowFacts, inflow: list[Expr], outflow: list[Expr]) -> dict[str, Expr]:
    """The columns of the first step that the figures below are computed over."""
    third = [facts.at("third_party_outflow", back, "third_party_outflow") for back in QUARTER]
    return {
        **{f"_in_{back}": total for back, total in enumerate(inflow)},
        **{f"_out_{back}": total for back, total in enumerate(outflow)},
        **{f"_third_{back}": total for back, total in enumerate(third)},
        **{f"_demand_{back}": scope.at("demand_balance", back) for back in RECENT},
    }


def idle(first: Second, rules: Rules) -> dict[str, Expr]:
    """Demand deposits in fen beyond two months' spending, and for how many months in a row (0 to 6)."""
    needed = mean([first[f"_out_{back}"] for back in QUARTER]) * rules.number("behaviour.idle_spends")
    balances = [first[f"_demand_{back}"] for back in RECENT]
    line = needed + rules.number("behaviour.idle_least") * 100
    left = balances[0] - needed
    months = case(
        (balances[0].is_(None) | needed.is_(None), None),
        *[
            (func.coalesce(balance, 0) < line, literal(place))
            for place, balance in enumerate(balances)
        ],
        else_=len(balances),
    )  # fmt: skip
    return {
        "idle_demand": case((left > 0, rounded(left)), (left.is_not(None), 0)),
        "idle_months": months,
    }


def third_share(first: Second, rules: Rules) -> Expr:
    """The third-party share of outflow over those of the last three months in which both are known."""
    pairs = [(first[f"_third_{back}"], first[f"_out_{back}"]) for back in QUARTER]
    known = [and_(third.is_not(None), out.is_not(None)) for third, out in pairs]
    part, whole = (
        sum_of_known([case((told, pair[place])) for told, pair in zip(known, pairs, strict=True)])
        for place in (0, 1)
    )
    number = sum_of_known([case((told, 1)) for told in known])
    least = round(rules.number("behaviour.least_flow") * 100)
    return case((and_(number > 0, whole >= number * least), share(part, whole)))


def sum_of_known(values: list[Expr]) -> Expr:
    """The sum of the values that are known; 0 when none is."""
    total: Expr = literal(0)
    for value in values:
        total = total + func.coalesce(value, 0)
    return total
