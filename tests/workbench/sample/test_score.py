"""The score of the planted stories: who comes up in the weeks counts, and what is too little fails (issue 12)."""

import datetime as dt

import pytest

from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.outreach.lights.light_week import LightWeek, QueuedLight
from workbench.sample.score import StoryScore, score, weeks_of
from workbench.sample.truth import PlantedStories

TRUTH = PlantedStories(1, 9, 9, "2026-10", {"moved_away": ("1", "2"), "maturity_soon": ("3",)}, (), ())


def risk(no: str, *, light: bool) -> CustomerRisk:
    verdict = SignalVerdict("S1", "hit", 3, 1.0, "", {"causes": ["city"]})
    return CustomerRisk(int(no), no, "", 30, "yellow" if light else None, 1, None, None, (verdict,))


def queued(one: CustomerRisk, place: int) -> QueuedLight:
    return QueuedLight(one, place, 1.0, None, "2026-11-02", False, True, "")


@pytest.mark.parametrize(("place", "right"), [(10, 2), (11, 1)])
def test_who_is_lit_counts_when_he_comes_up_in_the_weeks(place: int, right: int) -> None:
    lit, calm = risk("1", light=True), risk("2", light=False)
    week = LightWeek("2026-W45", "2026-10", "2026-10-31", (queued(lit, place),), (), (), ())
    moved, matures = score(TRUTH, [lit, calm], (), week, 2)
    assert (moved.planted, moved.flagged, moved.right) == (2, right, right)
    assert moved.passes is (right == 2)
    assert (matures.recall, matures.precision, matures.passes) == (0.0, 1.0, False)


def test_a_story_passes_from_the_lines_on() -> None:
    assert StoryScore("x", "x", 100, 105, 95).passes
    assert not StoryScore("x", "x", 100, 100, 94).passes
    assert not StoryScore("x", "x", 100, 112, 100).passes


@pytest.mark.parametrize("last", ["2026-10-31", "2026-11-01", "2026-10-26"])
def test_the_weeks_begin_with_the_monday_after_the_list(last: str) -> None:
    assert weeks_of(dt.date.fromisoformat(last)) == (
        "2026-W45",
        "2026-W46",
        "2026-W47",
        "2026-W48",
        "2026-W49",
    )
