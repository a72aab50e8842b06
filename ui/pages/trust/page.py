"""登记簿: what happened in the book and what left it, and what keeps it safe (domain 17)."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from ui.pages.trust.tab import TrustTab
from ui.pages.trust.tabs import TABS
from ui.tabbed_page import TabbedPage
from ui.tasks import Tasks
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class TrustPage(TabbedPage[TrustTab]):
    """For the manager and for the auditor, a tab each question; there is always something to show."""

    name = "trust"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        nothing = _("登记簿里还没有一行。打开账本、导入、导出和打印以后,这里都有记录。")
        super().__init__(workbench, tasks, _("登记簿"), TABS, nothing)

    def touched_by(self, _tables: frozenset[str]) -> bool:
        """Every write has its row in the register."""
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """What is exported, printed or opened is registered too and is no write of the book: read whenever the page is shown."""
        self.behind = True
        super().showEvent(event)
