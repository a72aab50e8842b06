"""S1: the customer moved, or works elsewhere (domain 4.3)."""

from sqlalchemy import case, literal

from workbench.base.expressions import Expr
from workbench.insight.churn.signals.notes import noted
from workbench.insight.churn.signals.out_of_town import away_from_home
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules

#: cause -> column, in the order of the grades in S1.levels
_LOOKED_AT = {
    "branch": "branch",
    "address": "residence_address",
    "employer": "employer",
    "payroll_employer": "payroll_employer",
    "city": "residence_city",
}


def moved(window: Window, rules: Rules) -> Signal:
    """An attribute differs from its oldest value in the three months before, so that A-B-A is no change; most
    transactions happen elsewhere; a note says so."""
    causes: dict[str, Expr] = {}
    evidence: dict[str, Expr] = {}
    for (cause, column), grade in zip(_LOOKED_AT.items(), rules.numbers("S1.levels"), strict=True):
        now = window.at(column)
        before = window.oldest(column, 1, 3)
        causes[cause] = case(
            (now.is_(None) | before.is_(None), None), (now != before, literal(grade)), else_=literal(0.0)
        )
        if cause != "address":  # home addresses stay out of printed sentences
            evidence[cause] = now
            evidence["old_" + cause] = before
    # a new city counts instead of the address that changed with it
    causes["address"] = case((causes["city"] > 0, literal(0.0)), else_=causes["address"])
    causes["away"], away = away_from_home(window, rules)
    by_notes, words = noted(window, rules)
    return Signal("S1", causes | by_notes, evidence | away | words)


S1 = SignalKind("S1", moved)
