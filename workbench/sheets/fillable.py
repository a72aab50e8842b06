"""What makes a worksheet come back: the hidden id of every row, the number in the head, and the columns that are filled in."""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.outreach.methods import codes
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.rules.parameters import Rules

#: The order and the msgids of the columns by which a sheet is read back; `coming_back/layout.py` knows them in every language.
ROW, CUSTOMER, TAIL, METHOD = "序号", "客户", "尾号", "方法"
RESULT, REASON, ON, NEXT, NOTE, ID = "结果", "未成原因", "联系日期", "下次日期", "备注", "编号(勿改)"
#: Signs for how a row of the plan ended: done, half, missed.
SIGNS = ("✓", "½", "×")
_DAY_FORMAT = "yyyy-mm-dd"
_TEXT_MOST = 200


def row_id(mark: str, number: str, row: int) -> str:
    """The id of a row: 'mark of the book/number of the sheet/row'."""
    return f"{mark}/{number}/{row}"


def numbered_line(sheet: HandedSheet) -> str:
    """The line of the head by which a sheet is known, on paper and in a file: its number and when to destroy it."""
    return _("单号 {number} · {day} 前销毁").format(number=sheet.number, day=sheet.destroy_by)


@dataclass(frozen=True, slots=True)
class FillColumns:
    """Which columns (1 is the first) of a worksheet are filled in, and which one holds the ids; 0: there is none."""

    result: int
    id: int
    reason: int = 0
    on: int = 0
    next: int = 0
    note: int = 0


class Choices:
    """The hidden worksheet of a workbook with the words that its lists offer; every row of ours names it."""

    def __init__(self, book: Workbook, mark: str, numbers: Iterable[str]) -> None:
        self._sheet = book.create_sheet(_("选项"))
        self._sheet.sheet_state = "hidden"
        self._columns = 0
        # tells whose file it is when the ids are gone
        for row, number in enumerate(numbers, 1):
            self._sheet.cell(row, 26, row_id(mark, number, 0))

    def of(self, words: Iterable[str]) -> DataValidation:
        """A list of these words to choose from; add cells to it, and it to its worksheet."""
        self._columns += 1
        letter, count = get_column_letter(self._columns), 0
        for count, word in enumerate(words, 1):
            self._sheet.cell(count, self._columns, word).data_type = "s"
        rule = DataValidation(
            type="list", formula1=f"'{self._sheet.title}'!${letter}$1:${letter}${count}", allow_blank=True
        )
        rule.showErrorMessage = True
        rule.error = _("请从列表里选一项。")
        return rule


def result_words(*, plan: bool) -> list[str]:
    """The words that a result box offers: how a row of the `plan` ended, or the results of a contact."""
    return list(SIGNS) if plan else [name for _code, name in codes("results")]


def fill_in(
    sheet: Worksheet,
    columns: FillColumns,
    rows: range,
    choices: Choices,
    *,
    plan: bool,
    rules: Rules | None = None,
) -> None:
    """Give the columns of these rows their lists and bounds, and hide the ids."""
    most = rules.whole("contact.note_most") if rules is not None else _TEXT_MOST
    lists: list[tuple[int, DataValidation]] = [(columns.result, choices.of(result_words(plan=plan)))]
    if columns.reason:
        lists.append((columns.reason, choices.of(name for _code, name in codes("missed"))))
    for column in filter(None, (columns.on, columns.next)):
        lists.append((column, _bounded("date", _("请填日期,例如 2026-11-23。"), "greaterThan", "43831")))
        for row in rows:
            sheet.cell(row, column).number_format = _DAY_FORMAT
    if columns.note:
        words = _("备注最多 {n} 个字。").format(n=most)
        lists.append((columns.note, _bounded("textLength", words, "lessThanOrEqual", str(most))))
    for column, rule in lists:
        if len(rows):
            letter = get_column_letter(column)
            rule.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
            sheet.add_data_validation(rule)
    sheet.column_dimensions[get_column_letter(columns.id)].hidden = True


def _bounded(kind: str, error: str, operator: str, bound: str) -> DataValidation:
    rule = DataValidation(type=kind, operator=operator, formula1=bound, allow_blank=True)
    rule.showErrorMessage = True
    rule.error = error
    return rule
