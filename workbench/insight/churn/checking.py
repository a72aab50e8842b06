"""The churn check as a whole: run when figures or rules moved, for those concerned alone where that will do, and kept."""

from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from db.since import BY_HAND, EDITED, changed_since, speaks_of_nobody_else
from workbench.base.change import Progress, silent
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import ReportedMonths, data_date
from workbench.insight.churn import results
from workbench.insight.churn.check import assess, guard_of, store, version
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.measures.freshness import Freshness, freshness
from workbench.rules.parameters import Rules


class ChurnCheck:
    """Checks a month's customers and ranks them."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths) -> None:
        self._book = book
        self._rules = rules
        self._months = months

    def run(
        self, month: str | None = None, *, store: bool = True, progress: Progress = silent
    ) -> CheckSummary:
        """Check all customers told in a month (None: the newest). Stored results are reused while figures and
        rules are the same. Raises WorkbenchError no_data, no_such_month."""
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
                off = results.never_told(conn, month)
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
        """How old the data of a month are: of the newest, against today; an earlier one is looked back at."""
        as_of = data_date(conn, month)
        return freshness(as_of, self._rules, None if month == self._months.newest(conn) else as_of)

    def _compute(
        self, month: str, at: int, stood: int | None, progress: Progress, *, keep: bool
    ) -> CheckSummary:
        with self._book.read() as conn:
            only = self._concerned(conn, month, stood) if keep and stood is not None else None
            progress(0.0, _("逐户检查流失信号"))
            found = (
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
        lights = {light: sum(one.light == light for one in found) for light in ("red", "orange", "yellow")}
        kinds = {one.cannot_tell for one in found}
        off = sorted(set.intersection(*map(set, kinds))) if kinds else []
        if keep:
            progress(0.7, _("保存检查结果"))
            with self._book.derive() as conn:
                store(conn, month, at, self._rules, found, only)
        progress(1.0, _("检查完成"))
        by = version(self._rules)
        return CheckSummary(month, as_of, len(found), lights, by, guard, self._named(tuple(off)), fresh)

    def _concerned(self, conn: Connection, month: str, stood: int) -> frozenset[int] | None:
        """Whom the writes since the last check concern; None when all have to be looked at again."""
        if self._rules.flag("S3.net_of_peers") or not results.seen_alike(conn, month):
            return None
        since = changed_since(conn, stood)
        if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
            return None
        lines = [table for table in BY_HAND if table.name in since.tables]
        # the first line of a kind, or the loss of the last one, changes what can be told of everybody
        if any(speaks_of_nobody_else(conn, table, since.customers) for table in lines):
            return None
        return since.customers

    def _named(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{code} {self._rules.text(code + '.name')}" for code in codes if code in CODES)

    def ranking(
        self, month: str | None = None, *, light: str | None = None, offset: int = 0, limit: int | None = None
    ) -> list[CustomerRisk]:
        """Customers by risk, the highest first, also those without a light. Raises as `check`."""
        with in_words():
            month = self.run(month).month
            with self._book.read() as conn:
                return results.ranking(conn, month, self._rules, light=light, offset=offset, limit=limit)
