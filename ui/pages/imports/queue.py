"""The files that wait while another is under review, and what was written before them."""

from collections.abc import Sequence
from pathlib import Path

from workbench.base.i18n import _, sentences
from workbench.intake.report import FileReport


class FileQueue:
    """Files that were dropped while the page was at work."""

    def __init__(self) -> None:
        self.waiting: list[Path] = []
        self.written: list[FileReport] = []

    def append(self, paths: Sequence[Path]) -> None:
        """Put files behind those that wait."""
        self.waiting += paths

    def taken(self) -> list[Path]:
        """All that wait; afterwards none does."""
        paths, self.waiting = self.waiting, []
        return paths

    def written_words(self, last: str) -> str:
        """What was written: `last` of one file, the sum of several; who is no longer listed; what comes next."""
        reports = self.written
        sheets = [sheet for report in reports for sheet in report.sheets if sheet.committed]
        words = last
        if len(reports) > 1:
            new, changed = sum(sheet.new for sheet in sheets), sum(sheet.changed for sheet in sheets)
            words = _("已写入 {n} 个文件:新增 {new},变化 {changed}。").format(
                n=len(reports), new=f"{new:,}", changed=f"{changed:,}"
            )
        customers = [report for report in reports if any(s.kind == "customers" for s in report.sheets)]
        gone = sum(
            sheet.vanished
            for report in customers[-1:]
            for sheet in report.sheets
            if sheet.committed and sheet.kind == "customers"
        )
        kept = _("有 {n} 位客户不在这份名单上了,原有资料保留。").format(n=f"{gone:,}") if gone else ""
        return sentences((words, kept, _("接下来看“本周”。")))
