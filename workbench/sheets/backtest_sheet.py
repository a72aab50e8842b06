"""The backtest as a workbook (domain 4.6): what was found in words, the figures by threshold, signal and level, the months
looked at. It names nobody."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _, commas
from workbench.insight.churn.backtest.estimate import Estimate
from workbench.insight.churn.backtest.report import AlertRow, AlertShare, BacktestReport
from workbench.insight.churn.backtest.words import interval, percent
from workbench.sheets.content import printed_words
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.worksheet import put_head, put_line, put_titles, set_page, set_widths
from workbench.trust.verdicts import anchor_words

BACKTEST_XLSX = SheetKind("backtest_xlsx", ("totals",))
_WIDTHS = (20, 8, 8, 8, 9, 14, 9, 14, 9, 12, 9, 18, 18)
_MONTH_WIDTHS = (10, 12, 8, 10, 8, 40)
_SAYS_WIDTHS = (24, 90)


def backtest_xlsx(report: BacktestReport, *, printed_by: str, printed_at: str, anchor: str = "") -> Printed:
    """The workbook: 结论, 门槛, 信号, 层级, 时点."""
    book = Workbook()
    footer = (
        _("数据日期 {date}").format(date=report.as_of), _("打印人 {name}").format(name=printed_by or "—"),
        printed_words(printed_at, anchor), _("内部资料"),
    )  # fmt: skip
    first = book.active
    _says(first, report, footer)
    free = (report.free,) if report.free else ()
    parts = (
        (_("门槛"), (*report.thresholds.values(), *free)),
        (_("信号"), report.signals),
        (_("层级"), report.tiers),
    )
    for title, rows in parts:
        _rows(book.create_sheet(title), _title(title), rows, footer)
    _months(book.create_sheet(_("时点")), report, footer)
    book.properties.keywords = anchor_words(anchor)
    made = io.BytesIO()
    book.save(made)
    name = _("预警回测 {date}").format(date=report.as_of)
    return Printed(BACKTEST_XLSX, made.getvalue(), name, 0)


def _title(part: str) -> str:
    return _("预警回测 · {part}").format(part=part)


def _says(sheet: Worksheet, report: BacktestReport, footer: Sequence[str]) -> None:
    sheet.title = _("结论")
    set_widths(sheet, _SAYS_WIDTHS)
    put_titles(sheet, [_title(_("结论"))], 2)
    lines = [
        (_("预警准不准"), report.sentence),
        (_("每周名额"), report.working.sentence),
        (_("和简单规则比"), report.naive.sentence),
        (_("排序准确度(AUC)"), _estimate(report.auc)),
        (_("这么大的账本"), report.size.sentence),
        *((_("说明"), note) for note in report.notes),
        *((_("试用的规则"), f"{key} = {value}") for key, value in report.overrides.items()),
    ]
    for row, line in enumerate(lines, 2):
        put_line(sheet, row, line, _SAYS_WIDTHS)
    set_page(sheet, footer, columns=2, last=len(lines) + 1, titles="1:1", landscape=True)


def _rows(sheet: Worksheet, title: str, rows: Sequence[AlertRow], footer: Sequence[str]) -> None:
    set_widths(sheet, _WIDTHS)
    put_titles(sheet, [title], len(_WIDTHS))
    put_head(
        sheet, 2,
        [
            _("名称"), _("预警户次"), _("流失户次"), _("户数"), _("准确率"), _("95% 区间"), _("召回率"), _("95% 区间"),
            _("倍数"), _("95% 区间"), _("提前天数"), _("联系过的"), _("没联系过的"),
        ],
    )  # fmt: skip
    for number, row in enumerate(rows, 3):
        put_line(sheet, number, _line(row), _WIDTHS)
    sheet.freeze_panes = "B3"
    set_page(sheet, footer, columns=len(_WIDTHS), last=len(rows) + 2, titles="1:2", landscape=True)


def _line(row: AlertRow) -> list[str | float]:
    lift = row.lift.value
    return [
        row.name, row.alerts, row.right, row.customers,
        percent(row.precision.value) if row.alerts else "—", interval(row.precision) or "—",
        percent(row.recall.value) if row.lost else "—", interval(row.recall) or "—",
        "—" if lift is None else round(lift, 1), interval(row.lift, times=True) or "—",
        "—" if row.lead_days is None else round(row.lead_days), _share(row.touched), _share(row.untouched),
    ]  # fmt: skip


def _share(share: AlertShare) -> str:
    if not share.alerts:
        return "—"
    return _("{right}/{alerts},{share}").format(
        right=share.right, alerts=share.alerts, share=percent(share.precision.value)
    )


def _estimate(one: Estimate) -> str:
    if one.value is None or one.low is None or one.high is None:
        return _("无法判断")
    words = _("{value}(95% 区间 {low}–{high})")
    return words.format(value=f"{one.value:.3f}", low=f"{one.low:.3f}", high=f"{one.high:.3f}")


def _months(sheet: Worksheet, report: BacktestReport, footer: Sequence[str]) -> None:
    set_widths(sheet, _MONTH_WIDTHS)
    put_titles(sheet, [_title(_("时点"))], len(_MONTH_WIDTHS))
    put_head(sheet, 2, [_("月份"), _("数据日期"), _("结论用"), _("可核对"), _("流失"), _("没有算进去")])
    named = {"handed_over": _("移交"), "left_list": _("不在名单上"), "few_months": _("名单太少")}
    for number, one in enumerate(report.origins, 3):
        out = commas(f"{named[why]} {n}" for why, n in one.censored.items())
        line: list[str | float] = [
            one.month, one.as_of, _("是") if one.headline else "", one.customers, one.lost, out,
        ]  # fmt: skip
        put_line(sheet, number, line, _MONTH_WIDTHS)
    set_page(
        sheet, footer, columns=len(_MONTH_WIDTHS), last=len(report.origins) + 2, titles="1:2", landscape=True
    )
