"""`Backtests`: how good the warnings were on the book's own past, by the rules in force or by others tried on it."""

from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np
from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.dates import shift_month
from workbench.base.errors import in_words
from workbench.base.months import ReportedMonths, data_date
from workbench.base.toml import Threshold
from workbench.insight.churn.backtest.case_arrays import Cases
from workbench.insight.churn.backtest.figures import month_figures
from workbench.insight.churn.backtest.gathering import gathered
from workbench.insight.churn.backtest.judging import judged
from workbench.insight.churn.backtest.origins import planned_origins, short_history, too_short
from workbench.insight.churn.backtest.report import BacktestReport
from workbench.insight.churn.backtest.size import BookSize, size_of
from workbench.rules.parameters import Rules

#: cases do not follow from the lines of the lights, so that they are gathered by any
_ANY_LINES: Mapping[str, Threshold] = {"lights": [25, 45, 65]}
#: the cases of each open book, with the revision and the rules that they stand on: rooms are made anew when a rule is kept
_KEPT: WeakKeyDictionary[Book, tuple[tuple[int, str], Cases]] = WeakKeyDictionary()
#: how much of the time goes into gathering
_GATHERED = 0.85


class Backtests:
    """Looks back; stores nothing. The cases of the last run are kept while book and rules stay, so that lines can be moved."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths) -> None:
        self._book = book
        self._rules = rules
        self._months = months

    def run(
        self,
        overrides: Mapping[str, Threshold] | None = None,
        progress: Progress = silent,
        *,
        threshold: float | None = None,
    ) -> BacktestReport:
        """The report by the rules in force, with other values tried (`overrides`), and with a free threshold of the risk.

        Raises WorkbenchError no_data, short_history (fewer than nine monthly lists), and as `Rules.load` for a value that
        makes no sense; Cancelled when `progress` does.
        """
        newest = self._months.named(None)
        rules = self._rules.trying(overrides or {})
        with in_words(), self._book.read() as conn:
            size = self._size(conn, rules)
            cases = self._cases(conn, size, rules, lambda share, what: progress(_GATHERED * share, what))
            as_of = data_date(conn, newest) or newest
        report = judged(
            cases, as_of, size, rules, threshold,
            lambda share, what: progress(_GATHERED + (1 - _GATHERED) * share, what),
        )  # fmt: skip
        return replace(report, overrides=dict(overrides or {}))

    def size(self) -> BookSize:
        """What a book of this size can show at all. Raises WorkbenchError no_data."""
        self._months.named(None)
        with in_words(), self._book.read() as conn:
            return self._size(conn, self._rules)

    def _cases(self, conn: Connection, size: BookSize, rules: Rules, progress: Progress) -> Cases:
        months = self._months.all(conn)
        if too_short(months, rules):
            raise short_history(months, size, rules)
        by = rules.trying(_ANY_LINES)
        key = (revision(conn), by.version)
        kept = _KEPT.get(self._book)
        if kept is None or kept[0] != key:
            plan = planned_origins(conn, months, rules)
            if not plan.origins:
                raise short_history(months, size, rules)
            _KEPT.pop(self._book, None)
            kept = _KEPT[self._book] = (key, gathered(conn, plan, by, progress))
        return kept[1]

    def _size(self, conn: Connection, rules: Rules) -> BookSize:
        """By those on the newest list with assets enough to be judged."""
        newest = self._months.all(conn)[-1]
        months = [shift_month(newest, -back) for back in range(rules.whole("outcomes.before"))]
        figures = month_figures(conn, months)
        listed = np.flatnonzero(figures.on_list(np.arange(len(figures.ids)), newest))
        averages = figures.of(listed, months)
        known = np.count_nonzero(~np.isnan(averages), axis=1)
        mean = np.nansum(averages, axis=1) / np.maximum(known, 1)
        return size_of(int(np.count_nonzero(mean >= rules.number("outcomes.base") * 100)), rules)
