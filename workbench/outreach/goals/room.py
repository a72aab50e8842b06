"""`Goals`: set for month and quarter, and how far each is."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import Connection, select

from db.audit import revision
from db.engine import Book
from db.since import written_since
from db.tables import snapshots
from db.week import goals
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import data_date, reported_months
from workbench.base.workdays import workdays_of
from workbench.outreach.goals.progress import GoalProgress
from workbench.outreach.goals.registry import MEASURES, GoalMeasure, GoalSource
from workbench.outreach.goals.span import Span, spans_on
from workbench.rules.parameters import Rules

#: (period, code of a measure, 'own' or 'office')
GoalKey: TypeAlias = tuple[str, str, str]
OWN, OFFICE = "own", "office"


class Goals:
    """The goals of a book."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        #: what lists told by (measure, period, month), and the revision of the book that it was read at
        self._counted: dict[tuple[str, str, str], int | None] = {}
        self._at = -1

    def targets(self) -> Mapping[GoalKey, int]:
        """What is set for the month and the quarter of today, in fen or as a count."""
        periods = [span.code for span in spans_on(today())]
        with in_words(), self._book.read() as conn:
            rows = conn.execute(
                select(goals).where(goals.c.period.in_(periods)).order_by(goals.c.period, goals.c.id)
            )
            return {(row.period, row.measure, row.whose): round(row.value) for row in rows}

    def put(self, targets: Mapping[GoalKey, int | None]) -> Change:
        """Set goals, None takes one back; those not named stay. Undoable. Raises WorkbenchError bad_goal."""
        known = {one.code for one in MEASURES}
        for (period, measure, whose), value in targets.items():
            Span.of(period)
            if measure not in known or whose not in (OWN, OFFICE) or (value is not None and value <= 0):
                raise WorkbenchError(
                    "bad_goal", _("目标要是大于 0 的数。"), _("不定这一项就空着。"), measure=measure
                )
        with in_words(), self._book.write("goal", "put") as writer:
            rows = writer.conn.execute(select(goals.c.id, goals.c.period, goals.c.measure, goals.c.whose))
            kept = {(row.period, row.measure, row.whose): row.id for row in rows}
            for key, value in targets.items():
                if value is None:
                    if key in kept:
                        writer.delete(goals, [kept[key]])
                elif key in kept:
                    writer.update(goals, kept[key], {"value": float(value)})
                else:
                    row = dict(zip(("period", "measure", "whose"), key, strict=True))
                    writer.insert(goals, [{**row, "value": float(value)}])
            return Change.by(writer, sum(writer.counts.values()))

    def progress(self) -> tuple[GoalProgress, ...]:
        """Every goal of the month and the quarter of today: the month first, in the order of the measures, own before head
        office's."""
        targets = self.targets()
        if not targets:
            return ()
        with in_words(), self._book.read() as conn:
            self._forget_what_changed(conn)
            return tuple(
                self._progress(conn, span, measure, whose, targets[(span.code, measure.code, whose)])
                for span in spans_on(today())
                for measure in MEASURES
                for whose in (OWN, OFFICE)
                if (span.code, measure.code, whose) in targets
            )

    def _progress(
        self, conn: Connection, span: Span, measure: GoalMeasure, whose: str, target: int
    ) -> GoalProgress:
        work = workdays_of(conn)
        if measure.counted_in == "log":
            reached = measure.reached(GoalSource(conn, self._rules, span))
            return GoalProgress(
                measure, span, whose, target, reached, today().isoformat(), span.gone(work, today())
            )
        months = reported_months(conn)
        within = [month for month in months if span.first <= month <= span.last]
        if not within or span.before not in months:
            return GoalProgress(measure, span, whose, target, None)
        as_of = data_date(conn, within[-1]) or ""
        gone = span.gone(work, dt.date.fromisoformat(as_of)) if as_of else 0.0
        key = (measure.code, span.code, within[-1])
        if key not in self._counted:
            self._counted[key] = measure.reached(GoalSource(conn, self._rules, span, within[-1]))
        return GoalProgress(measure, span, whose, target, self._counted[key], as_of, gone)

    def _forget_what_changed(self, conn: Connection) -> None:
        """Lists are counted again only when one was written: logging a contact does not count the whole book."""
        now = revision(conn)
        if self._at >= 0 and now != self._at and written_since(conn, self._at, snapshots):
            self._counted.clear()
        self._at = now
