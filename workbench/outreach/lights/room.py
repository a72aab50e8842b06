"""`Lights`: the lit customers of a week in working order, for both faces."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from db.engine import Book
from db.stores.planning import reads_every_customer
from workbench.base.dates import today, week_days
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths
from workbench.base.workdays import workdays_of
from workbench.insight.churn import results
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.outreach.lights.beneath import Beneath, beneath, touched
from workbench.outreach.lights.deciding import Deciding
from workbench.outreach.lights.light_week import LightWeek
from workbench.outreach.lights.listed import listed_before
from workbench.outreach.lights.queue import ListedBefore
from workbench.outreach.lights.reading import LightsRead, LightsReading
from workbench.outreach.lights.worded import Worded
from workbench.rules.parameters import Rules

#: weeks kept in memory
_KEPT = 2
#: more customers than this are worded by statements over the book
_MANY = 500


@dataclass(frozen=True, slots=True)
class _Kept:
    """A week that was read, with what it stands on."""

    at: Beneath
    before: ListedBefore
    read: LightsRead
    week: LightWeek


class Lights(Deciding):
    """Tells who is worked on this week, and takes what is decided about them. The check is run where it is behind."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths, checking: ChurnCheck) -> None:
        super().__init__(book, rules)
        self._months = months
        self._checking = checking
        self._kept: dict[tuple[str, str], _Kept] = {}

    def of(self, week: str | None = None, month: str | None = None) -> LightWeek:
        """The lights of a week 'YYYY-Www' (None: the week to plan now) by the check of a month (None: the newest that is not
        after the week). Kept as long as nothing that they follow from has changed; where a few customers were contacted or
        decided about since, only theirs are read again. Raises WorkbenchError no_data, no_such_month, no_such_week."""
        with in_words():
            if not week:
                with self._book.read() as conn:
                    week = workdays_of(conn).planning_week(today())
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
                now = beneath(conn, self._rules)
                kept = self._kept.pop((week, summary.month), None)
                if kept is None or kept.at != now or kept.before != before:
                    kept = self._read(conn, week, summary, now, before, kept)
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)), None)
            self._kept[week, summary.month] = kept
            return kept.week

    def _read(
        self, conn: Connection, week: str, check: CheckSummary, now: Beneath, before: ListedBefore, kept: _Kept | None
    ) -> _Kept:  # fmt: skip
        """The lights as the book tells them now, by those of before as far as they still hold."""
        reading = LightsReading(conn, self._rules, week, check.month, check.as_of or "", before)
        few = touched(conn, kept.at, now, self._rules) if kept is not None else None
        if kept is None or few is None:
            known = Worded(partial(self._worded, check.month))
            read = reading.read(known)
        else:
            read = reading.mended(kept.read, few)
        return _Kept(now, before, read, reading.light_week(read))

    def _worded(self, month: str, lit: Sequence[CustomerRisk]) -> list[CustomerRisk]:
        """Lights that were read in brief, whole."""
        with in_words(), self._book.read() as conn:
            if len(lit) > _MANY:
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
