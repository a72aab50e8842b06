"""How advice reads a situation: unknown counts as nothing, nothing falls due on a day off, old data lose their clock."""

import datetime as dt

import pytest

from workbench.insight.portrait.situation import Reading, Situation
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

RULES = Rules.load()


def reading(day: str, as_of: str = "2026-09-30") -> Reading:
    return Reading(Situation(Values({}), day, as_of), RULES)


def test_what_is_unknown_counts_as_nothing() -> None:
    desk = reading("2026-10-12")
    assert (desk.count(None), desk.count(0), desk.count(2.0)) == (0, 0, 2)
    assert (desk.fen(None), desk.fen(99.6)) == (0, 100)


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        # a Monday: today, and by the end of its week the Friday
        ("2026-10-12", 0, "2026-10-12"),
        ("2026-10-12", 5, "2026-10-16"),
        ("2026-10-12", 7, "2026-10-19"),
        # a Saturday: both days are off, the Monday is the first on which anything can be done
        ("2026-10-17", 0, "2026-10-19"),
        ("2026-10-17", 1, "2026-10-19"),
        # the first of October is off until the seventh
        ("2026-09-30", 7, "2026-09-30"),
        ("2026-10-01", 3, "2026-10-08"),
    ],
)
def test_a_thing_is_due_on_the_last_workday_in_time_or_the_next_one(day: str, days: int, due: str) -> None:
    assert reading(day).within(days) == due


def test_a_deadline_that_has_passed_is_today() -> None:
    assert reading("2026-10-14").by(dt.date(2026, 10, 12)) == "2026-10-14"


def test_by_old_data_a_text_without_a_clock_stands_in() -> None:
    key = "advice.orange.how"
    old, new = reading("2026-12-14", "2026-06-30"), reading("2026-10-12")
    assert old.fresh.stale
    assert not new.fresh.stale
    assert new.text(key) == RULES.text(key)
    assert old.text(key) == RULES.text(f"{key}.old") != RULES.text(key)
