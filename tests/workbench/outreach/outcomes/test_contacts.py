"""Touched beside untouched: compared only where both are many, and never as an effect (domain 12.5, 22-7)."""

import pytest

from workbench.outreach.outcomes.contacts import TouchComparison
from workbench.outreach.outcomes.counts import OutcomeShare
from workbench.outreach.outcomes.words import compared


def test_the_difference_has_newcombes_interval_and_says_that_nobody_was_drawn() -> None:
    comparison = TouchComparison(OutcomeShare(18, 120), OutcomeShare(3, 40), 30)
    assert comparison.difference == pytest.approx(0.075)
    assert comparison.interval == pytest.approx((-0.0595, 0.1644), abs=0.0001)
    sentence = compared(comparison)
    assert "+7.5 个百分点,95% 区间 -6.0 到 +16.4" in sentence.replace("相差 ", "")
    assert "看不出差别" in sentence
    assert "不能当作联系的效果" in sentence


def test_a_difference_beyond_zero_is_called_one_in_either_direction() -> None:
    more, less = OutcomeShare(90, 100), OutcomeShare(40, 100)
    assert "留住得多" in compared(TouchComparison(more, less, 30))
    assert "留住得少" in compared(TouchComparison(less, more, 30))


def test_small_groups_are_not_compared() -> None:
    comparison = TouchComparison(OutcomeShare(29, 29), OutcomeShare(0, 500), 30)
    assert comparison.difference is None
    assert comparison.as_json()["low"] is None
    assert "样本不足" in compared(comparison)
