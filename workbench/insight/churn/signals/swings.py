"""S9: money that swings from month to month, or that just came in (domain 4.3, 22-5)."""

from sqlalchemy import case

from workbench.base.expressions import fall, graded, highest, how_many, lowest, share
from workbench.insight.churn.signals.signal import Signal, SignalKind, kept_low, recent_high
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def swings(window: Window, rules: Rules) -> Signal:
    """The lowest of the last six month-ends against their highest, and the month's inflow against what is here.

    The newest month-end is left out of the swing: its fall is the business of S3. How much is here is the higher of the
    balance and the recent high, so that little money that is left does not make an inflow large.
    """
    anchors = rules.numbers("grade.anchors")
    ends = window.run("aum_balance", 1, 6)
    enough = how_many(ends) >= rules.whole("S9.months")
    top = window.keep("swing_high", case((enough, highest(*ends))))
    bottom = window.keep("swing_low", case((enough, lowest(*ends))))
    swing = window.step("swing", fall(bottom, top))
    inflow, high = window.at("inflow"), recent_high(window)
    here = highest(window.at("aum_balance"), high)
    arrived = window.step("arrived_share", case((high.is_not(None), share(inflow, here))))
    grades = {
        "swing": graded(swing, rules.numbers("S9.swing"), anchors, calm=0.0),
        "arrived": graded(arrived, rules.numbers("S9.arrived"), anchors, calm=0.0),
    }
    return Signal(
        "S9",
        {name: kept_low(f"{name}_grade", grade, window, rules) for name, grade in grades.items()},
        {
            "swing_high_fen": top,
            "swing_low_fen": bottom,
            "inflow_fen": inflow,
            "here_fen": here,
            "arrived_share": arrived,
        },
    )


S9 = SignalKind("S9", swings)
