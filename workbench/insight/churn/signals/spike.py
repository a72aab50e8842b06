"""S2: a month far outside a customer's own spread of transactions, by medians that one odd month cannot move (domain 4.3)."""

from collections.abc import Sequence

from sqlalchemy import case, func, literal

from db.functions import middle
from workbench.base.expressions import Expr, highest, untold
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules

#: makes the median of absolute deviations comparable with a standard deviation
_NORMAL = 0.6745


def robust_spikes(window: Window, name: str, counts: Sequence[Expr], rules: Rules) -> list[Expr]:
    """For each count of the column whether it lies so many deviations above the median of the months 3 to 8 back: 0.6745 x
    (count - median) / median absolute deviation, which is taken as at least a share of the median, so that a customer who
    makes ten transactions every month does not stand out with twelve.

    The medians are looked for once, and only where a count is above all usual months.
    """
    usual = [window.at(name, k) for k in range(3, 9)]
    most = window.keep(f"most_{name}_3_8", highest(*window.run(name, 3, 8)))
    if untold(most):
        return [literal(0) == 1 for _count in counts]
    median = window.step(f"median_{name}_3_8", case((highest(*counts) > most, middle(*usual))))
    deviations = [func.abs(one - median) for one in usual]
    spread = window.step(f"spread_{name}_3_8", case((median.is_not(None), middle(*deviations))), level=1)
    least = median * rules.number("S2.least_spread")
    scale = case((spread > least, spread), else_=least)
    above = rules.number("S2.robust") * scale
    return [
        case(
            (count <= most, literal(0)),
            (_NORMAL * (count - median) >= above, literal(1)),
            else_=literal(0),
        )
        == 1
        for count in counts
    ]
