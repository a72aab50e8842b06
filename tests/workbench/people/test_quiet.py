"""The hours in which customers are left in peace (domain 6.5)."""

import datetime as dt

import pytest

from workbench.people.quiet import quiet_words
from workbench.rules.parameters import Rules

RULES = Rules.load()


@pytest.mark.parametrize(
    ("time", "until"),
    [
        ("19:59", ""), ("20:00", "09:00"), ("23:30", "09:00"), ("00:00", "09:00"), ("08:59", "09:00"), ("09:00", ""),
        ("11:59", ""), ("12:00", "14:00"), ("13:59", "14:00"), ("14:00", ""),
    ],
)  # fmt: skip
def test_in_the_evening_at_night_and_at_noon(time: str, until: str) -> None:
    words = quiet_words(dt.time.fromisoformat(time), RULES)
    assert bool(words) is bool(until)
    assert until in words


def test_the_hours_are_data() -> None:
    other = Rules.load("general", {"consent.quiet_from": [21, 12.5], "consent.quiet_to": [8.5, 13]})
    assert quiet_words(dt.time(20, 30), other) == ""
    assert "08:30" in quiet_words(dt.time(8, 29), other)
    assert quiet_words(dt.time(12, 29), other) == ""
