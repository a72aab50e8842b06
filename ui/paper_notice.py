"""The quiet notice of papers that are to be destroyed: a count beside 登记簿, and a line in the window once a day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.tasks import Tasks
from workbench.base.dates import today
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class PaperNotice(QObject):
    """`counted(papers due)` after every look, `due(words)` on the first look of a day that finds some."""

    counted = Signal(int)
    due = Signal(str)

    def __init__(self, window: QWidget, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(window)
        self._workbench, self._tasks = workbench, tasks
        self._spoken = ""

    def look(self) -> None:
        """Count them in the background."""
        self._tasks.run(
            lambda: self._workbench.ledger.due(), self._tell, failed=lambda _error: None, owner=self
        )

    def _tell(self, count: int) -> None:
        self.counted.emit(count)
        if count and self._spoken != (day := today().isoformat()):
            self._spoken = day
            days = self._workbench.rules.whole("sheet.destroy_days")
            words = _("{n} 份打印件或导出文件已满 {days} 天,请到“登记簿”核对销毁。")
            self.due.emit(words.format(n=count, days=days))
