"""登记簿."""

from typing import TYPE_CHECKING

from ui.pages.trust.tab import TrustTab
from ui.pages.trust.tabs import TABS
from ui.tabbed_page import TabbedPage
from ui.tasks import Tasks
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class TrustPage(TabbedPage[TrustTab]):
    """What the book keeps of itself, a tab each."""

    name = "trust"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        super().__init__(workbench, tasks, _("登记簿"), TABS, _("还没有记录。"))
