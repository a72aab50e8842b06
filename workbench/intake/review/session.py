"""One import in progress: the file as read, the decisions of a person, the changes to the book; then one commit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from db import audit
from db.engine import Book
from db.journal import Writer
from workbench.base.change import Change, Progress, silent
from workbench.base.collector import quiet_collector
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.intake.catalogue.fields import FieldCatalogue
from workbench.intake.checking.checks import check
from workbench.intake.checking.fixes import Offers, as_read
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.checking.refused import RefusedSheet, refused_xlsx
from workbench.intake.columns.custom import read_all as own_fields
from workbench.intake.columns.dialects import Dialect
from workbench.intake.columns.dialects import read_all as dialects
from workbench.intake.form import as_of as dates
from workbench.intake.form.blocks import blocks
from workbench.intake.reading.reader import RawFile
from workbench.intake.report import FileReport, SheetPreview, SheetReport
from workbench.intake.review.choosing import Choices
from workbench.intake.review.commit import write_sheet
from workbench.intake.review.comparing import Comparison, book_facts, refuse_unconfirmed
from workbench.intake.review.dating import by_month, settle_months
from workbench.intake.review.recognise import Knowledge, recognised, remind
from workbench.intake.review.reporting import Reporter, unreadable
from workbench.intake.review.same_month import (
    Ready,
    SameMonthSheets,
    builds_on_earlier,
    refuse_shared_days,
    retold,
    settle_deletes,
)
from workbench.intake.review.state import SheetState
from workbench.people.legible import legible
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing, Register


@dataclass
class ImportSession(Choices):
    """An import between reading and committing. Holds no connection; not for use by two threads at once.

    The decisions of a person are in `Choices`.
    """

    book: Book
    rules: Rules
    catalogue: FieldCatalogue
    raw: RawFile
    #: what computes what is asked of the book next; called after the commit
    bring_forward: Callable[[], object] = lambda: None
    #: files to be written before this one: what is shown of it stands on them
    behind: "tuple[ImportSession, ...]" = ()
    #: whether a person has decided anything
    touched: bool = False
    #: what the commit wrote; nothing before it
    change: Change = field(default_factory=Change.nothing)
    _states: list[SheetState] = field(default_factory=list)
    _given: str | None = None
    _revision: int | None = None
    _report: FileReport | None = None
    _without_conflicts: bool = False
    #: whether the differences stand on other files that are not written yet
    _on_others: bool = False
    _dialects: Sequence[Dialect] = ()
    _refused: tuple[bytes, int] = (b"", 0)

    @property
    def path(self) -> Path:
        """The file, as a person reads its name."""
        return self.raw.path

    @property
    def undo_id(self) -> int | None:
        """The change that undoes the commit; None before it, and when nothing was written."""
        return self.change.undo_id

    @property
    def reporter(self) -> Reporter:
        """A reporter on the sheets of this file."""
        return Reporter(self.path, self.catalogue, self.rules)

    def look(self, as_of: str | None) -> None:
        """Recognise the sheets; nothing is asked and nothing refused yet. Raises WorkbenchError bad_as_of."""
        self._given = dates.from_option(as_of) if as_of else None
        self._recognise(self.knowledge())

    def _recognise(self, knowledge: Knowledge) -> None:
        self._dialects, self._states = knowledge.dialects, []
        for sheet in self.raw.sheets:
            above: SheetState | None = None
            for part in blocks(sheet, self.catalogue, self.rules):
                first = above is None
                above = recognised(part, self.path, self._given, knowledge, above)
                above.leading = sheet.first_row - 1 if first and sheet.height else 0
                self._states += by_month(above, self.path, self._given, knowledge)
        settle_months(self._states, self.path, self._given, self.rules)

    def knowledge(self) -> Knowledge:
        """What the program and the book know of sheets now."""
        with in_words(), self.book.read() as conn:
            return self._knowledge(conn)

    def _knowledge(self, conn: Connection) -> Knowledge:
        return Knowledge(self.catalogue, self.rules, dialects(conn), own_fields(conn))

    def renew(self, conn: Connection | None = None) -> None:
        """Look again when other dialects are known now, as after a file before this one was written.

        What a person decided stays; then only what was settled on earlier sheets is taken over. `conn` sees a rehearsal.
        """
        if self.committed:
            return
        knowledge = self.knowledge() if conn is None else self._knowledge(conn)
        if knowledge.dialects == self._dialects:
            return
        self._report = None
        if not self.touched:
            self._recognise(knowledge)
            return
        self._dialects = knowledge.dialects
        for state in self._states:
            if state.layout is not None and state.kind != "none":
                remind(state, self.path, knowledge)

    # -- reporting -----------------------------------------------------------------------------------------

    def report(self, progress: Progress = silent) -> FileReport:
        """Checks and differences of every sheet, compared with the book as it is now.

        `error` is the reason why nothing of the file can be imported as it stands.
        """
        if self._report is None or (not self.committed and self._stale()):
            with quiet_collector():
                self._check(progress)
                self._foresee(progress)
            return self.report_foreseen()
        return self._report

    def report_foreseen(self) -> FileReport:
        """The report on the sheets as they were last compared, in `rehearse` perhaps; kept until a decision changes."""
        error = self._useless()
        self._report = FileReport(
            self.path.name,
            self._reports(),
            error.sentence() if error else None,
            error.code if error else None,
        )
        return self._report

    @property
    def committed(self) -> bool:
        """Whether the file was written."""
        return self._report is not None and self._report.committed

    @property
    def conflicts(self) -> int:
        """How many numbers stand on several unlike rows that nobody has left out."""
        checked = [state.checked for state in self._states if state.checked is not None and not state.skipped]
        return 0 if self._without_conflicts else sum(len(one.conflicts) for one in checked)

    @property
    def cells(self) -> int:
        """How many cells the session holds."""
        return sum(sheet.height * len(sheet.columns) for sheet in self.raw.sheets)

    def order(self) -> tuple[int, str, str, str]:
        """Where the file stands among others: customers before what names them, then by month, then by name."""
        kinds = list(self.catalogue.kinds)
        known = [state for state in self._states if state.kind != "none" and not state.skipped]
        first = min((kinds.index(state.kind) for state in known), default=len(kinds))
        dates = [state.as_of or "9999" for state in known if kinds.index(state.kind) == first]
        return first, min(dates, default="9999"), self.path.name, self.raw.digest

    def preview(self, sheet: str, start: int = 0, count: int = 200) -> SheetPreview:
        """A window of the sheet as Excel shows it. Raises WorkbenchError no_sheet."""
        return self.reporter.preview(self._find(sheet), start, count)

    def _stale(self) -> bool:
        with in_words():
            return self._revision != self.book.revision()

    def _reports(self) -> tuple[SheetReport, ...]:
        reporter = self.reporter
        with in_words(), self.book.read() as conn:
            opened = legible(conn)
        reports = (replace(reporter.report(state), legible=opened) for state in self._states)
        return (*reports, *unreadable(self.path, self.raw.failed))

    def _check(self, progress: Progress) -> None:
        ready = [state for state in self._states if state.plan() is not None]
        with in_words(), self.book.read() as conn:
            facts = book_facts(conn)
        # customers first, in the order in which they are written: later sheets name them as they are written then
        order = list(self.catalogue.kinds)
        ready.sort(key=lambda state: (order.index(state.kind), (state.as_of or "")[:7]))
        for number, state in enumerate(ready):
            plan = state.plan()
            if state.checked is not None and facts.known.respells(state.checked.keys):
                state.checked = state.diff = None  # other customers came into the book, or into this file
            if state.checked is None and plan is not None:
                text = _("检查工作表“{sheet}”").format(sheet=state.sheet.name)
                progress(0.4 + 0.2 * number / len(ready), text)
                rows = state.rows(self.rules)
                state.checked = check(state.sheet, plan, self.catalogue, self.rules, facts=facts, rows=rows)
            if state.checked is not None and state.kind == "customers" and number + 1 < len(ready):
                facts = replace(facts, known=facts.known.also(state.checked.keys))

    def _foresee(self, progress: Progress) -> None:
        """Compare the sheets with the book; sheets that build on one another are written in a rehearsal first, so that
        the numbers shown are those of the commit."""
        ready = list(self._ready())
        behind = [one for one in self.behind if not one.committed]
        self._on_others = bool(behind)
        if not behind and not _later(ready):
            with in_words(), self.book.read() as conn:
                self._compare(conn, ready, progress)
            return
        with in_words():
            revision = self.book.revision()
            with self.book.rehearsal("import", self.path.name) as writer:
                for one in behind:
                    one.renew(writer.conn)
                    one.rehearse(writer, revision)
                self.renew(writer.conn)
                self._check(progress)
                ready = list(self._ready())
                self._write_for_trial(writer, ready, progress)
            self._revision = revision

    def rehearse(self, writer: Writer, revision: int | None, progress: Progress = silent) -> None:
        """Check the file, compare it with the book as a rehearsal has left it, and write it into the rehearsal.

        `revision` is that of the book before the rehearsal. Nothing is asked. Raises what the book raises; Cancelled.
        """
        with quiet_collector():
            self._check(progress)
            self._write_for_trial(writer, list(self._ready()), progress)
        self._revision, self._on_others = revision, True

    def _write_for_trial(self, writer: Writer, ready: Sequence[Ready], progress: Progress) -> None:
        later = _later(ready)
        self._compare(writer.conn, ready, progress)
        for number, (state, _checked) in enumerate(ready):
            progress(0.7 + 0.3 * number / len(ready), _("试算“{sheet}”").format(sheet=state.sheet.name))
            self._take(writer, ready, number, again=number in later)
            state.batch = None

    def _compare(self, conn: Connection, ready: Sequence[Ready], progress: Progress) -> None:
        self._revision = audit.revision(conn)
        comparison = self._comparison(conn)
        for number, (state, _checked) in enumerate(ready):
            progress(0.6 + 0.1 * number / len(ready), _("与账本比对“{sheet}”").format(sheet=state.sheet.name))
            self._set_against(comparison, ready, number)
        settle_deletes(ready, self.catalogue)

    def _comparison(self, conn: Connection) -> Comparison:
        return Comparison(conn, self.raw.digest, self.catalogue, self.rules)

    def _set_against(self, comparison: Comparison, ready: Sequence[Ready], number: int) -> None:
        state, checked = ready[number]
        beside = SameMonthSheets.of(ready, number, self.catalogue)
        comparison.compare(state, checked, beside)
        state.retold_by = self._retold(ready, number)
        months = {one.as_of[:7] for _state, one in ready if one.kind == "customers"}
        state.before_in_file = state.diff is not None and state.diff.month_before in months

    def _retold(self, ready: Sequence[Ready], number: int) -> str:
        """The name of an earlier sheet with other figures of the same customers and month; '' for none."""
        checked = ready[number][1]
        if checked.kind != "customers":
            return ""
        share = self.rules.number("intake.months_shared")
        for state, other in ready[:number]:
            same = other.kind == checked.kind and other.as_of[:7] == checked.as_of[:7]
            if same and retold(checked, other, share):
                return state.sheet.name
        return ""

    def _ready(self) -> Iterator[tuple[SheetState, AcceptedRows]]:
        """Sheets that can be committed, in the order in which they must be."""
        able = [state for state in self._states if state.checked is not None and state.plan() is not None]
        # customers first, for the other sheets of a file refer to them; then by month
        order = list(self.catalogue.kinds)
        sheets = [(state, state.checked) for state in able if state.checked is not None]
        yield from sorted(sheets, key=lambda one: (order.index(one[0].kind), one[1].as_of[:7]))

    def _useless(self) -> WorkbenchError | None:
        """Why no sheet can be committed; None when one can."""
        if any(state.plan() is not None for state in self._states):
            return None
        undated = [s for s in self._states if s.undated and s.key_column() is not None]
        if undated:
            return WorkbenchError(
                "no_as_of",
                _("文件“{file}”的工作表“{sheets}”没有写明数据日期。").format(
                    file=self.path.name, sheets=commas(state.sheet.name for state in undated)
                ),
                _("请指定数据日期(命令行用 --as-of 2026-10-31),或把日期写进标题或文件名后重试。"),
            )
        names = commas(state.sheet.name for state in self._states) or self.path.name
        if questions := [one for state in self._states for one in self.reporter.questions(state)]:
            return WorkbenchError(
                questions[0].code, _("工作表“{sheet}”:{words}").format(sheet=questions[0].sheet, words=questions[0].words),
                _("确认哪一列是客户号之前不能导入;账本没有改动。"),
            )  # fmt: skip
        return WorkbenchError(
            "no_customer_number",
            _("文件“{file}”的工作表“{sheets}”里找不到客户号这一列。").format(
                file=self.path.name, sheets=names
            ),
            _("请确认表头有“客户号”或“客户编号”,并且选的是客户清单。"),
        )

    def export_refused(self, path: Path, *, replace: bool = False) -> int:
        """Write the refused rows of all sheets with their reasons as xlsx, to be corrected and imported again.

        Returns how many rows; without any, no file is written. Raises as `Register.save` does.
        """
        self.report()
        content, count = self._refused_rows()
        if count:
            Register(self.book).save(Outgoing("refused_xlsx", count), content, path, replace=replace)
        return count

    # -- committing ----------------------------------------------------------------------------------------

    def commit(self, progress: Progress = silent) -> FileReport:
        """Write everything in one transaction.

        Raises WorkbenchError no_customer_number, no_as_of, unit_suspect, the code of an open CommitQuestion,
        duplicate_customer (different rows of one customer, unless `leave_out_conflicts` was called), and what the
        book raises; Cancelled from `progress`. Then nothing is changed.
        """
        if self._report is not None and self.committed:
            return self._report
        with quiet_collector():
            return self._commit(progress)

    def _commit(self, progress: Progress) -> FileReport:
        if error := self._useless():
            raise error
        self._check(progress)
        ready = list(self._ready())
        later = _later(ready)
        fresh = self._revision is not None and not self._on_others
        fresh = fresh and all(state.diff is not None for state, _checked in ready)
        with in_words(), self.book.write("import", self.path.name, file_hash=self.raw.digest) as writer:
            if later or not fresh or audit.revision(writer.conn) != self._revision:
                self._compare(writer.conn, ready, progress)
            for number, (state, checked) in enumerate(ready):
                if number not in later:
                    refuse_unconfirmed(self.reporter, state, checked, self._without_conflicts)
            refuse_shared_days(ready)
            for number, (state, _checked) in enumerate(ready):
                progress(0.7 + 0.28 * number / len(ready), _("写入“{sheet}”").format(sheet=state.sheet.name))
                self._take(writer, ready, number, again=number in later, asking=True)
            progress(0.98, _("正在保存…"))
            change = Change.by(writer, sum(writer.counts.values()))
        self.change = change
        for state, _checked in ready:
            state.committed = True
        report = FileReport(self.path.name, self._reports())
        self._refused = self._refused_rows()
        self._report = report
        for state in self._states:
            state.drop_cells()
        self.raw = replace(self.raw, sheets=())
        if change.tables:
            self.bring_forward()
        progress(1.0, _("完成"))
        return report

    def _refused_rows(self) -> tuple[bytes, int]:
        """The refused rows of all sheets as one workbook, and their number."""
        if self._report is not None and self._report.committed:
            return self._refused
        sheets = []
        for state, checked in self._ready():
            plan = state.plan()
            if plan is not None:
                strangers = self.reporter.strangers(state)
                sheets.append(
                    RefusedSheet(state.sheet, plan, replace(checked, refusals=checked.refusals | strangers))
                )
        return refused_xlsx(self.path.stem, sheets, self.catalogue)

    def _take(
        self, writer: Writer, ready: Sequence[Ready], number: int, *, again: bool, asking: bool = False
    ) -> None:
        """Write one sheet. `again`: compare it first with the book, which holds the sheets before it now; `asking`:
        open questions stop it."""
        state, checked = ready[number]
        if again:
            self._set_against(self._comparison(writer.conn), ready, number)
        if again and asking:
            refuse_unconfirmed(self.reporter, state, checked, self._without_conflicts)
        self._write(writer, state, checked)

    def _write(self, writer: Writer, state: SheetState, checked: AcceptedRows) -> None:
        report = self.reporter.report(state)
        mapping = as_read(report.mapping, Offers(frozenset(state.fixes)))  # as its figures were read
        report = replace(report, mapping=tuple(mapping))
        write_sheet(writer, (state, checked), report, self.raw, self.catalogue, self.rules)


def _later(ready: Sequence[Ready]) -> frozenset[int]:
    """Positions of the sheets that build on others of the file."""
    return frozenset(number for number in range(len(ready)) if builds_on_earlier(ready, number))
