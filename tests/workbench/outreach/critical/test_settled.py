"""Who is not asked again now (domain 4.5-7, 4.8)."""

import pytest

from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.critical.settled import settled_lights
from workbench.outreach.lights.lit import Lit
from workbench.outreach.lights.queue import Queued


@pytest.mark.parametrize("rests", [True, False])
def test_a_light_that_rests_is_settled_and_one_that_was_only_tried_is_not(rests: bool) -> None:
    risk = CustomerRisk(7, "1", "甲", 70, "red", 1, 100, "L3", state="handling", rests=rests)
    assert settled_lights(Lit.among([Queued(risk, 1)])) == (frozenset({7}) if rests else frozenset())
