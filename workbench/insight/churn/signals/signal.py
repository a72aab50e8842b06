"""What a signal's module hands to the check: graded causes and the evidence that explains them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbench.base.expressions import Expr
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal as SQL. `causes`: name -> grade, NULL where that cause cannot be told; each name is a clause in the
    rule texts ("S3.recent"). `evidence`: name -> the figure named in the clauses. The signal's grade is the highest
    of its causes; when none can be told the signal cannot be told."""

    code: str
    causes: Mapping[str, Expr]
    evidence: Mapping[str, Expr]


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A signal as its file declares it: its code, and what looks at a window of months. Its name, weight, thresholds and
    clauses are the rule texts and parameters that begin with its code."""

    code: str
    look: Callable[[Window, Rules], Signal]
