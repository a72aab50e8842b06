"""`Weeks`: the ranked list of a week, read whenever it is asked for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from db.engine import Book
from db.tables import plan_customers, plan_items, plans, touches
from db.week import day_reviews, goals, handed_out, pins, promises
from workbench.base.errors import in_words
from workbench.base.workdays import workdays_of
from workbench.outreach.cadence.silent import silent_of
from workbench.outreach.draft import WeekPlan
from workbench.outreach.leads.case_leads import cases_owed, cases_to_ask
from workbench.outreach.promises.room import Promises
from workbench.outreach.week.entry import WeekEntry, WeekList
from workbench.outreach.week.listing import DueReason, logged, week_list
from workbench.rules.parameters import Rules

#: names of the tables that logging, ticking and planning write: what a list of head office tells does not differ after them
LOGGED = frozenset(
    one.name
    for one in (touches, promises, pins, goals, day_reviews, plans, plan_items, plan_customers, handed_out)
)


class Weeks:
    """Reads the list of a week. `plan`: hands out the stored plan of a week, drafted first where there is none; `standing`:
    only a plan that needs no drafting."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        plan: Callable[[str | None], WeekPlan],
        standing: Callable[[str | None], WeekPlan | None],
        promises: Promises,
    ) -> None:
        self._book = book
        self._rules = rules
        self._plan = plan
        self._standing = standing
        self._promises = promises

    def of(self, week: str | None = None) -> WeekList:
        """The list of an ISO week 'YYYY-Www' (None: the week to plan now). Raises WorkbenchError bad_week."""
        return self.of_plan(self._plan(week))

    def standing(self) -> WeekList | None:
        """The list of the week to plan now; None where it would first have to be drafted: who asks in passing waits for no
        plan."""
        plan = self._standing(None)
        return self.of_plan(plan) if plan is not None else None

    def entry_of(self, customer_id: int) -> WeekEntry | None:
        """Where a customer stands on the list of the week to plan now; None where he is not on it, or it does not stand."""
        listed = self.standing()
        return listed.find(customer_id) if listed is not None else None

    def of_plan(self, plan: WeekPlan) -> WeekList:
        """The list of the week of a plan as it was handed out."""
        with in_words(), self._book.read() as conn:
            work = workdays_of(conn).week(plan.week)
            # a promise for a day off after the week is due on the last workday before
            last = (work.after - dt.timedelta(days=1)).isoformat()
            owed = [DueReason(one.person, one.reason) for one in self._promises.due(conn, last)]
            owed += [DueReason(*one) for one in cases_owed(conn, self._book, self._rules, work)]
            asks = [DueReason(*one) for one in cases_to_ask(conn, self._book, self._rules, work)]
            people = {*plan.ranks(), *(one.person.customer_id for one in (*owed, *asks))}
            contacts = logged(conn, plan.week, self._rules, people)
            quiet = silent_of(conn, {day.year for day in work.days})
        silent = frozenset(day.isoformat() for day in work.workdays if day in quiet)
        return replace(week_list(plan, owed, contacts, work, asks), silent=silent)
