"""The command `backtest`: how good the warnings were on this book's own past (domain 4.6)."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.dates import now
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Force, opened, out, print_json, progress, say
from workbench.insight.churn.backtest.report import AlertRow, BacktestReport
from workbench.insight.churn.backtest.words import interval, percent
from workbench.sheets.backtest_sheet import backtest_xlsx
from workbench.trust.register import Outgoing


@command("backtest")
def backtest(
    threshold: Annotated[
        float | None, typer.Option("--threshold", min=0, max=100, help=_("另算一个风险分门槛,0 到 100"))
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=_("写成 Excel"))] = None,
    force: Force = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print how good the warnings were. Raises WorkbenchError short_history under nine monthly lists."""
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(xlsx, replace=force)
        with progress(quiet=json) as beat:
            report = workbench.insight.backtests.run(progress=beat, threshold=threshold)
        if json:
            body = workbench.register.hand_over(Outgoing("backtest_json", 0), report.as_json())
        if xlsx:
            by = str(workbench.settings().get("manager") or "")
            made = backtest_xlsx(report, printed_by=by, printed_at=now(), anchor=workbench.sheets.anchor())
            workbench.sheets.save(made, xlsx, replace=force)
    if json:
        print_json(body)
        return
    _show(report)
    if xlsx:
        say(_("已写入 {path}").format(path=xlsx))


def _show(report: BacktestReport) -> None:
    say(report.sentence)
    rows = (*report.thresholds.values(), *((report.free,) if report.free else ()))
    out().print(_table(_("门槛"), rows))
    out().print(_table(_("信号"), report.signals))
    out().print(_table(_("层级(橙灯和红灯)"), report.tiers))
    say(report.working.sentence)
    say(report.naive.sentence)
    for note in report.notes:
        say(note)


def _table(head: str, rows: tuple[AlertRow, ...]) -> Table:
    table = Table(head, _("预警"), _("流失"), _("准确率"), _("区间"), _("召回率"), _("倍数"), _("提前天数"))
    for row in rows:
        lift, days = row.lift.value, row.lead_days
        table.add_row(
            row.name,
            f"{row.alerts:,}", f"{row.right:,}", percent(row.precision.value) if row.alerts else "—",
            interval(row.precision) or "—", percent(row.recall.value) if row.lost else "—",
            "—" if lift is None else f"{lift:.1f}", "—" if days is None else f"{days:.0f}",
        )  # fmt: skip
    return table
