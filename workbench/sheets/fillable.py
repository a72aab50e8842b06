"""What makes a worksheet come back: the hidden id of every row, the number in the head, and the columns that are filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.base.outward import fill
from workbench.outreach.codes import codes
from workbench.outreach.referrals.contradictions import status_words
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import SIGNS
from workbench.rules.parameters import Rules
from workbench.sheets.headings import what_heads
from workbench.sheets.worksheet import boxes

_DAY_FORMAT = "yyyy-mm-dd"
#: serial number of 2020-01-01
_FIRST_DAY = "43831"
#: the column of the hidden worksheet that says whose file it is
_WHOSE = 26


def row_id(mark: str, number: str, row: int) -> str:
    """The id of a row: 'mark of the book/number of the sheet/row'."""
    return f"{mark}/{number}/{row}"


def numbered_line(sheet: HandedSheet) -> str:
    """The line of the head by which a sheet is known: its number, and until when it may be kept."""
    return _("编号 {number} · {date} 前销毁").format(number=sheet.number, date=sheet.destroy_by)


class ChoiceSheet:
    """The hidden worksheet of a workbook with the words that its lists offer; it says whose file it is when the ids of the
    rows are gone."""

    def __init__(self, book: Workbook, mark: str, sheets: Iterable[HandedSheet]) -> None:
        self._sheet = book.create_sheet(_("选项"))
        self._sheet.sheet_state = "hidden"
        self._lists: dict[tuple[str, ...], str] = {}
        self.mark = mark
        for row, one in enumerate(sheets, 1):
            fill(self._sheet.cell(row, _WHOSE), row_id(mark, one.number, 0))

    @property
    def name(self) -> str:
        """Of the worksheet."""
        return str(self._sheet.title)

    def settle(self, book: Workbook) -> None:
        """Put the worksheet behind those that are seen; the first of these is in front."""
        book.move_sheet(self._sheet, len(book.sheetnames))
        book.active = 0

    def of(self, words: Sequence[str], *, strict: bool) -> DataValidation:
        """A list of these words to choose from; other texts are refused where it is `strict`."""
        letter = self._lists.get(tuple(words), "")
        if not letter:
            column = len(self._lists) + 1
            letter = self._lists.setdefault(tuple(words), get_column_letter(column))
            for row, word in enumerate(words, 1):
                fill(self._sheet.cell(row, column), word)
        rule = DataValidation(
            type="list",
            formula1=f"'{self._sheet.title}'!${letter}$1:${letter}${len(words)}",
            allow_blank=True,
        )
        rule.showErrorMessage = strict
        rule.error = _("请从列表里选一项。")
        return rule


@dataclass(frozen=True, slots=True)
class FillRows:
    """The rows of a table that are filled in, of one kind: `first` in the worksheet, `numbers` of the rows on the sheet;
    `plan`: they are rows of the plan."""

    first: int
    numbers: Sequence[int]
    plan: bool = False

    @property
    def places(self) -> range:
        """The rows in the worksheet."""
        return range(self.first, self.first + len(self.numbers))


def make_fillable(
    sheet: Worksheet,
    heads: Sequence[str],
    rows: FillRows,
    handed: HandedSheet,
    choices: ChoiceSheet,
    rules: Rules,
) -> None:
    """Give the columns that these `heads` say are filled in their boxes, lists and bounds, and the rows their hidden ids, in the
    column after the last."""
    ids = len(heads) + 1
    for place, number in zip(rows.places, rows.numbers, strict=True):
        fill(sheet.cell(place, ids), row_id(choices.mark, handed.number, number))
    sheet.column_dimensions[get_column_letter(ids)].hidden = True
    if not rows.numbers:
        return
    for column, head in enumerate(heads, 1):
        rule = _rule(what_heads(head), rows, choices, rules)
        if rule is None:
            continue
        letter = get_column_letter(column)
        rule.add(f"{letter}{rows.places[0]}:{letter}{rows.places[-1]}")
        sheet.add_data_validation(rule)
        boxes(sheet, rows.places, column, _DAY_FORMAT if rule.type == "date" else "General")


def _rule(what: str | None, rows: FillRows, choices: ChoiceSheet, rules: Rules) -> DataValidation | None:
    match what:
        case "result":
            # digits and ticks are taken too, so nothing typed is refused here; the way back names what it does not know
            words = list(SIGNS) if rows.plan else [name for _code, name in codes("results")]
            return choices.of(words, strict=False)
        case "reason":
            return choices.of([name for _code, name in codes("missed")], strict=True)
        case "on" | "next" | "meeting" | "feedback" | "thanked":
            return _bounded("date", _("请填日期,例如 2026-11-23。"), "greaterThan", _FIRST_DAY)
        case "agreed":
            return choices.of([_("是"), _("否")], strict=True)
        case "status":
            return choices.of([one[0] for one in status_words(rules)], strict=False)
        case "amount_fen":
            return _bounded("decimal", _("请填金额,单位元。"), "greaterThan", "0")
        case "agreed_way" | "product" | "close_reason":
            most = rules.whole("referrals.words_most")
            return _bounded("textLength", _("最多 {n} 个字。").format(n=most), "lessThanOrEqual", str(most))
        case "note":
            most = rules.whole("contact.note_most")
            words_most = _("备注最多 {n} 个字。").format(n=most)
            return _bounded("textLength", words_most, "lessThanOrEqual", str(most))
        case _:
            return None


def _bounded(kind: str, error: str, operator: str, bound: str) -> DataValidation:
    rule = DataValidation(type=kind, operator=operator, formula1=bound, allow_blank=True)
    rule.showErrorMessage = True
    rule.error = error
    return rule
