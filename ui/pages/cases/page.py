"""投诉亏损: complaints by their clocks, first aid for losses, customers to be won back (domain 4.9, 8.6, 9)."""

from typing import TYPE_CHECKING

from ui.pages.cases.tabs import TABS
from ui.tabbed_page import PageTab, TabbedPage
from ui.tasks import Tasks
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class CasesPage(TabbedPage[PageTab]):
    """Hard moments, a tab each."""

    name = "cases"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        nothing = _("还没有客户名单。导入名单后,这里登记投诉、亏损急救和赢回,并按时限排好先后。")
        super().__init__(workbench, tasks, _("投诉亏损"), TABS, nothing)
