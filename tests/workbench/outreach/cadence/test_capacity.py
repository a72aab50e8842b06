"""What the manager's time has room for (domain 6.8)."""

from workbench.outreach.cadence.capacity import channel_seconds, week_capacity, workday_seconds
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_a_workday_has_room_for_a_fifth_of_the_weeks_calls_and_visits() -> None:
    assert workday_seconds({}, RULES) == (60 * 480 + 10 * 2700) // 5 == 186 * 60
    assert workday_seconds({"calls": 100, "visits": 0}, RULES) == 20 * 480
    assert week_capacity({"visits": 4}, RULES) == (60, 4)


def test_a_group_message_takes_little_of_each() -> None:
    seconds = channel_seconds(RULES)
    assert seconds["visit"] > seconds["call"] > seconds["wecom"] > seconds["sms"] > seconds["group"] > 0
