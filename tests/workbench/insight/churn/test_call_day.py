"""The call of a light has one day in a week, never past while the week lasts."""

import datetime as dt

from workbench.base.workdays import shipped
from workbench.insight.churn.call_day import LIGHTS, call_day
from workbench.rules.parameters import Rules


def test_the_more_pressing_light_is_called_first_and_never_on_a_day_that_is_past() -> None:
    rules = Rules.load()
    week = shipped().week("2026-W49")
    for today, days in (("2026-11-30", (30, 2, 4)), ("2026-12-03", (3, 3, 4))):
        found = tuple(call_day(light, week, dt.date.fromisoformat(today), rules).day for light in LIGHTS)
        assert found == days
