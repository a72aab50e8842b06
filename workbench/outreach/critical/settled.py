"""Whose light is not asked about again now (domain 4.5); who rests after a contact is told by `people/rested`."""

from collections.abc import Iterable

from workbench.insight.churn.verdict import CustomerRisk


def settled_lights(lit: Iterable[CustomerRisk]) -> frozenset[int]:
    """The customers whose light rests (domain 4.5): reached, explained or quiet, or gone; 预警 does not ask them again."""
    return frozenset(one.customer_id for one in lit if one.rests)
