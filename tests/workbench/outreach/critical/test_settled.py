"""Who is not asked again now (domain 4.5-7, 4.8)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.churn.verdict import CustomerRisk
from workbench.outreach.critical.settled import reached_lately, settled_lights
from workbench.rules.parameters import Rules


@pytest.mark.parametrize("rests", [True, False])
def test_a_light_that_rests_is_settled_and_one_that_was_only_tried_is_not(rests: bool) -> None:
    risk = CustomerRisk(7, "1", "甲", 70, "red", 1, 100, "L3", state="handling", rests=rests)
    assert settled_lights([risk]) == (frozenset({7}) if rests else frozenset())


def test_only_a_talk_within_thirty_days_lets_rest(small: SmallBook) -> None:
    for no, days, result in (("in", 5, "reached"), ("edge", 30, "met"), ("silent", 3, "no_answer")):
        small.customer(no)
        small.touch(no, days, result)
    with small.book.read() as conn:
        assert reached_lately(conn, "2026-10-31", Rules.load()) == {small.ids["in"]}
