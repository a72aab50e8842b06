"""Keeps the tag layers current: computes all of them, those from layer 2 on, or the customers concerned."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, delete, insert, select

from db.audit import revision
from db.engine import Book
from db.known import own_tags, relations, tag_runs
from db.since import BY_HAND, EDITED, Since, changed_since, tables_since
from db.stores.planning import made_ready
from workbench.base.change import Progress, silent
from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, language
from workbench.base.months import ReportedMonths, data_date
from workbench.base.terms import Term, Vocabulary
from workbench.insight.churn.churn_check import ChurnCheck
from workbench.insight.levels.trails import compute_trails, run_of_months, store_trails
from workbench.insight.measures import flow_months
from workbench.insight.measures.scope import Scope, reported_data
from workbench.insight.tags.layers import Layers, Run, last_run
from workbench.insight.tags.vocabulary import custom_terms, inputs, vocabulary
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.tags.library import Library
    from workbench.insight.tags.picture import Picture
    from workbench.insight.tags.spread import Spread
    from workbench.insight.tags.statements import Filling, Pass

#: raised when the meaning of a measure changes in code, so that layers of an older program are recomputed
LOGIC = "12"


@dataclass(frozen=True, slots=True)
class _BookWords:
    """What a book adds to the library: its own tags (code, body as JSON) and the fields added from columns."""

    tags: tuple[tuple[str, str], ...]
    fields: tuple[Term, ...]


def _words_of_book(conn: Connection) -> _BookWords:
    query = select(own_tags.c.code, own_tags.c.body).order_by(own_tags.c.id)
    return _BookWords(tuple((row.code, row.body) for row in conn.execute(query)), tuple(custom_terms(conn)))


class Engine:
    """The layers of the newest month, as seen from today."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths, checking: ChurnCheck) -> None:
        self._book = book
        self._rules = rules
        self._months = months
        self._checking = checking
        #: cache: revision and month -> digest of the data reported; run, words of the book and language -> layers
        self._reported: tuple[int, str, str] = (-1, "", "")
        self._layers: tuple[Run, tuple[_BookWords, str], Layers] | None = None
        #: cache: words of the book -> library
        self._read: tuple[_BookWords, Library] | None = None

    # -- what is in force ----------------------------------------------------------------------------------

    @property
    def _by(self) -> str:
        """What measures are computed by: the rules, and what they mean in code."""
        return f"{self._rules.version}.{LOGIC}"

    @property
    def library(self) -> "Library":
        """The tags in force: the shipped ones, the user's files and the own tags of this book."""
        with in_words(), self._book.read() as conn:
            return self._library(conn)

    def _library(self, conn: Connection) -> "Library":
        return self._library_with(_words_of_book(conn))

    def _library_with(self, words: _BookWords) -> "Library":
        """The library with the words of a book, cached."""
        if self._read is None or self._read[0] != words:
            from workbench.insight.tags.library import Library

            bodies = [(code, json.loads(body)) for code, body in words.tags]
            self._read = (words, Library.load(inputs(self._rules, None, words.fields), self._rules, bodies))
        return self._read[1]

    def reload(self) -> None:
        """Reads the library's files again at the next use."""
        self._read = self._layers = None

    def vocabulary(self, conn: Connection, run: Run | None = None) -> Vocabulary:
        """Every word of a condition; with a run, fields that it has no column for count as not reported."""
        return self._vocabulary_with(_words_of_book(conn), run)

    def _vocabulary_with(self, words: _BookWords, run: Run | None) -> Vocabulary:
        terms: list[Term] = [tag.term() for tag in self._library_with(words).live]
        return vocabulary(self._rules, terms, None if run is None else run.raw, words.fields)

    # -- the layers ----------------------------------------------------------------------------------------

    def layers(self, conn: Connection) -> Layers:
        """The layers in the book (see `ensure`). Raises WorkbenchError no_layers before the first computation."""
        run = last_run(conn)
        if run is None:
            raise no_layers()
        return self._layers_of(conn, run)

    def _layers_of(self, conn: Connection, run: Run) -> Layers:
        """The layers of a run, cached per run, words and language: describing 400 columns takes a while, and they stay the same
        when some customers' rows are computed anew. The library is not read before a condition is."""
        of, kept = (_words_of_book(conn), language()), self._layers
        if kept is not None and kept[1] == of and kept[0].columns == run.columns:
            if kept[0] == run:
                return kept[2]
            layers = Layers(run, kept[2].spoken)
        else:
            layers = Layers(run, cache(lambda: self._vocabulary_with(of[0], run)))
        self._layers = (run, of, layers)
        return layers

    def ensure(self, progress: Progress = silent) -> Run:
        """Brings the layers up to the present figures, rules, tags and day. Raises WorkbenchError no_data."""
        with in_words():
            month = self._checking.run(progress=lambda share, what: progress(share * 0.4, what)).month
            self._bring_stages_forward(month, progress)
            with self._book.read() as conn:
                stood = last_run(conn)
                wanted = self._wanted(conn, month)
                what, only = self._needed(conn, stood, wanted)
            if stood is None or what == "all":
                return self._anew(wanted, None, progress)
            if what == "tags":
                return self._anew(wanted, stood, progress)
            return self._for_some(stood, wanted, only) if what == "some" else stood

    def _bring_stages_forward(self, month: str, progress: Progress) -> None:
        from workbench.insight.measures import month_averages
        from workbench.insight.stages import history

        with self._book.read() as conn:
            if history.standing(conn, self._rules):
                return
        progress(0.4, _("推算旅程阶段"))
        with self._book.derive() as conn:
            month_averages.bring_forward(conn, run_of_months(conn, month, self._rules))
            history.bring_forward(conn, self._rules)

    def behind(self, conn: Connection, month: str, by_hand: Collection[str]) -> bool:
        """Whether the layers are of another month, day or rules than `ensure` would compute for a month, or more was written
        since than the tables `by_hand`."""
        stood = last_run(conn)
        if stood is None or (stood.month, stood.rule_version) != (month, self._by):
            return True
        if stood.day != _seen_on(stood.as_of):
            return True
        return not tables_since(conn, stood.revision) <= set(by_hand)

    def _given(self, conn: Connection, month: str) -> str:
        at = revision(conn)
        if self._reported[:2] != (at, month):
            reported = reported_data(conn, month)
            self._reported = (at, month, reported.digest if reported else "")
        return self._reported[2]

    def _needed(
        self, conn: Connection, stood: Run | None, wanted: Run
    ) -> tuple[Literal["nothing", "some", "tags", "all"], frozenset[int]]:
        """How much has to be computed; for 'some' also the ids of the customers."""
        if stood is None or not _same(stood, wanted):
            return "all", frozenset()
        same_library = stood.library == wanted.library
        if stood.revision == wanted.revision:
            return ("nothing" if same_library else "tags"), frozenset()
        since = changed_since(conn, stood.revision)
        if since.tables <= {"own_tags"}:
            return ("some" if same_library else "tags"), frozenset()
        only = self._concerned(conn, since) if same_library else None
        return ("all", frozenset()) if only is None else ("some", only)

    def _wanted(self, conn: Connection, month: str) -> Run:
        as_of = data_date(conn, month) or month + "-01"
        return Run(
            month, as_of, _seen_on(as_of), revision(conn), self._by,
            self._library(conn).version, self._given(conn, month), now(), {},
        )  # fmt: skip

    def _concerned(self, conn: Connection, since: Since) -> frozenset[int] | None:
        """The customers whom the writes concern, with those linked to them; None when all must be computed."""
        if since.customers is None or since.tables - {table.name for table in (*BY_HAND, *EDITED)}:
            return None
        return since.customers | _linked(conn, since.customers)

    # -- computing -----------------------------------------------------------------------------------------

    def _anew(self, wanted: Run, stood: Run | None, progress: Progress) -> Run:
        """Computes all customers; with `stood` the raw layer of that run stays as it is."""
        from workbench.insight.measures import month_averages

        progress(0.45, _("计算标签"))
        with self._book.derive() as conn:  # before: the thread beside sees only what is kept
            month_averages.bring_forward(conn, run_of_months(conn, wanted.month, self._rules))
        with self._book.derive() as conn:
            run = self._computed(conn, wanted, stood, progress)
            _keep(conn, run)
        progress(1.0, _("标签已更新"))
        return run

    def _computed(self, conn: Connection, wanted: Run, stood: Run | None, progress: Progress) -> Run:
        flow_months.bring_forward(conn)
        turn = self.pass_for(conn, wanted.month, wanted.day)
        if stood is not None:
            run = replace(wanted, columns={number: stood.columns[number] for number in (0, 1)})
            return _filled(turn, run, turn.above(run, conn), progress)
        from workbench.insight.levels.all_trails import all_trails

        # in parallel: a thread folds the levels and prepares the layers above while the database fills the first table
        with ThreadPoolExecutor(1) as beside, self._book.read() as reading:
            first = turn.first(wanted)
            made_ready(
                conn, first.statement
            )  # before the thread begins: two that make SQL wait for each other
            trails = beside.submit(all_trails, reading, wanted.month, self._rules)
            above = beside.submit(turn.above, first.run, reading)
            run = turn.fill(first)
            progress(0.65, _("计算标签"))
            trails.result().store(conn)
            return _filled(turn, run, above.result(), progress)

    def spread_of(self, month: str) -> "dict[str, Spread]":
        """The spread of every tag in another month; computed in a trial that is rolled back.

        Seen as many days after its data date as the newest month is, so that counts of days do not seem to drift.
        """
        from workbench.insight.tags.spread import spread

        with in_words(), self._book.trial() as conn:
            as_of = data_date(conn, month) or month + "-01"
            stood = last_run(conn)
            later = _days(stood.as_of, stood.day) if stood else 0
            day = (dt.date.fromisoformat(as_of) + dt.timedelta(days=later)).isoformat()
            wanted = Run(month, as_of, day, 0, "", "", "", "", {})
            run = self._computed(conn, wanted, None, silent)
            library = self._library(conn)
            return spread(conn, Layers(run, lambda: library.vocabulary), library, self._rules)

    def _for_some(self, stood: Run, wanted: Run, only: frozenset[int]) -> Run:
        """Computes the rows of these customers; the columns stay those of the run in the book."""
        run = replace(wanted, columns=stood.columns)
        with self._book.derive() as conn:
            if only:
                store_trails(conn, compute_trails(conn, wanted.month, self._rules, only), only)
                self.pass_for(conn, wanted.month, wanted.day, only).some(run, only)
            _keep(conn, run)
        return run

    def pass_for(self, conn: Connection, month: str, day: str, only: Collection[int] | None = None) -> "Pass":
        """The statements for a month as seen on a day, for all customers or a few. Raises WorkbenchError no_layers."""
        reported = reported_data(conn, month)
        if reported is None:
            raise no_layers()
        scope = Scope(month, day, reported, only, newest=month == self._months.newest(conn))
        from workbench.insight.tags.statements import Pass

        return Pass(conn, scope, self._rules, self._library(conn), tuple(custom_terms(conn)))

    # -- one customer --------------------------------------------------------------------------------------

    def of_customer(
        self, conn: Connection, customer_id: int, month: str | None = None, day: str | None = None
    ) -> "Picture":
        """Every column of every layer of one customer.

        Read from the layers in the book; computed for him alone for another month than the newest, when that does not
        list him, or when the layers are out of date.
        """
        from workbench.insight.tags.picture import Picture, picture

        run = last_run(conn)
        newest = self._months.newest(conn)
        if run is not None and month in (None, run.month) and day in (None, run.day) and run.month == newest:
            wanted = self._wanted(conn, run.month)
            if _same(run, wanted) and run.library == wanted.library and run.revision == wanted.revision:
                stored = Picture.stored(conn, self._layers_of(conn, run), customer_id)
                if stored is not None:
                    return stored
        return picture(conn, customer_id, month, day, self._rules, self.pass_for)


def _seen_on(as_of: str) -> str:
    """The day (ISO) that figures of a data date are seen on."""
    return max(as_of, today().isoformat())


def no_layers() -> WorkbenchError:
    """The error before the first customer list, when no tags can be computed."""
    return WorkbenchError("no_layers", _("标签还没有算出来。"), _("请先导入总行下发的客户清单。"))


def _filled(turn: "Pass", run: Run, fillings: "Sequence[Filling]", progress: Progress) -> Run:
    """The run with the columns of the layers that are filled."""
    for filling in fillings:
        progress(0.7 + 0.05 * filling.number, _("计算标签"))
        run = turn.fill(filling)
    return run


def _same(stood: Run, wanted: Run) -> bool:
    """Whether two runs have the same month, day, rules and reported data."""
    return (stood.month, stood.as_of, stood.day, stood.rule_version, stood.given) == (
        wanted.month, wanted.as_of, wanted.day, wanted.rule_version, wanted.given,
    )  # fmt: skip


def _linked(conn: Connection, some: frozenset[int]) -> frozenset[int]:
    """These customers with all linked to them by family or company, whose household sums change too."""
    reached: set[int] = set(some)
    while True:
        query = select(relations.c.customer_id, relations.c.other_id).where(
            relations.c.customer_id.in_(reached) | relations.c.other_id.in_(reached)
        )
        linked = {person for row in conn.execute(query) for person in row if person is not None}
        if linked <= reached:
            return frozenset(reached)
        reached |= linked


def _keep(conn: Connection, run: Run) -> None:
    conn.execute(delete(tag_runs))
    body = {str(layer): dict(columns) for layer, columns in run.columns.items()}
    conn.execute(
        insert(tag_runs),
        {
            "month": run.month, "as_of": run.as_of, "day": run.day, "revision": run.revision,
            "rule_version": run.rule_version, "library": run.library, "given": run.given,
            "computed_at": run.computed_at, "columns": json.dumps(body),
        },
    )  # fmt: skip


def _days(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
