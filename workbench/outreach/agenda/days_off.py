"""What a day off is called."""

import datetime as dt

from workbench.base.holiday_files import names_of_statutory_days
from workbench.base.workdays import Workdays


def names_of_days_off(workdays: Workdays, year: int) -> dict[dt.date, str]:
    """The days off of a year that have a name: those of the notices, or while none is announced the statutory ones."""
    named = {
        one.day: one.name
        for notice in workdays.years.values()
        for one in notice.days
        if one.off and one.day.year == year
    }
    return named if workdays.announced(year) else {**names_of_statutory_days(year), **named}
