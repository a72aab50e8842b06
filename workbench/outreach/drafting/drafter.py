"""`Drafter`: gathers what a draft is made from, makes it and stores it."""

from dataclasses import replace

from db.engine import Book
from workbench.base.dates import now, today
from workbench.base.errors import in_words
from workbench.base.i18n import language
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.insight.churn.assessing import version
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.critical_class import NEAR_CHURN
from workbench.outreach import store
from workbench.outreach.cadence.capacity import week_capacity
from workbench.outreach.cadence.silent import silent_of
from workbench.outreach.contact_limits import ContactLimits, contact_limits, last_import, whose
from workbench.outreach.documents import PlanHeader
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.drafting.notes import queue_words
from workbench.outreach.drafting.plan531 import draft, method_row
from workbench.outreach.drafting.rewording import Rewording
from workbench.outreach.drafting.standing import stands_on, worked_on
from workbench.outreach.drafting.ticks import with_ticks
from workbench.outreach.leads.calendar import plan_digest, plan_mark
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.room import Leads
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.methods import catalogue
from workbench.outreach.review import is_early
from workbench.rules.parameters import Rules


class Drafter:
    """Drafts the plans of a book."""

    def __init__(self, book: Book, rules: Rules, leads: Leads, settings: BookSettings) -> None:
        self._book, self._rules, self._leads, self._settings = book, rules, leads, settings

    def capacity(self) -> tuple[int, int]:
        """(calls, visits) that a week allows: the settings of the book, else the rules."""
        return week_capacity(self._settings, self._rules)

    def lights_of(self, week: str) -> LightWeek | None:
        """The lights of a week; None in a book without data."""
        return self._leads.lights_of(week) if self._leads.data_date() else None

    def stored(self, week: str, lights: LightWeek | None = None, *, kept: WeekPlan | None = None) -> WeekPlan:
        """A new draft, stored; with the row ids and ticks of the one before (`kept`). Raises WorkbenchError no_data."""
        lights = lights or self.lights_of(week)
        brief, leads, limits = self._drawn_from(week, lights)
        plan = draft(brief, leads, limits, self._rules, catalogue())
        warned = [self._leads.guard(), *queue_words(lights)] if lights else []
        plan = with_ticks(replace(plan, notes=(*filter(None, warned), *plan.notes)), kept)
        with in_words(), self._book.write("plan", week) as writer:
            header: PlanHeader = {
                "early": is_early(writer.conn, week), "import": last_import(writer.conn), "edited": False, "language": language(),
                "by": version(self._rules), "old": brief.old, "calendar": workdays_of(writer.conn).fingerprint(week),
                "lights": worked_on(lights), "at": stands_on(writer.conn), "planned": plan_mark(writer.conn, week),
                "touches": plan_digest(writer.conn, week, self._rules),
            }  # fmt: skip
            store.put(writer, plan, header, now())
        with in_words(), self._book.read() as conn:
            stored = store.load(conn, week)
        if stored is None:
            raise LookupError("a plan that was just stored is not there")
        return stored

    def reworded(self, plan: WeekPlan) -> WeekPlan:
        """A stored plan in the language in use, stored: the same people, rows, days, ids and ticks."""
        lights = self.lights_of(plan.week)
        brief, leads, limits = self._drawn_from(plan.week, lights)
        worded = Rewording(brief, leads, limits, self._rules, catalogue()).of(plan)
        warned = [self._leads.guard(), *queue_words(lights)] if lights else []
        worded = replace(worded, notes=(*filter(None, warned), *worded.notes), fresh=None)
        with in_words(), self._book.write("plan", plan.week) as writer:
            header = store.load_header(writer.conn, plan.week)
            store.put(writer, worded, {**header, "language": language()}, now())
        return worded

    def row_for(self, week: str, kind: str) -> PlanItem:
        """The row of a method of the catalogue with whom it has in a week, not stored. Raises WorkbenchError no_data,
        no_such_method."""
        brief, leads, limits = self._drawn_from(week, self.lights_of(week))
        return method_row(brief, leads, limits, self._rules, catalogue(), kind)

    def _drawn_from(self, week: str, lights: LightWeek | None) -> tuple[Brief, list[Lead], ContactLimits]:
        """What a draft of a week is made from."""
        day, data_date = today(), self._leads.data_date()
        led = self._leads.whole(week, lights)
        leads = [lead for lead in led.leads if lead.kind != NEAR_CHURN]
        with in_words(), self._book.read() as conn:
            work = workdays_of(conn).week(week)
            judged = work.judged_on(data_date or "")
            held = led.held if led.week.seen == day.isoformat() else None
            limits = contact_limits(conn, day, self._rules, judged=judged, held=held)
            manager, branch = led.whose or whose(conn)
            silent = silent_of(conn, {day.year for day in (*work.days, work.after)})
        calls, visits = self.capacity()
        brief = Brief(
            work=work,
            today=day,
            data_date=data_date,
            manager=str(self._settings.get("manager") or manager),
            branch=str(self._settings.get("branch") or branch),
            calls=calls,
            visits=visits,
            fresh=freshness(data_date, self._rules),
            looked=led.looked,
            unseen=led.unseen,
            left_over=led.left_over,
            silent=silent,
        )
        return brief, leads, limits
