"""S3: assets leave faster, or go to another bank (domain 4.3, 22)."""

from dataclasses import replace

from sqlalchemy import and_, case, func, literal

from workbench.base.expressions import Expr, fall, graded, nothing, share
from workbench.insight.churn.signals.market_move import market_move
from workbench.insight.churn.signals.signal import Signal, SignalKind, kept_low, recent_high
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


def outflow(window: Window, rules: Rules) -> Signal:
    """The newest point-in-time balance against the recent daily averages, and the averages month on month.

    The median fall of the customers of the same level is subtracted first, where the window knows it (domain 4.5-2).
    """
    ladder = Ladder.of(rules)
    anchors = rules.numbers("grade.anchors")
    drops = rules.numbers("S3.drop")
    calm, beyond = rules.number("grade.calm"), rules.number("grade.beyond")
    balance, high = window.at("aum_balance"), recent_high(window)
    average, last, earlier = (window.at("aum_daily_average", k) for k in range(3))
    common = _common(ladder, last, window)
    market = market_move(window, rules)
    lost = window.step("lost_share", fall(balance - market.gain, high) - common)
    month = window.step("month_share", fall(average - market.loss, last) - common)
    month_before = window.step("month_before_share", fall(last, earlier))
    twice = rules.number("S3.two_months")
    usual = window.mean("outflow", 1, 3, 2)
    claim = window.claim()
    believed = window.believed(rules)
    # the outflow cannot exceed the opening balance and the inflow
    most = claim.before + func.coalesce(claim.inflow, 0)
    flowed = case((claim.outflow > most, most), else_=claim.outflow)
    # without the month's flows, the balances have to confirm the transfers to other banks alone
    away = replace(claim, outflow=window.at("interbank_outflow"), inflow=nothing())
    left = func.coalesce(believed, away.believed(rules))
    sent, opening = away.at_most_had(), claim.before
    elsewhere = window.step("elsewhere_share", share(sent, opening))
    line = window.step("last_line", ladder.line_of(last))
    heavy = and_(last >= line, average < line, balance < line)

    def low(name: str, grade: Expr) -> Expr:
        return kept_low(f"{name}_grade", grade, window, rules)

    def unless_small(condition: Expr, grade: float) -> Expr:
        """The grade where the condition holds and the customer is not small, else 0."""
        return case(
            (and_(condition, high >= rules.number("S3.base") * 100), literal(grade)), else_=literal(0.0)
        )

    signal = Signal(
        "S3",
        {
            "recent": low("recent", graded(lost, drops, anchors, calm=calm, beyond=beyond)),
            # an average that fell while the balance did not says less: it never counts beyond the third anchor
            "month": low("month", graded(month, drops, anchors, calm=0.0)),
            "two_months": case(
                (month.is_(None) | month_before.is_(None), None),
                else_=unless_small(and_(month >= twice, month_before >= twice), anchors[1]),
            ),
            "interbank": case(
                (elsewhere.is_(None) | left.is_(None), None),
                (left == 1, low("interbank", graded(elsewhere, rules.numbers("S3.interbank"), anchors))),
                else_=literal(0.0),
            ),
            "faster": case(
                (usual.is_(None) | believed.is_(None) | lost.is_(None), None),
                else_=unless_small(
                    and_(
                        believed == 1,
                        flowed > usual * rules.number("S3.faster"),
                        lost >= rules.number("S3.faster_drop"),
                    ),
                    anchors[0],
                ),
            ),
            "heavy": case(
                (average.is_(None) | last.is_(None) | balance.is_(None), None),
                else_=unless_small(and_(heavy, lost >= rules.numbers("hard.fall")[0]), anchors[2]),
            ),
        },
        {
            "balance_fen": balance,
            "recent_high_fen": high,
            "recent_share": lost,
            "average_fen": average,
            "last_average_fen": last,
            "earlier_average_fen": earlier,
            "two_months_share": literal(twice),
            "month_share": month,
            "interbank_fen": sent,
            "interbank_share": elsewhere,
            "outflow_fen": flowed,
            "usual_outflow_fen": usual,
            "outflow_times": share(flowed, usual),
            "line_fen": line,
        },
    )
    return market.noted(signal, window)


S3 = SignalKind("S3", outflow)


def _common(ladder: Ladder, last: Expr, window: Window) -> Expr:
    if not window.peers:
        return literal(0.0)
    level = ladder.level_of(last, window.at("last_txn_date", 1), window.as_of)
    return case(
        *[(level == code, literal(median)) for code, median in window.peers.items()], else_=literal(0.0)
    )
