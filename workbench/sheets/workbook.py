"""A plan as xlsx: the rows as on paper, set up to print, and a list of customers that can be filled in and read back."""

import io
import math
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _
from workbench.base.money import to_yuan
from workbench.outreach.codes import codes
from workbench.outreach.draft import WeekPlan
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.content import typeset
from workbench.sheets.papers import PlanPaper, PlanRow
from workbench.sheets.printed import SheetKind

_FONT = "Microsoft YaHei"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HAIR, _RULE = Side("thin", color="BBBBBB"), Side("thin", color="222222")
_PLAIN, _BOLD, _FAINT = Font(_FONT, 10), Font(_FONT, 10, bold=True), Font(_FONT, 10, color="555555")
_TOP, _WRAPPED, _MIDDLE = (
    Alignment(vertical="top"),
    Alignment(vertical="top", wrap_text=True),
    Alignment(vertical="center"),
)
_UNDER, _HEADED, _BOXED = (
    Border(bottom=_HAIR),
    Border(top=_RULE, bottom=_RULE),
    Border(_RULE, _RULE, _RULE, _RULE),
)
_GREY = PatternFill("solid", fgColor="F0F0EC")
#: Widths in characters of the plan's columns; a hidden column after them holds the row id.
_PLAN_WIDTHS = (15, 24, 19, 30, 17, 9, 8)
_LIST_WIDTHS = (5, 20, 8, 7, 14, 40, 7, 12, 16)
_TITLE_ROWS = 2


PLAN_XLSX = SheetKind("plan_xlsx", ("name_masked", "customer_no_tail", "aum", "reason"))


def plan_xlsx(plan: WeekPlan, content: PlanPaper) -> bytes:
    """The workbook of a plan as bytes; `content` is what the paper shows (see `content.sheet`).

    The first sheet is the plan, the second its customers, masked. Both have the ids of their rows in a hidden column.
    """
    book = Workbook()
    first = book.active
    first.title = _("531计划")
    _plan(first, plan, content)
    second = book.create_sheet(_("客户清单"))
    _customers(second, plan, content)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def row_id(plan: WeekPlan, item_id: int | None, customer_id: int | None = None) -> str:
    """The id of a row, by which a filled sheet is read back: 'week/row of the plan[/customer]'."""
    parts = [plan.week, str(item_id or 0)]
    if customer_id is not None:
        parts.append(str(customer_id))
    return "/".join(parts)


# -- the plan ------------------------------------------------------------------------------------------------


def _plan(sheet: Worksheet, plan: WeekPlan, content: PlanPaper) -> None:
    words = content["labels"]
    _widths(sheet, _PLAN_WIDTHS)
    _title(sheet, content, len(_PLAN_WIDTHS))
    ticks = _choices(sheet, words["marks"])
    verdicts = _choices(sheet, (words["yes"], words["no"]))
    row = _TITLE_ROWS + 1
    five = [
        [r["method"], _listed(r), r["basis"], _spoken_action(r), r["done"], f"{r['due']} {r['weekday']}", ""]
        for r in content["five"]
    ]
    three = [
        [
            r["method"],
            f"{r['resource']}\n{r['action']}",
            r["basis"],
            r["fallback"],
            r["done"],
            f"{r['due']} {r['weekday']}",
            "",
        ]
        for r in content["three"]
    ]
    one = [
        [
            f"{r['method']}\n{r['action']}",
            _listed(r),
            r["basis"],
            "\n".join(f"{m['day']} {m['what']}" for m in r["milestones"]),
            r["done"],
            f"{r['due']} {r['weekday']}",
            "",
        ]
        for r in content["one"]
    ]
    three_heads = [
        words["three_heads"][0], words["three_heads"][1], words["five_heads"][2], words["three_heads"][4],
        words["done"], words["deadline"], words["three_heads"][3],
    ]  # fmt: skip
    one_heads = [
        words["one_heads"][0], words["five_heads"][1], words["one_heads"][1], words["one_heads"][2],
        words["one_heads"][3], words["deadline"], words["five_heads"][6],
    ]  # fmt: skip
    blocks = (
        ("5", words["five"], words["five_heads"], five, plan.quick_wins, ticks),
        ("3", words["three"], three_heads, three, plan.needs_resources, verdicts),
        ("1", words["one"], one_heads, one, plan.this_week, ticks),
    )
    for number, name, heads, lines, items, allowed in blocks:
        _write(sheet, row, 1, f"{number}  {name}", Font(_FONT, 13, bold=True))
        sheet.cell(row, 1).alignment = _MIDDLE
        sheet.row_dimensions[row].height = 26
        _head(sheet, row + 1, heads)
        row += 2
        for line, item in zip(lines, items, strict=True):
            _line(sheet, row, line, _PLAN_WIDTHS)
            sheet.cell(row, 1).font = _BOLD
            _write(sheet, row, len(_PLAN_WIDTHS) + 1, row_id(plan, item.id))
            _fillable(sheet, row, len(_PLAN_WIDTHS), allowed)
            row += 1
    row += 1
    for label, text in (
        (words["last_week"], content["last_week"]),
        (words["carried"], content["carried"]),
        (words["signature"], ""),
        (words["notes"], " ".join(filter(None, (content["aged"], *content["notes"])))),
    ):
        _write(sheet, row, 1, label, _FAINT)
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=len(_PLAN_WIDTHS))
        _write(sheet, row, 2, text, wrap=True)
        sheet.row_dimensions[row].height = 16 * max(1, math.ceil(_measured(text) / sum(_PLAN_WIDTHS[1:])))
        row += 1
    sheet.column_dimensions[_letter(len(_PLAN_WIDTHS) + 1)].hidden = True
    _print_setup(sheet, content, f"A1:{_letter(len(_PLAN_WIDTHS))}{row - 1}", f"1:{_TITLE_ROWS}")
    sheet.freeze_panes = f"A{_TITLE_ROWS + 1}"


def _listed(row: PlanRow) -> str:
    """The cell of a row's customers: how many ('12户'), then the names, two a line."""
    counted = row["count"]
    names = [name.replace(" ", "\u00a0") for name in row["customers"]]
    pairs = ["   ".join(names[n : n + 2]) for n in range(0, len(names), 2)]
    return "\n".join([counted, *pairs])


def _spoken_action(row: PlanRow) -> str:
    return "\n".join(part for part in (row["action"], row["script"]) if part)


# -- the customers -------------------------------------------------------------------------------------------


def _customers(sheet: Worksheet, plan: WeekPlan, content: PlanPaper) -> None:
    words = content["labels"]
    _widths(sheet, _LIST_WIDTHS)
    _title(sheet, content, len(_LIST_WIDTHS))
    heads = [
        _("序号"), _("方法"), _("客户"), _("尾号"), _("AUM(元)"), _("理由"), words["five_heads"][6], _("未成原因"), _("备注"),
    ]  # fmt: skip
    _head(sheet, _TITLE_ROWS + 1, heads)
    items = (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
    cover = Cover((c.name, c.customer_no) for item in items for c in item.customers)
    ticks = _choices(sheet, words["marks"])
    reasons = _choices(sheet, [name for _code, name in codes("missed")])
    row = _TITLE_ROWS + 2
    listed: set[int] = set()
    # each customer once: under the method of the five where there is one
    for item in (*plan.quick_wins, *plan.this_week, *plan.needs_resources):
        for customer in item.customers:
            if customer.customer_id in listed:
                continue
            listed.add(customer.customer_id)
            aum = to_yuan(customer.aum_fen)
            line: list[str | float | Decimal] = [
                row - _TITLE_ROWS - 1,
                typeset(cover(item.method)),
                print_name(customer.name),
                tail(customer.customer_no),
                "" if aum is None else aum,
                typeset(cover(customer.reason)),
                _mark(customer.result, words["marks"]),
                "",
                "",
            ]
            _line(sheet, row, line, _LIST_WIDTHS)
            sheet.cell(row, 5).number_format = "#,##0.00"
            _write(sheet, row, len(_LIST_WIDTHS) + 1, row_id(plan, item.id, customer.customer_id))
            _fillable(sheet, row, 7, ticks)
            _fillable(sheet, row, 8, reasons)
            row += 1
    last = max(row - 1, _TITLE_ROWS + 1)
    sheet.auto_filter.ref = f"A{_TITLE_ROWS + 1}:{_letter(len(_LIST_WIDTHS))}{last}"
    sheet.column_dimensions[_letter(len(_LIST_WIDTHS) + 1)].hidden = True
    _print_setup(sheet, content, f"A1:{_letter(len(_LIST_WIDTHS))}{last}", f"1:{_TITLE_ROWS + 1}")
    sheet.freeze_panes = f"A{_TITLE_ROWS + 2}"


def _mark(result: str, marks: Sequence[str]) -> str:
    if not result:
        return ""
    return marks[{"done": 0, "half": 1}.get(result, 2)]


# -- pieces --------------------------------------------------------------------------------------------------


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | float | Decimal,
    font: Font | None = None,
    *,
    wrap: bool = False,
) -> None:
    """Write a cell; text stays text, also when it begins like a formula."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(_FORMULA):
            cell.quotePrefix = True
    cell.font = font or _PLAIN
    cell.alignment = _WRAPPED if wrap else _TOP


def _title(sheet: Worksheet, content: PlanPaper, columns: int) -> None:
    words = content["labels"]
    title = f"{words['title']}  {content['week']}  {content['span']}"
    if content["draft"]:
        title += f"  【{content['draft']}】"
    about = "    ".join(
        f"{label} {text}"
        for label, text in (
            (words["branch"], content["branch"]),
            (words["manager"], content["manager"]),
            (words["capacity"], content["capacity"]),
        )
        if text
    )
    for row, text, font, height in (
        (1, title, Font(_FONT, 16, bold=True), 28),
        (2, about, _FAINT, 18),
    ):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        _write(sheet, row, 1, text, font)
        sheet.cell(row, 1).alignment = _MIDDLE
        sheet.row_dimensions[row].height = height


def _head(sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    for column, head in enumerate(heads, 1):
        _write(sheet, row, column, head, _FAINT)
        cell = sheet.cell(row, column)
        cell.fill = _GREY
        cell.border = _HEADED
        cell.alignment = _MIDDLE
    sheet.row_dimensions[row].height = 18


def _line(sheet: Worksheet, row: int, values: Sequence[str | float | Decimal], widths: Sequence[int]) -> None:
    lines = 1
    for column, value in enumerate(values, 1):
        _write(sheet, row, column, value, wrap=True)
        sheet.cell(row, column).border = _UNDER
        if isinstance(value, str):
            # cell edges and wrapping cost about 1.5 characters a line
            room = widths[column - 1] - 1.5
            lines = max(lines, sum(max(1, math.ceil(_measured(part) / room)) for part in value.split("\n")))
    sheet.row_dimensions[row].height = min(400, 15 * lines + 5)


def _measured(text: str) -> int:
    """Width in Latin characters: a Chinese one counts two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _fillable(sheet: Worksheet, row: int, column: int, allowed: DataValidation) -> None:
    """Box a cell for a pen, with a drop-down list of the allowed words."""
    allowed.add(sheet.cell(row, column))
    sheet.cell(row, column).border = _BOXED
    sheet.cell(row, column).alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _choices(sheet: Worksheet, allowed: Sequence[str]) -> DataValidation:
    rule = DataValidation(type="list", formula1='"' + ",".join(allowed) + '"', allow_blank=True)
    rule.showErrorMessage = True
    rule.error = typeset(_("请从列表里选一项。"))
    sheet.add_data_validation(rule)
    return rule


def _widths(sheet: Worksheet, widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[_letter(column)].width = width


def _letter(column: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column - 1]


def _print_setup(sheet: Worksheet, content: PlanPaper, area: str, titles: str) -> None:
    """A4 portrait, one page wide, head rows on every page, and whose paper it is in the footer."""
    sheet.print_area = area
    sheet.print_title_rows = titles
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.45, 0.7, 0.3
    data_date, printed_by, printed_at, internal = (part.replace("&", "&&") for part in content["footer"])
    sheet.oddFooter.left.text = data_date
    sheet.oddFooter.center.text = f"{printed_by}  {printed_at}"
    sheet.oddFooter.right.text = f"{internal}  &P/&N"
    sheet.sheet_view.showGridLines = False
