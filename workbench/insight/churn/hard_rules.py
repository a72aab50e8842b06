"""Hard rules that lift a light above its score, and the four fragile profiles, as SQL (domain 4.2, 4.4)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_

from workbench.base.expressions import Expr, fall, share
from workbench.insight.churn.signals.signal import recent_high
from workbench.insight.churn.window import Window
from workbench.people.customer import Light
from workbench.people.particulars import particular
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: (rule, light) in the order in which they are tried: the first that holds is named
HARD: tuple[tuple[str, Light], ...] = (
    ("heavy", "red"),
    ("outflow", "red"),
    ("heavy", "orange"),
    ("outflow", "orange"),
    ("mild", "orange"),
    ("complaint", "orange"),
)
#: what the bank calls so stays a fact, whether it lifts the light or not
FACTS = ("heavy", "mild", "outflow")


@dataclass(frozen=True, slots=True)
class HardRules:
    """What holds of a customer, as SQL.

    `facts`: condition by name of `FACTS`. `lifts`: a condition for each entry of `HARD`. `figures`: what the sentences use.
    """

    facts: Mapping[str, Expr]
    lifts: Sequence[Expr]
    figures: Mapping[str, Expr]


def hard_rules(window: Window, rules: Rules, complaint: Expr, relieved: Expr) -> HardRules:
    """The rules of domain 4.4 with the evidence of 22-2.

    Crossing a line or a month's net outflow lights only where the balance lies far enough under the recent high, and no
    money comes in as in `relieved` (1 where it does). A complaint needs no fall. Balances are compared with daily averages,
    never with another month-end. `complaint`: the grade of a complaint, at the third anchor when it counts as open.
    """
    ladder = Ladder.of(rules)
    least = rules.number("light.lowest_line") * 100
    balance, average, last = (
        window.at("aum_balance"),
        window.at("aum_daily_average"),
        window.at("aum_daily_average", 1),
    )
    line = window.step("line", ladder.line_of(average))
    last_line = window.step("last_line", ladder.line_of(last))
    high = recent_high(window)
    fell = window.step("fell_from_high", fall(balance, high))
    claim = window.claim()
    believed = window.believed(rules)
    net = window.step("net_outflow", case((claim.inflow.is_not(None), claim.lost(rules))))
    net_share = share(net, claim.before)
    open_complaint = complaint >= rules.numbers("grade.anchors")[2]
    facts = {
        "heavy": and_(last >= least, last >= last_line, average < last_line, balance < last_line),
        "mild": and_(average >= least, average >= line, balance < line),
        "outflow": and_(
            net_share >= rules.number("hard.outflow_share"), net >= rules.number("hard.outflow_least") * 100
        ),
    }
    complained = and_(open_complaint, or_(believed == 1, and_(believed.is_(None), balance < last)))
    staying = func.coalesce(relieved, 0) == 0
    orange, red = rules.numbers("hard.fall")
    from_fall = {"orange": and_(fell >= orange, staying), "red": and_(fell >= red, staying)}
    return HardRules(
        facts,
        [complained if name == "complaint" else and_(facts[name], from_fall[light]) for name, light in HARD],
        {
            "balance_fen": balance,
            "average_fen": average,
            "last_average_fen": last,
            "line_fen": line,
            "last_line_fen": last_line,
            "recent_high_fen": high,
            "high_share": fell,
            "net_outflow_fen": net,
            "net_outflow_share": net_share,
            "fell_fen": claim.fell,
        },
    )


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
