"""S8: much of the money was not here half a year ago, and leaves sooner (domain 4.3, 22-3)."""

from workbench.base.expressions import fall, graded
from workbench.insight.churn.signals.signal import Signal, SignalKind, kept_low, recent_high
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def new_money(window: Window, rules: Rules) -> Signal:
    """The share of the recent high above the mean of the daily averages four to six months ago.

    Cannot be told where fewer than two of those three months are reported: a short history is no new money.
    """
    high, old = recent_high(window), window.mean("aum_daily_average", 4, 6, 2)
    new = window.step("new_share", fall(old, high))
    grade = graded(new, rules.numbers("S8.share"), rules.numbers("grade.anchors"), calm=0.0)
    return Signal(
        "S8",
        {"new": kept_low("new_grade", grade, window, rules)},
        {"recent_high_fen": high, "old_average_fen": old, "new_share": new},
    )


S8 = SignalKind("S8", new_money)
