"""Consent before days: who is left alone, until when, on which channel (domain 6.5)."""

from typing import Any

import numpy as np

from tests.workbench.outreach.levelling.made import START, cadences, wishes_table, workdays
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import STATES, DayRoom, Placement
from workbench.people.contact_caps import TouchLimits

ROOM = DayRoom(workdays(START, 21), np.full(15, 9000))
WEEK = (START, START + 11)
WISHES = wishes_table(
    ("maturity", 1, START, 0, 0, 1, *WEEK, START, False),
    ("birthday", 1, START, 1, 2, 3, *WEEK, START, True),
    ("product", 1, START, 2, 0, 8, START, START + 18, START, True),
)


def _placed(**limits: Any) -> Placement:
    return level(WISHES, cadences(), TouchLimits(**limits), ROOM, start=START)


def _states(placed: Placement) -> list[tuple[str, str]]:
    return [
        (STATES[state], placed.grounds[ground])
        for state, ground in zip(placed.state, placed.ground, strict=True)
    ]


def test_who_is_held_hears_of_no_product() -> None:
    placed = _placed(held={1: ("refused", 0)})
    assert _states(placed) == [("planned", ""), ("planned", ""), ("barred", "refused")]


def test_a_hold_with_an_end_moves_marketing_behind_it() -> None:
    placed = _placed(held={1: ("rest", START + 14)})
    assert placed.day.tolist() == [START, START, START + 14]
    placed = _placed(held={1: ("rest", START + 30)})
    assert _states(placed)[2] == ("barred", "rest")


def test_a_complaint_keeps_care_off_too_and_service_stays() -> None:
    placed = _placed(frozen={1: ("complaint", START + 7)})
    assert placed.day.tolist() == [START, START + 7, START + 14]
    assert _states(_placed(frozen={1: ("complaint", 0)})) == [
        ("planned", ""), ("barred", "complaint"), ("barred", "complaint"),
    ]  # fmt: skip


def test_a_refused_channel_gives_way_to_another_or_bars() -> None:
    placed = _placed(refused={1: frozenset({"call"})}, instead={"call": (("sms", 60),)})
    assert [placed.channels[place] for place in placed.channel] == ["call", "wecom", "sms"]
    assert placed.seconds.tolist() == [480, 180, 60]
    assert _states(_placed(refused={1: frozenset({"wecom"})}))[1] == ("barred", "channel")


def test_silent_days_have_service_only() -> None:
    placed = _placed(silent=frozenset({START}))
    assert placed.day.tolist() == [START, START + 1, START + 7]


def test_a_frozen_cadence_runs_from_the_day_that_it_is_allowed() -> None:
    cadence = cadences((5, 10, START - 30, 1, True))
    placed = level(WISHES, cadence, TouchLimits(frozen={5: ("complaint", START + 8)}), ROOM, start=START)
    days = placed.day[placed.customer == 5]
    assert START + 8 <= days[0] < START + 18
