"""A customer who stands on the plan and on the week's list counts once, on the day of the list."""

import pytest

from workbench.outreach.agenda.joining import PlannedMinutes, more_minutes
from workbench.outreach.reason import WeekPerson
from workbench.outreach.week.entry import WeekEntry

SECONDS = {"call": 480, "wecom": 180, "lobby": 900, "other": 180}
MONDAY, FRIDAY = "2026-11-16", "2026-11-20"


def entry(number: int, day: str, channel: str = "call") -> WeekEntry:
    return WeekEntry(number, WeekPerson(number, str(number), "", None), (), day, channel=channel)


@pytest.mark.parametrize(
    ("listed", "planned", "more"),
    [
        # on the list alone: the time of the row's channel
        ([entry(1, MONDAY), entry(2, MONDAY, "message")], [], {MONDAY: 11.0}),
        # on the plan alone: the plan's load has it
        ([], [PlannedMinutes(1, FRIDAY, 8.0)], {}),
        # on both, on one day: nothing more
        ([entry(1, FRIDAY)], [PlannedMinutes(1, FRIDAY, 8.0)], {FRIDAY: 0.0}),
        # on both, on two days: the day of the list has it, with all that is planned for him in the week
        (
            [entry(1, MONDAY)],
            [PlannedMinutes(1, FRIDAY, 45.0), PlannedMinutes(1, FRIDAY, 3.0)],
            {FRIDAY: -48.0, MONDAY: 48.0},
        ),
        # a message that the list makes a call takes a call's time
        ([entry(1, MONDAY)], [PlannedMinutes(1, MONDAY, 3.0)], {MONDAY: 5.0}),
    ],
)
def test_a_customer_counts_once_a_week_on_the_day_of_the_list(
    listed: list[WeekEntry], planned: list[PlannedMinutes], more: dict[str, float]
) -> None:
    assert more_minutes(listed, planned, SECONDS) == more
