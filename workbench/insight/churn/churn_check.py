"""The churn check as a whole: run when figures or rules changed, for the customers concerned only where possible."""

from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from db.since import BY_HAND, EDITED, changed_since, speaks_of_nobody_else
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths, data_date
from workbench.insight.churn import results
from workbench.insight.churn.assessing import assess, guard_of, version
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.storing import store
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.measures.freshness import Freshness, freshness
from workbench.rules.parameters import Rules


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
            if stood != at:
                summary = self._compute(month, at, stood, progress, keep=store)
                if not store:
                    return summary
            with self._book.read() as conn:
                number, lights = results.lights(conn, month)
                off = results.never_judged(conn, month)
                return CheckSummary(
                    month,
                    data_date(conn, month),
                    number,
                    lights,
                    by,
                    guard_of(conn, month),
                    self._named(off),
                    self._fresh(conn, month),
                )

    def _fresh(self, conn: Connection, month: str) -> Freshness:
        """The freshness of a month's data: of the newest against today; an earlier month counts as fresh."""
        as_of = data_date(conn, month)
        return freshness(as_of, self._rules, None if month == self._months.newest(conn) else as_of)

    def _compute(
        self, month: str, at: int, stood: int | None, progress: Progress, *, keep: bool
    ) -> CheckSummary:
        with self._book.read() as conn:
            only = self._concerned(conn, month, stood) if keep and stood is not None else None
            progress(0.0, _("逐户检查流失信号"))
            assessed = (
                []
                if only is not None and not only
                else assess(
                    conn, month, self._rules, only=only, progress=progress, what=_("逐户检查流失信号")
                )
            )
            as_of, guard, fresh = (
                data_date(conn, month),
                guard_of(conn, month),
                self._fresh(conn, month),
            )
        lights = {
            light: sum(result.light == light for result in assessed) for light in ("red", "orange", "yellow")
        }
        kinds = {result.cannot_tell for result in assessed}
        off = sorted(set.intersection(*map(set, kinds))) if kinds else []
        if keep:
            progress(0.7, _("保存检查结果"))
            with self._book.derive() as conn:
                store(conn, month, at, self._rules, assessed, only)
        progress(1.0, _("检查完成"))
        by = version(self._rules)
        return CheckSummary(month, as_of, len(assessed), lights, by, guard, self._named(tuple(off)), fresh)

    def _concerned(self, conn: Connection, month: str, stood: int) -> frozenset[int] | None:
        """The customers whom the writes since the last check concern; None when all must be checked again."""
        if self._rules.flag("S3.net_of_peers") or not results.same_data(conn, month):
            return None
        since = changed_since(conn, stood)
        if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
            return None
        lines = [table for table in BY_HAND if table.name in since.tables]
        # the first line of a list, or the loss of the last one, changes what is known of everybody
        if any(speaks_of_nobody_else(conn, table, since.customers) for table in lines):
            return None
        return since.customers

    def _named(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{code} {self._rules.text(code + '.name')}" for code in codes if code in CODES)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """Customers by risk, the highest first, with or without a light. Raises as `run`."""
        with in_words():
            month = self.run(month).month
            with self._book.read() as conn:
                return results.ranking(conn, month, self._rules, light=light, offset=offset, limit=limit)
