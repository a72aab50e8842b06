"""A saved list as xlsx (domain 11.4): numbered, with purpose, owner and expiry, masked and watermarked."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import to_yuan
from workbench.base.outward import fill
from workbench.base.sensitivity import SENSITIVE_CLASS
from workbench.base.terms import Term
from workbench.insight.language.formatted import quoted
from workbench.insight.picking.facts import PickedRow, SavedList, shown
from workbench.people.privacy import masked_as, print_name, tail
from workbench.sheets.content import typeset
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.worksheet import footer_words
from workbench.trust.verdicts import anchor_words

if TYPE_CHECKING:
    from workbench.insight.picking.room import Picking
    from workbench.rules.parameters import Rules

_FONT = "Microsoft YaHei"
_UNDER = Border(bottom=Side("thin", color="BBBBBB"))
_GREY = PatternFill("solid", fgColor="F0F0EC")
_FAINT = Font(_FONT, 10, color="777777")
_HEAD_ROW = 6
#: Widths in characters of the columns that every list has.
_WIDTHS = (7, 10, 9, 10, 20, 7, 12)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The content of the sheet of a list. `terms`: the terms of its condition whose values are columns, in order."""

    saved: SavedList
    words: str
    as_of: str
    printed_by: str
    rows: tuple[PickedRow, ...]
    terms: tuple[Term, ...]
    #: names of the levels by code
    tiers: Mapping[str, str]
    excluded: str
    #: the end of the book's audit when the list was made, as `Anchor.shown`
    anchor: str = ""


def list_sheet(picking: "Picking", rules: "Rules", word: str, printed_by: str, anchor: str = "") -> ListSheet:
    """The sheet of a saved list (by number or name), without the customers excluded for its purpose.

    Raises WorkbenchError no_such_list, list_expired, too_many_rows, nobody.
    """
    saved = picking.saved(word)
    if saved.expired:
        raise WorkbenchError(
            "list_expired",
            _("名单 {number} 已在 {date} 失效,不能再导出。").format(number=saved.number, date=saved.expires),
            _("请重新保存一份。"),
        )
    expression = f"list({quoted(saved.number)})"
    left_out = picking.excluded(expression, saved.purpose)
    most = rules.whole("picking.export_rows")
    if left_out.left > most:
        raise WorkbenchError(
            "too_many_rows",
            _("名单有 {n} 位,一次最多导出 {most} 行。").format(n=left_out.left, most=most),
            _("请收紧条件,或者在条件后面写 top {most} by 资产月日均。").format(most=most),
        )
    if not left_out.left:
        raise WorkbenchError(
            "nobody", _("名单里没有可以导出的客户。"), _("请放宽条件,或者看看是谁被排除了。")
        )
    terms = tuple(
        term
        for term in picking.terms(saved.expression)
        # only columns that may be read in a file: a masked one adds nothing to the fixed ones
        if term.masks.legible_at("file")
        and term.sensitivity != SENSITIVE_CLASS
        and term.name not in ("average", "tier", "light")
    )
    rows = picking.rows(
        expression, purpose=saved.purpose, columns=["average", *(term.name for term in terms)]
    )
    reasons = [f"{one.label} {one.count}" for one in left_out.reasons if one.count]
    return ListSheet(
        saved, picking.words(saved.expression, printed=True), picking.prepare(), printed_by, tuple(rows), terms,
        {code: rules.text(f"tier.{code}") for code in ("L0", *rules.words("tiers.codes"))}, " · ".join(reasons) or _("无"),
        anchor,
    )  # fmt: skip


LIST_XLSX = SheetKind("list_xlsx", ("name_masked", "customer_no_tail", "tier", "aum"))


def list_xlsx(listed: ListSheet) -> Printed:
    """The workbook, with number, purpose and expiry for the register (domain 17)."""
    facts = {"number": listed.saved.number, "purpose": listed.saved.purpose, "expires": listed.saved.expires}
    fields = tuple(term.name for term in listed.terms)
    return Printed(LIST_XLSX, _workbook(listed), listed.saved.number, len(listed.rows), fields, facts)


def _workbook(listed: ListSheet) -> bytes:
    """The workbook as bytes: about the list above, one masked customer a row, the watermark below and in the footer."""
    book = Workbook()
    sheet = book.active
    sheet.title = listed.saved.number
    heads = [_("序号"), _("客户"), _("尾号"), _("层级"), _("AUM月日均(元)"), _("灯"), _("客户经理")]
    heads += [term.label for term in listed.terms]
    widths = [*_WIDTHS, *(max(12, 2 * len(term.label) + 5) for term in listed.terms)]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _above(sheet, listed, len(heads))
    for column, head in enumerate(heads, 1):
        cell = _put(sheet, _HEAD_ROW, column, typeset(head))
        cell.fill, cell.font = _GREY, Font(_FONT, 10, bold=True)
        cell.alignment = Alignment(_side(column, listed), "center", wrap_text=True, indent=1)
    for n, row in enumerate(listed.rows, 1):
        _customer(sheet, _HEAD_ROW + n, n, row, listed)
    last = _HEAD_ROW + len(listed.rows)
    _put(sheet, last + 2, 1, watermark(listed)).font = _FAINT
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(heads))}{last}"
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    _print_setup(sheet, listed)
    book.properties.keywords = anchor_words(listed.anchor)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def watermark(listed: ListSheet) -> str:
    """The line that says who exported the list, when, under which number, and by when to destroy it (domain 17)."""
    words = _("内部资料 {number} · {who} · {at} · {expires} 前销毁").format(
        number=listed.saved.number,
        who=listed.printed_by or _("未署名"),
        at=now(),
        expires=listed.saved.expires or "—",
    )
    return " · ".join(filter(None, [words, anchor_words(listed.anchor)]))


def _above(sheet: Worksheet, listed: ListSheet, columns: int) -> None:
    saved = listed.saved
    lines = (
        f"{saved.name}  {saved.number}",
        _("用途:{purpose} · 责任人:{owner} · 有效期至:{expires}").format(
            purpose=saved.purpose_label, owner=saved.owner or _("未填"), expires=saved.expires or "—"
        ),
        _("条件:{words}").format(words=listed.words),
        _("数据日期:{as_of} · 共 {n} 位 · 已排除:{excluded}").format(
            as_of=listed.as_of, n=len(listed.rows), excluded=listed.excluded
        ),
    )
    for row, line in enumerate(lines, 1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        cell = _put(sheet, row, 1, typeset(line))
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        if row == 1:
            cell.font = Font(_FONT, 15, bold=True)
    sheet.row_dimensions[1].height = 26
    sheet.row_dimensions[3].height = 16 * max(1, -(-2 * len(lines[2]) // 90))


def _customer(sheet: Worksheet, row: int, n: int, one: PickedRow, listed: ListSheet) -> None:
    who = one.customer
    lights = {"red": _("红"), "orange": _("橙"), "yellow": _("黄")}
    aum = one.values.get("average")
    values: list[str | float | Decimal | None] = [
        n, print_name(who.name), tail(who.customer_no), listed.tiers.get(who.tier or "", "—"), to_yuan(aum),
        lights.get(who.light or "", ""), who.manager or "",
    ]  # fmt: skip
    for column, value in enumerate(values, 1):
        _put(sheet, row, column, "—" if value is None else value).alignment = _aligned(column, listed)
    sheet.cell(row, 5).number_format = "#,##0.00"
    for column, term in enumerate(listed.terms, len(values) + 1):
        value = one.values.get(term.name)
        if term.kind == "money" and value is not None:
            _put(sheet, row, column, to_yuan(int(value))).number_format = "#,##0.00"
        else:
            _put(sheet, row, column, masked_as(term.masks.file, shown(term, value)))
        sheet.cell(row, column).alignment = _aligned(column, listed)


def _side(column: int, listed: ListSheet) -> str:
    """The alignment of a column: 'right' for figures, 'left' for words."""
    own = column - len(_WIDTHS) - 1
    figure = column in (1, 5) if own < 0 else listed.terms[own].kind in ("money", "count", "number", "ratio")
    return "right" if figure else "left"


def _aligned(column: int, listed: ListSheet) -> Alignment:
    return Alignment(_side(column, listed), "center", indent=1)


def _put(sheet: Worksheet, row: int, column: int, value: str | float | Decimal | None) -> Cell:
    """Write a cell; text stays text, also when it begins like a formula."""
    cell = sheet.cell(row, column)
    fill(cell, value)
    cell.font = Font(_FONT, 10)
    cell.border = _UNDER if row > _HEAD_ROW else Border()
    return cell


def _print_setup(sheet: Worksheet, listed: ListSheet) -> None:
    """A4 landscape, one page wide, the head on every page, the watermark in the footer."""
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = footer_words(watermark(listed))
    sheet.oddFooter.right.text = "&P/&N"
    sheet.sheet_view.showGridLines = False
