"""The parts of a signal that its module hands to the check: graded causes and the evidence behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, case, literal

from workbench.base.expressions import Expr, highest, untold
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal as SQL; its grade is the highest of its causes, NULL when all of them are.

    `causes`: name -> grade, NULL where unknown; each name is a clause of the rule texts ("S3.recent").
    `evidence`: name -> the figure used in the clauses.
    """

    code: str
    causes: Mapping[str, Expr]
    evidence: Mapping[str, Expr]


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A signal as its file declares it: its code, and the function that judges a window of months.

    Its name, weight, thresholds and clauses are the rule texts and parameters that begin with its code.
    """

    code: str
    look: Callable[[Window, Rules], Signal]


def recent_high(window: Window) -> Expr:
    """The highest daily average in fen of this month and the three before; never a month-end balance (domain 4.5-1)."""
    averages = (window.raw("aum_daily_average", k) for k in range(4))
    return window.keep("recent_high", highest(*averages))


def kept_low(name: str, grade: Expr, window: Window, rules: Rules) -> Expr:
    """The grade, for a small customer at most just below the first severity: he is ranked, but never hit (S3.base).

    A step of the window, of level 2; `grade` is over columns of level 0 and below.
    """
    if untold(grade):
        return grade
    grade = window.step(f"{name}_uncapped", grade, 1)
    under = rules.numbers("grade.anchors")[0] * 0.97
    small = recent_high(window) < rules.number("S3.base") * 100
    return window.step(name, case((and_(small, grade > under), literal(under)), else_=grade), 2)
