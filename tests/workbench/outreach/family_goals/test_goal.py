"""The arithmetic of goals: months left, needed a month without yield, reached, on course, behind, cannot tell."""

import pytest

from workbench.outreach.family_goals.goal import FamilyGoal, course, months_left
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-23"


def goal(
    amount: int | None = 30_000_000,
    due: str | None = "2029-09-01",
    aside: int | None = 12_000_000,
    monthly: int | None = None,
    on: str | None = "2026-11-01",
) -> FamilyGoal:
    return FamilyGoal(1, 1, "大学学费", "school", amount, due, aside, on, monthly)


@pytest.mark.parametrize(
    ("due", "months"),
    [
        ("2026-11-23", 0),
        ("2026-12-22", 0),
        ("2026-12-23", 1),
        ("2027-11-23", 12),
        ("2029-09-01", 33),
        ("2026-11-22", -1),
    ],
)
def test_whole_months_are_left(due: str, months: int) -> None:
    assert months_left(DAY, due) == months


def test_what_is_needed_a_month_is_rounded_up_and_assumes_no_yield() -> None:
    made = course(goal(monthly=500_000), DAY, RULES)
    assert (made.months, made.missing, made.needed) == (33, 18_000_000, 545_455)
    assert 545_455 * 33 >= 18_000_000 > 545_454 * 33
    assert made.state == "behind"
    assert made.reason == "还差 18.0万,33 个月里每月要备 5,455,现在每月备 5,000,每月少 455(不计收益)"
    assert made.bar == "■■■■□□□□□□ 40%"
    assert made.as_json()["yield_assumed"] is None


@pytest.mark.parametrize(
    ("of", "state", "needed"),
    [
        (goal(monthly=545_455), "on", 545_455),
        (goal(monthly=545_454), "behind", 545_455),
        (goal(), "unknown", 545_455),
        (goal(aside=None), "unknown", None),
        (goal(amount=None), "unknown", None),
        (goal(due=None), "unknown", None),
        (goal(aside=30_000_000, due=None), "reached", None),
        (goal(aside=40_000_000), "reached", None),
        (goal(due="2026-12-10", monthly=9_000_000), "behind", None),
        (goal(due="2026-11-01"), "over", None),
        (goal(due="2026-11-01", aside=None), "over", None),
    ],
)
def test_each_course_with_its_reason(of: FamilyGoal, state: str, needed: int | None) -> None:
    made = course(of, DAY, RULES)
    assert (made.state, made.needed) == (state, needed)
    assert made.reason
    assert "None" not in made.reason
    assert "—" not in made.reason


def test_old_figures_are_to_be_checked_again() -> None:
    assert course(goal(), DAY, RULES).stale == ""
    assert course(goal(on="2026-03-01"), DAY, RULES).stale == "已备的钱是 2026-03-01 记的,请重新核对"
