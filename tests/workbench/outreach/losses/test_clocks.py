"""By when somebody is called: hours, days and workdays over weekends and holidays (domain 8.6)."""

import pytest

from workbench.base.workdays import shipped
from workbench.outreach.losses.clocks import FollowUps, first_call
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.mark.parametrize(
    ("since", "tower", "due"),
    [
        # Monday 2 November 2026
        ("2026-11-02", "top", "2026-11-03"),
        ("2026-11-02", "waist_mid", "2026-11-05"),
        ("2026-11-02", "base", "2026-11-09"),
        # who is known on Friday is called on Friday: 24 hours later nobody works
        ("2026-11-06", "top", "2026-11-06"),
        ("2026-11-06", "waist_low", "2026-11-09"),
        ("2026-11-06", "base", "2026-11-13"),
        # a list that is imported on a day off
        ("2026-11-07", "top", "2026-11-09"),
        # over the holidays of the new year, and of who nothing is known
        ("2026-12-31", "base", "2027-01-08"),
        ("2026-12-31", None, "2027-01-08"),
    ],
)
def test_the_first_call_stands_on_a_workday(since: str, tower: str | None, due: str) -> None:
    assert first_call(since, tower, shipped(), RULES) == due


def test_follow_ups_fall_on_the_next_workday() -> None:
    follow = FollowUps.of("2026-11-07", "2026-12-05", shipped(), RULES)
    # seven days later is a Saturday, thirty a Monday, the day agreed upon a Saturday
    assert (follow.week, follow.month, follow.review) == ("2026-11-16", "2026-12-07", "2026-12-07")
    assert FollowUps.of("2026-11-02", None, shipped(), RULES).review == "2026-12-02"
