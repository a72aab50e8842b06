"""Relief: money that still comes in makes a fall less of a loss (domain 4.4, 22-3)."""

from dataclasses import dataclass

from sqlalchemy import case, func

from workbench.base.expressions import Expr, share
from workbench.insight.churn.signals.signal import recent_high
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Relief:
    """`holds`: 1, 0, or NULL where it cannot be told; the inflow of two months in fen and its share of the recent high."""

    holds: Expr
    inflow: Expr
    share: Expr


def relief(window: Window, rules: Rules) -> Relief:
    """The inflow of this month and the last against the recent high.

    One month alone can be enough; a month that is not reported never counts as one without inflow.
    """
    now, last = window.at("inflow"), window.at("inflow", 1)
    known = func.coalesce(now, 0) + func.coalesce(last, 0)
    of_high = window.step("relief_share", share(known, recent_high(window)))
    both = now.is_not(None) & last.is_not(None)
    holds = case((of_high >= rules.number("relief.share"), 1), (both & of_high.is_not(None), 0))
    return Relief(holds, known, of_high)
