"""The workday by which the call that a light asks for is made: one answer for the week's list, the portrait and the card."""

import datetime as dt

from workbench.base.workdays import WorkWeek
from workbench.people.customer import Light
from workbench.rules.parameters import Rules

#: the lights, the most pressing first, as `lead.due` counts them
LIGHTS: tuple[Light, ...] = ("red", "orange", "yellow")


def call_day(light: Light, work: WorkWeek, today: dt.date, rules: Rules) -> dt.date:
    """The day of that week, in a week that is not over never before `today`."""
    place = round(rules.numbers("lead.due")[LIGHTS.index(light)])
    return work.by(work.days[place - 1], today=today)
