"""`Outreach`: the week's plan and the contact log, for both faces."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.change import Change
from workbench.base.collector import quiet_collector
from workbench.base.dates import now, today, week_days
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, language
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.insight.churn.assessing import version
from workbench.insight.measures.freshness import freshness
from workbench.outreach import store
from workbench.outreach.beside import BesideTheWeek
from workbench.outreach.codes import code_of, codes, ticks
from workbench.outreach.contact_limits import held_on, last_import
from workbench.outreach.contacts import NewContact, log_touch
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.critical.queue import CriticalEntries, QueueLimits, completed
from workbench.outreach.critical.settled import settled_lights
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.drafting.drafter import Drafter
from workbench.outreach.drafting.notes import held_since_words, marketed
from workbench.outreach.drafting.shape import check_shape, known_week
from workbench.outreach.drafting.standing import (
    drafted_from,
    other_words,
    touches_now,
    worked_on,
    written_beneath,
)
from workbench.outreach.drafting.ticking import put_ticks
from workbench.outreach.leads.left_over import worked_with
from workbench.outreach.leads.room import Leads
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.review import WeekReview, history, is_early, review
from workbench.outreach.week.entry import WeekEntry
from workbench.people.rested import rested
from workbench.rules.parameters import Rules
from workbench.trust.mishaps import refuse_wrong_clock

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.outreach.dates.birthday_ways import BirthdayWays
    from workbench.outreach.dates.room import Dates
    from workbench.outreach.log.room import ContactLog
    from workbench.outreach.outcomes.room import Outcomes
    from workbench.outreach.playbook.choosing import ScriptChoice
    from workbench.outreach.promises.room import Promises
    from workbench.outreach.requests import ResourceRequests
    from workbench.outreach.reviews.room import Reviews
    from workbench.outreach.today.room import DayLists
    from workbench.outreach.week.room import Weeks
    from workbench.outreach.words import Words


class Outreach(BesideTheWeek):
    """Drafts, keeps and ticks the week's plan, and logs contacts. Every write returns the change that undoes it."""

    def __init__(self, book: Book, rules: Rules, leads: Leads, settings: BookSettings) -> None:
        self.book = book
        self.rules = rules
        self.leads = leads
        self.settings = settings
        self.lights = leads.lights
        self._drafter = Drafter(book, rules, leads, settings)
        self._queueing = CriticalEntries(rules)
        #: the finding of leads that the last queue was made of
        self._queued: object = None

    @cached_property
    def outcomes(self) -> "Outcomes":
        """What became of lights and contacts (domain 4.6)."""
        from workbench.outreach.outcomes.room import Outcomes

        return Outcomes(self.book, self.rules)

    @cached_property
    def log(self) -> "ContactLog":
        """The contact log of a week or a month (domain 12.4)."""
        from workbench.outreach.log.room import ContactLog

        return ContactLog(self.book, self.rules)

    @cached_property
    def promises(self) -> "Promises":
        """What was promised to customers."""
        from workbench.outreach.promises.room import Promises

        return Promises(self.book)

    @cached_property
    def requests(self) -> "ResourceRequests":
        """What was asked for by rows of the three."""
        from workbench.outreach.requests import ResourceRequests

        return ResourceRequests(self.book)

    @cached_property
    def weeks(self) -> "Weeks":
        """The one ranked list of a week."""
        from workbench.outreach.week.room import Weeks

        return Weeks(self.book, self.rules, self.plan, self.standing, self.promises)

    @cached_property
    def days(self) -> "DayLists":
        """The list of a day: a filter of the week's."""
        from workbench.outreach.today.room import DayLists

        return DayLists(self.book, self.rules, self.weeks.of, self.promises, lambda: self.playbook)

    @cached_property
    def reviews(self) -> "Reviews":
        """The evening review of a day, the report of a week."""
        from workbench.outreach.reviews.room import Reviews

        return Reviews(self.book, self.rules, self.weeks.of)

    @cached_property
    def birthday_ways(self) -> "BirthdayWays":
        """Which birthday a customer keeps."""
        from workbench.outreach.dates.birthday_ways import BirthdayWays

        return BirthdayWays(self.book, self.rules)

    @cached_property
    def dates(self) -> "Dates":
        """The days of a year, and the rows of the calendar."""
        from workbench.outreach.dates.room import Dates

        return Dates(self.book, self.rules, self.leads.engine.vocabulary)

    # -- the plan --------------------------------------------------------------------------------------------

    def plan(self, week: str | None = None) -> WeekPlan:
        """The stored plan of an ISO week 'YYYY-Www' (None: the week to plan now), else a new draft, which is stored.

        A draft holds for the week. As long as nobody made it her own (see `worked_with`), it is drafted anew when lists, rules,
        language, calendar, capacity, age of the data or the touches of the year's plan changed, and when other customers are to
        be worked on for their light; a contact, a promise or a tick never does. A plan that stays names newer data in its notes,
        and customers who must no longer be marketed to. Raises WorkbenchError bad_week.
        """
        week = known_week(self.book, week)
        plan, kept, lights = self._standing(week)
        return plan or self._draft(week, lights, kept=kept)

    def standing(self, week: str | None = None) -> WeekPlan | None:
        """The plan of a week as `plan` hands it out, where that needs no drafting; else None. For who asks in passing."""
        return self._standing(known_week(self.book, week))[0]

    def _standing(self, week: str) -> tuple[WeekPlan | None, WeekPlan | None, LightWeek | None]:
        """The stored plan of a week if it stands; else None, with the one to be drafted anew and the lights it would name."""
        with in_words(), self.book.read() as conn:
            stored = store.load(conn, week)
        if stored is None:
            return None, None, None
        stored = self._aged(stored)
        with in_words(), self.book.read() as conn:
            header = store.load_header(conn, week)
            imported = last_import(conn)
            held = held_on(conn, today(), self.rules, marketed(stored))
            calendar = workdays_of(conn).fingerprint(week)
            seen = (
                is_early(conn, week),
                language(),
                version(self.rules),
                stored.old,
                imported,
                calendar,
                *self._drafter.capacity(),
                touches_now(conn, header, week, self.rules),
            )
            own = week_days(week)[-1] < today() or worked_with(conn, stored)
            written = not own and written_beneath(conn, header)
        if not own:
            if seen != drafted_from(header):
                return None, stored, None
            if written:
                lights = self._drafter.lights_of(week)
                if header.get("lights") != worked_on(lights):
                    return None, stored, lights
        elif other_words(header, imported, old=stored.old) and week_days(week)[-1] >= today():
            stored = self._aged(self._drafter.reworded(stored))
        if held:
            stored = replace(stored, notes=(*stored.notes, held_since_words(stored, held, self.rules)))
        if header.get("import") == imported:
            return stored, stored, None
        behind = _("计划之后又导入过名单(计划的数据日期 {date}),需要时请重新起草。")
        newer = replace(stored, notes=(*stored.notes, behind.format(date=stored.data_date or _("无"))))
        return newer, stored, None

    def _aged(self, plan: WeekPlan) -> WeekPlan:
        """The plan with the age of its data; a note says so first where they are too old for deadlines."""
        fresh = freshness(plan.data_date, self.rules)
        return replace(plan, fresh=fresh, notes=(*filter(None, [fresh.sentence]), *plan.notes))

    def redraft(self, week: str | None = None) -> WeekPlan:
        """Replace the stored draft by a new one from today's leads; what was ticked by hand is kept. Undo brings the old one
        back.

        Raises WorkbenchError bad_week, plan_confirmed.
        """
        week = known_week(self.book, week)
        with in_words(), self.book.read() as conn:
            stored = store.load(conn, week)
        if stored is not None and not stored.draft:
            raise WorkbenchError(
                "plan_confirmed",
                _("{week} 的计划已经确认,不能重新起草。").format(week=week),
                _("请先撤销确认,或者直接修改这一份。"),
                week=week,
            )
        return self._draft(week, kept=stored)

    def save(self, plan: WeekPlan) -> Change:
        """Store an edited plan. Rows keep their ids, so that a printed sheet can still come back.

        Raises WorkbenchError bad_week, not_531, twice_on_plan (facts: tails).
        """
        week = known_week(self.book, plan.week)
        check_shape(plan)
        with in_words(), self.book.write("plan", plan.week) as writer:
            header = store.load_header(writer.conn, week)
            old = store.load(writer.conn, week)
            kept = replace(plan, notes=old.notes if old is not None else plan.notes, fresh=None)
            if old != kept:
                store.put(writer, kept, header | {"edited": True}, now())
            return Change.by(writer, sum(writer.counts.values()))

    def confirm(self, week: str | None = None) -> Change:
        """Confirm the plan of a week: it is no longer a draft. Makes a draft first if there is none."""
        plan = self.plan(week)
        with in_words(), self.book.write("plan", plan.week) as writer:
            header = store.load_header(writer.conn, plan.week)
            stored = store.load(writer.conn, plan.week)
            if stored is not None:
                store.put(writer, replace(stored, draft=False), header, now())
            return Change.by(writer, sum(writer.counts.values()))

    def set_result(
        self, item_id: int, result: str, *, customer_id: int | None = None, week: str | None = None
    ) -> Change:
        """Tick a row of the stored plan, or one customer on it, with a code or name of `ticks`; '' takes it back.

        Works on the plan as handed out and never drafts anew. Undoable. Raises WorkbenchError bad_week, bad_result,
        no_such_row.
        """
        if result:
            result = code_of(result, ticks(), "bad_result", _("没有「{value}」这个完成情况。"))
        week = known_week(self.book, week)
        with in_words(), self.book.write("plan", week) as writer:
            if not put_ticks(writer, week, {(item_id, customer_id): result}):
                raise WorkbenchError(
                    "no_such_row",
                    _("{week} 的计划里没有第 {row} 号行。").format(week=week, row=item_id),
                    _("请用 workbench plan 核对行号,别的周要加 --week。"),
                    item=item_id,
                )
            return Change.by(writer, sum(writer.counts.values()))

    def review(self, week: str | None = None) -> WeekReview | None:
        """The review of the week before, for the foot of the sheet; None if it had no plan. Raises WorkbenchError bad_week."""
        return review(self.book, known_week(self.book, week), self.rules)

    def history(self, week: str | None = None) -> tuple[WeekReview, ...]:
        """The reviews of the four weeks before, the newest first: rows done, half, missed and why; people planned, reached,
        appointments, deals. Raises WorkbenchError bad_week."""
        return history(self.book, known_week(self.book, week), self.rules)

    def row_for(self, week: str, kind: str) -> PlanItem:
        """See `Drafter.row_for`. Raises WorkbenchError bad_week, no_data, no_such_method."""
        return self._drafter.row_for(known_week(self.book, week), kind)

    def _draft(self, week: str, lights: LightWeek | None = None, *, kept: WeekPlan | None = None) -> WeekPlan:
        refuse_wrong_clock(self.book, self.rules)
        with quiet_collector():
            return self._aged(self._drafter.stored(week, lights, kept=kept))

    # -- words -------------------------------------------------------------------------------------------------

    def words(
        self, entries: Iterable[WeekEntry], day: str = "", *, old: bool = False
    ) -> "Mapping[int, Words]":
        """Customer id -> what to say to each on a day (ISO, '': today) and what not to (see `words.words`). `old`: the data are
        too old for days."""
        from workbench.outreach.words import words_of

        with in_words(), self.book.read() as conn:
            return words_of(conn, self.playbook, entries, day or today().isoformat(), old=old)

    def words_on_portrait(self, portrait: "Portrait") -> "Words":
        """What to say to a customer, and what not, as his line of the week says it; off the week's list for his next step."""
        from workbench.outreach.words import words_on_portrait

        entry = self.weeks.entry_of(portrait.customer_id)
        with in_words(), self.book.read() as conn:
            return words_on_portrait(conn, self.playbook, portrait, entry, today().isoformat())

    def scripts_for(self, portrait: "Portrait", *, named: bool = True) -> "ScriptChoice":
        """Every script that may be said to a customer, the one of `words_on_portrait` before the others. `named`: addressed by
        his surname."""
        spoken = self.words_on_portrait(portrait)
        choice = self.playbook.for_customer(portrait.customer_no, named=named)
        script = self.playbook.everything().scripts.get(spoken.script)
        return choice.led_by(script, spoken.say) if script is not None else choice

    # -- the critical classes ----------------------------------------------------------------------------------

    def critical(self, week: str | None = None) -> CriticalQueue:
        """The queue of the seven critical classes of an ISO week (None: the week to plan now); see `CriticalQueue`.

        Raises WorkbenchError bad_week, no_data.
        """
        with quiet_collector():
            return self._critical(known_week(self.book, week))

    def _critical(self, week: str) -> CriticalQueue:
        whole = self.leads.whole(week)
        seen = whole.week.seen
        with in_words(), self.book.read() as conn:
            reached = frozenset(rested(conn, seen, self.rules))
            limits = QueueLimits(
                whole.held or {}, frozenset(whole.lit.of), settled_lights(whole.lit), reached
            )
        manager, branch = whole.whose or ("", "")
        as_of = whole.week.as_of or None
        fresh, changed = freshness(as_of, self.rules, seen), whole.changed_since(self._queued)
        made = self._queueing.queue(week, as_of, whole.in_order, limits, fresh, changed)
        self._queued = whole.mark
        names = (str(self.settings.get("manager") or manager), str(self.settings.get("branch") or branch))
        return completed(made, *names, whole.blind, self.rules)

    # -- the contact log -------------------------------------------------------------------------------------

    def log_touch(
        self,
        customer_no: str,
        *,
        channel: str,
        result: str,
        date: str | None = None,
        initiated_by: str = "manager",
        next_date: str | None = None,
        note: str | None = None,
        need: str | None = None,
        amount: str | Decimal | None = None,
        promise: str | None = None,
        promise_by: str | None = None,
        cause: str | None = None,
    ) -> Change:
        """Log one contact. Parameters as in `contacts.NewContact`, errors as in `contacts.log_touch`."""
        contact = NewContact(
            customer_no,
            channel,
            result,
            date,
            initiated_by,
            next_date,
            note,
            need,
            amount,
            promise,
            promise_by,
            cause,
        )
        return self.log_contact(contact)

    def log_contact(self, contact: NewContact) -> Change:
        """Log one contact. Errors as in `contacts.log_touch`."""
        return log_touch(self.book, self.rules, contact)

    def channels(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the ways to contact a customer."""
        return codes("channels")

    def results(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the results of a contact."""
        return codes("results")

    def missed(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of the reasons why a row of a plan was not done."""
        return codes("missed")

    def ticks(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of how a row of a plan may end (see `methods.ticks`)."""
        return ticks()
