"""The pivot table on paper (domain 11.9): A4 landscape, dated, with small cells left out and a note that says so."""

from workbench.base.i18n import _, language
from workbench.base.money import wan
from workbench.insight.products.pivot import PivotCell, PivotTable, measure_words
from workbench.sheets.papers import PivotLine, PivotPaper
from workbench.sheets.printed import Printed, SheetKind, typeset_as
from workbench.trust.verdicts import anchor_words

PIVOT_PDF = SheetKind("pivot_pdf", ("totals",), "pivot")


def shown(table: PivotTable, cell: PivotCell) -> str:
    """A cell's figure for a person: customers, 万元, or products per customer; '—' where it is reported of nobody."""
    if cell.value is None or not cell.customers:
        return "—"
    if table.measure == "products":
        return f"{cell.value:.1f}"
    return wan(round(cell.value)) if table.money else f"{cell.value:,.0f}"


def pivot_content(
    table: PivotTable, small: int, *, printed_by: str, printed_at: str, anchor: str = ""
) -> PivotPaper:
    """The sheet as plain values. Cells of fewer than `small` customers are left out, and as many others as it takes that
    they cannot be computed from the totals."""
    few, beside = table.hidden(small)
    words = measure_words()[table.measure]
    most = max((c.customers for line in table.cells[:-1] for c in line[:-1]), default=0)
    labels = [*(group.label for group in table.row_groups), _("合计")]
    rows: list[PivotLine] = [
        {
            "label": label,
            "total": number == len(labels) - 1,
            "cells": [
                {
                    "text": _few(small) if (number, place) in few else "*" if (number, place) in beside else shown(table, cell),
                    "hidden": (number, place) in few or (number, place) in beside,
                    # a shaded background would give a hidden figure away
                    "share": 0 if (number, place) in few | beside or not most else cell.customers / most * 0.35,
                }
                for place, cell in enumerate(line)
            ],
        }
        for number, (label, line) in enumerate(zip(labels, table.cells, strict=True))
    ]  # fmt: skip
    return {
        "lang": language(),
        "title": _("{rows} × {columns}").format(rows=table.rows.label, columns=table.columns.label),
        "says": _("每格是{measure};行是{rows},列是{columns},共 {n} 户。").format(
            measure=words, rows=table.rows.label, columns=table.columns.label, n=f"{table.total.customers:,}"
        ),
        "dated": _("数据日期 {date}").format(date=table.as_of),
        "corner": f"{table.rows.label} / {table.columns.label}",
        "columns": [group.label for group in table.column_groups],
        "total": _("合计"),
        "rows": rows,
        "notes": _notes(table, small, bool(few)),
        "printed": " · ".join(
            filter(
                None,
                [
                    _("{who} 打印于 {when}").format(who=printed_by, when=printed_at).strip(),
                    anchor_words(anchor),
                ],
            )
        ),
        "watermark": printed_by,
        "mark": _("分档界线为本系统口径 · 仅供行内使用"),
    }


def _few(small: int) -> str:
    return f"<{small}"


def _notes(table: PivotTable, small: int, any_left_out: bool) -> list[str]:
    notes = []
    if any_left_out:
        words = _("少于 {n} 户的格子不显示(写作 <{n});标 * 的格子一并不显示,以免由合计倒推。")
        notes.append(words.format(n=small))
    untold = table.total.customers - table.total.reported
    if untold:
        notes.append(_("有 {n} 户名单没有这个数值,没有计入。").format(n=f"{untold:,}"))
    return notes


def pivot_pdf(
    table: PivotTable, small: int, *, printed_by: str, printed_at: str, anchor: str = ""
) -> Printed:
    """The sheet as PDF, small cells left out as in `pivot_content`."""
    content = pivot_content(table, small, printed_by=printed_by, printed_at=printed_at, anchor=anchor)
    name = _("透视 {rows} {columns} {date}").format(
        rows=table.rows.label, columns=table.columns.label, date=table.as_of
    )
    return typeset_as(PIVOT_PDF, content, name, 0)
