"""One import in progress: what was read, what a person decided, what it would change; then one commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db import audit
from db.engine import Book
from db.journal import Writer
from workbench.change import Progress, silent
from workbench.errors import RowProblem, WorkbenchError, in_words
from workbench.i18n import _, commas
from workbench.intake import as_of as dates
from workbench.intake.checks import Checked, Plan, check, date_of_column
from workbench.intake.collector import quiet_collector
from workbench.intake.commit import write_batch, write_customers, write_lines, write_products
from workbench.intake.diff import Diff, compare_customers, usual_length
from workbench.intake.diff_lines import compare_lines, compare_products
from workbench.intake.fields import AS_OF, CUSTOMER_NO, UNITS, Catalogue, heading
from workbench.intake.header import Layout, find_header
from workbench.intake.mapping import claimed_twice, kind_of, match_columns
from workbench.intake.problems import Problems
from workbench.intake.reader import RawFile, RawSheet
from workbench.intake.report import ColumnMatch, FileReport, Kind, SheetReport
from workbench.intake.values import Values, shown
from workbench.rules import Rules

#: Customers first: the other sheets of a file speak of them.
_ORDER: tuple[Kind, ...] = ("customers", "products", "holdings", "maturities")


@dataclass(slots=True)
class _State:
    """One sheet with the choices made; `checked` and `diff` are kept until a choice changes."""

    sheet: RawSheet
    kind: Kind
    layout: Layout | None
    matches: list[ColumnMatch]
    as_of: str | None
    unit: str
    skipped: bool = False
    checked: Checked | None = None
    diff: Diff | None = None
    batch: int | None = None
    committed: bool = False

    def plan(self) -> Plan | None:
        if self.layout is None or self.kind == "none" or self.skipped:
            return None
        plan = Plan(self.kind, self.layout, self.matches, self.as_of, self.unit)
        return plan if plan.key_column() is not None and self.as_of is not None else None

    @property
    def key(self) -> str:
        return "product_code" if self.kind == "products" else CUSTOMER_NO

    def forget(self) -> None:
        self.checked = self.diff = None

    def problem(self, code: str, message: str, level: str, column: str | None = None) -> RowProblem:
        return RowProblem(self.sheet.name, None, column, code, message, None, level)


@dataclass(slots=True)
class ImportSession:
    """An import between reading and committing. Holds no connection; not for use by two threads at once."""

    book: Book
    rules: Rules
    catalogue: Catalogue
    raw: RawFile
    _states: list[_State] = field(default_factory=list)
    #: the change id that undoes the commit; None before it, and when nothing was written
    undo_id: int | None = None
    _revision: int | None = None
    _report: FileReport | None = None
    _without_conflicts: bool = False

    @property
    def path(self) -> Path:
        return self.raw.path

    # -- looking -------------------------------------------------------------------------------------------

    def look(self, as_of: str | None) -> None:
        """Recognise the sheets. Raises WorkbenchError bad_as_of, no_customer_number, no_as_of."""
        given = dates.from_option(as_of) if as_of else None
        self._states = [self._recognise(sheet, given) for sheet in self.raw.sheets]
        usable = [state for state in self._states if state.kind != "none"]
        if not usable:
            names = commas(sheet.name for sheet in self.raw.sheets) or self.path.name
            raise WorkbenchError(
                "no_customer_number",
                _("文件“{file}”的工作表“{sheets}”里找不到客户号这一列。").format(
                    file=self.path.name, sheets=names
                ),
                _("请确认表头有“客户号”或“客户编号”,并且选的是客户清单。"),
            )
        undated = [state.sheet.name for state in usable if state.as_of is None]
        if undated:
            raise WorkbenchError(
                "no_as_of",
                _("文件“{file}”的工作表“{sheets}”没有写明数据日期。").format(
                    file=self.path.name, sheets=commas(undated)
                ),
                _("请指定数据日期(命令行用 --as-of 2026-10-31),或把日期写进标题或文件名后重试。"),
            )

    def _recognise(self, sheet: RawSheet, given: str | None) -> _State:
        layout = find_header(sheet, self.catalogue, self.rules)
        if layout is None:
            return _State(sheet, "none", None, [], None, "元")
        layout = replace(layout, names=_named(sheet, layout))
        kind = kind_of(sheet, layout, self.catalogue, self.rules)
        matches = match_columns(
            layout.names, kind, self.catalogue, self.rules, sheet, layout.header + 1
        ) if kind != "none" else []  # fmt: skip
        as_of = given or dates.in_titles(layout.above, self.rules)
        as_of = as_of or self._dated_by_column(sheet, layout, matches)
        as_of = as_of or dates.in_text(sheet.name) or dates.in_text(self.path.stem)
        unit = dates.unit_in_titles(layout.above) or "元"
        shown_matches = [m for m in matches if m.header]
        return _State(sheet, kind, layout, shown_matches, as_of, unit)

    def _dated_by_column(self, sheet: RawSheet, layout: Layout, matches: Sequence[ColumnMatch]) -> str | None:
        column = next(
            (match.index for match in matches if match.field == AS_OF and match.how != "similar"), None
        )
        if column is None:
            return None
        return date_of_column(
            Values(self.rules).column(sheet.columns[column][layout.header + 1 :], "date").values
        )

    # -- choosing ------------------------------------------------------------------------------------------

    def fields(self, kind: Kind) -> list[tuple[str, str]]:
        """(key, label) of every field that a sheet of this kind can feed."""
        return [(known.key, known.shown()) for known in self.catalogue.of_kind(kind)]

    def choose(self, sheet: str, index: int, field: str | None) -> None:
        """Feed a field from the column at `index` (ColumnMatch.index), or with None from no field any more.

        Another column that fed it becomes unknown. Raises WorkbenchError no_sheet, no_field, no_column.
        """
        state = self._state(sheet)
        if field is not None and field not in dict(self.fields(state.kind)):
            raise WorkbenchError(
                "no_field", _("这种表没有“{field}”这个字段。").format(field=field), field=field
            )
        if all(match.index != index for match in state.matches):
            raise WorkbenchError("no_column", _("表里没有第 {number} 列。").format(number=index + 1))
        state.matches = [
            replace(match, field=field, how="chosen", score=100.0) if match.index == index
            else replace(match, field=None, how="unknown", score=0.0) if field and match.field == field
            else match
            for match in state.matches
        ]  # fmt: skip
        self._changed(state)

    def confirm_similar(self, sheet: str | None = None) -> None:
        """Take every similar match of one sheet, or of all."""
        for state in [self._state(name) for name in ([sheet] if sheet else self._names())]:
            state.matches = [
                replace(match, how="chosen") if match.how == "similar" else match for match in state.matches
            ]
            self._changed(state)

    def set_as_of(self, sheet: str, as_of: str) -> None:
        """Say what date the sheet speaks of. Raises WorkbenchError no_sheet, bad_as_of."""
        state = self._state(sheet)
        state.as_of = dates.from_option(as_of)
        self._changed(state)

    def set_unit(self, sheet: str, unit: str) -> None:
        """Say what one of the sheet's money is, where a column's own heading does not. Raises WorkbenchError bad_unit."""
        if unit not in UNITS:
            raise WorkbenchError(
                "bad_unit", _("“{unit}”不是金额单位。").format(unit=unit),
                _("可用的单位:{units}。").format(units=commas(UNITS)),
            )  # fmt: skip
        state = self._state(sheet)
        state.unit = unit
        self._changed(state)

    def skip(self, sheet: str, skipped: bool = True) -> None:
        """Leave a sheet out of the import, or take it in again."""
        state = self._state(sheet)
        state.skipped = skipped
        self._changed(state)

    def leave_out_conflicts(self) -> None:
        """Import without the customers that have two unlike rows; they come back as refused rows."""
        self._without_conflicts = True

    def _names(self) -> list[str]:
        return [state.sheet.name for state in self._states]

    def _state(self, sheet: str) -> _State:
        if self._report is not None and self._report.committed:
            raise WorkbenchError(
                "committed",
                _("这次导入已经完成,不能再改。"),
                _("需要改的话,请先撤销这次导入,再重新读取文件。"),
            )
        for state in self._states:
            if state.sheet.name == sheet:
                return state
        raise WorkbenchError(
            "no_sheet",
            _("文件“{file}”里没有名为“{sheet}”的工作表。").format(file=self.path.name, sheet=sheet),
        )

    def _changed(self, state: _State) -> None:
        state.forget()
        self._report = None
        for other in self._states:  # what other sheets may refer to has changed
            other.diff = None

    # -- reporting -----------------------------------------------------------------------------------------

    def report(self, progress: Progress = silent) -> FileReport:
        """Checks and differences of every sheet, set against the book as it is now."""
        committed = self._report is not None and self._report.committed
        if self._report is None or (not committed and self._stale()):
            with quiet_collector():
                self._check(progress)
                with in_words(), self.book.read() as conn:
                    self._compare(conn, progress)
            self._report = FileReport(self.path.name, tuple(self._reports()))
        return self._report

    def _stale(self) -> bool:
        with in_words():
            return self._revision != self.book.revision()

    def _check(self, progress: Progress) -> None:
        ready = [state for state in self._states if state.plan() is not None]
        with in_words(), self.book.read() as conn:
            length = usual_length(conn)
        for number, state in enumerate(ready):
            plan = state.plan()
            if state.checked is None and plan is not None:
                text = _("检查工作表“{sheet}”").format(sheet=state.sheet.name)
                progress(0.4 + 0.2 * number / len(ready), text)
                state.checked = check(state.sheet, plan, self.catalogue, self.rules, usual_length=length)

    def _compare(self, conn: Connection, progress: Progress) -> None:
        self._revision = audit.revision(conn)
        coming: set[str] = set()
        ready = list(self._ready())
        for number, (state, checked) in enumerate(ready):
            progress(0.6 + 0.1 * number / len(ready), _("与账本比对“{sheet}”").format(sheet=state.sheet.name))
            if checked.kind == "customers":
                state.diff = compare_customers(conn, checked, self.catalogue, self.rules)
                coming.update(checked.keys)
            elif checked.kind == "products":
                state.diff = compare_products(conn, checked, self.catalogue, self.rules)
            else:
                state.diff = compare_lines(conn, checked, self.catalogue, self.rules, frozenset(coming))

    def _ready(self) -> Iterator[tuple[_State, Checked]]:
        """Sheets that can be committed, in the order in which they must be."""
        able = [state for state in self._states if state.checked is not None and state.plan() is not None]
        for state in sorted(able, key=lambda state: _ORDER.index(state.kind)):
            if state.checked is not None:
                yield state, state.checked

    def _reports(self) -> Iterator[SheetReport]:
        for state in self._states:
            yield self._sheet_report(state)
        for name in self.raw.failed:
            problem = RowProblem(
                name, None, None, "sheet_unreadable", _("这张工作表读不出来,没有导入。"), level="refuse"
            )
            yield SheetReport(self.path.name, name, "none", None, None, "元", 0, problems=(problem,))

    def _sheet_report(self, state: _State) -> SheetReport:
        sheet, layout = state.sheet, state.layout
        header = sheet.shown_row(layout.header) if layout and state.kind != "none" else None
        base = SheetReport(
            self.path.name, sheet.name, state.kind, header, state.as_of, state.unit, 0,
            mapping=tuple(replace(match, unit=match.unit or state.unit) for match in state.matches),
            problems=tuple(self._sheet_problems(state)),
        )  # fmt: skip
        checked, diff = state.checked, state.diff
        if state.plan() is None or checked is None or diff is None:
            return base
        limit = self.rules.whole("intake.changes_shown")
        strangers = tuple(self._strangers(state, checked, diff))
        return replace(
            base, as_of=checked.as_of, rows=checked.data_rows, new=len(diff.fresh), changed=diff.changed,
            unchanged=diff.unchanged + checked.doubles, vanished=len(diff.vanished),
            refused=checked.refused + len(diff.strangers), not_data=checked.not_data,
            problems=(*base.problems, *checked.problems.listed(), *strangers), totals=checked.totals,
            changes=tuple(diff.changes), new_customers=tuple(diff.new_customers),
            vanished_customers=tuple(diff.vanished[:limit]), batch=state.batch, committed=state.committed,
        )  # fmt: skip

    def _sheet_problems(self, state: _State) -> Iterator[RowProblem]:
        """Faults of the sheet as a whole, then of its columns."""
        if state.sheet.hidden and state.kind != "none":
            yield state.problem("hidden_sheet", _("这是一张隐藏的工作表,也读了。"), "info")
        if state.kind == "none":
            if state.sheet.height:
                yield state.problem(
                    "not_recognised", _("这张工作表没有客户号,也不是产品清单,没有导入。"), "info"
                )
            return
        if all(match.field != state.key or match.how == "similar" for match in state.matches):
            yield state.problem(
                "no_customer_number", _("还没有确认哪一列是客户号,这张表不会导入。"), "refuse"
            )
        diff = state.diff
        if diff is not None and diff.unit_suspect:
            yield state.problem("unit_suspect", diff.unit_suspect, "refuse")
        elif diff is not None and diff.guard:
            yield state.problem("data_guard", diff.guard, "warning")
        if diff is not None and diff.deletes:
            text = _("账本里同月的 {count} 行不在这张表里,将随之移除。").format(count=len(diff.deletes))
            yield state.problem("removed_lines", text, "info")
        yield from self._column_problems(state)

    def _column_problems(self, state: _State) -> Iterator[RowProblem]:
        ambiguous = {heading(word).plain for word in self.rules.words("intake.ambiguous_headings")}
        twice = {match.index for match in claimed_twice(state.matches, state.kind, self.catalogue)}
        for match in state.matches:
            if match.how == "refused":
                text = _("这一列像是密码、CVV 等鉴别信息,不得导入,已整列丢弃。")
                yield state.problem("secret_column", text, "warning", match.header)
            elif match.how == "similar" and match.field:
                text = _("这一列疑为“{field}”,确认之前不采用,原值随行保存。")
                label = self.catalogue[match.field].shown()
                yield state.problem("similar_column", text.format(field=label), "warning", match.header)
            elif match.index in twice:
                text = _("另有一列已对应同一字段,这一列不采用,原值随行保存。")
                yield state.problem("duplicate_column", text, "warning", match.header)
            elif match.how == "unknown" and heading(match.header).plain in ambiguous:
                text = _("列名含义不明,不敢猜测,原值随行保存;请指定它是哪个字段。")
                yield state.problem("ambiguous_column", text, "warning", match.header)

    def _strangers(self, state: _State, checked: Checked, diff: Diff) -> Iterator[RowProblem]:
        if not diff.strangers:
            return
        found = Problems(state.sheet.name, self.rules.whole("intake.problems_shown"))
        header = next((match.header for match in state.matches if match.field == "customer_no"), None)
        for position in diff.strangers:
            found.cell(checked.rows[position], header, "unknown_customer", checked.keys[position])
        yield from found.listed()

    # -- committing ----------------------------------------------------------------------------------------

    def commit(self, progress: Progress = silent) -> FileReport:
        """Write everything in one transaction.

        Raises WorkbenchError unit_suspect, duplicate_customer (unlike rows for one customer, unless
        `leave_out_conflicts` was called), no_customer_number, and what the book raises; Cancelled from `progress`.
        On any of them nothing is changed.
        """
        if self._report is not None and self._report.committed:
            return self._report
        with quiet_collector():
            return self._commit(progress)

    def _commit(self, progress: Progress) -> FileReport:
        self._check(progress)
        ready = list(self._ready())
        if not ready:
            raise WorkbenchError(
                "no_customer_number", _("文件“{file}”里没有可以导入的工作表。").format(file=self.path.name),
                _("请先确认哪一列是客户号。"),
            )  # fmt: skip
        fresh = self._revision is not None and all(state.diff is not None for state, _checked in ready)
        with in_words(), self.book.write("import", self.path.name, file_hash=self.raw.digest) as writer:
            if not fresh or self._moved(writer):
                self._compare(writer.conn, progress)
            self._refuse_suspects(ready)
            for number, (state, checked) in enumerate(ready):
                progress(0.7 + 0.28 * number / len(ready), _("写入“{sheet}”").format(sheet=state.sheet.name))
                self._write(writer, state, checked)
            progress(0.98, _("保存"))
            written = bool(writer.counts)
            change = writer.change_id
        self.undo_id = change if written else None
        for state, _checked in ready:
            state.committed = True
        self._report = report = FileReport(self.path.name, tuple(self._reports()))
        for state in self._states:  # a window may hold the session for long: let the cells go
            state.forget()
            state.sheet = replace(state.sheet, columns=())
        self.raw = replace(self.raw, sheets=())
        progress(1.0, _("完成"))
        return report

    def _moved(self, writer: Writer) -> bool:
        return audit.revision(writer.conn) != self._revision

    def _refuse_suspects(self, ready: Sequence[tuple[_State, Checked]]) -> None:
        for state, checked in ready:
            if checked.conflicts and not self._without_conflicts:
                words = _("工作表“{sheet}”里有 {n} 个号码出现在不止一行,内容又不同(如第 {rows} 行)。")
                raise WorkbenchError(
                    "duplicate_customer",
                    words.format(sheet=state.sheet.name, n=len(checked.conflicts), rows=checked.conflicts[0]),
                    _(
                        "请在表里只留正确的一行再导入,或者选择不导入这几位(命令行用 --leave-out-conflicts);账本没有改动。"
                    ),
                )
            if state.diff is not None and state.diff.unit_suspect:
                raise WorkbenchError(
                    "unit_suspect", state.diff.unit_suspect,
                    _("请核对后指定正确的金额单位(命令行用 --unit 元 或 --unit 万元)再导入;账本没有改动。"),
                )  # fmt: skip

    def _write(self, writer: Writer, state: _State, checked: Checked) -> None:
        diff = state.diff
        if diff is None or not diff.writes():
            return
        batch = write_batch(writer, self._sheet_report(state), self.raw.digest, diff.guard)
        state.batch = batch
        if checked.kind == "customers":
            write_customers(writer, batch, checked, diff, self.catalogue)
        elif checked.kind == "products":
            write_products(writer, batch, checked, diff, self.catalogue)
        else:
            write_lines(writer, batch, checked, diff, self.catalogue)


def _named(sheet: RawSheet, layout: Layout) -> tuple[str, ...]:
    """Header names; a column without one but with data goes by its letter as Excel shows it."""
    return tuple(
        name or (_letter(index + sheet.first_column) if any(map(shown, _below(sheet, index, layout))) else "")
        for index, name in enumerate(layout.names)
    )


def _below(sheet: RawSheet, index: int, layout: Layout) -> tuple[Any, ...]:
    return sheet.columns[index][layout.header + 1 :]


def _letter(number: int) -> str:
    """1 -> '列A', 27 -> '列AA'."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return "列" + letters
