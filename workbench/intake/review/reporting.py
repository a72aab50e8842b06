"""The report on one sheet: its counts, its faults, and the questions to answer before it may be written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.base.dates import today
from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.book.diff import Diff
from workbench.intake.book.reissue import Issue
from workbench.intake.catalogue.fields import FieldCatalogue, heading
from workbench.intake.cells.values import shown
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.checking.problems import Problems
from workbench.intake.checking.quality import quality
from workbench.intake.checking.secret_cells import without_secret
from workbench.intake.columns.mapping import claimed_twice
from workbench.intake.columns.unlock import gaps
from workbench.intake.reading.letters import letter
from workbench.intake.report import (
    ColumnMatch,
    CommitQuestion,
    Kind,
    Quality,
    SheetPreview,
    SheetReport,
    fed,
)
from workbench.intake.review.doubts.doubting import Doubting
from workbench.intake.review.doubts.registry import questions
from workbench.intake.review.doubts.unsure import unread_columns
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports sheets of one file."""

    path: Path
    catalogue: FieldCatalogue
    rules: Rules

    def report(self, state: SheetState) -> SheetReport:
        """All that is known of the sheet; counts against the book only once it was checked and compared."""
        sheet, layout = state.sheet, state.layout
        header = sheet.shown_row(layout.header) if layout else None
        rows = state.rows(self.rules)
        base = SheetReport(
            self.path.name, sheet.name, state.kind, header, state.as_of, state.unit, 0,
            mapping=self._mapping(state),
            problems=tuple(self._sheet_problems(state)), dialect=state.dialect,
            header_depth=layout.depth if layout else 1, header_sure=layout.sure if layout else 0.0,
            skipped=state.skipped,
            gaps=gaps(state.matches, state.kind, self.catalogue) if state.kind != "none" else (),
        )  # fmt: skip
        checked, diff = state.checked, state.diff
        if checked is None or diff is None:
            count = len(rows.data) if rows else 0
            return replace(
                base, rows=count, refused=count, not_data=_not_data(state, self._named(state)),
                questions=tuple(self.questions(state)),
            )  # fmt: skip
        limit = self.rules.whole("intake.changes_shown")
        return replace(
            base, as_of=checked.as_of, rows=checked.data_rows, new=len(diff.fresh), changed=diff.changed,
            unchanged=diff.unchanged + checked.doubles, vanished=_vanished(state, diff),
            refused=checked.refused + len(diff.strangers), not_data=_not_data(state, checked.not_data),
            problems=(*base.problems, *checked.problems.listed(), *state.referring, *self._strangers(state)),
            totals=checked.totals, changes=tuple(diff.changes), movements=state.movements[: 2 * limit],
            fixes=checked.fixes, candidates=state.candidates, questions=tuple(self.questions(state)),
            quality=self.quality(state), replaces=state.issue.batch if state.issue and state.replaces else None,
            batch=state.batch, committed=state.committed,
        )  # fmt: skip

    def quality(self, state: SheetState) -> Quality | None:
        """The data-quality score of a checked and compared sheet, else None."""
        checked, diff = state.checked, state.diff
        if checked is None or diff is None:
            return None
        if state.quality is None:
            state.quality = self._scored(state.kind, checked, diff)
        return state.quality

    def _scored(self, kind: Kind, checked: AcceptedRows, diff: Diff) -> Quality:
        star = [field.key for field in self.catalogue.of_kind(kind) if field.star]
        return quality(
            checked, star_fields=star, before_customers=diff.before_customers, still_here=diff.still_here,
            today=today(), rules=self.rules,
        )  # fmt: skip

    def _named(self, state: SheetState) -> dict[str, int]:
        rows = state.rows(self.rules)
        if rows is not None:
            return rows.not_data
        return {"note": state.sheet.height} if state.sheet.height else {}

    # -- what must be confirmed ----------------------------------------------------------------------------

    def questions(self, state: SheetState) -> Iterator[CommitQuestion]:
        """Questions that stop the commit until a person answers with a reason; before the sheet was compared only which
        column is the customer number, when that is proposed."""
        checked, diff = state.checked, state.diff
        if checked is not None and diff is not None:
            yield from questions(Doubting(state, checked, diff, self.catalogue, self.rules))
        elif not state.skipped and not state.committed:
            yield from unread_columns(state, self.catalogue)

    # -- faults of the sheet and of its columns ------------------------------------------------------------

    def _sheet_problems(self, state: SheetState) -> Iterator[RowProblem]:
        if state.kind == "none":
            if state.sheet.height:
                yield _problem(
                    state, "no_customer_number",
                    _("这张工作表找不到客户号,也认不出是哪种清单,没有导入。"), "refuse",
                    proposal=_("如果是客户清单,请指出表头是哪一行、哪一列是客户号。"),
                )  # fmt: skip
            return
        if state.key_column() is None and not state.numbers:
            yield _problem(
                state, "no_customer_number", _("还没有确认哪一列是客户号,认出是哪位客户之前不会导入。"),
                "warning" if state.names_people() else "refuse",
                proposal=_("请在“对应关系”里指出客户号,或在“核对客户”里逐行确认是哪位客户。"),
            )  # fmt: skip
        if state.undated:
            yield _problem(
                state, "no_as_of", _("表里没有写明数据日期,这张表不会导入。"), "refuse",
                proposal=_("请填写它是哪一天的数据,例如 2026-10-31。"),
            )  # fmt: skip
        diff = state.diff
        if diff is not None and diff.unit_suspect:
            yield _problem(state, "unit_suspect", diff.unit_suspect, "refuse")
        elif diff is not None and diff.guard:
            yield _problem(state, "data_guard", diff.guard, "warning")
        if diff is not None and diff.deletes:
            text = _("账本里同月的 {count} 行不在这张表里,将随之移除。").format(count=len(diff.deletes))
            yield _problem(state, "removed_lines", text, "info")
        for name, count in state.shared.items():
            text = _("有 {n} 行的号码在工作表“{sheet}”里也有;两张表说法不同的,以排在后面的一张为准。")
            yield _problem(state, "on_two_sheets", text.format(n=count, sheet=name), "warning")
        if state.issue is not None:
            yield self._reissue(state, state.issue)
        yield from self._column_problems(state)

    def _reissue(self, state: SheetState, issue: Issue) -> RowProblem:
        words = _("这是第 {batch} 次导入“{file}”的重发,同月的数据以这一份为准;两个版本都保留,可以撤销。")
        if not state.replaces:
            words = _("账本里已有同月的第 {batch} 次导入“{file}”;这一份与它合并,原有的行都保留。")
        text = words.format(batch=issue.batch, file=issue.file)
        gone = len(state.diff.removed_snapshots) if state.diff else 0
        if gone:
            text += _("有 {n} 位客户在上一版而不在这一版,他们当月的数字将移除。").format(n=gone)
        return _problem(state, "reissue", text, "info")

    def _column_problems(self, state: SheetState) -> Iterator[RowProblem]:
        ambiguous = {heading(word).plain for word in self.rules.words("intake.ambiguous_headings")}
        twice = {match.index for match in claimed_twice(state.matches, state.kind, self.catalogue)}
        for match in state.matches:
            if match.how == "refused":
                text = _("这一列像是密码、CVV 等鉴别信息,不得导入,已整列丢弃。")
                yield _problem(state, "secret_column", text, "warning", match.header)
            elif match.open and match.field:
                text = _("这一列疑为“{field}”,确认之前不采用,原值随行保存。")
                label = self.catalogue[match.field].shown()
                yield _problem(
                    state, "similar_column", text.format(field=label), "warning", match.header,
                    proposal=_("是的话请确认;不是的话请另选字段。"),
                )  # fmt: skip
            elif match.index in twice:
                text = _("另有一列已对应同一字段,这一列不采用,原值随行保存。")
                yield _problem(state, "duplicate_column", text, "warning", match.header)
            elif match.how == "unknown" and match.custom is None and heading(match.header).plain in ambiguous:
                text = _("列名含义不明,不作猜测,原值随行保存;请指定它是哪个字段。")
                yield _problem(state, "ambiguous_column", text, "warning", match.header)

    def strangers(self, state: SheetState) -> dict[int, list[RowProblem]]:
        """Rows refused by comparison with the book, lines of unknown customers: index of the sheet row -> reasons."""
        checked, diff = state.checked, state.diff
        if checked is None or diff is None or not diff.strangers:
            return {}
        header = next((match.header for match in state.matches if match.field == "customer_no"), None)
        problems = Problems(state.sheet.name, len(diff.strangers), fields=fed(state.matches))
        for position in diff.strangers:
            problems.cell(checked.rows[position], header, "unknown_customer", checked.keys[position])
        places = (checked.positions[position] for position in diff.strangers)
        return {place: [problem] for place, problem in zip(places, problems.listed(), strict=True)}

    def _strangers(self, state: SheetState) -> tuple[RowProblem, ...]:
        shown_each = self.rules.whole("intake.problems_shown")
        return tuple(problem for (problem,) in list(self.strangers(state).values())[:shown_each])

    # -- the sheet as it looks in Excel --------------------------------------------------------------------

    def preview(self, state: SheetState, start: int, count: int) -> SheetPreview:
        """`count` rows of the sheet from index `start`, with their roles and faults."""
        sheet, layout = state.sheet, state.layout
        stop = min(sheet.height, start + count)
        header = layout.header if layout else -1
        dropped = {match.index for match in state.matches if match.how == "refused"}
        texts = [
            tuple(
                "" if column in dropped and row > header else self._text(state, row, column)
                for column in range(len(sheet.columns))
            )
            for row in range(start, stop)
        ]
        roles = _roles(state, self.rules)
        faults = {}
        columns = {match.header: match.index for match in state.matches}
        listed = [*state.checked.problems.listed()] if state.checked else []
        for problem in listed:
            if problem.row is not None:
                faults[problem.row, columns.get(problem.column or "", -1)] = problem
        return SheetPreview(
            tuple(texts), sheet.shown_row(start),
            tuple(letter(number + sheet.first_column) for number in range(len(sheet.columns))),
            tuple(roles.get(row, "data") for row in range(start, stop)),
            frozenset(sheet.shown_row(row) for row in sheet.hidden_rows if start <= row < stop), sheet.height,
            sheet.shown_row(layout.header) if layout else None, faults, self._refused(state),
        )  # fmt: skip

    def _text(self, state: SheetState, row: int, column: int) -> str:
        """A cell as found or as edited; a secret is not shown."""
        return without_secret(
            shown(state.edits.get((row, column), state.sheet.columns[column][row])), self.rules
        )

    def _mapping(self, state: SheetState) -> tuple[ColumnMatch, ...]:
        """The columns with their units, and samples without secrets."""
        return tuple(
            replace(
                match, unit=match.unit or state.unit,
                samples=() if match.how == "refused"
                else tuple(without_secret(text, self.rules) for text in match.samples),
            )
            for match in state.matches
        )  # fmt: skip

    def _refused(self, state: SheetState) -> frozenset[int]:
        checked = state.checked
        if checked is None:
            return frozenset()
        return frozenset(map(state.sheet.shown_row, {*checked.refusals, *self.strangers(state)}))


def _roles(state: SheetState, rules: Rules) -> dict[int, str]:
    """Row index -> role, of rows that are no data."""
    rows = state.rows(rules)
    if rows is None:
        return {}
    return dict(rows.named)


def _not_data(state: SheetState, named: Mapping[str, int]) -> dict[str, int]:
    """Role -> number of rows that are no data, with the blank ones above the first cell."""
    counts = dict(named)
    if state.leading:
        counts["blank"] = counts.get("blank", 0) + state.leading
    return counts


def _vanished(state: SheetState, diff: Diff) -> int:
    """How many customers left the list, or how many lines are deleted."""
    if state.kind == "customers":
        return sum(one.direction == "vanished" for one in state.movements)
    return len(diff.deletes)


def _problem(
    state: SheetState, code: str, message: str, level: str, column: str | None = None, proposal: str = ""
) -> RowProblem:
    return RowProblem(state.sheet.name, None, column, code, message, None, level, proposal)


def unreadable(path: Path, names: Sequence[str]) -> Iterator[SheetReport]:
    """Reports on sheets of a file that could not be read."""
    for name in names:
        problem = RowProblem(
            name, None, None, "sheet_unreadable", _("这张工作表读不出来,没有导入。"), level="refuse"
        )
        yield SheetReport(path.name, name, "none", None, None, "元", 0, problems=(problem,))
