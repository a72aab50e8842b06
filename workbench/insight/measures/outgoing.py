"""What stays and where it goes beside what went out in the last months: asked of figures computed once, since what
went out is a long expression (domain 10.5)."""

from sqlalchemy import case, func, literal

from db.functions import rounded
from workbench.base.expressions import Expr, mean, share
from workbench.insight.measures.flow_facts import QUARTER, RECENT, FlowFacts
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules


def for_later(scope: Scope, facts: FlowFacts, outflow: list[Expr]) -> dict[str, Expr]:
    """Columns of the first step that the figures below are computed over."""
    third = [facts.at("third_party_outflow", back, "third_party_outflow") for back in QUARTER]
    return {
        **{f"_out_{back}": one for back, one in enumerate(outflow)},
        **{f"_third_{back}": one for back, one in enumerate(third)},
        **{f"_demand_{back}": scope.at("demand_balance", back) for back in RECENT},
    }


def idle(first: Second, rules: Rules) -> dict[str, Expr]:
    """Demand deposits beyond what two months' spending needs, and for how many months in a row so (at most six)."""
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
    """Over the months of the last three in which both are told: an open month adds to neither sum."""
    pairs = [(first[f"_third_{back}"], first[f"_out_{back}"]) for back in QUARTER]
    part = mean([case((out.is_not(None), one)) for one, out in pairs])
    whole = mean([case((one.is_not(None), out)) for one, out in pairs])
    least = round(rules.number("behaviour.least_flow") * 100)
    return case((whole >= least, share(part, whole)))
