"""How often a customer of a level is to be contacted (domain 6.5)."""

import pytest

from workbench.insight.churn.cadence import cadence
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()
TIERS = {"L0": 180, "L1": 180, "L2": 180, "L3": 90, "L4": 60, "L5": 45, "L6": 30, "L7": 30, "L8": 15}


@pytest.mark.parametrize(("tier", "days"), TIERS.items())
def test_each_level_has_its_cadence(tier: str, days: int) -> None:
    assert cadence(Values({"tier": tier}), RULES) == days


@pytest.mark.parametrize("tier", [None, "", "L", "L9", "L99", "私行", "x3x"])
def test_an_unknown_level_has_none(tier: str | None) -> None:
    assert cadence(Values({"tier": tier}), RULES) is None
