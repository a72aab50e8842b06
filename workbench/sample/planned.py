"""The plans of weeks gone by: which contacts of the sample's log were made for which row of a plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.dates import month_of, shift_month, week_days, week_of
from workbench.sample.contacts import Contact
from workbench.sample.material import material


@dataclass(frozen=True, slots=True)
class PastRow:
    """A row of the plan of a week 'YYYY-Www': the kind of its method and the customers (numbers) contacted for it."""

    week: str
    method: str
    customers: tuple[str, ...]


def past_rows(logged: Iterable[Contact], newest: str) -> tuple[PastRow, ...]:
    """The rows in the order of their weeks. Only weeks whose outcome the lists until `newest` ('YYYY-MM') can tell: a plan of the
    weeks just past would say what was carried over, and the sample has none of that."""
    latest, earliest = (shift_month(newest, -back) for back in material("contacts")["planned_months"])
    rows: dict[tuple[str, str], dict[str, None]] = {}
    for one in logged:
        week = week_of(one.day)
        days = week_days(week)
        if (
            one.method
            and month_of(days[0].isoformat()) >= earliest
            and month_of(days[-1].isoformat()) <= latest
        ):
            rows.setdefault((week, one.method), {})[one.customer_no] = None
    return tuple(PastRow(week, method, tuple(people)) for (week, method), people in sorted(rows.items()))
