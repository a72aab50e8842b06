"""Why a reason is not acted upon: plan and critical queue say the same (domain 4.8, 5)."""

from dataclasses import replace

import pytest

from tests.workbench.outreach.drafting.test_plan531 import brief, plan_of
from tests.workbench.outreach.made import against, lead
from workbench.insight.measures.freshness import Freshness
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.critical.queue import QueueLimits, queue
from workbench.outreach.leads.offering import not_offered
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.mark.parametrize("old", [True, False])
def test_plan_and_critical_queue_give_the_same_grounds_for_a_class_of_whom_nobody_is_listed(
    old: bool,
) -> None:
    kind = "stale" if old else "reach"
    leads = [lead(number, "C1", evidence={"topup": kind}) for number in range(1, 6)]
    leads += [lead(6, "C1"), lead(6, "C2", evidence={"watch": 2, "gap_fen": 1, "topup": kind})]
    held = against("opted_out", 1, 2)
    fresh = Freshness("2026-10-31", 99 if old else 16, 45)
    plan = plan_of(leads, ContactLimits(held), at=replace(brief(), fresh=fresh))
    (row,) = [item for item in plan.quick_wins if item.kind == "raise_level"]
    shown = queue("2026-W47", "2026-10-31", leads, QueueLimits(held), fresh, RULES)
    why = shown.none["C1"].partition(":")[2]
    assert why in row.basis
    assert why.startswith("拒绝营销 2 户、最近三个月内降下来的按保级谈 1 户")
    assert "6 户,本周都不列" in row.basis
    assert "6 户,本周都不列" in shown.none["C1"]


def test_a_lost_line_is_won_back_and_a_line_to_keep_is_always_spoken_of() -> None:
    up, down = lead(1, "C1"), lead(1, "C2", evidence={"watch": 1, "topup": "reach"})
    assert not_offered(up, [up, down]) == "lost_lately"
    assert not_offered(down, [up, down]) == ""
    assert not_offered(up, [up]) == ""
