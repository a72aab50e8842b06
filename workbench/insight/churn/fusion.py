"""From graded signals to one risk and a light (domain 4.4); as SQL for the check, as plain arithmetic to read and
test it by; a test holds both equal.

    risk = min(100, 100 * (1 - product over the signals of max(0, 1 - weight * grade)) * profile)

A signal that cannot be told, or is muted by an explanation, is left out (grade 0); grades below the first severity count.
`weight` is that of `weights`: for a relieved customer the weight of the signals of `relief.signals` times `relief.factor`.
`profile` is `multiplier` of the number of profiles. The light is that of `light_of`, for customers with at least one hit,
lifted by the first hard rule that holds.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import mul
from typing import Any

from sqlalchemy import case, cast, literal

from db.functions import greatest, rounded
from db.functions import least as least_of
from workbench.base.expressions import REAL, Expr
from workbench.insight.churn.signals.registry import CODES
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

PROFILES = ("P1", "P2", "P3", "P4")


def weights(rules: Rules, *, relieved: bool = False) -> dict[str, float]:
    """The weight of each signal in the fusion; smaller for the losses of a customer into whom money still comes."""
    eased = rules.words("relief.signals") if relieved else ()
    factor = rules.number("relief.factor")
    return {code: rules.number(f"weight.{code}") * (factor if code in eased else 1) for code in CODES}


def multiplier(profiles: int, rules: Rules) -> float:
    """The multiplier of so many fragile profiles: 1 + step each, up to the cap (domain 4.2)."""
    return min(1 + rules.number("profile.step") * profiles, rules.number("profile.cap"))


def fuse(grades: Mapping[str, float], by_weight: Mapping[str, float], profile: float = 1.0) -> float:
    """Noisy-or: 100 * (1 - product of (1 - weight * grade)) * profile multiplier, at most 100."""
    calm = 1.0
    for code, grade in grades.items():
        calm *= max(1 - by_weight[code] * grade, 0.0)
    return round(min(100 * (1 - calm) * profile, 100.0), 9)


def fused(grades: Mapping[str, Expr], by_weight: Mapping[str, Expr | float], profile: Expr) -> Expr:
    """`fuse` as SQL, of grades that are never NULL."""
    left = reduce(mul, (greatest(1.0 - by_weight[code] * grade, 0.0) for code, grade in grades.items()))
    risk = least_of(100 * (1 - left) * profile, literal(100.0))
    return cast(rounded(risk * 1e9), REAL) / 1e9


def height(risk: Expr, lines: Sequence[float]) -> Expr:
    """`light_of` as SQL: 0 for none to 3 for red, so that lights can be compared."""
    yellow, orange, red = lines
    return case((risk >= red, 3), (risk >= orange, 2), (risk >= yellow, 1), else_=0)


def light_at(level: Expr) -> Expr:
    """The name of a height; NULL of 0."""
    return case({place: name for name, place in _HEIGHT.items() if name}, value=level, else_=None)


def severity_of(grade: Expr, anchors: Sequence[float]) -> Expr:
    """`severity` as SQL, of a grade that reaches the first anchor."""
    _first, second, third = anchors
    return case((grade >= third - 1e-9, 3), (grade >= second - 1e-9, 2), else_=1)


def light_of(risk: float, lines: Sequence[float]) -> Light | None:
    """The light of a risk by the lines of yellow, orange and red; None below the first."""
    yellow, orange, red = lines
    if risk >= red:
        return "red"
    if risk >= orange:
        return "orange"
    return "yellow" if risk >= yellow else None


#: light -> its height
_HEIGHT: dict[Any, int] = {None: 0, "yellow": 1, "orange": 2, "red": 3}


def lifted(light: Light | None, least: Light | None) -> Light | None:
    """The higher of two lights: hard rules only lift."""
    return light if _HEIGHT[light] >= _HEIGHT[least] else least


def height_of(light: Light) -> int:
    """The height of a light: 1 to 3."""
    return _HEIGHT[light]


def severity(grade: float, anchors: Sequence[float]) -> int:
    """The severity 0 to 3 of a grade: how many of the three anchors it reaches."""
    return sum(grade >= anchor - 1e-9 for anchor in anchors)
