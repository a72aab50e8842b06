"""转介: whom to ask now, referrals by their clocks, chains of who introduced whom, the funnel, the rewards (domain 7)."""

from typing import TYPE_CHECKING

from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.tabs import TABS
from ui.tabbed_page import TabbedPage
from ui.tasks import Tasks
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.app import Workbench


class ReferralsPage(TabbedPage[ReferralTab]):
    """From the golden moment to the thanks, a tab each."""

    name = "referrals"

    def __init__(self, workbench: "Workbench", tasks: Tasks) -> None:
        nothing = _("还没有客户名单。导入名单后,这里列出谁现在适合开口请他转介,并跟着每一张转介单走到开户。")
        super().__init__(workbench, tasks, _("转介"), TABS, nothing)
