"""Whose light is not asked about again now (domain 4.5); who rests after a contact is told by `people/rested`."""

from workbench.outreach.lights.lit import Lit


def settled_lights(lit: Lit) -> frozenset[int]:
    """The customers whose light rests (domain 4.5): reached, explained or quiet, or gone; 预警 does not ask them again."""
    return frozenset((*lit.resting.ids, *lit.gone.ids))
