"""`Lights`: the lit customers of a week in working order, for both faces."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, func, select

from db.engine import Book
from db.stores.planning import reads_every_customer
from db.tables import customers
from workbench.base.dates import judged_on, planning_week, today, week_days
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths
from workbench.base.workdays import WorkWeek, workdays_of
from workbench.insight.churn import results
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.maturing import maturing
from workbench.insight.measures.scope import Scope, reported_data
from workbench.outreach.lights.beneath import beneath
from workbench.outreach.lights.changes import light_changes
from workbench.outreach.lights.deciding import Deciding
from workbench.outreach.lights.in_brief import InBrief
from workbench.outreach.lights.light_week import LightWeek, QueuedLight
from workbench.outreach.lights.listed import LIGHTS, listed_before
from workbench.outreach.lights.priority import Circumstances, priority, value_at_stake
from workbench.outreach.lights.queue import ListedBefore, Queued, arrange
from workbench.people.consent import refused
from workbench.people.rested import LatelyContacted, lately_contacted
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause

#: weeks kept in memory
_KEPT = 2


class Lights(Deciding):
    """Tells who is worked on this week, and takes what is decided about them. The check is run where it is behind."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths, checking: ChurnCheck) -> None:
        super().__init__(book, rules)
        self._months = months
        self._checking = checking
        self._kept: dict[Hashable, LightWeek] = {}

    def of(self, week: str | None = None, month: str | None = None) -> LightWeek:
        """The lights of a week 'YYYY-Www' (None: the week to plan now) by the check of a month (None: the newest that is not
        after the week). Kept as long as nothing that they follow from has changed. Raises WorkbenchError no_data,
        no_such_month, no_such_week."""
        week = week or planning_week(today())
        with in_words():
            try:
                days = week_days(week)
            except ValueError as error:
                raise no_such_week(week) from error
            if month is None:
                with self._book.read() as conn:
                    month = self._months.newest(conn, f"{days[-1]:%Y-%m}") or self._months.newest(conn)
            summary = self._checking.run(month)
            with self._book.read() as conn:
                before = listed_before(conn, week, self._rules)
                key = (week, summary.month, before.in_brief, beneath(conn, self._rules))
                if (kept := self._kept.get(key)) is not None:
                    return kept
                reading = _Reading(conn, self._rules, week, summary.month, summary.as_of or "", before)
                made = reading.light_week(partial(self._worded, summary.month))
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[key] = made
            return made

    def _worded(self, month: str, lit: Sequence[CustomerRisk]) -> list[CustomerRisk]:
        """Lights that were read in brief, whole."""
        with in_words(), self._book.read() as conn:
            reads_every_customer(conn)
            return results.worded(conn, month, lit, self._rules)


def no_such_week(week: str) -> WorkbenchError:
    """The error for a week that the calendar does not have."""
    return WorkbenchError(
        "no_such_week",
        _("没有 {week} 这一周。").format(week=week),
        _("请写成 2026-W45 这样。"),
        week=week,
    )


class _Reading:
    """The lights of one week being read."""

    def __init__(
        self, conn: Connection, rules: Rules, week: str, month: str, as_of: str, before: ListedBefore
    ) -> None:
        self._conn, self._rules, self._month, self._as_of = conn, rules, month, as_of
        self._work: WorkWeek = workdays_of(conn).week(week)
        self._day = judged_on(self._work.days, as_of)
        self._old = freshness(as_of, rules, self._day).stale
        self._contacts = lately_contacted(conn, self._day, rules)
        self._around = Circumstances()
        self._before = before

    def light_week(self, worded: Callable[[Sequence[CustomerRisk]], Sequence[CustomerRisk]]) -> LightWeek:
        """The lights, in order, each with what is to be done; those worked on whole, the others in brief until `worded`
        reads them."""
        conn, rules = self._conn, self._rules
        reads_every_customer(conn)
        day = dt.date.fromisoformat(self._day)
        lit = results.lit(conn, self._month, rules, day)
        self._around = self._circumstances({one.customer_id for one in lit})
        queued = [
            Queued(one, priority(one, value_at_stake(one, rules), self._around, day, rules), self._late(one))
            for one in lit
        ]
        arranged = arrange(queued, self._before, self._places(lit))
        parts: list[tuple[QueuedLight, ...]] = []
        place = 0
        for part in (arranged.working, arranged.waiting, arranged.resting):
            parts.append(tuple(self._queued(one, place + n) for n, one in enumerate(part, 1)))
            place += len(part)
        gone = tuple(self._queued(one, 0) for one in arranged.gone)
        out = results.out_of_light(conn, self._month, rules, day)
        back = [one.customer_id for one in out if one.state == "back"]
        whole = results.worded(conn, self._month, [one.risk for one in parts[0]], rules)
        listed = [one.risk for part in (*parts, gone) for one in part]

        def read(part: Sequence[QueuedLight]) -> list[QueuedLight]:
            return _with(part, worded([one.risk for one in part]))

        return LightWeek(
            self._work.week, self._month, self._as_of, tuple(_with(parts[0], whole)), InBrief(parts[1], read),
            InBrief(gone, read), InBrief(parts[2], read), light_changes(conn, self._month, listed, back, rules, day),
            InBrief(out, worded),
        )  # fmt: skip

    def _places(self, lit: list[CustomerRisk]) -> int:
        """The places left: those reached this week have used theirs."""
        monday = self._work.days[0].isoformat()
        used = sum((self._contact(one).reached or "") >= monday for one in lit if one.rests)
        return self._rules.whole("queue.places") - used

    def _contact(self, one: CustomerRisk) -> LatelyContacted:
        return self._contacts.get(one.customer_id, LatelyContacted())

    def _late(self, one: CustomerRisk) -> str:
        """Why a customer gives way to the others, '' for no reason."""
        rules, contact = self._rules, self._contact(one)
        if contact.tries > 1 and contact.first is not None:
            days = (dt.date.fromisoformat(self._day) - dt.date.fromisoformat(contact.first)).days
            if days >= rules.whole("queue.tried_days"):
                return clause(rules, "queue.late.tried", {"days": days, "tries": contact.tries})
        weeks = self._before.weeks.get(one.customer_id, 0)
        if weeks >= rules.whole("queue.carry_weeks"):
            return clause(rules, "queue.late.listed", {"weeks": weeks})
        return ""

    def _queued(self, one: Queued, place: int) -> QueuedLight:
        risk, rules = one.risk, self._rules
        reachable = risk.customer_id not in self._around.no_number
        days = rules.words("lead.due")[LIGHTS.index(str(risk.light))]
        if risk.state == "gone":
            todo = rules.text("queue.todo.gone")
        elif not reachable:
            todo = rules.text("queue.todo.unreachable")
        elif self._contact(risk).tries:
            todo = rules.text("queue.todo.tried")
        else:
            todo = rules.text(f"queue.todo.{risk.light}" + (".old" if self._old else ""))
        return QueuedLight(
            risk, place, one.priority, value_at_stake(risk, rules),
            self._work.by(self._work.days[int(days) - 1], today=today()).isoformat(),
            risk.customer_id in self._before.last_week, reachable, todo, one.late,
        )  # fmt: skip

    def _circumstances(self, lit: set[int]) -> Circumstances:
        """Numbers, refusals and maturities of the lit customers. Where no customer has a number, nobody lacks one: it cannot
        be told."""
        conn = self._conn
        blank = func.coalesce(customers.c.phone, "") == ""
        with_number = conn.execute(select(customers.c.id).where(~blank).limit(1)).scalar()
        no_number: set[int] = {id_ for id_, one in self._contacts.items() if one.wrong_number}
        if with_number is not None:
            no_number |= set(conn.execute(select(customers.c.id).where(blank)).scalars())
        opted_out = refused(conn, self._day, None, self._rules)
        return Circumstances(frozenset(no_number & lit), opted_out, self._maturities())

    def _maturities(self) -> dict[int, str]:
        reported = reported_data(self._conn, self._month)
        if reported is None:
            return {}
        scope = Scope(self._month, self._day, reported)
        coming = maturing(scope, self._rules.whole("queue.urgency_days"))
        sums = scope.statement({"next_maturity": coming["next_maturity"]}).subquery("maturing")
        rows = self._conn.execute(
            select(sums.c.customer_id, sums.c.next_maturity).where(sums.c.next_maturity.is_not(None))
        )
        return {row.customer_id: row.next_maturity for row in rows}


def _with(part: Sequence[QueuedLight], risks: Sequence[CustomerRisk]) -> list[QueuedLight]:
    """Lights with other readings of the same customers."""
    return [replace(one, risk=risk) for one, risk in zip(part, risks, strict=True)]
