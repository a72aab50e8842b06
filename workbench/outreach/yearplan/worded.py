"""The plan of a year as it is handed out, made of what is stored."""

import datetime as dt

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.yearplan.fitting import not_fitting
from workbench.outreach.yearplan.plan import DaySum, YearPlan
from workbench.outreach.yearplan.stored import PlanRun
from workbench.outreach.yearplan.sums import PlanSums
from workbench.rules.parameters import Rules

#: the states of touches that are made
_MADE = frozenset(("planned", "late", "done"))


def plan_of(conn: Connection, run: PlanRun, rules: Rules) -> YearPlan:
    """A stored plan; its proofs in words of the language in use."""
    sums = run.sums
    return YearPlan(
        run.year, run.as_of, run.planned_from, run.made, tuple(_days(sums)), run.number,
        {state: number for state, number in sums.states.items() if state not in _MADE},
        not_fitting(conn, run.not_fitting, rules), len(run.moved), run.notes,
    )  # fmt: skip


def no_plan(year: int) -> YearPlan:
    """The plan of a year that has none: it is over, or there are no customers."""
    over = _("{year} 年已经过去,没有触点计划。").format(year=year)
    empty = _("账本里还没有客户清单,排不出触点计划。")
    return YearPlan(year, None, "", "", (), 0, {}, (), 0, (over if year < today().year else empty,))


def _days(sums: PlanSums) -> list[DaySum]:
    days = sorted(sums.capacity.keys() | sums.load.keys())
    return [
        DaySum(
            dt.date.fromordinal(day).isoformat(), sums.load.get(day, 0) / 60, sums.capacity.get(day, 0) / 60,
            dict(sums.touches.get(day, {})),
        )
        for day in days
    ]  # fmt: skip
