"""What is left of a week when it is planned in its middle (domain 0.1, 5)."""

import datetime as dt

import pytest

from tests.workbench.outreach.made import DATA_DATE, WEEK
from workbench.base.workdays import shipped
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.capacity import WeekCapacity, daily
from workbench.rules.parameters import Rules


@pytest.mark.parametrize(
    ("day", "calls", "places"), [(16, 60, 75), (18, 36, 45), (20, 12, 15), (21, 12, 15), (30, 60, 75)]
)
def test_a_week_that_has_begun_has_fewer_calls_and_places(day: int, calls: int, places: int) -> None:
    work = shipped().week(WEEK)
    brief = Brief(work, dt.date(2026, 11, day), DATA_DATE, "", "", 60, 10)
    made = WeekCapacity.of(brief, Rules.load())
    assert (made.calls, made.visits, made.places) == (calls, 10, places)


def test_calls_are_spread_evenly_and_rounded_up() -> None:
    assert [daily(calls, 5) for calls in (0, 1, 5, 6, 60)] == [0, 1, 1, 2, 12]
    assert daily(7, 0) == 7


def test_who_is_engaged_already_takes_nothing_more() -> None:
    capacity = WeekCapacity(1, 1, 1, 15)
    assert capacity.fits(1, call=True, visit=True)
    capacity.engage(1, call=True, visit=True)
    assert capacity.fits(1, call=True, visit=True)
    assert not capacity.fits(2, call=False, visit=False)
    assert (capacity.calls_left, capacity.places_left, capacity.visit([1, 2])) == (0, 0, 1)
