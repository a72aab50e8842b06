"""The style that a customer is spoken to in: what was observed of him, where it is sure enough (domain 2.2 b)."""

from typing import Literal

from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

#: how sure a style is
Sureness = Literal["low", "middle", "high"]


def sureness(values: Values, rules: Rules) -> Sureness | None:
    """How sure the observed style is; None while there is none."""
    sure = values.style_confidence
    if values.style is None or sure is None:
        return None
    return (
        "low"
        if sure < rules.number("style.low")
        else "middle"
        if sure < rules.number("style.middle")
        else "high"
    )


def spoken_style(values: Values, rules: Rules) -> str:
    """The letter D, I, S or C to speak in; '' where the style is not known well enough, so that neutral words are used."""
    return values.style or "" if sureness(values, rules) in ("middle", "high") else ""
