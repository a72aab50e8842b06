"""`Outreach`: the week's plan and the contact log, for both faces."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.change import Change
from workbench.base.dates import judged_on, now, planning_week, today, week_days, week_of
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas, language
from workbench.base.settings import BookSettings
from workbench.base.workdays import shipped, workdays_of
from workbench.insight.churn.assessing import version
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.critical_class import NEAR_CHURN
from workbench.outreach import contacts, store
from workbench.outreach.codes import code_of, codes, ticks
from workbench.outreach.contact_limits import contact_limits, held_on, last_import, whose
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.critical.queue import QueueLimits, completed, queue
from workbench.outreach.critical.settled import settled_lights
from workbench.outreach.draft import WeekPlan
from workbench.outreach.drafting.brief import Brief
from workbench.outreach.leads.room import Leads
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.methods import catalogue
from workbench.outreach.notes import held_since_words, marketed, queue_words
from workbench.outreach.plan531 import FIVE, THREE, draft
from workbench.outreach.review import WeekReview, review
from workbench.outreach.standing import drafted_from, lists_rested, stands_on, worked_on
from workbench.outreach.ticking import put_ticks
from workbench.people.rested import rested
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.outreach.log.room import ContactLog
    from workbench.outreach.outcomes.room import Outcomes
    from workbench.outreach.promises.room import Promises
    from workbench.outreach.reviews.room import Reviews
    from workbench.outreach.today.room import Days
    from workbench.outreach.week.room import Weeks


class Outreach:
    """Drafts, keeps and ticks the week's plan, and logs contacts. Every write returns the change that undoes it."""

    def __init__(self, book: Book, rules: Rules, leads: Leads, settings: BookSettings) -> None:
        self.book = book
        self.rules = rules
        self.leads = leads
        self.settings = settings
        self.lights = leads.lights

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
    def weeks(self) -> "Weeks":
        """The one ranked list of a week."""
        from workbench.outreach.week.room import Weeks

        return Weeks(self.book, self.rules, self.plan, self.promises)

    @cached_property
    def days(self) -> "Days":
        """The list of a day: a filter of the week's."""
        from workbench.outreach.today.room import Days
        from workbench.outreach.today.saying import unsaid_by

        return Days(
            self.book, self.rules, self.weeks.of, self.promises, unsaid_by(self.leads.engine, self.rules)
        )

    @cached_property
    def reviews(self) -> "Reviews":
        """The evening review of a day, the report of a week."""
        from workbench.outreach.reviews.room import Reviews

        return Reviews(self.book, self.rules, self.weeks.of)

    # -- the plan --------------------------------------------------------------------------------------------

    def plan(self, week: str | None = None) -> WeekPlan:
        """The stored plan of an ISO week 'YYYY-Www' (None: the week to plan now), else a new draft, which is stored.

        A draft that nobody edited is made anew when data, rules, language, calendar or capacity changed, and when the lights
        worked on this week or the customers at rest did; but for a week that is over. An edited or confirmed plan
        stays; its notes then name newer data, and customers who must no longer be marketed to. Raises WorkbenchError
        bad_week.
        """
        week = _known_week(week)
        with in_words(), self.book.read() as conn:
            stored = store.load(conn, week)
            header = store.load_header(conn, week)
            imported = last_import(conn)
            calendar = workdays_of(conn).fingerprint(week)
            held = held_on(conn, today(), self.rules, marketed(stored)) if stored is not None else {}
            at = stands_on(conn)
        if stored is None:
            return self._draft(week)
        stored = self._aged(stored)
        seen = (language(), version(self.rules), stored.old, imported, calendar, *self._capacity())
        over = week_days(week)[-1] < today()
        if store.untouched(stored, header) and not over:
            if seen != drafted_from(header):
                return self._draft(week)
            # what the book tells and the day decide who is worked on
            if header.get("at") != at:
                lights = self._lights(week)
                if header.get("lights") != worked_on(lights) or lists_rested(
                    self.book, stored, lights, self.rules
                ):
                    return self._draft(week, lights)
        if held:
            stored = replace(stored, notes=(*stored.notes, held_since_words(stored, held, self.rules)))
        if header.get("import") == imported:
            return stored
        behind = _("计划之后又导入过名单(计划的数据日期 {date}),需要时请重新起草。")
        return replace(stored, notes=(*stored.notes, behind.format(date=stored.data_date or _("无"))))

    def _lights(self, week: str) -> LightWeek | None:
        """The lights of a week; None in a book without data."""
        return self.lights.of(week) if self.leads.data_date() else None

    def _capacity(self) -> tuple[int, int]:
        """(calls, visits) that a week allows: the settings of the book, else the rules."""
        calls = self.settings.get("calls", self.rules.whole("plan.calls"))
        return int(calls), int(self.settings.get("visits", self.rules.whole("plan.visits")))

    def _aged(self, plan: WeekPlan) -> WeekPlan:
        """The plan with the age of its data; a note says so first where they are too old for deadlines."""
        fresh = freshness(plan.data_date, self.rules)
        return replace(plan, fresh=fresh, notes=(*filter(None, [fresh.sentence]), *plan.notes))

    def redraft(self, week: str | None = None) -> WeekPlan:
        """Replace the stored draft by a new one from today's leads; undo brings the old one back.

        Raises WorkbenchError bad_week, plan_confirmed.
        """
        week = _known_week(week)
        with in_words(), self.book.read() as conn:
            stored = store.load(conn, week)
        if stored is not None and not stored.draft:
            raise WorkbenchError(
                "plan_confirmed",
                _("{week} 的计划已经确认,不能重新起草。").format(week=week),
                _("请先撤销确认,或者直接修改这一份。"),
                week=week,
            )
        return self._draft(week)

    def save(self, plan: WeekPlan) -> Change:
        """Store an edited plan. Rows keep their ids, so that a printed sheet can still come back.

        Raises WorkbenchError bad_week, not_531, twice_on_plan (facts: tails).
        """
        week = _known_week(plan.week)
        _check_shape(plan)
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
        week = _known_week(week)
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
        return review(self.book, _known_week(week))

    def _draft(self, week: str, lights: LightWeek | None = None) -> WeekPlan:
        day = today()
        data_date = self.leads.data_date()
        lights = lights or self._lights(week)
        led = self.leads.whole(week, lights)
        leads = [lead for lead in led.leads if lead.kind != NEAR_CHURN]
        with in_words(), self.book.read() as conn:
            judged = judged_on(week_days(week), data_date or "")
            limits = contact_limits(conn, day, self.rules, judged=judged)
            manager, branch = whose(conn)
            workdays = workdays_of(conn)
        work = workdays.week(week)
        calls, visits = self._capacity()
        brief = Brief(
            work=work,
            today=day,
            data_date=data_date,
            manager=str(self.settings.get("manager") or manager),
            branch=str(self.settings.get("branch") or branch),
            calls=calls,
            visits=visits,
            fresh=freshness(data_date, self.rules),
            looked=led.looked,
            unseen=led.unseen,
            left_over=led.left_over,
        )
        plan = draft(brief, leads, limits, self.rules, catalogue())
        warned = [self.leads.guard(), *queue_words(lights)] if lights else []
        plan = replace(plan, notes=(*filter(None, warned), *plan.notes))
        with in_words(), self.book.write("plan", week) as writer:
            store.put(
                writer,
                plan,
                {
                    "import": last_import(writer.conn),
                    "edited": False,
                    "language": language(),
                    "by": version(self.rules),
                    "old": self._aged(plan).old,
                    "calendar": workdays.fingerprint(week),
                    "lights": worked_on(lights),
                    "at": stands_on(writer.conn),
                },
                now(),
            )
        with in_words(), self.book.read() as conn:
            stored = store.load(conn, week)
        if stored is None:
            raise LookupError("a plan that was just stored is not there")
        return self._aged(stored)

    # -- the critical classes ----------------------------------------------------------------------------------

    def critical(self, week: str | None = None) -> CriticalQueue:
        """The queue of the seven critical classes of an ISO week (None: the week to plan now); see `CriticalQueue`.

        Raises WorkbenchError bad_week, no_data.
        """
        week = _known_week(week)
        whole = self.leads.whole(week)
        seen = whole.week.seen
        with in_words(), self.book.read() as conn:
            held = held_on(conn, dt.date.fromisoformat(seen), self.rules)
            lit = frozenset(one.customer_id for one in whole.lit)
            reached = frozenset(rested(conn, seen, self.rules))
            limits = QueueLimits(held, lit, settled_lights(whole.lit), reached)
            manager, branch = whose(conn)
        as_of = whole.week.as_of or None
        made = queue(week, as_of, whole.leads, limits, freshness(as_of, self.rules, seen), self.rules)
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
        contact = contacts.NewContact(
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
        return contacts.log_touch(self.book, self.rules, contact)

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


def _known_week(week: str | None) -> str:
    text = week or planning_week(today())
    try:
        if text != week_of(shipped().week(text).days[0]):
            raise ValueError(text)
    except ValueError:
        raise WorkbenchError(
            "bad_week",
            _("「{week}」不是一个周次。").format(week=text),
            _("请写成 2026-W47 这样(年份和第几周)。"),
        ) from None
    return text


def _check_shape(plan: WeekPlan) -> None:
    shape = (len(plan.quick_wins), len(plan.needs_resources), len(plan.this_week))
    if shape != (FIVE, THREE, 1):
        raise WorkbenchError(
            "not_531",
            _("计划要有 5 个方法、3 个动作、1 个事项,现在是 {five}、{three}、{one}。").format(
                five=shape[0], three=shape[1], one=shape[2]
            ),
            _("请补齐或删去多出的行,再保存。"),
        )
    seen: set[int] = set()
    twice: set[str] = set()
    for item in plan.quick_wins:
        for customer in item.customers:
            if customer.customer_id in seen:
                twice.add(customer.customer_no[-4:])
            seen.add(customer.customer_id)
    if twice:
        raise WorkbenchError(
            "twice_on_plan",
            _("客户号尾号 {tails} 的客户出现在两个方法里。").format(tails=commas(sorted(twice))),
            _("一位客户一周只放在一个方法里,请删去一处。"),
        )
