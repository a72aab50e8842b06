"""The churn check as a whole: run when figures or rules changed, for the customers concerned only where possible."""

from dataclasses import replace

from sqlalchemy import Connection, select

from db.audit import revision
from db.engine import Book
from db.since import BY_HAND, EDITED, changed_since, speaks_of_nobody_else
from db.stores.planning import reads_every_customer
from db.tables import customers
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths, data_date
from workbench.insight.churn import results
from workbench.insight.churn.assessing import STANDING, guard_of, planned, standing_on, version
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.storing import counts, store
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.levels.trails import run_of_months
from workbench.insight.measures import flow_months
from workbench.insight.measures.freshness import Freshness, freshness
from workbench.rules.parameters import Rules

#: customers from which on the figures that the rules look at are kept in a row of their own
WORTH = 5_000


class ChurnCheck:
    """Checks a month's customers, stores the results and reads the ranking."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths) -> None:
        self._book = book
        self._rules = rules
        self._months = months

    def run(
        self, month: str | None = None, *, store: bool = True, progress: Progress = silent
    ) -> CheckSummary:
        """Checks all customers listed in a month 'YYYY-MM' (None: the newest).

        Stored results are reused while figures and rules are the same; `store=False` leaves them as they are. Raises
        WorkbenchError no_data, no_such_month.
        """
        with in_words():
            month = self._months.named(month)
            by = version(self._rules)
            with self._book.read() as conn:
                at = revision(conn)
                stood = results.standing_at(conn, month, by)
            if not store:
                return self._tried(month, progress)
            if stood != at:
                self._compute(month, progress)
            with self._book.read() as conn:
                number, lights = results.lights(conn, month)
                return self._summary(conn, month, number, lights, results.never_judged(conn, month))

    def _summary(
        self, conn: Connection, month: str, number: int, lights: dict[str, int], off: tuple[str, ...]
    ) -> CheckSummary:
        named = tuple(self._rules.text(f"{code}.name") for code in off if code in CODES)
        return CheckSummary(
            month, data_date(conn, month), number, lights, version(self._rules), guard_of(conn, month), named,
            self._fresh(conn, month),
        )  # fmt: skip

    def _fresh(self, conn: Connection, month: str) -> Freshness:
        """The freshness of a month's data: of the newest against today; an earlier month counts as fresh."""
        as_of = data_date(conn, month)
        return freshness(as_of, self._rules, None if month == self._months.newest(conn) else as_of)

    def _tried(self, month: str, progress: Progress) -> CheckSummary:
        """The numbers that a check would give; nothing is stored."""
        progress(0.0, _("逐户检查流失信号"))
        with self._book.trial() as conn:
            reads_every_customer(conn)
            check = planned(conn, month, self._rules)
            numbers, off = counts(conn, check.verdicts().subquery("tried")) if check else ({}, [])
            lights = {light: numbers.get(light, 0) for light in ("red", "orange", "yellow")}
            summary = self._summary(conn, month, sum(numbers.values()), lights, tuple(off))
        progress(1.0, _("检查完成"))
        return summary

    def _compute(self, month: str, progress: Progress) -> None:
        """Brings the stored results of a month up to the book, for the customers concerned only where possible."""
        progress(0.0, _("逐户检查流失信号"))
        with self._book.derive() as conn:
            if month == self._months.newest(conn):
                self._bring_forward(conn, month)
            progress(0.4, _("逐户检查流失信号"))
            at = revision(conn)
            stood = results.standing_at(conn, month, version(self._rules))
            only = self._concerned(conn, month, stood) if stood is not None else None
            check = planned(conn, month, self._rules)
            if check is not None:
                store(conn, check, at, self._rules, only)
        progress(1.0, _("检查完成"))

    # -- the figures that stand in the book ------------------------------------------------------------------

    def bring_forward(self) -> None:
        """Brings the figures that the rules look at up to the book, so that a check after it need not read the months.

        For the newest month; nothing in an empty book.
        """
        with in_words(), self._book.derive() as conn:
            month = self._months.newest(conn)
            if month is not None:
                self._bring_forward(conn, month)

    def _bring_forward(self, conn: Connection, month: str) -> None:
        flow_months.bring_forward(conn)
        from workbench.insight.measures import month_averages

        month_averages.bring_forward(conn, run_of_months(conn, month, self._rules))
        if not _many(conn):
            return
        check = planned(conn, month, self._rules)
        if check is None or check.window.standing is not None:
            return
        stood = STANDING.run(conn)
        wanted = standing_on(check, revision(conn), self._rules)
        # other rules, lists or columns, or another month: everybody's figures are others
        same = stood is not None and stood == replace(wanted, revision=stood.revision)
        only = _subjects(conn, stood.revision) if stood is not None and same else None
        statement = check.standing() if only is None else check.named_standing
        STANDING.fill(conn, wanted, statement, only)

    def _concerned(self, conn: Connection, month: str, stood: int) -> frozenset[int] | None:
        """The customers whom the writes since the last check concern; None when all must be checked again."""
        if self._rules.flag("S3.net_of_peers") or not results.same_data(conn, month):
            return None
        return _subjects(conn, stood)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """Customers by risk, the highest first, with or without a light. Raises as `run`."""
        with in_words():
            month = self.run(month).month
            with self._book.read() as conn:
                return results.ranking(conn, month, self._rules, light=light, offset=offset, limit=limit)


def _many(conn: Connection) -> bool:
    """Whether the book has so many customers that figures kept for the check pay: a small one reads its months at once."""
    return conn.execute(select(customers.c.id).offset(WORTH).limit(1)).first() is not None


def _subjects(conn: Connection, stood: int) -> frozenset[int] | None:
    """The customers whom the writes since a revision concern; None when they may concern all."""
    since = changed_since(conn, stood)
    if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
        return None
    lines = [table for table in BY_HAND if table.name in since.tables]
    # the first line of a list, or the loss of the last one, changes what is known of everybody
    if any(speaks_of_nobody_else(conn, table, since.customers) for table in lines):
        return None
    return since.customers
