"""Hard rules that lift a light above its score, and the four fragile profiles, as SQL (domain 4.2, 4.4)."""

import datetime as dt

from sqlalchemy import and_, case, func, or_

from workbench.base.expressions import Expr, share
from workbench.insight.churn.window import Window
from workbench.people.customer import Light
from workbench.people.particulars import particular
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: the strongest first: the first that holds is named
HARD: dict[str, Light] = {"heavy": "red", "outflow": "red", "mild": "orange", "complaint": "orange"}


def hard_rules(window: Window, rules: Rules, complaint: Expr) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """Which rules hold, by name, and the figures that their sentences use.

    A month's net outflow is transfers out minus transfers in, where both are reported (the market alone can lower a
    balance) and the balances confirm it. `complaint`: the grade of a complaint, at the third anchor when it counts as
    open.
    """
    ladder = Ladder.of(rules)
    lowest = rules.number("light.lowest_line") * 100
    balance, average, last = window.at("aum_balance"), window.at("aum_daily_average"), window.average(1)
    line, last_line = ladder.line_of(average), ladder.line_of(last)
    opening = func.coalesce(window.at("aum_balance", 1), last)
    claim = window.claim()
    believed = claim.believed(rules)
    net = case((claim.inflow.is_not(None), claim.lost(rules)))
    net_share = share(net, claim.before)
    open_complaint = complaint >= rules.numbers("grade.anchors")[2]
    holds = {
        "heavy": and_(last >= lowest, last >= last_line, average < last_line, balance < last_line),
        "outflow": and_(
            net_share >= rules.number("hard.outflow_share"), net >= rules.number("hard.outflow_least") * 100
        ),
        "mild": and_(average >= lowest, average >= line, balance < line),
        "complaint": and_(open_complaint, or_(believed == 1, and_(believed.is_(None), balance < opening))),
    }
    figures = {
        "balance_fen": balance,
        "average_fen": average,
        "last_average_fen": last,
        "line_fen": case((holds["heavy"], last_line), else_=line),
        "net_outflow_fen": net,
        "net_outflow_share": net_share,
        "fell_fen": claim.fell,
    }
    return holds, figures


def profiles(window: Window, rules: Rules) -> dict[str, Expr]:
    """Whether each profile applies; NULL where that is unknown."""
    youngest, oldest = (round(age) for age in rules.numbers("P1.ages"))
    day = dt.date.fromisoformat(window.as_of)
    born_after = f"{day.year - oldest - 1:04d}{window.as_of[4:]}"
    born_by = f"{day.year - youngest:04d}{window.as_of[4:]}"
    age, born = window.at("age"), window.keep("birth_date", particular("birth_date"))
    txns = window.at("txn_count_1m")
    payroll = func.coalesce(window.at("payroll_amount"), window.at("is_payroll"))
    return {
        "P1": case(
            (age.is_not(None), age.between(youngest, oldest)), else_=and_(born > born_after, born <= born_by)
        ),
        "P2": or_(
            window.at("third_party_outflow_count") >= rules.whole("P2.count"),
            share(window.at("third_party_outflow"), window.at("outflow")) >= rules.number("P2.share"),
        ),
        "P3": window.at("product_count") < rules.whole("P3.products"),
        "P4": or_(
            window.at("is_pass_through") == 1,
            and_(
                payroll == 0,
                func.coalesce(window.at("utility_autopay"), 0) == 0,
                func.coalesce(window.at("loan_balance"), 0) == 0,
                txns < rules.whole("P4.txns"),
            ),
        ),
    }
