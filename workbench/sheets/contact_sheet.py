"""The contact log as a file (domain 12.4, 17): a workbook or CSV, masked, with its purpose and the day it was read."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.base.outward import fill, plain
from workbench.outreach.log.logged import LogFilter, LoggedContact
from workbench.people.privacy import masking, print_name, tail
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.worksheet import FAINT, footer_words, put
from workbench.trust.verdicts import anchor_words

_FIELDS = ("name_masked", "customer_no_tail", "touches", "note")
CONTACTS_XLSX = SheetKind("contacts_xlsx", _FIELDS)
CONTACTS_CSV = SheetKind("contacts_csv", _FIELDS)

_FONT = "Microsoft YaHei"
_UNDER = Border(bottom=Side("thin", color="BBBBBB"))
#: widths in characters of the workbook's columns
_WIDTHS = (12, 12, 9, 9, 14, 11, 8, 12, 24, 14, 24, 40)


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """What a file of the log shows: the contacts of a filter, the names of codes, for what it leaves, by whom, when."""

    what: LogFilter
    contacts: Sequence[LoggedContact]
    names: Mapping[str, Mapping[str, str]]
    purpose: str
    printed_by: str
    printed_at: str
    #: the end of the book's audit when it was made, as `Anchor.shown`
    anchor: str = ""

    @property
    def title(self) -> str:
        """Its title, with the days it covers."""
        return _("联系记录 {since} 至 {until}").format(since=self.what.since, until=self.what.until)

    @property
    def about(self) -> str:
        """The line below: until when it was read, how many, what for, by whom."""
        words = _("截至 {at} 登记的 {n} 次联系 · 用途:{purpose} · {who} · 内部资料")
        words = words.format(
            at=self.printed_at,
            n=f"{len(self.contacts):,}",
            purpose=self.purpose,
            who=self.printed_by or _("未署名"),
        )
        return " · ".join(filter(None, [words, anchor_words(self.anchor)]))

    def heads(self) -> list[str]:
        """The headings."""
        return [
            _("日期"), _("客户"), _("尾号"), _("渠道"), _("结果"), _("谁发起"), _("联系上"), _("下次日期"), _("需求"),
            _("金额(元)"), _("答应的事"), _("备注"),
        ]  # fmt: skip

    def rows(self) -> list[list[str]]:
        """The contacts as masked texts."""
        channels, results = self.names["channels"], self.names["results"]
        return [
            [
                one.date, print_name(one.name), tail(one.customer_no), channels.get(one.channel, one.channel),
                results.get(one.result, one.result), _("客户") if one.initiated_by == "customer" else _("客户经理"),
                _("是") if one.reached else _("否"), one.next_date or "", _spoken(one.need),
                "" if one.amount is None else exact_yuan(one.amount), _spoken(one.promise), _spoken(one.note),
            ]
            for one in self.contacts
        ]  # fmt: skip


def _spoken(text: str | None) -> str:
    """What was said or promised, as a file may show it."""
    return masking("touch_note", text, "file") if text else ""


def contacts_xlsx(listed: ContactSheet) -> Printed:
    """The log as a workbook, set up to print on landscape A4."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("联系记录")
    put(sheet, 1, 1, listed.title, Font(_FONT, 14, bold=True))
    put(sheet, 2, 1, listed.about, FAINT)
    for column, (head, width) in enumerate(zip(listed.heads(), _WIDTHS, strict=True), 1):
        cell = sheet.cell(3, column)
        fill(cell, head)
        cell.font, cell.fill = Font(_FONT, 10, bold=True), PatternFill("solid", fgColor="F0F0EC")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(listed.rows(), 4):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.font, cell.border = Font(_FONT, 10), _UNDER
            fill(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer_words(listed.about), "&P/&N"
    book.properties.keywords = anchor_words(listed.anchor)
    made = io.BytesIO()
    book.save(made)
    return _printed(CONTACTS_XLSX, listed, made.getvalue())


def contacts_csv(listed: ContactSheet) -> Printed:
    """The log as CSV in UTF-8 with a mark of its encoding, as spreadsheets open it; no cell begins like a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in ([listed.title, listed.about], listed.heads(), *listed.rows()):
        writer.writerow([plain(cell) for cell in row])
    return _printed(CONTACTS_CSV, listed, text.getvalue().encode("utf-8-sig"))


def _printed(kind: SheetKind, listed: ContactSheet, content: bytes) -> Printed:
    return Printed(kind, content, listed.title, len(listed.contacts), facts={"purpose": listed.purpose})
