"""七类临界客户周清单 on paper and as a workbook (domain 4.8): masked, dated, the earliest clock first."""

import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.dates import week_days
from workbench.base.i18n import _, language, semicolons
from workbench.outreach.critical.entry import CriticalEntry, CriticalQueue
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.papers import CriticalLine, CriticalPaper
from workbench.sheets.printed import Printed, SheetKind, typeset_as

_FIELDS = ("name_masked", "customer_no_tail", "tier", "aum", "reason")
CRITICAL_PDF = SheetKind("critical_pdf", _FIELDS, "critical")
CRITICAL_XLSX = SheetKind("critical_xlsx", _FIELDS)

_FONT = "Microsoft YaHei"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNDER = Border(bottom=Side("thin", color="BBBBBB"))
#: widths in characters of the workbook's columns
_WIDTHS = (11, 14, 9, 14, 16, 52, 36, 30, 16)


def critical_pdf(queue: CriticalQueue, *, printed_by: str, printed_at: str) -> Printed:
    """The list as PDF, as many pages as it takes."""
    content = critical_content(queue, printed_by=printed_by, printed_at=printed_at)
    return typeset_as(CRITICAL_PDF, content, _name(queue), len(queue.paper))


def critical_content(queue: CriticalQueue, *, printed_by: str, printed_at: str) -> CriticalPaper:
    """The list as plain values."""
    cover = Cover((entry.name, entry.customer_no) for entry in queue.paper)

    def clean(text: str) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(text.split())))

    days = week_days(queue.week)
    left = len(queue.entries) - len(queue.paper)
    notes = [*queue.notes, *queue.blind]
    if left:
        words = _("另有 {n} 户没有印出(每类只印期限最早的几户),请在「临界」页看。")
        notes.insert(0, words.format(n=f"{left:,}"))
    return {
        "lang": language(),
        "title": _("七类临界客户周清单"),
        "week": _("第 {week} 周").format(week=int(queue.week[-2:])),
        "span": f"{days[0].isoformat()} — {days[4].strftime('%m-%d')}",
        "about": [
            clean(_("网点:{name}").format(name=queue.branch or "—")),
            clean(_("客户经理:{name}").format(name=queue.manager or "—")),
        ],
        "counts": _counts(queue),
        "aged": clean(queue.fresh.sentence),
        "heads": _heads(),
        "marks": [_("已联系"), _("办成"), _("未成")],
        "rows": [_line(entry, queue.week[:4], clean) for entry in queue.paper],
        "nobody": typeset(_("本周没有临界客户。")),
        "notes": [clean(note) for note in notes],
        "footer": [
            _("数据日期 {date}").format(date=queue.as_of or _("无")),
            _("打印人 {name}").format(name=printed_by or "—"),
            _("打印时间 {at}").format(at=printed_at[:16]),
            _("本系统口径 · 内部资料"),
        ],
    }  # fmt: skip


def _counts(queue: CriticalQueue) -> str:
    """How many there are, how many of them the paper has, and how many are in each class."""
    if not queue.entries:
        return ""
    classes = " · ".join(f"{queue.words[code]} {n:,}" for code, n in queue.counts.items() if n)
    words = _("共 {n} 户,本表印 {m} 户:{classes}")
    return typeset(words.format(n=f"{len(queue.entries):,}", m=len(queue.paper), classes=classes))


def _heads() -> list[str]:
    return [_("期限"), _("客户"), _("临界"), _("为什么"), _("怎么做"), _("结果")]


def _line(entry: CriticalEntry, year: str, clean: Callable[[str], str]) -> CriticalLine:
    first = entry.first
    others = [one.aside for one in entry.reasons[1:]]
    return {
        "due": first.clock.removeprefix(f"{year}-"),
        "weekday": weekday(first.clock) if first.clock else "",
        "customer": f"{print_name(entry.name)} {tail(entry.customer_no)}".strip(),
        "tier": entry.tier_word,
        "word": first.word,
        "amount": typeset(first.amount),
        "sentence": clean(first.sentence),
        "others": [clean(_("另:{what}").format(what=text)) for text in others],
        "action": clean(first.action),
        "dont": clean(_("注意:{what}").format(what=semicolons(entry.dont))) if entry.dont else "",
    }


def _name(queue: CriticalQueue) -> str:
    return _("七类临界客户 {week}").format(week=queue.week)


# -- the workbook ----------------------------------------------------------------------------------------------------


def critical_xlsx(queue: CriticalQueue, *, printed_by: str, printed_at: str) -> Printed:
    """The same rows as a workbook, set up to print on landscape A4."""
    content = critical_content(queue, printed_by=printed_by, printed_at=printed_at)
    book = Workbook()
    sheet = book.active
    sheet.title = _("临界")
    _put(sheet, 1, 1, f"{content['title']}  {content['week']}  {content['span']}", Font(_FONT, 16, bold=True))
    about = "    ".join(filter(None, [*content["about"], content["counts"], content["aged"]]))
    _put(sheet, 2, 1, about, Font(_FONT, 10, color="555555"))
    due, customer, critical, why, action, result = content["heads"]
    heads = [due, customer, _("层级"), critical, _("金额"), why, action, _("不能做"), result]
    for column, head in enumerate(heads, 1):
        cell = _put(sheet, 3, column, head, Font(_FONT, 10, bold=True))
        cell.fill = PatternFill("solid", fgColor="F0F0EC")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for number, row in enumerate(content["rows"], 4):
        why = "\n".join([row["sentence"], *row["others"]])
        cells = [
            f"{row['due']} {row['weekday']}".strip(), row["customer"], row["tier"], row["word"], row["amount"], why,
            row["action"], row["dont"], "",
        ]  # fmt: skip
        for column, text in enumerate(cells, 1):
            _put(sheet, number, column, text, Font(_FONT, 10)).border = _UNDER
    last = 3 + len(content["rows"])
    for number, note in enumerate(content["notes"], last + 2):
        _put(sheet, number, 1, note, Font(_FONT, 9, color="555555"), wrap=False)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "1:3"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    dated, by, at, internal = (part.replace("&", "&&") for part in content["footer"])
    sheet.oddFooter.left.text, sheet.oddFooter.center.text = dated, f"{by}  {at}"
    sheet.oddFooter.right.text = f"{internal}  &P/&N"
    made = io.BytesIO()
    book.save(made)
    return Printed(CRITICAL_XLSX, made.getvalue(), _name(queue), len(queue.paper))


def _put(sheet: Worksheet, row: int, column: int, text: str, font: Font, *, wrap: bool = True) -> Cell:
    """Write a cell; text stays text, also when it begins like a formula."""
    cell: Cell = sheet.cell(row, column, text)
    cell.data_type, cell.font = "s", font
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    cell.alignment = Alignment(vertical="top", wrap_text=wrap and row > 2)
    return cell
