"""Worksheets that came back -> filled sheets: which sheets of which book, what was filled in on whose row, and what is wrong."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, commas
from workbench.outreach.results.filled import FilledSheet, ReturnedRow
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.sheets.coming_back.faces import RowFace
from workbench.sheets.coming_back.grid import ReturnedSheet, number_of
from workbench.sheets.coming_back.layout import SheetLayout, layout_of
from workbench.sheets.coming_back.matching import Shown, match
from workbench.sheets.coming_back.ours import head_numbers, row_ids
from workbench.sheets.headings import DAYS


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of its sheets: its mark, the sheet of a number, the faces of its rows."""

    mark: str
    find: Callable[[str], HandedSheet | None]
    faces: Callable[[HandedSheet], Mapping[int, RowFace]]


def read_back(
    grids: Sequence[ReturnedSheet], known: Known, today: dt.date
) -> tuple[tuple[HandedSheet, FilledSheet], ...]:
    """The filled sheets of a file, in its order.

    Raises WorkbenchError not_our_sheet, other_book, no_such_sheet, no_result_column, names_differ.
    """
    parts = [_Part(grid, known, today) for grid in grids]
    _check_book(parts, known)
    _name_headless(parts)
    sheets: dict[str, HandedSheet] = {}
    rows: dict[str, list[ReturnedRow]] = {}
    problems: dict[str, list[RowProblem]] = {}
    for part in parts:
        for number in part.numbers:
            sheet = sheets.get(number) or known.find(number)
            if sheet is None:
                continue
            sheets[number] = sheet
            read, wrong = part.rows_of(sheet)
            rows.setdefault(number, []).extend(read)
            problems.setdefault(number, []).extend(wrong)
    if not sheets:
        raise _unknown(parts)
    _check_names(rows, problems, parts)
    return tuple(
        (sheet, FilledSheet(number, tuple(rows[number]), tuple(problems[number])))
        for number, sheet in sheets.items()
    )


class _Part:
    """One worksheet."""

    def __init__(self, grid: ReturnedSheet, known: Known, today: dt.date) -> None:
        self.grid = grid
        self._known = known
        self._today = today
        self.layout = layout_of(grid)
        self.ids = [next(row_ids(row), None) for row in grid.rows]
        own = [one.number for one in self.ids if one is not None and one.row]
        # the worksheet of choices only says whose file it is
        bare = not any(self.ids)
        heads = [one for one in head_numbers(grid.rows) if known.find(one) is not None] if bare else []
        #: the sheets of which it has rows
        self.numbers = list(dict.fromkeys(own or heads[:1]))
        self.has_ids = bool(own)

    @property
    def marks(self) -> set[str]:
        """The marks of books in it."""
        return {one.mark for one in self.ids if one is not None}

    def rows_of(self, sheet: HandedSheet) -> tuple[list[ReturnedRow], list[RowProblem]]:
        """The rows of one sheet, and those that are wrong. Raises WorkbenchError no_result_column."""
        layout = self.layout
        if layout is None or layout.result is None:
            raise WorkbenchError(
                "no_result_column",
                _("工作表「{sheet}」里找不到「结果」这一列,没有录入。").format(sheet=self.grid.name),
                _("请保留表头和「结果」列;可以重新导出一份再填。"),
            )
        faces = self._known.faces(sheet)
        merged = self._merged(layout)
        rows: list[ReturnedRow] = []
        problems: list[RowProblem] = []
        for number in range(layout.first + 1, len(self.grid.rows)):
            if number in layout.heads or number in merged or not self._belongs(number, sheet):
                continue
            filled = self._boxes(number, layout, sheet)
            if filled.empty:
                rows += [filled] if self.ids[number] is not None else []
                continue
            meant = match(self._shown(number, layout, sheet), faces)
            if meant.row is None:
                words = _("{at}:{fault},没有录入。").format(at=self._at(number), fault=meant.fault)
                problems.append(self._problem(number, meant.code, words, filled.result))
            else:
                rows.append(_numbered(filled, meant.row))
        if merged:
            which = commas(str(self.grid.first_row + one) for one in sorted(merged))
            words = _("工作表「{sheet}」第 {rows} 行有合并的单元格,分不清结果是谁的,这几行没有录入。")
            words = words.format(sheet=self.grid.name, rows=which)
            problems.append(self._problem(min(merged), "merged_rows", words, ""))
        return rows, problems

    def _belongs(self, number: int, sheet: HandedSheet) -> bool:
        """Whether a row may be one of this sheet: its id says so, or it has none and the worksheet is of this sheet."""
        one = self.ids[number]
        return one.number == sheet.number if one is not None else sheet.number == self.numbers[0]

    def _boxes(self, number: int, layout: SheetLayout, sheet: HandedSheet) -> ReturnedRow:
        grid = self.grid
        columns = form_of(sheet.kind).columns
        own = tuple((what, self._own(number, what, column)) for what, column in layout.own if what in columns)
        return ReturnedRow(
            0, grid.mark(number, layout.result), grid.text(number, layout.reason),
            grid.day(number, layout.on, self._today), grid.day(number, layout.next, self._today),
            grid.text(number, layout.note), self._at(number), tuple(one for one in own if one[1]),
        )  # fmt: skip

    def _own(self, number: int, what: str, column: int) -> str:
        return self.grid.day(number, column, self._today) if what in DAYS else self.grid.text(number, column)

    def _shown(self, number: int, layout: SheetLayout, sheet: HandedSheet) -> Shown:
        grid, one = self.grid, self.ids[number]
        name = grid.text(number, layout.customer) or grid.text(number, layout.method).split("\n")[0]
        return Shown(
            one.row if one is not None and one.row else None, self._row_number(number, layout, sheet), name,
            grid.text(number, layout.tail),
        )  # fmt: skip

    def _row_number(self, number: int, layout: SheetLayout, sheet: HandedSheet) -> int | None:
        """The row that the visible number means; a number that no row has stays as it is."""
        text = self.grid.label(number, layout.row)
        place = sheet.row_named(text)
        return place.row if place is not None else number_of(text)

    def _merged(self, layout: SheetLayout) -> frozenset[int]:
        """Rows below the head whose boxes or names are merged with those of another row."""
        deciding = layout.deciding()
        return frozenset(
            number
            for top, left, bottom, right in self.grid.merged
            if bottom > top and not deciding.isdisjoint(range(left, right + 1))
            for number in range(max(top, layout.first + 1), min(bottom, len(self.grid.rows) - 1) + 1)
            if number not in layout.heads
        )

    def _at(self, number: int) -> str:
        return _("「{sheet}」第 {row} 行").format(sheet=self.grid.name, row=self.grid.first_row + number)

    def _problem(self, number: int, code: str, words: str, value: str) -> RowProblem:
        return RowProblem(self.grid.name, self.grid.first_row + number, None, code, words, value or None)


def _numbered(row: ReturnedRow, number: int) -> ReturnedRow:
    return replace(row, row=number)


def _name_headless(parts: Sequence[_Part]) -> None:
    """Give a worksheet that lost ids and head the only number of the file that no other worksheet has."""
    named = {number for part in parts for number in part.numbers}
    listed = dict.fromkeys(
        one.number for part in parts for one in part.ids if one is not None and not one.row
    )
    left = [number for number in listed if number not in named]
    headless = [part for part in parts if part.layout is not None and not part.numbers]
    if len(left) == 1 and len(headless) == 1:
        headless[0].numbers = left


def _check_book(parts: Sequence[_Part], known: Known) -> None:
    marks = {mark for part in parts for mark in part.marks}
    if marks - {known.mark, ""}:
        raise WorkbenchError(
            "other_book",
            _("这张单子是另一个账本打出来的,没有录入。"),
            _("请打开那个账本再录入,或者选本账本打的单子。"),
        )


def _unknown(parts: Sequence[_Part]) -> WorkbenchError:
    numbers = [one.number for part in parts for one in part.ids if one is not None]
    numbers += [one for part in parts for one in head_numbers(part.grid.rows)]
    if numbers:
        return WorkbenchError(
            "no_such_sheet",
            _("本账本没有打过编号 {number} 的单子,没有录入。").format(number=numbers[0]),
            _("请核对编号,或者打开打印它的那个账本。"),
        )
    return WorkbenchError(
        "not_our_sheet",
        _("这不是本系统打出来的单子(没有编号),没有录入。"),
        _("请选本系统导出的 531、电访单、今日清单、临界清单或转介单;总行的名单请用「导入」。"),
    )


def _check_names(
    rows: Mapping[str, Sequence[ReturnedRow]],
    problems: Mapping[str, Sequence[RowProblem]],
    parts: Sequence[_Part],
) -> None:
    """Refuse a file without ids of which not one filled row is known by its number and name."""
    if any(part.has_ids for part in parts) or any(not row.empty for read in rows.values() for row in read):
        return
    codes = {problem.code for wrong in problems.values() for problem in wrong}
    if codes & {"name_differs", "no_identity"}:
        raise WorkbenchError(
            "names_differ",
            _("隐藏的标识列被删掉了,行号和姓名也对不上,没有录入。"),
            _("请用没有删过列的那一份,或者在「录入结果」里按行号键入。"),
        )
