"""`ReferralTab`: a tab of 转介, with the rooms of referrals."""

from typing import TYPE_CHECKING

from ui.tabbed_page import PageTab

if TYPE_CHECKING:
    from workbench.outreach.referrals.room import Referrals
    from workbench.outreach.referrals.views import ReferralViews


class ReferralTab(PageTab):
    """Base of the tabs."""

    @property
    def room(self) -> "Referrals":
        """The referrals of the book."""
        return self.workbench.outreach.referrals

    @property
    def views(self) -> "ReferralViews":
        """What stands over all of them."""
        return self.workbench.outreach.referral_views
