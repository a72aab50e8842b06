"""From graded signals to one risk and a light (domain 4.4); pure arithmetic, shared by the check and its tests.

    risk = min(100, 100 * (1 - product over the signals of max(0, 1 - weight * grade)) * profile)

A signal that cannot be told, or is muted by an explanation, is left out (grade 0); grades below the first severity count.
`weight` is that of `weights`: for a relieved customer the weight of the signals of `relief.signals` times `relief.factor`.
`profile` is `multiplier` of the number of profiles. The light is that of `light_of`, for customers with at least one hit,
lifted by the first hard rule that holds. Every step is a sum, a product or a CASE, so that it can be written as SQL.
"""

from collections.abc import Mapping, Sequence
from typing import Any

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


def light_of(risk: float, lines: Sequence[float]) -> Light | None:
    """The light of a risk by the lines of yellow, orange and red; None below the first."""
    yellow, orange, red = lines
    if risk >= red:
        return "red"
    if risk >= orange:
        return "orange"
    return "yellow" if risk >= yellow else None


_HEIGHT: dict[Any, int] = {None: 0, "yellow": 1, "orange": 2, "red": 3}


def lifted(light: Light | None, least: Light | None) -> Light | None:
    """The higher of two lights: hard rules only lift."""
    return light if _HEIGHT[light] >= _HEIGHT[least] else least


def severity(grade: float, anchors: Sequence[float]) -> int:
    """The severity 0 to 3 of a grade: how many of the three anchors it reaches."""
    return sum(grade >= anchor - 1e-9 for anchor in anchors)
