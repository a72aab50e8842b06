"""The refused rows as xlsx, each with its reasons in a column and in comments, to be corrected and imported again."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.base.errors import RowProblem
from workbench.base.i18n import _, semicolons, sentences
from workbench.base.outward import cell_text, fill
from workbench.intake.catalogue.fields import UNITS, FieldCatalogue
from workbench.intake.catalogue.meanings import unit_of
from workbench.intake.checking.plan import AcceptedRows, ReadingPlan
from workbench.intake.checking.secret_cells import is_secret
from workbench.intake.reading.letters import letter
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.intake.report import ColumnMatch

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

#: headings of our own columns, the same in any language, which are ignored when the file comes back
REASON, ROW = "退回原因", "原行号"
_FILLS = {"refuse": "F6D5D1", "warning": "FBE8CC"}
_COMMENTS = 2_000
_TITLE_ROWS = 3
_UNSAFE = set(r"[]:*?/\\")


@dataclass(frozen=True, slots=True)
class RefusedSheet:
    """A sheet of a file, the decisions on it and its checked rows."""

    sheet: RawSheet
    plan: ReadingPlan
    checked: AcceptedRows


def refused_xlsx(file: str, sheets: Iterable[RefusedSheet], catalogue: FieldCatalogue) -> tuple[bytes, int]:
    """The workbook of all refused rows of a file, one sheet for each sheet that has any, and the number of rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = 0
    names: set[str] = set()
    for each in sheets:
        if each.checked.refusals:
            page = book.create_sheet(_sheet_name(each.sheet.name, names))
            _write(page, file, each, catalogue)
            count += len(each.checked.refusals)
    if not book.worksheets:
        book.create_sheet(_("退回的行"))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue(), count


def _write(page: "WriteOnlyWorksheet", file: str, each: RefusedSheet, catalogue: FieldCatalogue) -> None:
    from openpyxl.styles import Font

    plan = each.plan
    matches = [match for match in plan.matches if match.how not in ("refused", "ignored")]
    heads = _headings(matches, plan, catalogue)
    keyless = plan.key_column() is None
    if keyless:
        heads.insert(0, catalogue[plan.key].label)
    page.freeze_panes = f"A{_TITLE_ROWS + 1}"
    for number, head in enumerate(heads, 1):
        page.column_dimensions[letter(number)].width = max(10, min(28, 2 * len(head) + 2))
    page.column_dimensions[letter(len(heads) + 1)].width = 60
    title = _("退回的行 · {file} · {sheet}").format(file=file, sheet=each.sheet.name)
    page.append([_cell(page, title, Font(bold=True, size=13))])
    # in Chinese whatever the language: this row dates the file and names its unit when it comes back
    page.append([_cell(page, f"数据日期:{plan.as_of or each.checked.as_of}  单位:{plan.unit}")])
    page.append([_cell(page, head, Font(bold=True)) for head in (*heads, REASON, ROW)])
    warnings = _warnings_by_row(each.checked)
    comments = _COMMENTS
    for row, reasons in sorted(each.checked.refusals.items()):
        excel_row = each.sheet.shown_row(row)
        line = [_keyless(page, reasons)] if keyless else []
        for match in matches:
            cell = _value(each, row, match)
            made = _cell(page, None if is_secret(each.checked.secrets, match.index, cell) else cell)
            wrong = [
                problem for problem in (*reasons, *warnings[excel_row]) if problem.column == match.header
            ]
            if wrong:
                _mark(made, wrong, with_comment=comments > 0)
                comments -= 1
            line.append(made)
        line.append(_cell(page, semicolons(dict.fromkeys(_sentence(problem) for problem in reasons))))
        line.append(_cell(page, excel_row))
        page.append(line)


def _keyless(page: "WriteOnlyWorksheet", reasons: Sequence[RowProblem]) -> "WriteOnlyCell":
    """The empty cell for a customer number, where the sheet has no such column."""
    made = _cell(page, "")
    _mark(made, reasons, with_comment=False)
    return made


def _warnings_by_row(checked: AcceptedRows) -> defaultdict[int | None, list[RowProblem]]:
    """Warnings by row number in Excel, so that a refused row shows its other doubts too."""
    warnings: defaultdict[int | None, list[RowProblem]] = defaultdict(list)
    for problem in checked.problems.listed():
        if problem.level == "warning" and problem.code != "secret_cell":
            warnings[problem.row].append(problem)
    return warnings


def _headings(matches: Sequence[ColumnMatch], plan: ReadingPlan, catalogue: FieldCatalogue) -> list[str]:
    """Headings as found; a column mapped by hand or read in another unit gets a heading with its field or unit."""
    units = {key.split(":")[1]: key.split(":")[2] for key in plan.fixes if key.startswith("unit:")}
    heads = []
    for match in matches:
        head = match.header
        taken = match.feeds is not None
        meaning = catalogue.find(head, plan.kind) if head else None
        if taken and (meaning is None or meaning[0].key != match.field):
            head = catalogue[match.field or ""].label
            if unit_of(match.header):
                head = f"{head}({unit_of(match.header)})"
        unit = units.get(str(match.index))
        if taken and (unit or (match.unit in UNITS and match.unit != (unit_of(head) or plan.unit))):
            head = f"{catalogue[match.field or ''].label}({unit or match.unit})"
        heads.append(head)
    return heads


def _value(each: RefusedSheet, row: int, match: ColumnMatch) -> Cell:
    """The cell as found or as edited; in the key column the number that a person confirmed."""
    plan = each.plan
    if match.field == plan.key and row in plan.numbers:
        return plan.numbers[row]
    return plan.edits.get((row, match.index), each.sheet.columns[match.index][row])


def _cell(page: "WriteOnlyWorksheet", value: Cell, font: "Font | None" = None) -> "WriteOnlyCell":
    """A cell with this value; text stays text, even when it begins like a formula."""
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(page)
    fill(made, value)
    if font is not None:
        made.font = font
    return made


def _mark(cell: "WriteOnlyCell", wrong: Sequence[RowProblem], *, with_comment: bool) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    level = "refuse" if any(problem.level == "refuse" for problem in wrong) else "warning"
    cell.fill = PatternFill("solid", fgColor=_FILLS[level])
    if with_comment:
        text = "\n".join(dict.fromkeys(_sentence(problem) for problem in wrong))
        cell.comment = Comment(cell_text(text), _("客户经理工作台"), height=110, width=320)


def _sentence(problem: RowProblem) -> str:
    return sentences((problem.message, problem.proposal))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet of the file has."""
    plain = "".join("_" if sign in _UNSAFE else sign for sign in name).strip("'")[:31] or _("退回的行")
    number, made = 1, plain
    while made in taken:
        number += 1
        made = f"{plain[:27]}({number})"
    taken.add(made)
    return made
