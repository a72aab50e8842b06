"""The decisions of a person on a sheet before the commit; each drops what was computed from the previous one."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.intake.catalogue.fields import UNITS
from workbench.intake.cells.values import shown
from workbench.intake.checking.fixes import with_fix
from workbench.intake.columns import custom
from workbench.intake.columns.own_month import of_date
from workbench.intake.form import as_of as dates
from workbench.intake.form.header import layout_at
from workbench.intake.report import Kind
from workbench.intake.review.recognise import laid_out, own_units
from workbench.intake.review.state import SheetState
from workbench.people.legible import say_legible

if TYPE_CHECKING:
    from db.engine import Book
    from workbench.intake.catalogue.fields import FieldCatalogue
    from workbench.intake.report import FileReport
    from workbench.intake.review.recognise import Knowledge
    from workbench.rules.parameters import Rules


class Choices:
    """The deciding half of an ImportSession. Sheets are named; rows have the number that Excel shows.

    Every method raises WorkbenchError no_sheet for a sheet that the file lacks, and committed after the commit.
    """

    if TYPE_CHECKING:
        book: Book
        rules: Rules
        catalogue: FieldCatalogue
        _states: list[SheetState]
        _given: str | None
        _report: FileReport | None
        _without_conflicts: bool
        touched: bool

        @property
        def path(self) -> Path:
            """The file, as a person reads its name."""

        def knowledge(self) -> Knowledge:
            """What the program and the book know of sheets now."""

    # -- columns -------------------------------------------------------------------------------------------

    def fields(self, kind: Kind) -> list[tuple[str, str]]:
        """(key, label) of every field that a sheet of this kind can feed."""
        return [(field.key, field.shown()) for field in self.catalogue.of_kind(kind)]

    def kinds(self) -> list[tuple[Kind, str]]:
        """(kind, label) of every kind of sheet."""
        return [(kind, entry.shown()) for kind, entry in self.catalogue.kinds.items()]

    def choose(self, sheet: str, index: int, field: str | None) -> None:
        """Let the column at `index` (ColumnMatch.index) feed a field, or with None no field.

        Another column that fed it becomes unknown. Raises WorkbenchError no_field, no_column.
        """
        state = self._open(sheet)
        if field is not None and field not in dict(self.fields(state.kind)):
            raise WorkbenchError(
                "no_field", _("这种表没有“{field}”这个字段。").format(field=field), field=field
            )
        self._column(state, index)
        state.matches = [
            replace(match, field=field, custom=None, how="chosen", score=100.0) if match.index == index
            else replace(match, field=None, how="unknown", score=0.0) if field and match.field == field
            else match
            for match in state.matches
        ]  # fmt: skip
        self._changed(state)

    def make_custom(self, sheet: str, index: int, kind: str = "text", *, shown: bool = False) -> None:
        """Make an unknown column a custom field; `kind` is text, number, money, date or flag.

        Its values are masked unless `shown` (domain 17). The field is stored in the book at once, so that other
        sheets know it. Raises WorkbenchError no_column, no_custom_kind.
        """
        state = self._open(sheet)
        header = self._column(state, index)
        with in_words(), self.book.write("dialect", header) as writer:
            key = custom.make(writer, header, kind, header, self.catalogue)
            if shown:
                say_legible(writer, key, shown=True)
        state.matches = [
            replace(match, field=None, custom=key, how="chosen", score=100.0)
            if match.index == index
            else match
            for match in state.matches
        ]
        self._changed(state)

    def confirm_similar(self, sheet: str | None = None) -> None:
        """Confirm every proposed match whose cells do not speak against it, of one sheet, or of all."""
        for state in [self._open(sheet)] if sheet else list(self._all()):
            state.matches = [
                replace(match, how="chosen") if match.open and match.why != "misfit" else match
                for match in state.matches
            ]
            self._changed(state)

    # -- the sheet -----------------------------------------------------------------------------------------

    def point_header(self, sheet: str, row: int, depth: int = 1) -> None:
        """Choose the (last) header row, and how many rows the header has.

        Remembered with the dialect at the commit. Raises WorkbenchError no_row.
        """
        state = self._open(sheet)
        at = self._row(state, row)
        if depth < 1 or at - depth + 1 < 0:
            raise WorkbenchError(
                "no_row", _("第 {row} 行往上数不出 {depth} 行表头。").format(row=row, depth=depth),
                _("请核对表头有几行。"),
            )  # fmt: skip
        self._again(
            state,
            laid_out(
                state.sheet, layout_at(state.sheet, at, depth), self.path, self._given, self.knowledge()
            ),
        )
        state.pointed = True

    def set_kind(self, sheet: str, kind: Kind) -> None:
        """Choose the kind of the sheet. Raises WorkbenchError no_kind, no_header."""
        state = self._open(sheet)
        if kind not in self.catalogue.kinds:
            raise WorkbenchError("no_kind", _("没有“{kind}”这种清单。").format(kind=kind))
        if state.layout is None:
            raise WorkbenchError("no_header", _("这张表还没有表头。"), _("请先在“表样”里指出哪一行是表头。"))
        self._again(
            state, laid_out(state.sheet, state.layout, self.path, self._given, self.knowledge(), kind)
        )

    def _again(self, state: SheetState, fresh: SheetState) -> None:
        """Take over a new recognition; a date and a unit that a person chose stay."""
        state.sheet = fresh.sheet
        state.kind, state.layout, state.matches = fresh.kind, fresh.layout, fresh.matches
        state.before, state.kind_chosen = fresh.before, fresh.kind_chosen
        if state.date_from not in ("asked", "months"):
            state.as_of, state.date_from = fresh.as_of, fresh.date_from
        if not state.unit_named:
            state.unit, state.unit_named = fresh.unit, fresh.unit_named
        state.edits.clear()
        state.numbers.clear()
        state.fixes = set(fresh.fixes)
        self._changed(state)

    def set_as_of(self, sheet: str, as_of: str) -> None:
        """Choose the data date of the sheet. Raises WorkbenchError bad_as_of."""
        state = self._open(sheet)
        state.as_of, state.date_from = dates.from_option(as_of), "asked"
        state.matches = of_date(state.matches, state.as_of, state.kind, self.catalogue, self.rules)
        self._changed(state)

    def set_unit(self, sheet: str, unit: str) -> None:
        """Choose the unit of money columns whose heading names none. Raises WorkbenchError bad_unit."""
        if unit not in UNITS:
            raise WorkbenchError(
                "bad_unit", _("“{unit}”不是金额单位。").format(unit=unit),
                _("可用的单位:{units}。").format(units=commas(UNITS)),
            )  # fmt: skip
        state = self._open(sheet)
        state.unit, state.unit_named = unit, True
        state.matches = own_units(state.matches, state.layout.above if state.layout else ())
        self._changed(state)

    def skip(self, sheet: str, skipped: bool = True) -> None:
        """Leave a sheet out of the import, or take it in again."""
        state = self._open(sheet)
        state.skipped = skipped
        self._changed(state)

    def set_reissue(self, sheet: str, replaces: bool) -> None:
        """A second file of a month replaces the earlier one (True) or adds to it (False)."""
        state = self._open(sheet)
        state.replaces = replaces
        state.diff = None
        self._report = None

    # -- rows and cells ------------------------------------------------------------------------------------

    def edit(self, sheet: str, row: int, index: int, text: str) -> None:
        """Overwrite a cell for this import; the file stays as it is. The cell's own text undoes it.

        Raises WorkbenchError no_row, no_column.
        """
        state = self._open(sheet)
        at = self._row(state, row)
        if not 0 <= index < len(state.sheet.columns):
            raise _no_column(index)
        if text == shown(state.sheet.columns[index][at]):
            state.edits.pop((at, index), None)
        else:
            state.edits[at, index] = text
        self._changed(state)

    def identify(self, sheet: str, row: int, customer_no: str | None) -> None:
        """Name the customer of a row without a number; None undoes it. Raises WorkbenchError no_row."""
        state = self._open(sheet)
        at = self._row(state, row)
        if customer_no is None:
            state.numbers.pop(at, None)
        else:
            state.numbers[at] = customer_no
        self._changed(state)

    def identify_sure(self, sheet: str) -> int:
        """Confirm the best candidate of each row where its score reaches `intake.identity_sure`; returns how many."""
        state = self._open(sheet)
        sure = self.rules.number("intake.identity_sure")
        best = {}
        for candidate in state.candidates:
            if candidate.score >= sure and candidate.row not in best:
                best[candidate.row] = candidate.customer_no
        for row, number in best.items():
            state.numbers[self._row(state, row)] = number
        if best:
            self._changed(state)
        return len(best)

    def apply(self, sheet: str, fix: str) -> None:
        """Take a one-click fix that the report offers (Fix.key). Raises WorkbenchError no_fix."""
        state = self._open(sheet)
        if state.checked is None or all(offered.key != fix for offered in state.checked.fixes):
            raise WorkbenchError("no_fix", _("这张表没有这项修正:{fix}。").format(fix=fix))
        state.fixes = set(with_fix(state.fixes, fix))
        self._changed(state)

    def drop(self, sheet: str, fix: str) -> None:
        """Drop a fix that was taken."""
        state = self._open(sheet)
        state.fixes.discard(fix)
        self._changed(state)

    # -- confirming ----------------------------------------------------------------------------------------

    def confirm(self, sheet: str, code: str, reason: str) -> None:
        """Answer a CommitQuestion with a reason.

        `data_guard` leaves the lights of the month off, `data_guard_lit` confirms the figures and turns them on.
        Raises WorkbenchError no_reason.
        """
        state = self._open(sheet)
        if not reason.strip():
            raise WorkbenchError("no_reason", _("请写明原因。"), _("原因会和这次导入一起保存。"))
        state.reasons[code] = reason.strip()
        self._report = None

    def set_cause(self, sheet: str, customer_no: str, cause: str) -> None:
        """Choose why a customer is new or gone, instead of the probable cause. Raises WorkbenchError no_cause."""
        state = self._open(sheet)
        causes = {*self.rules.words("intake.causes_vanished"), *self.rules.words("intake.causes_new")}
        if cause not in causes:
            raise WorkbenchError("no_cause", _("没有“{cause}”这种原因。").format(cause=cause))
        state.causes[customer_no] = cause
        state.movements = tuple(
            replace(one, cause=cause, chosen=True) if one.customer_no == customer_no else one
            for one in state.movements
        )
        self._report = None

    def leave_out_conflicts(self) -> None:
        """Import without customers with two different rows; they become refused rows."""
        self._without_conflicts = True

    # -- finding -------------------------------------------------------------------------------------------

    def _all(self) -> Iterable[SheetState]:
        return [self._open(state.sheet.name) for state in self._states]

    def _find(self, sheet: str) -> SheetState:
        for state in self._states:
            if state.sheet.name == sheet:
                return state
        raise WorkbenchError(
            "no_sheet",
            _("文件“{file}”里没有名为“{sheet}”的工作表。").format(file=self.path.name, sheet=sheet),
        )

    def _open(self, sheet: str) -> SheetState:
        if self._report is not None and self._report.committed:
            raise WorkbenchError(
                "committed",
                _("这次导入已经完成,不能再改。"),
                _("需要改的话,请先撤销这次导入,再重新读取文件。"),
            )
        self.touched = True
        return self._find(sheet)

    @staticmethod
    def _row(state: SheetState, row: int) -> int:
        at = row - state.sheet.first_row
        if not 0 <= at < state.sheet.height:
            raise _no_row(row)
        return at

    @staticmethod
    def _column(state: SheetState, index: int) -> str:
        for match in state.matches:
            if match.index == index:
                return match.header
        raise _no_column(index)

    def _changed(self, state: SheetState) -> None:
        state.forget()
        self._report = None
        for other in self._states:  # other sheets may refer to this one
            other.diff = None


def _no_row(row: int) -> WorkbenchError:
    return WorkbenchError("no_row", _("表里没有第 {row} 行。").format(row=row))


def _no_column(index: int) -> WorkbenchError:
    return WorkbenchError("no_column", _("表里没有第 {number} 列。").format(number=index + 1))
