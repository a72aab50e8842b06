"""Risk levels R1..R5 of products and C1..C5 of customers out of any of the ways they are written (domain 8.1)."""

from sqlalchemy import case, literal

from workbench.base.expressions import Expr
from workbench.rules.parameters import Rules

LEVELS = (1, 2, 3, 4, 5)


def level_of(told: Expr, rules: Rules) -> Expr:
    """1..5 as SQL; NULL for what is not told or not understood."""
    return case(*[(told.in_(rules.words(f"S5.level{level}")), literal(level)) for level in LEVELS])


def level(told: str | None, rules: Rules) -> int | None:
    """1..5 of one written level; None for what is not told or not understood."""
    if told is None:
        return None
    word = told.strip()
    return next((number for number in LEVELS if word in rules.words(f"S5.level{number}")), None)
