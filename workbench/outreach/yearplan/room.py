"""`YearPlans`: the touch plan of each year, made when it is asked for and brought up to date, and what the manager decides."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection

from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.collector import quiet_collector
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.insight.measures.freshness import freshness
from workbench.insight.tags.layers import last_run
from workbench.outreach.dates.room import check_year
from workbench.outreach.wishes.room import Wishes
from workbench.outreach.yearplan.basis import PlanBasis, basis_of
from workbench.outreach.yearplan.breaking import Breaking
from workbench.outreach.yearplan.choices import StoredTouch, behind, follow, row_of
from workbench.outreach.yearplan.choosing import checked_day, keep_choice, take_choice_back
from workbench.outreach.yearplan.events import YearEvents
from workbench.outreach.yearplan.gathering import WeekShare, first_day
from workbench.outreach.yearplan.making import PlanMaker
from workbench.outreach.yearplan.plan import PlannedTouch, YearPlan
from workbench.outreach.yearplan.reading import TouchQuery, TouchWords, read_touches
from workbench.outreach.yearplan.stored import run_of
from workbench.outreach.yearplan.worded import no_plan, plan_of
from workbench.rules.parameters import Rules


class YearPlans:
    """The plans of a book. Writes computed results, and the choices through the one door."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        settings: BookSettings,
        wishes: Wishes,
        days: YearEvents,
        share: Callable[[int], WeekShare],
    ) -> None:
        self._book = book
        self._rules = rules
        self._settings = settings
        self._maker = PlanMaker(book, rules, settings, wishes, days, share)
        self._share = share
        self._days = days

    def of(self, year: int, progress: Progress = silent) -> YearPlan:
        """The plan of a year, made or brought up to date where what it stands on changed. A year that is over keeps the plan that
        it had; without customers there is none. Raises WorkbenchError year_out_of_range."""
        check_year(year)
        self._follow(year)
        with in_words(), self._book.read() as conn:
            run, now = run_of(conn, year), self._basis(conn, year)
            tagged = last_run(conn) is not None
        if now is not None and (run is None or not _same(run.basis, now) or not tagged):
            with quiet_collector():
                self._bring_up(year, progress)
        return self.standing(year) or no_plan(year)

    def standing(self, year: int) -> YearPlan | None:
        """The plan of a year as it stands; None where none was made. Never plans."""
        self._follow(year)
        with in_words(), self._book.read() as conn:
            run = run_of(conn, year)
            return None if run is None else plan_of(conn, run, self._rules)

    def touches(
        self,
        year: int,
        first: str | None = None,
        last: str | None = None,
        customers: Collection[int] | None = None,
        state: str | None = None,
        most: int | None = None,
    ) -> tuple[PlannedTouch, ...]:
        """The touches of the plan that stands whose day, or best day where they have none, lies in [first, last] (ISO, None:
        open); of some customers (ids), in one state; the first `most`. By day, priority, customer."""
        return self._read(TouchQuery(year, first, last, customers, state, most=most))

    def moved(self, year: int) -> tuple[PlannedTouch, ...]:
        """The touches that the last planning moved to another day."""
        with in_words(), self._book.read() as conn:
            run = run_of(conn, year)
        return self._read(TouchQuery(year, ids=run.moved)) if run is not None and run.moved else ()

    # -- what the manager decides ----------------------------------------------------------------------------

    def move(self, touch_id: int, day: str, note: str = "") -> Change:
        """Put a touch on a day (ISO), whatever it breaks (see `breaks`): planning keeps it there.

        Raises WorkbenchError no_such_touch, bad_date, past_date, other_year, touch_done.
        """
        year, touch = self._known(touch_id)
        date = checked_day(day, year)
        return self._decide(year, touch, date.isoformat(), note)

    def leave_out(self, touch_id: int, note: str = "") -> Change:
        """Leave a touch out. Raises WorkbenchError no_such_touch, touch_done."""
        year, touch = self._known(touch_id)
        return self._decide(year, touch, None, note)

    def take_back(self, touch_id: int) -> Change:
        """Forget what was decided about a touch: it stands again where the plan had it. Raises WorkbenchError no_such_touch."""
        year, touch = self._known(touch_id, done_too=True)
        with in_words(), self._book.write("touch_choice", str(year)) as writer:
            take_choice_back(writer, touch)
            change = Change.by(writer, sum(writer.counts.values()))
        self._follow(year)
        return change

    def breaks(self, touch_id: int, day: str) -> tuple[str, ...]:
        """What a touch would break on a day (ISO), in sentences; () for nothing. Raises as `move`."""
        year, touch = self._known(touch_id)
        date = checked_day(day, year)
        self._follow(year)
        with in_words(), self._book.read() as conn:
            run = run_of(conn, year)
            if run is None:
                return ()
            words, events = self._words(conn, year), self._days(year)
            return Breaking(conn, self._rules, self._settings, words, run.sums, events).sentences(touch, date)

    def _decide(self, year: int, touch: StoredTouch, day: str | None, note: str) -> Change:
        with in_words(), self._book.write("touch_choice", str(year)) as writer:
            keep_choice(writer, touch, day, note)
            change = Change.by(writer, sum(writer.counts.values()))
        self._follow(year)
        return change

    def _known(self, touch_id: int, *, done_too: bool = False) -> tuple[int, StoredTouch]:
        with in_words(), self._book.read() as conn:
            known = row_of(conn, touch_id)
        if known is None:
            raise WorkbenchError(
                "no_such_touch", _("计划里没有这次联系。"), _("计划可能刚刚更新过,请刷新再看。")
            )
        if known[1].state == "done" and not done_too:
            raise WorkbenchError("touch_done", _("这次联系已经做过,不能再改。"))
        return known

    # -- parts -------------------------------------------------------------------------------------------------

    def _basis(self, conn: Connection, year: int) -> PlanBasis | None:
        """What a plan made now would stand on; None for a year that is over."""
        if year < today().year:
            return None
        start = first_day(year, today(), workdays_of(conn))
        if start.year != year:
            return None
        return basis_of(conn, start.isoformat(), self._rules, self._settings, self._share(year).mark)

    def _bring_up(self, year: int, progress: Progress) -> None:
        try:
            self._maker.bring_up(year, progress)
        except WorkbenchError as error:
            if error.code not in ("no_data", "no_layers"):
                raise

    def _follow(self, year: int) -> None:
        """Has the stored touches follow what was decided, undone or done again since."""
        with in_words(), self._book.read() as conn:
            run = run_of(conn, year)
            late = behind(conn, run.basis) if run is not None else {}
        if late:
            with in_words(), self._book.derive() as conn:
                follow(conn, year, late)

    def _read(self, wanted: TouchQuery) -> tuple[PlannedTouch, ...]:
        self._follow(wanted.year)
        with in_words(), self._book.read() as conn:
            return read_touches(conn, wanted, self._words(conn, wanted.year))

    def _words(self, conn: Connection, year: int) -> TouchWords:
        names: Mapping[str, str] = {one.code: one.name for one in self._days(year)}
        run = last_run(conn)
        old = run is not None and freshness(run.as_of, self._rules).stale
        return TouchWords(self._rules, names, old)


def _same(stood: PlanBasis, now: PlanBasis) -> bool:
    """Whether a plan stands on the present; choices it follows by itself."""
    beneath = ((one.revision, one.by, one.start, one.rows, one.week) for one in (stood, now))
    return next(beneath) == next(beneath)
