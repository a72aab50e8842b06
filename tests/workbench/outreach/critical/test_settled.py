"""Who is not asked again now (domain 4.5-7, 4.8)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.churn.verdict import CustomerRisk, LightState
from workbench.outreach.critical.settled import reached_lately, settled_lights
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("state", "rests"),
    [("handling", True), ("explained", True), ("quiet", True), ("gone", True), ("new", False), ("back", False), (None, False)],
)  # fmt: skip
def test_a_light_rests_by_its_state(state: LightState | None, rests: bool) -> None:
    risk = CustomerRisk(7, "1", "甲", 70, "red", 1, 100, "L3", state=state)
    assert settled_lights([risk]) == (frozenset({7}) if rests else frozenset())


def test_only_a_talk_within_thirty_days_lets_rest(small: SmallBook) -> None:
    for no, days, result in (("in", 5, "reached"), ("edge", 30, "met"), ("silent", 3, "no_answer")):
        small.customer(no)
        small.touch(no, days, result)
    with small.book.read() as conn:
        assert reached_lately(conn, "2026-10-31", Rules.load()) == {small.ids["in"]}
