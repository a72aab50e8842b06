"""The parts of a signal that its module hands to the check: graded causes and the evidence behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench.base.expressions import Expr
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
