"""The 合计 row of a sheet against the sums of the rows taken: each balance, and the count of customers."""

import re
from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import UNITS
from workbench.intake.cells.parsed import as_wholes
from workbench.intake.checking.work import Work
from workbench.intake.form.row_roles import plain
from workbench.intake.report import ControlTotal

_COUNT = re.compile(r"(\d[\d,]*)\s*[户人条笔个]")


def control_totals(work: Work, count: int) -> tuple[ControlTotal, ...]:
    """The 合计 row that sums up the list, or without one the sum of the 小计 rows, against the rows taken (yuan, and a
    count).

    `count` is how many customers were taken. A mismatch becomes a problem of the sheet.
    """
    compared = [(rows, [*_money(work, rows), *_count(work, rows, count)]) for rows in _choices(work)]
    if not compared:
        return ()
    agreeing = (one for one in compared if one[1] and all(total.matches for total in one[1]))
    rows, totals = next(agreeing, compared[0])
    for total in totals:
        if not total.matches:
            work.problems.sheet(
                "total_mismatch",
                _("合计行的“{column}”是 {said:,.2f},逐行相加是 {computed:,.2f},两者不符。").format(
                    column=total.column, said=total.sheet_total, computed=total.computed
                ),
                column=total.column, row=work.sheet.shown_row(rows[-1]),
                proposal=_("请核对是否缺行;确认无误的,写明原因再导入。"),
            )  # fmt: skip
    return tuple(totals)


def _choices(work: Work) -> list[list[int]]:
    """The rows that may sum up the list, the likeliest first: of several totals one with a word for the whole (全行), else
    the last, or all that groups have where one of them stands at the edge."""
    totals, parts = work.rows.totals, work.rows.subtotals
    names = ("intake.grand_words", "intake.whole_words")
    words = [plain(word) for name in names for word in work.rules.words(name)]
    for row in reversed(totals):
        texts = [plain(cell) for cell in work.sheet.row(row) if isinstance(cell, str)]
        if any(word in text for word in words for text in texts):
            return [[row]]
    if not totals:
        return [parts] if parts else []
    return [totals[-1:], sorted([*totals, *parts])] if parts else [totals[-1:]]


def _averaged(header: str, words: Sequence[str]) -> bool:
    """Whether a heading says that its total row tells an average: 平均值项:贷款余额."""
    text = plain(header)
    return any(text.startswith(plain(word)) or text.endswith(plain(word)) for word in words)


def _money(work: Work, rows: list[int]) -> list[ControlTotal]:
    totals = []
    averages = work.rules.words("intake.average_words")
    for match in work.taken:
        if (
            match.field is None
            or _averaged(match.header, averages)
            or work.catalogue[match.field].kind != "money"
            or match.field not in work.columns
        ):
            continue
        unit = work.plan.unit_of(match)
        cells = [work.sheet.columns[match.index][row] for row in rows]
        read = as_wholes(work.values.column(cells, "money", unit).values)
        figures = [value for value in read if value is not None]
        if len(figures) < len(rows):
            continue
        sheet_total, computed = sum(figures), sum(filter(None, as_wholes(work.columns[match.field])))
        tolerance = work.rules.number("intake.total_tolerance") * UNITS[unit] * 100 * len(rows)
        totals.append(
            ControlTotal(
                match.header, sheet_total / 100, computed / 100, abs(sheet_total - computed) <= tolerance
            )
        )
    return totals


def _count(work: Work, rows: list[int], count: int) -> list[ControlTotal]:
    counts = []
    for row in rows:
        texts = [cell for cell in work.sheet.row(row) if isinstance(cell, str)]
        label = next((match for text in texts if (match := _COUNT.search(text))), None)
        if label is None:
            return []
        counts.append(int(label[1].replace(",", "")))
    return [ControlTotal(_("户数"), sum(counts), count, sum(counts) == count)]
