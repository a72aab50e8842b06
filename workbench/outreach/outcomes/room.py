"""`Outcomes`: what became of every light and contact; months never checked are checked first."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection, select

from db.engine import Book
from db.tables import customers
from workbench.base.change import Progress, silent
from workbench.base.dates import shift_month
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths, data_date
from workbench.base.rows import in_parts
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.churn.signals.registry import CODES
from workbench.outreach.outcomes import lights, reading
from workbench.outreach.outcomes.contacts import ContactRow, TouchComparison, by_channel
from workbench.outreach.outcomes.counts import JudgedLight
from workbench.outreach.outcomes.gathering import Gathered, Gathering
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.outreach.outcomes.precision import precision
from workbench.outreach.outcomes.report import CauseRow, LookedMonth, OutcomePerson, OutcomeReport
from workbench.rules.parameters import Rules

_NAMED = 500


class Outcomes:
    """Reads stored verdicts as they were when they were checked, and judges them by the months that came later."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        self._months = ReportedMonths(book)
        self._checking = ChurnCheck(book, rules, self._months)

    def of(self, progress: Progress = silent, *, catch_up: bool = True) -> OutcomeReport:
        """The outcomes as of the newest list. Raises WorkbenchError no_data.

        The newest month is checked as everywhere. Of the earlier ones those never checked are checked first, unless
        `catch_up` is False: then the report names them as missing.
        """
        newest = self._months.named(None)
        with in_words(), self._book.read() as conn:
            missing, _far = self._never(conn)
        months = [newest, *(missing if catch_up else ())]
        for place, month in enumerate(months):
            self._checking.run(
                month, progress=partial(_scaled, progress, place / len(months), len(months), month)
            )
        with in_words(), self._book.read() as conn:
            looked = self._looked(conn)
            still, far = self._never(conn)
            gathered = self._gathered(conn, {one.month: one.as_of for one in looked}, progress)
            as_of = data_date(conn, newest) or newest
            causes = self._causes(conn, gathered.lights)
        progress(1.0, _("核对亮过的灯"))
        totals = lights.totals(gathered.lights)
        return OutcomeReport(
            as_of,
            self._rules.whole("outcomes.window"),
            looked,
            still,
            far,
            totals,
            lights.rows(gathered.lights),
            ContactRow(None, tuple(gathered.contacts)),
            by_channel(gathered.contacts),
            TouchComparison.of(totals[0], self._rules.whole("outcomes.least_arm")),
            precision(gathered.named, CODES, self._rules),
            causes,
        )

    def check(self, month: str, progress: Progress = silent) -> None:
        """Checks a month that was never checked. Raises WorkbenchError no_such_month."""
        self._checking.run(month, progress=progress)

    def unchecked(self) -> tuple[str, ...]:
        """The months before the newest that were never checked and are near enough to be caught up with, the newest first."""
        with in_words(), self._book.read() as conn:
            return self._never(conn)[0]

    def last_month(self) -> OutcomeRow | None:
        """The lights of the month before the newest; None when it is not there or was never checked. Checks nothing."""
        with in_words(), self._book.read() as conn:
            reported = self._months.all(conn)
            if len(reported) < 2 or reading.checked_as(conn, reported[-2]) is None:
                return None
            month = reported[-2]
            gathered = self._gathered(conn, {month: data_date(conn, month) or month})
        return OutcomeRow(month, None, tuple(gathered.lights))

    def people(self, wanted: Sequence[JudgedLight]) -> list[OutcomePerson]:
        """The customers of some lights by name, in the same order."""
        ids = sorted({one.customer_id for one in wanted})
        names: dict[int, tuple[str, str]] = {}
        with in_words(), self._book.read() as conn:
            for part in in_parts(ids, _NAMED):
                query = select(customers.c.id, customers.c.customer_no, customers.c.name).where(
                    customers.c.id.in_(part)
                )
                names.update({row.id: (row.customer_no, row.name or "") for row in conn.execute(query)})
        return [OutcomePerson(*names[one.customer_id], one) for one in wanted if one.customer_id in names]

    # -- parts ---------------------------------------------------------------------------------------------------

    def _wanted(self, conn: Connection) -> tuple[str, ...]:
        """The months whose lights are worth looking at, the newest first."""
        return tuple(reversed(self._months.all(conn)))[: self._rules.whole("outcomes.months")]

    def _never(self, conn: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The earlier months that were never checked: those to be caught up with, and those too far back for it."""
        wanted, near = self._wanted(conn)[1:], self._rules.whole("outcomes.catch_up")
        never = {month for month in wanted if reading.checked_as(conn, month) is None}
        return tuple(m for m in wanted[:near] if m in never), tuple(m for m in wanted[near:] if m in never)

    def _looked(self, conn: Connection) -> tuple[LookedMonth, ...]:
        """The wanted months that have a check, the newest first."""
        newest = self._months.all(conn)[-1]
        window = self._rules.whole("outcomes.window")
        looked = []
        for month in self._wanted(conn):
            by, as_of = reading.checked_as(conn, month), data_date(conn, month)
            if by is not None and as_of is not None:
                complete = newest >= shift_month(month, window)
                looked.append(LookedMonth(month, as_of, complete, by))
        return tuple(looked)

    def _gathered(self, conn: Connection, dates: dict[str, str], progress: Progress = silent) -> Gathered:
        return Gathering(self._rules, dates, self._months.all(conn)).of(conn, progress)

    def _causes(self, conn: Connection, judged: Sequence[JudgedLight]) -> tuple[CauseRow, ...]:
        """Customers with a light by the cause that was confirmed, each by his first light."""
        causes = reading.confirmed(conn)
        grouped: dict[str, list[JudgedLight]] = {}
        for one in judged:
            if one.first and one.customer_id in causes:
                grouped.setdefault(causes[one.customer_id], []).append(one)
        return tuple(
            CauseRow(code, self._cause_name(code), tuple(these)) for code, these in sorted(grouped.items())
        )

    def _cause_name(self, code: str) -> str:
        key = f"cause.{code}"
        return self._rules.text(key) if self._rules.has_text(key) else code


def _scaled(progress: Progress, begun: float, jobs: int, month: str, share: float, what: str) -> None:
    """Progress of one check among several, of the first four fifths."""
    progress(0.8 * (begun + share / jobs), f"{what} {month}")
