"""The steps of a salon on workdays (domain 6.7: T-30, T-14, T-3, T+1)."""

import pytest

from workbench.base.workdays import shipped
from workbench.outreach.salons.steps import steps_of
from workbench.rules.parameters import Rules


def test_steps_before_lie_on_the_workday_before_and_thanks_on_the_one_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-09-01")
    made = steps_of("2026-10-16", shipped(), Rules.load())
    # a Friday: 16 September, 2 October in the holidays, 13 October, Saturday the 17th, 23 October
    assert (made.prepare, made.invite, made.remind) == ("2026-09-16", "2026-09-30", "2026-10-13")
    assert (made.thanks, made.follow_up) == ("2026-10-19", "2026-10-23")


def test_a_step_that_is_past_is_done_on_the_next_workday_but_not_after_the_salon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-10-15")
    made = steps_of("2026-10-16", shipped(), Rules.load())
    assert (made.prepare, made.invite, made.remind) == ("2026-10-15",) * 3
    weekend = steps_of("2026-10-18", shipped(), Rules.load())
    assert weekend.remind == "2026-10-15"
    assert steps_of("2026-09-10", shipped(), Rules.load()).invite == "2026-08-27"
