"""Risk levels R1 to R5 of products and C1 to C5 of customers, however a list writes them (domain 8.1)."""

from sqlalchemy import case, literal

from workbench.base.expressions import Expr
from workbench.rules.parameters import Rules

LEVELS = (1, 2, 3, 4, 5)


def level_of(written: Expr, rules: Rules) -> Expr:
    """The level 1 to 5 as SQL; NULL for a missing or unknown word."""
    return case(*[(written.in_(rules.words(f"S5.level{level}")), literal(level)) for level in LEVELS])


def level(written: str | None, rules: Rules) -> int | None:
    """The level 1 to 5 of a written one; None for a missing or unknown word."""
    if written is None:
        return None
    word = written.strip()
    return next((number for number in LEVELS if word in rules.words(f"S5.level{number}")), None)
