"""The files that wait for their decision, and what became of those before them."""

from collections.abc import Sequence
from pathlib import Path

from workbench.base.i18n import _, sentences
from workbench.intake.report import FileReport


class FileQueue:
    """Files in the order of their names, as lists are named by month; the first is the one under review."""

    def __init__(self) -> None:
        self.waiting: list[Path] = []
        self.total = 0
        #: whether every file that asks nothing is written without another click
        self.all_of_them = False
        self.written: list[FileReport] = []

    def begin(self, paths: Sequence[Path]) -> None:
        """Start with these files alone."""
        self.all_of_them, self.written = False, []
        self.waiting = sorted(paths, key=lambda path: path.name)
        self.total = len(self.waiting)

    def append(self, paths: Sequence[Path]) -> None:
        """Put files behind those that wait."""
        self.waiting += sorted(paths, key=lambda path: path.name)
        self.total += len(paths)

    def leave(self) -> None:
        """The first is done with."""
        del self.waiting[:1]

    def clear(self) -> None:
        """No file waits any more."""
        self.waiting.clear()
        self.all_of_them = False

    @property
    def place(self) -> str:
        """'第 2 / 7 个文件 · ' for one of several."""
        if self.total < 2:
            return ""
        return _("第 {at} / {n} 个文件 · ").format(at=self.total - len(self.waiting) + 1, n=self.total)

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
        gone = sum(
            sheet.vanished for sheet in reports[-1].sheets if sheet.committed and sheet.kind == "customers"
        )
        kept = _("有 {n} 位客户不在这份名单上了,原有资料保留。").format(n=f"{gone:,}") if gone else ""
        return sentences((words, kept, _("接下来看“本周”。")))
